// Thai writes เชียงใหม่ as e-ch-ii-y-ng-ai-h-m; it is read ch-ia-ng-m-ai. The only hard question is
// behind how many consonants a leading vowel is spoken: a mark above the second says both (เสด็จ),
// else the pair must be one that begins a syllable (ปล, กร, หน …).

#include "index/thai_reading.h"

#include <algorithm>
#include <array>
#include <utility>

namespace khom::index {

namespace {

constexpr char32_t silenced_area = 0xE100;  // + letter - ก
constexpr char32_t first_letter = U'ก', thanthakhat = U'์', maitaikhu = U'็';

bool is_consonant(char32_t c) {
    return c >= U'ก' && c <= U'ฮ' && c != U'ฤ' && c != U'ฦ';
}

bool is_leading_vowel(char32_t c) {
    return c >= U'เ' && c <= U'ไ';
}

bool is_tone(char32_t c) {
    return c >= 0x0E48 && c <= 0x0E4B;
}

bool is_above_or_below(char32_t c) {
    return c == U'ั' || (c >= U'ิ' && c <= U'\u0E3A') || c == maitaikhu;
}

bool begins_syllable(char32_t first, char32_t second) {
    constexpr std::u32string_view stops = U"กขคตปผพฟบดทสศซ", liquids = U"รล";
    if (second == U'ล' && std::u32string_view(U"ตดท").find(first) != std::u32string_view::npos) {
        return false;
    }
    if (liquids.find(second) != std::u32string_view::npos) {
        return stops.find(first) != std::u32string_view::npos || first == U'ห';
    }
    if (second == U'ว') {
        return std::u32string_view(U"กขคหส").find(first) != std::u32string_view::npos;
    }
    return first == U'ห' && std::u32string_view(U"งญนมย").find(second) != std::u32string_view::npos;
}

/// Vowels of several signs, as they stand once the leading vowel is behind its consonants; the
/// longer first.
constexpr std::array<std::u32string_view, 20> compounds = {
    U"เียะ", U"เือะ", U"เาะ", U"เอะ", U"เีย", U"เือ", U"ัวะ", U"แ็",  U"เ็", U"็อ",
    U"เา",  U"เอ",  U"เิ",   U"เะ",  U"แะ", U"โะ", U"ัว",  U"รร", U"ือ", U"ัย"};
constexpr char32_t compound_area = 0xE000;

/// How many consonants the leading vowel at `at` is spoken behind.
std::size_t spoken_behind(std::u32string_view text, std::size_t at) {
    const auto letter = [&](std::size_t i) { return at + i < text.size() ? text[at + i] : U' '; };
    if (!is_consonant(letter(2))) {
        return 1;
    }
    const char32_t mark =
        is_tone(letter(3)) && is_above_or_below(letter(4)) ? letter(4) : letter(3);
    const char32_t after = letter(is_tone(letter(3)) || is_tone(letter(4)) ? 5 : 4);
    const bool low_class_first =
        std::u32string_view(U"จฉผถขห").find(letter(1)) != std::u32string_view::npos;
    if (is_tone(mark) || mark == maitaikhu || (mark == U'ี' && after == U'ย') ||
        (mark == U'ื' && after == U'อ') || (mark == U'ิ' && low_class_first)) {
        return 2;
    }
    const bool own_syllable = mark == U'ั' || mark == U'ี' || mark == U'ื' || mark == U'ุ' ||
                              mark == U'ู' || mark == thanthakhat;
    return !own_syllable && begins_syllable(letter(1), letter(2)) ? 2 : 1;
}

std::u32string in_spoken_order(std::u32string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_leading_vowel(text[i]) || i + 1 >= text.size() || !is_consonant(text[i + 1])) {
            out += text[i];
            continue;
        }
        const auto count = spoken_behind(text, i);
        out += text.substr(i + 1, count);
        out += text[i];
        i += count;
    }
    return out;
}

/// Tones gone, ๆ written out, silenced letters marked, what is no letter left out.
std::u32string letters(const std::u32string& text) {
    constexpr std::u32string_view left_out = U" .-'\u0E2F\u0E3A\u0E4D()/,";
    std::u32string out;
    for (const char32_t c : text) {
        if (c == U'ๆ') {
            const auto half = out;
            out += half.substr(half.size() > 8 ? half.size() - 8 : 0);
        } else if (c == thanthakhat) {
            while (!out.empty() && is_above_or_below(out.back())) {
                out.pop_back();
            }
            if (!out.empty() && is_consonant(out.back())) {
                out.back() = silenced_area + (out.back() - first_letter);
            }
        } else if (!is_tone(c) && left_out.find(c) == std::u32string_view::npos) {
            out += c;
        }
    }
    return out;
}

}  // namespace

char32_t spoken_letter(char32_t unit) {
    return unit >= silenced_area && unit < silenced_area + 0x40
               ? first_letter + (unit - silenced_area)
               : unit;
}

std::u32string reading_units(std::u32string_view canonical) {
    const auto spoken = letters(in_spoken_order(canonical));
    std::u32string out;
    for (std::size_t i = 0; i < spoken.size();) {
        const auto rest = std::u32string_view(spoken).substr(i);
        const auto compound = std::find_if(
            compounds.begin(), compounds.end(),
            [&](std::u32string_view known) { return rest.substr(0, known.size()) == known; });
        if (compound != compounds.end()) {
            out += compound_area + static_cast<char32_t>(compound - compounds.begin());
            i += compound->size();
        } else {
            out += spoken[i++];
        }
    }
    return out;
}

std::size_t unspelt_signs(std::u32string_view canonical) {
    return static_cast<std::size_t>(std::count_if(canonical.begin(), canonical.end(), is_tone));
}

}  // namespace khom::index
