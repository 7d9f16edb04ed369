#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/request_reader.h"

namespace khom::server {

/// How a listener behaves; every limit of it stands here.
struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0 takes a free one
    std::size_t reactors = 2;
    std::size_t workers = 4;
    std::size_t queue_length = 64;  ///< requests that may wait for a worker; more are shed
    std::size_t max_connections = 12'000;
    RequestLimits limits;
    std::chrono::milliseconds head_timeout{
        10'000};  ///< from a request's first byte to its blank line
    std::chrono::milliseconds body_timeout{30'000};  ///< from the first byte to the last
    std::chrono::milliseconds idle_timeout{60'000};  ///< between requests
    std::chrono::milliseconds stall_timeout{5'000};  ///< a client that takes nothing of its answer
    std::chrono::milliseconds answer_timeout{60'000};  ///< a client that takes it too slowly
    std::chrono::milliseconds queue_timeout{300};      ///< waiting for a worker; longer is shed
    std::chrono::milliseconds deadline{10'000};        ///< of one request, from its last byte
    std::chrono::milliseconds drain_timeout{10'000};   ///< of requests under way when asked to stop
};

/// What happened since the start.
struct ServerCounts {
    std::size_t connections = 0;  ///< open now
    std::size_t in_flight = 0;    ///< being answered now
    std::size_t accepted = 0;     ///< connections, ever
    std::size_t answered = 0;     ///< requests
    std::size_t shed = 0;         ///< answered 503 for want of a worker
    std::size_t refused = 0;      ///< bytes that were no request
    std::size_t cut = 0;          ///< clients too slow
};

}  // namespace khom::server
