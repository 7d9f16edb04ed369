#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server/http.h"

namespace khom::server {

/// What one request may bring.
struct RequestLimits {
    std::size_t request_line_bytes = 20 * 1024;
    std::size_t head_bytes = 32 * 1024;
    std::size_t header_count = 100;
    std::size_t body_bytes = 64 * 1024;
};

/// The bytes cannot be (or will not be) read as a request; nothing after them on the connection is.
struct BadFraming {
    int status = 400;
    std::string detail;
};

/// What is decided about a request by its head alone, before any of its body is kept.
struct Screened {
    std::size_t body_bytes = 0;       ///< at most so many
    std::optional<Response> refusal;  ///< answered at once, the connection is closed
};
/// It may note in the head what it found out: whose key it was.
using Screen = std::function<Screened(Request& head)>;

/// Cuts the bytes of one connection into requests, strictly (RFC 9112): no bare line feed, no
/// folded or colon-less header, no blank before a colon, one Host, one Content-Length of digits, no
/// Transfer-Encoding.
///
/// How the bytes are split over calls makes no difference. Keeps one head and one body, and what
/// was sent after them.
class RequestReader {
  public:
    struct NeedMore {
        bool send_continue = false;  ///< the client waits for "100 Continue"; said once
    };
    using Outcome = std::variant<NeedMore, Request, Response, BadFraming>;

    explicit RequestReader(RequestLimits limits, Screen screen = {}, std::string peer = {});

    void feed(std::string_view bytes) { buffer_ += bytes; }
    /// The next whole request, or why there is none. After a Response or BadFraming it must not be
    /// called again.
    Outcome next();

    /// Whether part of a request is here.
    bool is_midway() const { return head_.has_value() || !buffer_.empty(); }
    bool is_in_body() const { return head_.has_value(); }
    std::size_t buffered_bytes() const { return buffer_.size(); }

  private:
    std::optional<BadFraming> scan_head();
    Outcome take_body();

    RequestLimits limits_;
    Screen screen_;
    std::string peer_;
    std::string buffer_;
    std::size_t scanned_ = 0;     // bytes of the head already looked at
    std::size_t line_begin_ = 0;  // where the line being scanned begins
    std::size_t head_end_ = 0;    // 0 until the blank line was seen
    bool forgave_empty_line_ = false;
    std::optional<Request> head_;
    std::size_t body_length_ = 0;
};

}  // namespace khom::server
