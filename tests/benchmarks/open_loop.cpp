// An open-loop client: requests leave at a fixed rate whether or not answers come, which is what a
// crowd does; a closed loop would slow down with the server and hide that it is overloaded.
//
//     open_loop PORT RATE SECONDS METHOD TARGET [BODY]
//
// "{n}" in target and body becomes the request's number. Latencies count from the moment a request
// was due. Beside it, every 50 ms, /healthz is asked on a connection of its own. One line of JSON.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto health_interval = std::chrono::milliseconds(50);
constexpr auto patience = std::chrono::seconds(5);  // then a request counts as unanswered
constexpr std::size_t most_connections = 4'000;

struct Tally {
    std::vector<double> accepted_ms;
    std::size_t sent = 0, shed = 0, shed_without_retry = 0, other = 0, unanswered = 0, failed = 0;
};

struct Connection {
    int fd = -1;
    bool waits = false;
    bool is_health = false;
    Clock::time_point due;
    std::string in;
};

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

/// How many bytes the answer at the beginning of `in` has; 0 while it is not whole.
std::size_t answer_bytes(std::string_view in) {
    const auto end = in.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return 0;
    }
    const auto head = in.substr(0, end);
    const auto length = head.find("Content-Length: ");
    if (length == std::string_view::npos) {
        return end + 4;
    }
    const auto body = std::strtoull(head.data() + length + 16, nullptr, 10);
    return in.size() >= end + 4 + body ? end + 4 + body : 0;
}

class Crowd {
  public:
    Crowd(std::uint16_t port, std::string method, std::string target, std::string body)
        : port_(port),
          method_(std::move(method)),
          target_(std::move(target)),
          body_(std::move(body)),
          epoll_(::epoll_create1(0)) {}

