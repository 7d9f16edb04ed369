// The head is scanned byte by byte, so that a fault is seen at the same byte however the bytes were
// split, and is parsed once when its blank line has come.
//
//     head   = method SP target SP "HTTP/1." ("0" / "1") CRLF *( name ":" OWS value OWS CRLF ) CRLF
//     body   = Content-Length bytes

#include "server/request_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/problem.h"
#include "server/url.h"

namespace khom::server {

namespace {

using Parsed = std::variant<Request, BadFraming>;

constexpr std::array<std::string_view, 9> known_methods = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"};

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return lowered;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_made_of(std::string_view text, std::string_view marks) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

/// "khom.example", "10.0.0.1:8080", "[::1]:8080"; no user, no list, no path.
bool is_host(std::string_view text) {
    const bool is_v6 = text.substr(0, 1) == "[";
    const auto end = is_v6 ? text.find(']') : text.find(':');
    if (is_v6 && end == std::string_view::npos) {
        return false;
    }
    const auto name = is_v6 ? text.substr(1, end - 1) : text.substr(0, end);
    const auto rest = text.substr(std::min(text.size(), is_v6 ? end + 1 : end));
    return is_made_of(name, is_v6 ? ":." : ".-_") &&
           (rest.empty() || (rest.front() == ':' && is_digits(rest.substr(1))));
}

/// "http://host/path" → "/path": proxies send the absolute form, and servers must take it. Empty
/// for one without a host.
std::string origin_form(std::string_view target) {
    const auto mark = target.find("://");
    const auto scheme = lower(target.substr(0, mark));
    if (mark == std::string_view::npos || (scheme != "http" && scheme != "https")) {
        return std::string(target);
    }
    target.remove_prefix(mark + 3);
    const auto end = std::min(target.size(), target.find_first_of("/?"));
    if (!is_host(target.substr(0, end))) {
        return {};
    }
    const auto path = target.substr(end);
    return path.substr(0, 1) == "/" ? std::string(path) : "/" + std::string(path);
}

/// Whether every byte of the target may stand in one: blanks and control characters may not.
bool has_no_blanks(std::string_view target) {
    return std::none_of(target.begin(), target.end(), [](char c) {
        return static_cast<std::uint8_t>(c) <= 0x20 || static_cast<std::uint8_t>(c) == 0x7F;
    });
}

std::optional<BadFraming> read_request_line(std::string_view line, Request& request, bool& is_1_0) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || line.find(' ', first + 1) != last) {
        return BadFraming{400, "The request line is not 'METHOD target HTTP/1.1'."};
    }
    const auto method = line.substr(0, first);
    const auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!is_token(method) || target.empty()) {
        return BadFraming{400, "The request line is not 'METHOD target HTTP/1.1'."};
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        const bool other =
            version.size() == 8 && version.substr(0, 5) == "HTTP/" && version[6] == '.';
        return other ? BadFraming{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."}
                     : BadFraming{400, "The request line does not end in HTTP/1.1."};
    }
    if (std::find(known_methods.begin(), known_methods.end(), method) == known_methods.end()) {
        return BadFraming{501, "The method is not known."};
    }
    is_1_0 = version == "HTTP/1.0";
    request.method = method;
    request.target = origin_form(target);
    if (request.target == "*" && method == "OPTIONS") {
        return std::nullopt;
    }
    auto parsed = parse_target(request.target);
    if (!parsed || !has_no_blanks(target) || target.find('#') != std::string_view::npos) {
        return BadFraming{400, "The target is not a path of percent-encoded UTF-8."};
    }
    request.segments = std::move(parsed->segments);
    request.query = std::move(parsed->query);
    return std::nullopt;
}

std::optional<BadFraming> read_header(std::string_view line, Request& request) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return BadFraming{400, "A header line is not 'Name: value'."};
    }
    const auto value = without_blanks(line.substr(colon + 1));
    request.headers.emplace_back(lower(line.substr(0, colon)), value);
    return std::nullopt;
}

std::size_t count_of(const Request& request, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(request.headers.begin(), request.headers.end(),
                      [&](const auto& pair) { return pair.first == name; }));
}

std::optional<BadFraming> read_length(const Request& request, std::size_t& length) {
    if (count_of(request, "transfer-encoding") > 0) {
        return BadFraming{411, "Transfer-Encoding is not taken; send Content-Length."};
    }
    if (count_of(request, "content-length") == 0) {
        return std::nullopt;
    }
    const auto text = request.header("content-length");
    if (count_of(request, "content-length") > 1 || text.empty() || !is_digits(text)) {
        return BadFraming{400, "Content-Length is not one whole number."};
    }
    if (text.size() > 18) {
        return BadFraming{413, "The body is too large."};
    }
    length = std::stoull(std::string(text));
    return std::nullopt;
}

std::optional<BadFraming> check_host(const Request& request, bool is_1_0) {
    const auto hosts = count_of(request, "host");
    if (hosts > 1 || (hosts == 0 && !is_1_0)) {
        return BadFraming{400, "A request has exactly one Host."};
    }
    if (hosts == 1 && !is_host(request.header("host"))) {
        return BadFraming{400, "Host is not a host name."};
    }
    return std::nullopt;
}

