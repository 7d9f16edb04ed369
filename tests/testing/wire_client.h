#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace khom::testing {

/// One answer as it came over the wire; header names in lower case, a body that came in chunks in
/// one piece.
struct WireAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;
    std::string body;
};

/// A client that sends exactly the bytes it is told to.
class WireClient {
  public:
    explicit WireClient(std::uint16_t port);
    ~WireClient();
    WireClient(const WireClient&) = delete;
    WireClient& operator=(const WireClient&) = delete;

    void send(std::string_view bytes) const;
    /// Closes our half.
    void end() const;
    /// The next answer; none if the server closed or 10 s passed. `head_only` for answers to HEAD.
    std::optional<WireAnswer> answer(bool head_only = false);
    /// Whether these bytes come, whatever else does, within 10 s.
    bool receives(std::string_view bytes);
    /// Whether the server has closed, waiting up to `within`.
    bool is_closed(std::chrono::milliseconds within = std::chrono::seconds(5));

  private:
    bool receive(std::chrono::milliseconds within);
    std::optional<std::string> chunks();

    int socket_;
    std::string received_;
};

/// GET over a connection of its own.
WireAnswer get(std::uint16_t port, std::string_view target, std::string_view headers = "");

}  // namespace khom::testing
