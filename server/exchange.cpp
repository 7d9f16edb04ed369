// Pistache reads; we write. Its own writer spins on a client that does not read and loses answers
// when it shuts down, so each connection keeps a duplicate of its descriptor: an answer can be
// written without asking Pistache, to a client that has closed its half too. A connection's bytes,
// reader and answer are guarded by its own mutex; answers keep the order of the requests because
// the next request is read only when the answer before it has left.

#include "server/exchange.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <utility>

#include "graph/failure.h"
#include "server/problem.h"

namespace khom::server {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds sweep_interval{250};
constexpr std::chrono::milliseconds linger_timeout{2'000};

}  // namespace

/// One connection.
class Wire {
  public:
    Wire(int descriptor, std::string address, const ServerOptions& options, const Screen& screen)
        : fd(descriptor), peer(std::move(address)), reader(options.limits, screen) {}
    ~Wire() { ::close(fd); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    const int fd;
    const std::string peer;

    std::mutex mutex;  // of all below
    RequestReader reader;
    std::string out;           // the answer being written
    std::size_t written = 0;   // of out
    bool busy = false;         // a request is with a worker
    bool close_after = false;  // the answer being written is the last
    bool closing = false;      // our half is closed: what still comes is not looked at
    bool client_ended = false;
    bool watched = false;                             // by the writer's epoll
    Clock::time_point quiet_since = Clock::now();     // last byte in, or last answer out
    Clock::time_point request_since = Clock::now();   // first byte of the request being read
    Clock::time_point progress_since = Clock::now();  // last byte of the answer taken
    Clock::time_point answer_since = Clock::now();

    bool is_writing() const { return written < out.size(); }
    void cut() const { ::shutdown(fd, SHUT_RDWR); }
};

Exchange::Exchange(ServerOptions options, Handlers handlers)
    : options_(std::move(options)),
      handlers_(std::move(handlers)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      pool_(std::make_unique<WorkerPool>(options_.workers, options_.queue_length)) {
    if (epoll_ < 0) {
        throw graph::Fault("epoll_create1 failed");
    }
    writer_ = std::thread([this] { write_loop(); });
}

Exchange::~Exchange() {
    pool_.reset();
    ending_ = true;
    writer_.join();
    ::close(epoll_);
}

std::shared_ptr<Wire> Exchange::open(int fd, std::string peer) {
    ++accepted_;
    const std::lock_guard lock(mutex_);
    if (draining_ || wires_.size() >= options_.max_connections) {
        ++shed_;
        return nullptr;
    }
    const int own = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (own < 0) {
        return nullptr;
    }
    const int yes = 1;
    ::setsockopt(own, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto wire = std::make_shared<Wire>(own, std::move(peer), options_, handlers_.screen);
    wires_[own] = wire;
    return wire;
}

void Exchange::received(const std::shared_ptr<Wire>& wire, std::string_view bytes) noexcept {
    try {
        const std::lock_guard lock(wire->mutex);
        if (wire->closing || wire->close_after) {
            return;
        }
        const auto now = Clock::now();
        wire->quiet_since = now;
        if (!wire->reader.is_midway()) {
            wire->request_since = now;
        }
        wire->reader.feed(bytes);
        const auto most = options_.limits.head_bytes + options_.limits.body_bytes;
        if (wire->busy || wire->is_writing()) {
            if (wire->reader.buffered_bytes() > most) {
                ++cut_;
                wire->cut();
            }
            return;
        }
        advance(wire);
    } catch (...) {  // no memory for it
        wire->cut();
    }
}

void Exchange::ended(const std::shared_ptr<Wire>& wire) noexcept {
    const std::lock_guard lock(wire->mutex);
    wire->client_ended = true;
    if (!wire->busy && !wire->is_writing()) {
        forget(wire);
    }
}

void Exchange::advance(const std::shared_ptr<Wire>& wire) {
    while (!wire->busy && !wire->is_writing() && !wire->close_after) {
        auto outcome = wire->reader.next();
        if (auto* request = std::get_if<Request>(&outcome)) {
            dispatch(wire, std::move(*request));
        } else if (auto* refusal = std::get_if<Response>(&outcome)) {
            respond(wire, *refusal, Body::sent, Connection::close);
        } else if (auto* bad = std::get_if<BadFraming>(&outcome)) {
            ++refused_;
            respond(wire,
                    problem(bad->status, "bad-request", reason_phrase(bad->status), bad->detail),
                    Body::sent, Connection::close);
        } else {
            if (std::get<RequestReader::NeedMore>(outcome).send_continue) {
                wire->out = "HTTP/1.1 100 Continue\r\n\r\n";
                wire->written = 0;
                flush(wire);
            }
            return;
        }
    }
}

void Exchange::dispatch(const std::shared_ptr<Wire>& wire, Request request) {
    const auto now = Clock::now();
    wire->request_since = now;  // of the next one, if it is here already
    request.peer = wire->peer;
    request.deadline = now + options_.deadline;
    if (handlers_.is_immediate(request)) {
        const auto response = answer(handlers_.immediate, request);
        const bool keep = request.keep_alive && !draining_;
        respond(wire, response, request.method == "HEAD" ? Body::withheld : Body::sent,
                keep ? Connection::keep_alive : Connection::close);
        return;
    }
    wire->busy = true;
    ++in_flight_;
    const auto held = std::make_shared<const Request>(std::move(request));
    if (!pool_->try_run([this, wire, held, now] { work(wire, *held, now); })) {
        wire->busy = false;
        --in_flight_;
        ++shed_;
        respond(wire,
                problem(503, "overloaded", "Overloaded",
                        "All workers are busy; try again in a second."),
                Body::sent, held->keep_alive ? Connection::keep_alive : Connection::close);
    }
}

void Exchange::work(const std::shared_ptr<Wire>& wire, const Request& request,
                    Clock::time_point since) {
    Response response;
    if (Clock::now() - since > options_.queue_timeout) {
        ++shed_;
        response = problem(503, "overloaded", "Overloaded",
                           "The request waited too long for a worker; try again in a second.");
    } else {
        response = answer(handlers_.answer, request);
    }
    const std::lock_guard lock(wire->mutex);
    wire->busy = false;
    const bool keep = request.keep_alive && !draining_ && !wire->client_ended;
    respond(wire, response, request.method == "HEAD" ? Body::withheld : Body::sent,
            keep ? Connection::keep_alive : Connection::close);
    --in_flight_;
    advance(wire);
}

void Exchange::respond(const std::shared_ptr<Wire>& wire, const Response& response, Body body,
                       Connection connection) {
    ++answered_;
    wire->out = wire_bytes(response, body, connection);
    wire->written = 0;
    wire->close_after = connection == Connection::close;
    wire->answer_since = wire->progress_since = Clock::now();
    flush(wire);
}

void Exchange::flush(const std::shared_ptr<Wire>& wire) {
    while (wire->is_writing()) {
        const auto sent = ::send(wire->fd, wire->out.data() + wire->written,
                                 wire->out.size() - wire->written, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            wire->written += static_cast<std::size_t>(sent);
            wire->progress_since = Clock::now();
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            epoll_event event{};
            event.events = EPOLLOUT | EPOLLONESHOT;
            event.data.fd = wire->fd;
            ::epoll_ctl(epoll_, wire->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, wire->fd, &event);
            wire->watched = true;
            return;
        } else if (errno != EINTR) {
            wire->out.clear();  // nobody is there to read it
            wire->written = 0;
            wire->close_after = wire->closing = true;
            wire->cut();
            if (wire->client_ended) {
                forget(wire);
            }
            return;
        }
    }
    wire->out = std::string();
    wire->written = 0;
    wire->quiet_since = Clock::now();
    if (wire->close_after) {
        // Our half only: a client still sending would lose the answer to a reset.
        wire->closing = true;
        ::shutdown(wire->fd, SHUT_WR);
    }
    if (wire->client_ended) {
        forget(wire);
    }
}

void Exchange::forget(const std::shared_ptr<Wire>& wire) {
    if (wire->watched) {
        ::epoll_ctl(epoll_, EPOLL_CTL_DEL, wire->fd, nullptr);
        wire->watched = false;
    }
    wire->closing = true;
    wire->cut();
    const std::lock_guard lock(mutex_);
    wires_.erase(wire->fd);
}

void Exchange::write_loop() {
    std::array<epoll_event, 64> events{};
    auto next_sweep = Clock::now() + sweep_interval;
    while (!ending_) {
        const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
        for (int i = 0; i < count; ++i) {
            std::shared_ptr<Wire> wire;
            {
                const std::lock_guard lock(mutex_);
                const auto found = wires_.find(events.at(static_cast<std::size_t>(i)).data.fd);
                wire = found == wires_.end() ? nullptr : found->second;
            }
            if (wire) {
                const std::lock_guard lock(wire->mutex);
                flush(wire);
                advance(wire);
            }
        }
        if (Clock::now() >= next_sweep) {
            sweep();
            next_sweep = Clock::now() + sweep_interval;
        }
    }
}

void Exchange::sweep() {
    const auto now = Clock::now();
    for (const auto& wire : wires()) {
        check_times(wire, now);
    }
}

void Exchange::check_times(const std::shared_ptr<Wire>& wire, Clock::time_point now) {
    const std::lock_guard lock(wire->mutex);
    if (wire->is_writing()) {
        if (now - wire->progress_since > options_.stall_timeout ||
            now - wire->answer_since > options_.answer_timeout) {
            ++cut_;
            wire->out.clear();
            wire->written = 0;
            wire->close_after = wire->closing = true;
            wire->cut();
            if (wire->client_ended) {
                forget(wire);
            }
        }
    } else if (wire->busy) {
        return;
    } else if (wire->closing) {
        if (now - wire->quiet_since > linger_timeout) {
            wire->cut();
        }
    } else if (wire->reader.is_midway()) {
        const auto limit =
            wire->reader.is_in_body() ? options_.body_timeout : options_.head_timeout;
        if (now - wire->request_since > limit) {
            ++cut_;
            respond(wire,
                    problem(408, "request-timeout", "Request timeout",
                            "The request did not arrive in time."),
                    Body::sent, Connection::close);
        }
    } else if (draining_ || now - wire->quiet_since > options_.idle_timeout) {
        wire->closing = true;
        wire->cut();
    }
}

std::vector<std::shared_ptr<Wire>> Exchange::wires() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Wire>> all;
    all.reserve(wires_.size());
    for (const auto& [fd, wire] : wires_) {
        all.push_back(wire);
    }
    return all;
}

bool Exchange::is_quiet() const {
    for (const auto& wire : wires()) {
        const std::lock_guard lock(wire->mutex);
        if (wire->busy || wire->is_writing() || (wire->reader.is_midway() && !wire->closing)) {
            return false;
        }
    }
    return true;
}

void Exchange::drain() {
    draining_ = true;
    const auto until = Clock::now() + options_.drain_timeout;
    while (!is_quiet() && Clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

ServerCounts Exchange::counts() const {
    ServerCounts counts;
    {
        const std::lock_guard lock(mutex_);
        counts.connections = wires_.size();
    }
    counts.in_flight = in_flight_;
    counts.accepted = accepted_;
    counts.answered = answered_;
    counts.shed = shed_;
    counts.refused = refused_;
    counts.cut = cut_;
    return counts;
}

}  // namespace khom::server
