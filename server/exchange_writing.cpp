// Writing what is ready to whoever takes it, by one thread on an epoll of its own, which also keeps
// the times. A streamed answer is made a piece at a time: when a piece has left, a worker makes the
// next, so that a slow reader holds one piece in memory and no thread. What has nothing for now (a
// feed, a long poll) is listed and asked again twenty times a second.

#include <sys/epoll.h>
#include <sys/socket.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "server/exchange.h"
#include "server/problem.h"
#include "server/wire.h"

namespace khom::server {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds sweep_interval{250};
constexpr std::chrono::milliseconds linger_timeout{2'000};
/// A client that has closed its half may still read, or be gone: TCP does not tell. It gets what is
/// ready in this time; a longer question is given up.
constexpr std::chrono::milliseconds half_closed_timeout{1'000};
constexpr std::chrono::milliseconds crowded_timeout{2'000};

/// The next piece; none if it failed, which is logged.
std::optional<BodyStream::Next> next_piece(BodyStream& stream, std::string& piece) noexcept {
    try {
        return stream.next(piece);
    } catch (const std::exception& fault) {
        incident(fault.what());
    } catch (...) {
        incident("not a std::exception");
    }
    return std::nullopt;
}

}  // namespace

/// How long clients may let us wait. While nearly all connections are taken, those who send nothing
/// go first, so that others find a place.
struct Exchange::Patience {
    Clock::time_point now;
    std::chrono::milliseconds head, body, idle;
};

void Exchange::pause(const std::shared_ptr<Wire>& wire) {
    wire->paused = true;
    wire->busy = true;
    const std::lock_guard lock(mutex_);
    paused_.push_back(wire);
}

void Exchange::produce(const std::shared_ptr<Wire>& wire) {
    std::shared_ptr<BodyStream> stream;
    {
        const std::lock_guard lock(wire->mutex);
        stream = wire->stream;
    }
    if (!stream) {
        return;
    }
    std::string piece;
    const auto next = next_piece(*stream, piece);
    const std::lock_guard lock(wire->mutex);
    if (wire->stream != stream) {  // dropped in the meantime
        return;
    }
    if (!next) {
        wire->abandon();  // a cut body shows that it is not whole
        return;
    }
    const bool chunks = wire->framing == Framing::chunks;
    wire->out = chunks ? chunk(piece) : std::move(piece);
    wire->written = 0;
    wire->progress_since = wire->answer_since = Clock::now();
    if (*next == BodyStream::Next::broken) {
        wire->drop_stream();
        wire->close_after = true;
        flush(wire);
    } else if (*next == BodyStream::Next::end) {
        finish_stream(wire);
    } else if (*next == BodyStream::Next::pause && !wire->is_writing()) {
        pause(wire);
    } else {
        flush(wire);
    }
}

void Exchange::finish_stream(const std::shared_ptr<Wire>& wire) {
    if (wire->framing == Framing::chunks) {
        wire->out += last_chunk;
    }
    wire->drop_stream();
    wire->close_after = wire->close_after_stream;
    flush(wire);
    advance(wire);
}

void Exchange::answer_waiting(const std::shared_ptr<Wire>& wire) {
    std::shared_ptr<Waiting> waiting;
    {
        const std::lock_guard lock(wire->mutex);
        waiting = wire->waiting;
    }
    if (!waiting) {
        return;
    }
    const auto response = answer([&](const Request&) { return waiting->then(); }, Request{});
    const std::lock_guard lock(wire->mutex);
    if (wire->waiting != waiting) {
        return;
    }
    wire->drop_stream();
    const bool keep = wire->awaited.keep_alive && !draining_ && !wire->client_ended;
    respond(wire, response, wire->awaited.body, keep ? Connection::keep_alive : Connection::close);
    advance(wire);
}

bool Exchange::resume(const std::shared_ptr<Wire>& wire) {
    if (wire->waiting) {
        return (draining_ || wire->waiting->is_over()) &&
               pool_->try_run([this, wire] { answer_waiting(wire); });
    }
    if (draining_ && wire->stream->is_endless()) {
        wire->close_after_stream = true;
        finish_stream(wire);
        return true;
    }
    return wire->stream->is_ready() && pool_->run_aside([this, wire] { produce(wire); });
}

void Exchange::wake() {
    std::vector<std::shared_ptr<Wire>> paused;
    {
        const std::lock_guard lock(mutex_);
        paused.swap(paused_);
    }
    for (const auto& wire : paused) {
        const std::lock_guard lock(wire->mutex);
        if (!wire->paused || (!wire->waiting && !wire->stream)) {
            continue;
        }
        wire->paused = false;
        if (!resume(wire)) {
            pause(wire);
        }
    }
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
            event.data.u64 = wire->id;
            ::epoll_ctl(epoll_, wire->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, wire->fd, &event);
            wire->watched = true;
            return;
        } else if (errno != EINTR) {
            wire->abandon();
            if (wire->client_ended) {
                forget(wire);
            }
            return;
        }
    }
    wire->out = std::string();
    wire->written = 0;
    wire->quiet_since = Clock::now();
    if (wire->stream) {
        if (!wire->paused && !pool_->run_aside([this, wire] { produce(wire); })) {
            pause(wire);
        }
        return;
    }
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
    if (!wire->fd_is_ours) {
        wire->fd = -1;
    }
    const std::lock_guard lock(mutex_);
    wires_.erase(wire->id);
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
                const auto found = wires_.find(events.at(static_cast<std::size_t>(i)).data.u64);
                wire = found == wires_.end() ? nullptr : found->second;
            }
            if (wire) {
                const std::lock_guard lock(wire->mutex);
                if (wire->is_writing()) {
                    flush(wire);
                    advance(wire);
                }
            }
        }
        wake();
        if (Clock::now() >= next_sweep) {
            sweep();
            next_sweep = Clock::now() + sweep_interval;
        }
    }
}

void Exchange::sweep() {
    Patience patience{Clock::now(), options_.head_timeout, options_.body_timeout,
                      options_.idle_timeout};
    const auto open = wires();
    if (open.size() + open.size() / 9 >= options_.max_connections) {
        for (auto* each : {&patience.head, &patience.body, &patience.idle}) {
            *each = std::min(*each, crowded_timeout);
        }
    }
    for (const auto& wire : open) {
        check_times(wire, patience);
    }
}

void Exchange::check_times(const std::shared_ptr<Wire>& wire, const Patience& patience) {
    const auto now = patience.now;
    const std::lock_guard lock(wire->mutex);
    if (wire->is_writing()) {
        if (now - wire->progress_since > options_.stall_timeout ||
            now - wire->answer_since > options_.answer_timeout) {
            ++cut_;
            wire->abandon();
            if (wire->client_ended) {
                forget(wire);
            }
        }
    } else if (wire->busy) {
        if (wire->client_ended && !wire->stream && now - wire->ended_since > half_closed_timeout) {
            wire->abandoned->store(true);
        }
    } else if (wire->closing) {
        if (now - wire->quiet_since > linger_timeout) {
            wire->cut();
        }
    } else if (wire->reader.is_midway()) {
        const auto limit = wire->reader.is_in_body() ? patience.body : patience.head;
        if (now - wire->request_since > limit) {
            ++cut_;
            respond(wire,
                    problem(408, "request-timeout", "Request timeout",
                            "The request did not arrive in time."),
                    Body::sent, Connection::close);
        }
    } else if (draining_ || now - wire->quiet_since > patience.idle) {
        wire->closing = true;
        wire->cut();
    }
}

}  // namespace khom::server
