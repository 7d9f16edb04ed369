#pragma once

// One connection, as exchange.cpp and exchange_writing.cpp share it.

#include <unistd.h>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include <sys/socket.h>

#include "server/http.h"
#include "server/request_reader.h"
#include "server/server_options.h"

namespace khom::server {

/// One connection.
class Wire {
  public:
    using Clock = std::chrono::steady_clock;

    Wire(std::uint64_t number, int descriptor, const std::string& address,
         const ServerOptions& options, const Screen& screen)
        : id(number), peer(address), fd(descriptor), reader(options.limits, screen, address) {}
    ~Wire() {
        if (fd_is_ours) {
            ::close(fd);
        }
    }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    const std::uint64_t id;
    const std::string peer;

    std::mutex mutex;         // of all below
    int fd;                   // -1 when there is nobody to write to
    bool fd_is_ours = false;  // else whoever reads it closes it, after telling us
    RequestReader reader;
    std::string out;           // the answer being written, or a piece of it
    std::size_t written = 0;   // of out
    bool busy = false;         // a request is with a worker, or its answer is not all made
    bool close_after = false;  // what is being written is the last
    bool closing = false;      // our half is closed: what still comes is not looked at
    bool client_ended = false;
    bool watched = false;                             // by the writer's epoll
    Clock::time_point quiet_since = Clock::now();     // last byte in, or last answer out
    Clock::time_point request_since = Clock::now();   // first byte of the request being read
    Clock::time_point progress_since = Clock::now();  // last byte of the answer taken
    Clock::time_point answer_since = Clock::now();
    Clock::time_point ended_since;  // when client_ended was set
    // Told to whoever answers the request under way.
    std::shared_ptr<std::atomic<bool>> abandoned = std::make_shared<std::atomic<bool>>(false);

    std::shared_ptr<BodyStream> stream;  // what the next pieces come from
    Framing framing = Framing::chunks;
    bool close_after_stream = false;
    std::shared_ptr<Waiting> waiting;  // what the answer comes from
    struct {
        bool keep_alive = true;
        Body body = Body::sent;
    } awaited;
    bool paused = false;  // listed to be asked whether stream or waiting have something

    bool is_writing() const { return written < out.size(); }
    void cut() const { ::shutdown(fd, SHUT_RDWR); }
    /// Keeps a duplicate to write by when the reading side lets go of its descriptor.
    void keep_descriptor();
    void drop_stream() {
        stream.reset();
        waiting.reset();
        paused = busy = false;
    }
    /// Nobody is there to read, or too slowly.
    void abandon() {
        out.clear();
        written = 0;
        if (stream || waiting) {
            drop_stream();
        }
        close_after = closing = true;
        cut();
    }
};

}  // namespace khom::server
