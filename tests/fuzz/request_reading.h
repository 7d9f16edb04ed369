#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/request_reader.h"
#include "server/url.h"

namespace khom::testing {

/// What a reader makes of bytes, however they come: each request or refusal as a line of text.
inline std::string read_in_pieces(std::string_view bytes, const std::vector<std::size_t>& cuts) {
    server::RequestLimits limits;
    limits.request_line_bytes = 200;
    limits.head_bytes = 400;
    limits.header_count = 8;
    limits.body_bytes = 64;
    server::RequestReader reader(limits);
    std::string said;
    std::size_t at = 0;
    const auto take = [&] {
        for (;;) {
            const auto outcome = reader.next();
            if (const auto* request = std::get_if<server::Request>(&outcome)) {
                said += request->method + " " + request->target +
                        (request->keep_alive ? " keep" : " close");
                for (const auto& segment : request->segments) {
                    said += " /" + segment;
                }
                for (const auto& [name, value] : request->query) {
                    said += " " + name + "=" + value;
                }
                for (const auto& [name, value] : request->headers) {
                    said += " " + name + ":" + value;
                }
                said += " [" + request->body + "]\n";
            } else if (const auto* bad = std::get_if<server::BadFraming>(&outcome)) {
                said += "bad " + std::to_string(bad->status) + " " + bad->detail + "\n";
                return false;
            } else {
                return true;
            }
        }
    };
    for (const auto cut : cuts) {
        reader.feed(bytes.substr(at, cut - at));
        at = cut;
        if (!take()) {
            return said;
        }
    }
    reader.feed(bytes.substr(at));
    (void)take();
    return said;
}

/// Ends the process if how the bytes are cut makes a difference, or if decoding is not the inverse
/// of encoding.
inline void must_read_alike(std::string_view bytes) {
    const auto whole = read_in_pieces(bytes, {});
    std::vector<std::size_t> each;
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        each.push_back(cut);
    }
    bool alike = read_in_pieces(bytes, each) == whole;
    const std::size_t step = 1 + bytes.size() / 16;
    for (std::size_t cut = 1; cut < bytes.size(); cut += step) {
        alike = alike && read_in_pieces(bytes, {cut}) == whole;
    }
    for (const auto plus : {server::Plus::kept, server::Plus::is_space}) {
        if (const auto decoded = server::percent_decoded(bytes, plus)) {
            const auto again = server::percent_decoded(server::percent_encoded(*decoded), plus);
            alike = alike && server::is_utf8(*decoded) && again == decoded;
        }
    }
    if (!alike) {
        std::abort();
    }
}

/// Requests that are nearly right: whole ones with a few bytes changed, doubled, dropped or moved.
inline std::string nearly_a_request(std::mt19937& random) {
    static const std::vector<std::string> parts = {
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/query HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "GET /a%20b?q=%E0%B8%81+x&q=2 HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
        "HEAD /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\n",
        "Host: y\r\n",
        "\r\n",
        "\n",
        " : ",
        "%",
        "%4",
        "\xE0\xB8",
        "Expect: 100-continue\r\n",
        "\t",
        std::string(1, '\0'),
        "HTTP/1.1",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"};
    std::string bytes;
    for (auto left = 1 + random() % 4; left > 0; --left) {
        bytes += parts[random() % parts.size()];
    }
    for (auto left = random() % 4; left > 0 && !bytes.empty(); --left) {
        const auto at = random() % bytes.size();
        switch (random() % 4) {
            case 0:
                bytes[at] = static_cast<char>(random() % 256);
                break;
            case 1:
                bytes.erase(at, 1 + random() % 3);
                break;
            case 2:
                bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 8));
                break;
            default:
                bytes.insert(at, parts[random() % parts.size()]);
        }
    }
    return bytes;
}

}  // namespace khom::testing
