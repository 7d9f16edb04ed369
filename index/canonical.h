#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// One spelling of what is the same text, with the way back to the source bytes.
struct Canonical {
    std::string text;
    /// For each byte of `text`, and one past its end, the byte of the source it came from. Never
    /// falls.
    std::vector<std::uint32_t> source;
};

/// Small letters without diacritics; one order of Thai marks, each once; sara am and sara ae in one
/// piece; Arabic digits; no zero-width characters. Idempotent. Cost: linear.
Canonical canonical(std::string_view text);

/// Only letters, marks and digits of a canonical text: spaces and punctuation make no difference to
/// a name.
std::string squashed(std::string_view canonical_text);

/// Whether a text has a Thai character.
bool has_thai(std::string_view text);

/// What characters of a canonical text are; of bytes as of code points.
template <class Character>
constexpr bool is_digit(Character c) {
    return c >= '0' && c <= '9';
}
template <class Character>
constexpr bool is_latin(Character c) {
    return c >= 'a' && c <= 'z';
}
template <class Character>
constexpr bool is_latin_or_digit(Character c) {
    return is_latin(c) || is_digit(c);
}

/// What stands between its spaces, in order.
std::vector<std::string> between_spaces(std::string_view canonical_text);

/// Where the Thai character cluster (or other character with its marks) that byte `at` lies in
/// begins and ends.
std::size_t cluster_begin(std::string_view text, std::size_t at);
std::size_t cluster_end(std::string_view text, std::size_t at);
/// Whether a cluster ends between these two characters.
bool is_cluster_border(char32_t before, char32_t next);

}  // namespace khom::index