    void run(double rate, double seconds) {
        const auto start = Clock::now();
        const auto end = start + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(seconds));
        auto next_health = start;
        while (Clock::now() < end + patience) {
            const auto now = Clock::now();
            while (now < end && due_at(start, rate) <= now) {
                send_one(due_at(start, rate));
            }
            if (now < end && now >= next_health) {
                send_health(now);
                next_health = now + health_interval;
            }
            wait_for_answers();
            if (now >= end && waiting_ == 0) {
                break;
            }
        }
        work.unanswered += waiting_;
    }

    Tally work, health;

  private:
    Clock::time_point due_at(Clock::time_point start, double rate) const {
        const std::chrono::duration<double> after(static_cast<double>(work.sent) / rate);
        return start + std::chrono::duration_cast<Clock::duration>(after);
    }

    static std::string numbered(std::string text, std::size_t n) {
        const auto at = text.find("{n}");
        return at == std::string::npos ? text : text.replace(at, 3, std::to_string(n));
    }

    Connection* open() {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 &&
            errno != EINPROGRESS) {
            ::close(fd);
            return nullptr;
        }
        connections_.push_back(std::make_unique<Connection>());
        auto* connection = connections_.back().get();
        connection->fd = fd;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connection;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
        return connection;
    }

    static bool send_on(Connection& connection, const std::string& bytes) {
        // A new socket takes bytes when it is connected: on loopback that is at once.
        for (int tries = 0; tries < 100; ++tries) {
            const auto sent = ::send(connection.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent == static_cast<ssize_t>(bytes.size())) {
                return true;
            }
            if (sent >= 0 || (errno != EAGAIN && errno != ENOTCONN)) {
                return false;
            }
            ::usleep(50);
        }
        return false;
    }

    void send_one(Clock::time_point due) {
        const auto n = work.sent++;
        Connection* connection = nullptr;
        while (!free_.empty() && connection == nullptr) {
            connection = free_.back()->fd >= 0 ? free_.back() : nullptr;
            free_.pop_back();
        }
        if (connection == nullptr && connections_.size() < most_connections) {
            connection = open();
        }
        const auto body = numbered(body_, n);
        auto bytes = method_ + " " + numbered(target_, n) + " HTTP/1.1\r\nHost: localhost\r\n";
        if (!body.empty()) {
            bytes +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
        }
        if (connection == nullptr || !send_on(*connection, bytes + "\r\n" + body)) {
            ++work.failed;
            return;
        }
        connection->waits = true;
        connection->due = due;
        ++waiting_;
    }

    void send_health(Clock::time_point now) {
        if (health_ == nullptr || health_->fd < 0) {
            health_ = open();
        }
        if (health_ == nullptr || health_->waits) {
            return;  // its latency is being measured
        }
        health_->is_health = true;
        ++health.sent;
        if (send_on(*health_, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            health_->waits = true;
            health_->due = now;
        } else {
            ++health.failed;
        }
    }

    void wait_for_answers() {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 1);
        for (int i = 0; i < count; ++i) {
            auto& connection =
                *static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
            std::array<char, 65536> bytes{};
            const auto got = ::recv(connection.fd, bytes.data(), bytes.size(), 0);
            if (got > 0) {
                connection.in.append(bytes.data(), static_cast<std::size_t>(got));
                take(connection);
            } else if (got == 0 || errno != EAGAIN) {
                drop(connection);
            }
        }
    }

    void drop(Connection& connection) {
        if (connection.waits) {
            connection.is_health ? ++health.failed : ++work.failed;
            waiting_ -= connection.is_health ? 0 : 1;
        }
        connection.waits = false;
        ::close(connection.fd);
        connection.fd = -1;
    }

    void take(Connection& connection) {
        const auto bytes = answer_bytes(connection.in);
        if (bytes == 0 || !connection.waits) {
            return;
        }
        const auto took_ms =
            std::chrono::duration<double, std::milli>(Clock::now() - connection.due).count();
        const auto head = std::string_view(connection.in).substr(0, connection.in.find("\r\n\r\n"));
        auto& tally = connection.is_health ? health : work;
        const auto status = head.substr(9, 3);
        if (status == "200") {
            tally.accepted_ms.push_back(took_ms);
        } else if (status == "503") {
            ++tally.shed;
            tally.shed_without_retry += head.find("Retry-After:") == std::string_view::npos ? 1 : 0;
        } else {
            ++tally.other;
        }
        connection.in.erase(0, bytes);
        connection.waits = false;
        if (!connection.is_health) {
            --waiting_;
            free_.push_back(&connection);
        }
    }

    std::uint16_t port_;
    std::string method_, target_, body_;
    int epoll_;
    std::size_t waiting_ = 0;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<Connection*> free_;
    Connection* health_ = nullptr;
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 6) {
        std::fputs("usage: open_loop PORT RATE SECONDS METHOD TARGET [BODY]\n", stderr);
        return 2;
    }
    const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 10));
    const double rate = std::strtod(arguments[2], nullptr);
    const double seconds = std::strtod(arguments[3], nullptr);
    if (port == 0 || !(rate > 0 && rate <= 1e6) || !(seconds > 0 && seconds <= 600)) {
        std::fprintf(stderr,
                     "open_loop: PORT %s, RATE %s, SECONDS %s: expected a port, more than 0 and at "
                     "most 1000000 requests a second, and at most 600 seconds\n",
                     arguments[1], arguments[2], arguments[3]);
        return 2;
    }
    Crowd crowd(port, arguments[4], arguments[5], count > 6 ? arguments[6] : "");
    crowd.run(rate, seconds);
    const auto& work = crowd.work;
    std::printf(
        "{\"sent\": %zu, \"ok\": %zu, \"goodput_s\": %.1f, \"p50_ms\": %.1f, \"p99_ms\": %.1f, "
        "\"shed\": %zu, \"shed_without_retry\": %zu, \"other\": %zu, \"failed\": %zu, "
        "\"unanswered\": %zu, \"health\": %zu, \"health_p99_ms\": %.1f, \"health_max_ms\": %.1f, "
        "\"health_failed\": %zu}\n",
        work.sent, work.accepted_ms.size(), static_cast<double>(work.accepted_ms.size()) / seconds,
        percentile(work.accepted_ms, 0.5), percentile(work.accepted_ms, 0.99), work.shed,
        work.shed_without_retry, work.other, work.failed, work.unanswered,
        crowd.health.accepted_ms.size(), percentile(crowd.health.accepted_ms, 0.99),
        percentile(crowd.health.accepted_ms, 1), crowd.health.failed);
    return 0;
}
