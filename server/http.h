#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khom::server {

/// Names and values in the order in which they were given; a name may repeat.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request, framed and decoded; all text in it is UTF-8.
struct Request {
    std::string method = "GET";
    std::string target;                 ///< as sent: "/v1/search?q=%E0%B8%81"
    std::vector<std::string> segments;  ///< of the path, percent-decoded: {"v1", "search"}
    Pairs query;                        ///< decoded, `+` is a space
    Pairs headers;                      ///< names in lower case, values without outer blanks
    std::string body;
    std::string peer;  ///< the client's address, never logged
    bool keep_alive = true;
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

    /// The first header of that lower-case name, or empty.
    std::string_view header(std::string_view name) const;
    /// The first parameter of that name, or null if it was not given.
    const std::string* parameter(std::string_view name) const;
    /// All values of a repeated parameter, in order.
    std::vector<std::string> parameters(std::string_view name) const;
};

/// One HTTP answer. Length, date, connection and the security headers are added when it is sent.
struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::string body;
    Pairs headers;
};

using Handler = std::function<Response(const Request&)>;

/// "OK", "Not Found", …; empty for a status that Khom never sends.
std::string_view reason_phrase(int status);

/// The bytes of an answer as they go over the wire. `with_body` is false for HEAD: the length
/// stays, the body does not.
enum class Body { sent, withheld };
enum class Connection { keep_alive, close };
std::string wire_bytes(const Response& response, Body body, Connection connection);

}  // namespace khom::server
