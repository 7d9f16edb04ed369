#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http.h"

namespace khom::server {

/// Whether the bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// `%E0%B8%81` → ก. None if an escape is broken, or the result has a NUL or is not UTF-8.
enum class Plus { kept, is_space };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus);

/// The opposite, for one segment of a path or one value of a query: all but RFC 3986's unreserved
/// bytes and `:`.
std::string percent_encoded(std::string_view text);

/// A target in origin form, split first and decoded afterwards: an escaped `/` or `&` stays inside
/// its part.
struct Target {
    std::vector<std::string> segments;
    Pairs query;
};

/// None if any part does not decode, or a segment is `.` or `..`.
std::optional<Target> parse_target(std::string_view target);

}  // namespace khom::server
