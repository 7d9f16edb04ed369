#pragma once

#include <string>
#include <string_view>

namespace khom::index {

/// A key that spellings of one sound share. Latin: "yee peng", "yipeng" → "yipeng"; "chomphu",
/// "chompoo" → "compu". Thai: tones and silenced letters fall away, letters of one sound are one:
/// แม่ค่า, แม่ข่า; ชัย, ไชย. Shape: of a squashed canonical text; scripts are kept apart.
std::string sound_key(std::string_view squashed_text);

/// Damerau-Levenshtein distance in characters (adjacent letters swapped count once), or `most` + 1
/// if it is more.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t most);

/// The first of the Thai consonants that sound like this one (ข, ค → ค); ใ → ไ; others are
/// themselves.
char32_t thai_sound(char32_t letter);

/// UTF-8 as code points, and back.
std::u32string code_points(std::string_view text);
std::string utf8(std::u32string_view text);

}  // namespace khom::index
