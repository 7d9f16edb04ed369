#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khom::server {

/// Names and values in the order in which they were given; a name may repeat.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a key allows; each includes those before it.
enum class Scope { open, read_private, write, admin };

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
    bool is_http_1_0 = false;
    Scope scope = Scope::open;  ///< of the key that came with it
    std::string key_name;       ///< whose key it was, for the log of changes
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    /// Set while the request is answered, if the client goes away; may be null.
    std::shared_ptr<const std::atomic<bool>> abandoned = nullptr;

    /// The first header of that lower-case name, or empty.
    std::string_view header(std::string_view name) const;
    /// The first parameter of that name, or null if it was not given.
    const std::string* parameter(std::string_view name) const;
    /// All values of a repeated parameter, in order.
    std::vector<std::string> parameters(std::string_view name) const;
};

struct Response;

/// A body made piece by piece, for answers larger than one should hold, and for those that never
/// end.
class BodyStream {
  public:
    enum class Next { more, pause, end, broken };

    BodyStream() = default;
    BodyStream(const BodyStream&) = delete;
    BodyStream& operator=(const BodyStream&) = delete;
    virtual ~BodyStream() = default;

    /// Appends the next piece, on a worker and never twice at once. `pause`: nothing for now, ask
    /// `is_ready`. `broken`: this piece is the last, and the body ends so that the client sees that
    /// it is not whole.
    virtual Next next(std::string& piece) = 0;
    /// Whether there is something again; asked often and from the writing thread, so it must be
    /// cheap.
    virtual bool is_ready() { return true; }
    /// Whether it would never end by itself: such a stream is ended when the server stops.
    virtual bool is_endless() const { return false; }
};

/// An answer that is not there yet, and holds no thread while it is waited for.
struct Waiting {
    std::function<bool()> is_over;  ///< cheap; asked often, from the writing thread
    std::function<Response()> then;
};

/// One HTTP answer. Length, date, connection and the security headers are added when it is sent.
struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::string body;
    Pairs headers;
    std::shared_ptr<BodyStream> stream = nullptr;  ///< if given, sent after `body`, in chunks
    std::shared_ptr<Waiting> waiting = nullptr;    ///< if given, what is sent is what comes of it
};

using Handler = std::function<Response(const Request&)>;

/// "OK", "Not Found", …; empty for a status that Khom never sends.
std::string_view reason_phrase(int status);

/// What a page may load and do: what is of this server only, and pictures also from `image_origin`
/// ("https://tiles.example"), if that is given.
std::string content_policy(std::string_view image_origin = {});

/// The bytes of an answer as they go over the wire. `with_body` is false for HEAD: the length
/// stays, the body does not.
enum class Body { sent, withheld };
enum class Connection { keep_alive, close };
std::string wire_bytes(const Response& response, Body body, Connection connection);
/// The same for an answer with a stream: its head, and `body` as first chunk; `Framing::by_close`
/// for HTTP/1.0.
enum class Framing { chunks, by_close };
std::string stream_head(const Response& response, Framing framing, Connection connection);
/// One chunk on the wire; nothing for nothing, which would end the body.
std::string chunk(std::string_view piece);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace khom::server
