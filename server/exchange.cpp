// Pistache reads; we write. Its own writer spins on a client that does not read and loses answers
// when it shuts down, so we write to its descriptor ourselves, and keep a duplicate when a client
// has closed its half before its answer has left. A connection's bytes,
// reader and answer are guarded by its own mutex; answers keep the order of the requests because
// the next request is read only when the answer before it has left.

#include "server/exchange.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "graph/failure.h"
#include "server/problem.h"
#include "server/wire.h"

namespace khom::server {

namespace {

using Clock = std::chrono::steady_clock;

Connection fate(bool keep) {
    return keep ? Connection::keep_alive : Connection::close;
}

Body body_for(const Request& request) {
    return request.method == "HEAD" ? Body::withheld : Body::sent;
}

}  // namespace

void Wire::keep_descriptor() {
    fd = fd_is_ours ? fd : ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    fd_is_ours = fd >= 0;
}

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
    stop();
    ::close(epoll_);
}

void Exchange::stop() {
    pool_->stop();
    ending_ = true;
    if (writer_.joinable()) {
        writer_.join();
    }
    for (const auto& wire : wires()) {
        const std::lock_guard lock(wire->mutex);
        forget(wire);
    }
}

std::shared_ptr<Wire> Exchange::open(int fd, const std::string& peer) {
    ++accepted_;
    const std::lock_guard lock(mutex_);
    if (draining_ || wires_.size() >= options_.max_connections) {
        ++shed_;
        const auto bytes = wire_bytes(problem(503, "overloaded", "Overloaded",
                                              "There are too many connections; try again soon."),
                                      Body::sent, Connection::close);
        (void)::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        return nullptr;
    }
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto wire = std::make_shared<Wire>(++last_id_, fd, peer, options_, handlers_.screen);
    wires_[wire->id] = wire;
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
        const std::lock_guard lock(wire->mutex);
        wire->abandon();
    }
}

void Exchange::ended(const std::shared_ptr<Wire>& wire) noexcept {
    const std::lock_guard lock(wire->mutex);
    wire->client_ended = true;
    wire->ended_since = Clock::now();
    if (wire->paused) {  // nobody is there for what would come
        wire->drop_stream();
    }
    if (!wire->busy && !wire->is_writing()) {
        forget(wire);
        return;
    }
    if (wire->watched) {
        ::epoll_ctl(epoll_, EPOLL_CTL_DEL, wire->fd, nullptr);
        wire->watched = false;
    }
    wire->keep_descriptor();
    if (wire->is_writing()) {
        flush(wire);
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
    request.abandoned = wire->abandoned;
    request.deadline = now + options_.deadline;
    if (handlers_.is_immediate(request)) {
        const auto response = answer(handlers_.immediate, request);
        respond(wire, response, body_for(request), fate(request.keep_alive && !draining_));
        return;
    }
    wire->busy = true;
    ++in_flight_;
    const auto held = std::make_shared<const Request>(std::move(request));
    if (!pool_->try_run([this, wire, held, now] { work(wire, *held, now); })) {
        wire->busy = false;
        --in_flight_;
        respond(wire, shed(*held, "All workers are busy; try again in a second."), Body::sent,
                fate(held->keep_alive));
    }
}

Response Exchange::shed(const Request& request, std::string_view why) {
    ++shed_;
    auto response = problem(503, "overloaded", "Overloaded", why);
    if (handlers_.note_shed) {
        handlers_.note_shed(request, response);
    }
    return response;
}

void Exchange::work(const std::shared_ptr<Wire>& wire, const Request& request,
                    Clock::time_point since) {
    Response response;
    if (Clock::now() - since > options_.queue_timeout) {
        response =
            shed(request, "The request waited too long for a worker; try again in a second.");
    } else {
        response = answer(handlers_.answer, request);
    }
    const std::lock_guard lock(wire->mutex);
    --in_flight_;
    if (response.waiting && !wire->client_ended) {
        wire->waiting = std::move(response.waiting);
        wire->awaited = {request.keep_alive, body_for(request)};
        pause(wire);
        return;
    }
    wire->busy = false;
    wire->framing = request.is_http_1_0 ? Framing::by_close : Framing::chunks;
    respond(wire, response, body_for(request),
            fate(request.keep_alive && !draining_ && !wire->client_ended));
    advance(wire);
}

void Exchange::respond(const std::shared_ptr<Wire>& wire, const Response& response, Body body,
                       Connection connection) {
    ++answered_;
    wire->written = 0;
    wire->answer_since = wire->progress_since = Clock::now();
    if (response.stream && body == Body::sent) {
        connection = wire->framing == Framing::by_close ? Connection::close : connection;
        wire->out = stream_head(response, wire->framing, connection) +
                    (wire->framing == Framing::chunks ? chunk(response.body) : response.body);
        wire->stream = response.stream;
        wire->close_after_stream = connection == Connection::close;
        wire->busy = true;
    } else if (response.stream) {
        wire->out = stream_head(response, wire->framing, connection);
        wire->close_after = connection == Connection::close;
    } else {
        wire->out = wire_bytes(response, body, connection);
        wire->close_after = connection == Connection::close;
    }
    flush(wire);
}

std::vector<std::shared_ptr<Wire>> Exchange::wires() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Wire>> all;
    all.reserve(wires_.size());
    for (const auto& [id, wire] : wires_) {
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
