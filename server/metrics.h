#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "graph/store.h"
#include "server/http.h"
#include "server/server_options.h"

namespace khom::server {

/// What is counted over all requests, without regard to who asked what. Safe from any thread.
class Metrics {
  public:
    void observe(int status, std::chrono::steady_clock::duration took);
    /// An answer that took no worker.
    void count(int status);

    /// Values that are read when asked for: revision, index lag, ….
    struct Gauges {
        std::uint64_t revision = 0;        ///< of the store
        std::uint64_t index_revision = 0;  ///< of the published view
        std::size_t nodes = 0, relationships = 0;
        std::size_t cache_hits = 0, cache_bytes = 0;  ///< of answers kept
        std::size_t limited = 0;                      ///< clients told 429
        std::size_t resident_bytes = 0;               ///< memory of the process
        graph::Rebuilds rebuilds;
        ServerCounts http;
    };
    /// The Prometheus text format, version 0.0.4.
    std::string text(const Gauges& gauges) const;

  private:
    static constexpr std::array<double, 9> bounds_s = {0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                       0.05,   0.25,  1,      5};
    std::array<std::atomic<std::uint64_t>, bounds_s.size() + 1> buckets_{};
    std::array<std::atomic<std::uint64_t>, 6> by_class_{};  // 1xx … 5xx
    std::atomic<std::uint64_t> nanoseconds_{0};
};

/// What is written of each request, to standard error, one line of key=value; never addresses,
/// parameters or bodies.
enum class RequestLog { off, faults, all };

/// `answer`, timed and counted: adds Server-Timing and X-Request-Id, logs as told.
Handler observed(Handler answer, Metrics& metrics, RequestLog log);

/// Counts an answer that no handler made, shed or refused by its head, and adds X-Request-Id. Logs
/// it only where all are logged: under overload there are thousands a second.
void note_unhandled(const Request& request, Response& response, Metrics& metrics, RequestLog log);

}  // namespace khom::server
