#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "server/http.h"
#include "server/server_options.h"
#include "server/worker_pool.h"

namespace khom::server {

/// Who answers what.
struct Handlers {
    Handler answer;     ///< on a worker
    Handler immediate;  ///< in the thread that read the request: for answers from memory only
    std::function<bool(const Request&)> is_immediate;
    Screen screen;  ///< by the head alone; empty: every body up to the limit is taken
    std::function<void(const Request&, Response&)> note_shed;  ///< before it is sent; may be empty
};

class Wire;

/// The conversation on all connections of a listener: bytes in, requests to workers, answers out in
/// order.
///
/// Never blocks on a socket. Whoever reads the sockets (http_server) says what came and who left;
/// writing is done here, by whoever has the answer and, where the client is slow, by one thread on
/// an epoll of its own.
class Exchange {
  public:
    Exchange(ServerOptions options, Handlers handlers);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// A new connection; `fd` stays the caller's, who keeps it open until `ended` was called or
    /// `stop` has returned. Null if it is not wanted, and then says so on it.
    std::shared_ptr<Wire> open(int fd, const std::string& peer);
    void received(const std::shared_ptr<Wire>& wire, std::string_view bytes) noexcept;
    /// The client will send no more; answers under way are still written.
    void ended(const std::shared_ptr<Wire>& wire) noexcept;

    /// Takes no new connections, answers what has arrived, closes. Returns when done or when the
    /// time for it is up.
    void drain();
    bool is_draining() const { return draining_; }
    /// Lets go of all connections: none is written to afterwards.
    void stop();
    ServerCounts counts() const;

  private:
    void advance(const std::shared_ptr<Wire>& wire);
    Response shed(const Request& request, std::string_view why);
    void dispatch(const std::shared_ptr<Wire>& wire, Request request);
    void work(const std::shared_ptr<Wire>& wire, const Request& request,
              std::chrono::steady_clock::time_point since);
    void respond(const std::shared_ptr<Wire>& wire, const Response& response, Body body,
                 Connection connection);
    void flush(const std::shared_ptr<Wire>& wire);
    void forget(const std::shared_ptr<Wire>& wire);
    void write_loop();
    void wake();
    bool resume(const std::shared_ptr<Wire>& wire);
    void pause(const std::shared_ptr<Wire>& wire);
    void produce(const std::shared_ptr<Wire>& wire);
    void finish_stream(const std::shared_ptr<Wire>& wire);
    void answer_waiting(const std::shared_ptr<Wire>& wire);
    void sweep();
    struct Patience;  // with clients that let us wait
    void check_times(const std::shared_ptr<Wire>& wire, const Patience& patience);
    std::vector<std::shared_ptr<Wire>> wires() const;
    bool is_quiet() const;

    const ServerOptions options_;
    const Handlers handlers_;
    mutable std::mutex mutex_;  // of wires_ and paused_; a leaf: nothing else is locked under it
    std::unordered_map<std::uint64_t, std::shared_ptr<Wire>> wires_;
    std::uint64_t last_id_ = 0;
    std::vector<std::shared_ptr<Wire>> paused_;  // those with nothing to send for now
    std::atomic<bool> draining_ = false;
    std::atomic<bool> ending_ = false;
    std::atomic<std::size_t> in_flight_ = 0, accepted_ = 0, answered_ = 0, shed_ = 0, refused_ = 0,
                             cut_ = 0;
    int epoll_ = -1;
    std::thread writer_;
    std::unique_ptr<WorkerPool> pool_;
};

}  // namespace khom::server
