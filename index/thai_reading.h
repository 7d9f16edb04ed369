#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace khom::index {

/// A Thai word as its letters are read: one code point for each unit that can be written in Latin
/// letters. A vowel that is written before its consonants stands behind them; a vowel of several
/// signs (เ–ีย, เ–ือ, ัว, รร …) is one unit of the private use area; a silenced letter is a unit of
/// its own kind; tone marks are gone; ๆ repeats what stands before it. Other letters and digits
/// stay as they are.
///
/// Shape: `canonical` is canonical text; anything that is no letter or digit is left out.
/// Cost:  linear.
std::u32string reading_units(std::u32string_view canonical);

/// What the unit of a silenced letter silences, or `unit` itself.
char32_t spoken_letter(char32_t unit);

/// How many signs of a text no spelling in Latin letters shows: its tone marks.
std::size_t unspelt_signs(std::u32string_view canonical);

}  // namespace khom::index
