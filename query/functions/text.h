#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace khom::query::functions {

/// Characters of a UTF-8 text are code points, as openCypher counts them; malformed bytes count one
/// each.
std::size_t character_count(std::string_view text);
/// The byte where character `index` begins, or the size.
std::size_t byte_of_character(std::string_view text, std::size_t index);

std::string reversed_text(std::string_view text);
enum class LetterCase { upper, lower };
/// Simple case mapping of Unicode, one character to one.
std::string with_case(std::string_view text, LetterCase letter_case);

/// A floating point number as Cypher writes it: shortest that reads back, always with a point or
/// exponent ("1.0").
std::string floating_text(double value);

}  // namespace khom::query::functions
