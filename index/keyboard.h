#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khom::index {

/// What the same keys would have written with the other layout: "l;ylfu" is สวัสดี on Kedmanee, and
/// Thai letters the other way. Nothing when the text mixes both scripts or has no letter of either.
///
/// Source: Thai Industrial Standard 820-2538 (Kedmanee); US QWERTY.
std::optional<std::string> other_layout(std::string_view text);

/// Whether two characters lie on one key or on keys side by side, in Kedmanee or in QWERTY.
bool are_neighbours(char32_t a, char32_t b);

}  // namespace khom::index
