// What every answer carries is decided here once: its length, the connection's fate and the headers
// that keep stored text from running in a page. Nothing of ours needs a script, a frame or another
// origin.

#include "server/http.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace khom::server {

namespace {

constexpr std::string_view security_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

struct Phrase {
    int status;
    std::string_view words;
};

constexpr std::array phrases = {
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{204, "No Content"},
    Phrase{301, "Moved Permanently"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{417, "Expectation Failed"},
    Phrase{422, "Unprocessable Content"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{507, "Insufficient Storage"},
};

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    const auto length =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

bool has_no_content(int status) {
    return status == 204 || status == 304;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](auto& pair) { return pair.first == name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

const std::string* Request::parameter(std::string_view name) const {
    const auto found =
        std::find_if(query.begin(), query.end(), [&](auto& pair) { return pair.first == name; });
    return found == query.end() ? nullptr : &found->second;
}

std::vector<std::string> Request::parameters(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : query) {
        if (key == name) {
            values.push_back(value);
        }
    }
    return values;
}

std::string content_policy(std::string_view image_origin) {
    std::string images = "'self' data:";
    if (!image_origin.empty()) images += " " + std::string(image_origin);
    return "default-src 'self'; img-src " + images +
           "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

std::string_view reason_phrase(int status) {
    const auto* found = std::find_if(phrases.begin(), phrases.end(),
                                     [&](const Phrase& phrase) { return phrase.status == status; });
    return found == phrases.end() ? std::string_view() : found->words;
}

namespace {

std::string status_line(const Response& response) {
    std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
    bytes += reason_phrase(response.status);
    return bytes + "\r\nDate: " + http_date() + "\r\n";
}

/// A line break in a value would begin a header of the client's making: none is ever sent.
std::string_view one_line(std::string_view value) {
    return value.substr(0, value.find_first_of(std::string_view("\r\n\0", 3)));
}

void add_headers(std::string& bytes, const Response& response, Connection connection) {
    bool has_policy = false;  // of its own: a preview is shown inside other pages
    for (const auto& [name, value] : response.headers) {
        bytes += name;
        bytes += ": ";
        bytes += one_line(value);
        bytes += "\r\n";
        has_policy = has_policy || name == "Content-Security-Policy";
    }
    // Not with 304: a browser would give it to the page that it has, which may have had its own.
    if (!has_policy && response.status != 304) {
        bytes += "Content-Security-Policy: " + content_policy() + "\r\n";
    }
    bytes += security_headers;
    bytes += connection == Connection::close ? "Connection: close\r\n\r\n"
                                             : "Connection: keep-alive\r\n\r\n";
}

}  // namespace

std::string wire_bytes(const Response& response, Body body, Connection connection) {
    auto bytes = status_line(response);
    if (!has_no_content(response.status)) {
        bytes += "Content-Type: " + response.content_type + "\r\n";
        bytes += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    }
    add_headers(bytes, response, connection);
    if (body == Body::sent && !has_no_content(response.status)) {
        bytes += response.body;
    }
    return bytes;
}

std::string stream_head(const Response& response, Framing framing, Connection connection) {
    auto bytes = status_line(response) + "Content-Type: " + response.content_type + "\r\n";
    if (framing == Framing::chunks) {
        bytes += "Transfer-Encoding: chunked\r\n";
    }
    add_headers(bytes, response, connection);
    return bytes;
}

std::string chunk(std::string_view piece) {
    if (piece.empty()) {
        return {};
    }
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
    std::string bytes(size.data(), static_cast<std::size_t>(length));
    bytes += piece;
    return bytes += "\r\n";
}

}  // namespace khom::server
