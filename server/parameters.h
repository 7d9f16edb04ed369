#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "server/http.h"

namespace khom::server {

/// A format of an answer, as `format` and `Accept` name it: {"graphml", "application/graphml+xml"}.
struct MediaFormat {
    std::string_view name;
    std::string_view media_type;
};

/// Reads the parameters of one request and remembers the first that is wrong.
///
/// Every reader gives a usable value, so that a route reads all it wants and asks `refusal()` once.
class Parameters {
  public:
    explicit Parameters(const Request& request) : request_(request) {}

    /// At most `most` characters; empty if not given.
    std::string text(std::string_view name, std::size_t most);
    /// As `text`, but must be given and not be empty.
    std::string required(std::string_view name, std::size_t most);
    std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most,
                         std::int64_t otherwise);
    bool boolean(std::string_view name);
    /// One of `allowed`; the first of them if not given.
    std::string one_of(std::string_view name, std::initializer_list<std::string_view> allowed);
    /// The name of one of `formats`: by `format`, else the one that `Accept` weighs most; the first
    /// where it prefers none.
    std::string format(std::initializer_list<MediaFormat> formats);
    /// All values of a repeated parameter; the text of each at most 512 characters.
    std::vector<std::string> repeated(std::string_view name, std::size_t most);
    /// `lang`, or what Accept-Language prefers: "th" or "en".
    std::string language();

    const graph::Result<void>& outcome() const { return outcome_; }

  private:
    void wrong(std::string_view name, const std::string& message);
    void wrong_word(std::string_view name, const std::vector<std::string_view>& allowed);

    const Request& request_;
    graph::Result<void> outcome_;
};

/// "th" or "en", whichever Accept-Language weighs more; "en" where it names neither.
std::string preferred_language(std::string_view accept_language);

/// Whether Accept weighs `type` ("text/html") above `other`.
bool prefers(std::string_view accept, std::string_view type, std::string_view other);

}  // namespace khom::server