bool keeps_alive(const Request& request, bool is_1_0) {
    bool keep = !is_1_0;
    for (const auto& [name, value] : request.headers) {
        if (name != "connection") {
            continue;
        }
        const auto listed = lower(value);
        for (std::string_view options = listed; !options.empty();) {
            const auto comma = std::min(options.size(), options.find(','));
            const auto option = without_blanks(options.substr(0, comma));
            if (option == "close") {
                return false;
            }
            keep = keep || option == "keep-alive";
            options.remove_prefix(std::min(options.size(), comma + 1));
        }
    }
    return keep;
}

Parsed parse_head(std::string_view head, std::size_t max_headers, std::size_t& length) {
    Request request;
    bool is_1_0 = false;
    const auto first_end = head.find("\r\n");
    if (auto bad = read_request_line(head.substr(0, first_end), request, is_1_0)) {
        return *bad;
    }
    head.remove_prefix(first_end + 2);
    while (head.substr(0, 2) != "\r\n") {
        const auto end = head.find("\r\n");
        if (request.headers.size() == max_headers) {
            return BadFraming{431, "There are too many headers."};
        }
        if (auto bad = read_header(head.substr(0, end), request)) {
            return *bad;
        }
        head.remove_prefix(end + 2);
    }
    if (auto bad = check_host(request, is_1_0)) {
        return *bad;
    }
    if (auto bad = read_length(request, length)) {
        return *bad;
    }
    const auto expected = request.header("expect");
    if (!is_1_0 && !expected.empty() && lower(expected) != "100-continue") {
        return BadFraming{417, "Only '100-continue' can be expected."};
    }
    request.keep_alive = keeps_alive(request, is_1_0);
    request.is_http_1_0 = is_1_0;
    return request;
}

}  // namespace

RequestReader::RequestReader(RequestLimits limits, Screen screen, std::string peer)
    : limits_(limits), screen_(std::move(screen)), peer_(std::move(peer)) {}

std::optional<BadFraming> RequestReader::scan_head() {
    if (!forgave_empty_line_ && scanned_ == 0 && buffer_.compare(0, 2, "\r\n") == 0) {
        buffer_.erase(0, 2);
        forgave_empty_line_ = true;
    }
    for (; scanned_ < buffer_.size() && head_end_ == 0; ++scanned_) {
        const auto byte = static_cast<std::uint8_t>(buffer_[scanned_]);
        const bool after_return = scanned_ > 0 && buffer_[scanned_ - 1] == '\r';
        if (line_begin_ == 0 && scanned_ >= limits_.request_line_bytes) {
            return BadFraming{414, "The request line is too long."};
        }
        if (scanned_ >= limits_.head_bytes) {
            return BadFraming{431, "The head of the request is too large."};
        }
        if ((byte == '\n') != after_return) {
            return BadFraming{400, "Lines end in CR LF."};
        }
        if ((byte < 0x20 && byte != '\r' && byte != '\n' && byte != '\t') || byte == 0x7F) {
            return BadFraming{400, "A control character is in the head of the request."};
        }
        if (byte == '\n') {
            if (scanned_ - line_begin_ == 1) {
                head_end_ = scanned_ + 1;
            }
            line_begin_ = scanned_ + 1;
        }
    }
    return std::nullopt;
}

RequestReader::Outcome RequestReader::next() {
    if (head_) {
        return take_body();
    }
    // RFC 9112, 2.2: one empty line before a request is forgiven, and its first byte alone says
    // nothing yet.
    if (buffer_ == "\r" && scanned_ == 0) {
        return NeedMore{};
    }
    if (auto bad = scan_head()) {
        return *bad;
    }
    if (head_end_ == 0) {
        return NeedMore{};
    }
    if (head_end_ == 2) {
        return BadFraming{400, "There is an empty line where a request should begin."};
    }
    body_length_ = 0;
    auto parsed = parse_head(std::string_view(buffer_).substr(0, head_end_), limits_.header_count,
                             body_length_);
    if (auto* bad = std::get_if<BadFraming>(&parsed)) {
        return std::move(*bad);
    }
    auto& request = std::get<Request>(parsed);
    request.peer = peer_;
    auto screened =
        screen_ ? server::screened(screen_, request) : Screened{limits_.body_bytes, std::nullopt};
    if (screened.refusal) {
        return std::move(*screened.refusal);
    }
    if (body_length_ > screened.body_bytes) {
        return BadFraming{
            413, "The body is larger than " + std::to_string(screened.body_bytes) + " bytes."};
    }
    buffer_.erase(0, head_end_);
    scanned_ = line_begin_ = head_end_ = 0;
    forgave_empty_line_ = false;
    // HTTP/1.0 knows no "100 Continue" (RFC 9110, 10.1.1).
    const bool waits =
        !request.is_http_1_0 && !request.header("expect").empty() && buffer_.size() < body_length_;
    head_ = std::move(request);
    auto outcome = take_body();
    if (auto* more = std::get_if<NeedMore>(&outcome)) {
        more->send_continue = waits;
    }
    return outcome;
}

RequestReader::Outcome RequestReader::take_body() {
    if (buffer_.size() < body_length_) {
        return NeedMore{};
    }
    Request request = std::move(*head_);
    head_.reset();
    request.body = buffer_.substr(0, body_length_);
    buffer_.erase(0, body_length_);
    return request;
}

}  // namespace khom::server
