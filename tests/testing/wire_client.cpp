#include "tests/testing/wire_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <stdexcept>

namespace khom::testing {

WireClient::WireClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("no connection to port " + std::to_string(port));
    }
}

WireClient::~WireClient() {
    ::close(socket_);
}

void WireClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;  // the server has closed: what it answered is still to be read
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void WireClient::end() const {
    ::shutdown(socket_, SHUT_WR);
}

bool WireClient::receive(std::chrono::milliseconds within) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(within.count())) <= 0) {
        return false;
    }
    std::array<char, 65536> bytes{};
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        return false;
    }
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<WireAnswer> WireClient::answer(bool head_only) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!receive(std::chrono::seconds(10))) {
            return std::nullopt;
        }
    }
    WireAnswer answer;
    answer.status = std::stoi(received_.substr(9, 3));
    std::size_t line = received_.find("\r\n") + 2;
    while (line < end) {
        const auto line_end = received_.find("\r\n", line);
        const auto colon = received_.find(": ", line);
        auto name = received_.substr(line, colon - line);
        for (char& c : name) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        answer.headers[name] = received_.substr(colon + 2, line_end - colon - 2);
        line = line_end + 2;
    }
    received_.erase(0, end + 4);
    if (!head_only && answer.headers.contains("transfer-encoding")) {
        auto body = chunks();
        answer.body = body.value_or("");
        return body ? std::optional(answer) : std::nullopt;
    }
    const auto length = answer.headers.find("content-length");
    if (head_only || length == answer.headers.end()) {
        return answer;
    }
    const auto bytes = std::stoull(length->second);
    while (received_.size() < bytes) {
        if (!receive(std::chrono::seconds(10))) {
            return std::nullopt;
        }
    }
    answer.body = received_.substr(0, bytes);
    received_.erase(0, bytes);
    return answer;
}

std::optional<std::string> WireClient::chunks() {
    const auto holds = [&](std::size_t bytes) {
        while (received_.size() < bytes) {
            if (!receive(std::chrono::seconds(10))) {
                return false;
            }
        }
        return true;
    };
    std::string body;
    for (;;) {
        std::size_t line = 0;
        while ((line = received_.find("\r\n")) == std::string::npos) {
            if (!receive(std::chrono::seconds(10))) {
                return std::nullopt;
            }
        }
        const auto size = std::stoul(received_.substr(0, line), nullptr, 16);
        if (!holds(line + 2 + size + 2)) {
            return std::nullopt;
        }
        body += received_.substr(line + 2, size);
        received_.erase(0, line + 2 + size + 2);
        if (size == 0) {
            return body;
        }
    }
}

bool WireClient::receives(std::string_view bytes) {
    while (received_.find(bytes) == std::string::npos) {
        if (!receive(std::chrono::seconds(10))) {
            return false;
        }
    }
    return true;
}

bool WireClient::is_closed(std::chrono::milliseconds within) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(within.count())) <= 0) {
        return false;
    }
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

WireAnswer get(std::uint16_t port, std::string_view target, std::string_view headers) {
    WireClient client(port);
    client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" +
                std::string(headers) + "Connection: close\r\n\r\n");
    return client.answer().value_or(WireAnswer{});
}

}  // namespace khom::testing
