// Latin follows how Thai is romanised, by the Royal Institute's rules (RTGS) or by ear: an h after
// k, p, t or c says aspiration, which many leave out; ee is i, oo is u; double letters are one.

#include "index/sound.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <unicode/utf8.h>

namespace khom::index {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> latin_rules = {{
    {"tch", "c"}, {"kh", "k"}, {"ph", "p"}, {"th", "t"}, {"ch", "c"},  {"ee", "i"},
    {"ea", "i"},  {"oo", "u"}, {"ou", "u"}, {"ue", "u"}, {"eu", "u"},  {"oy", "oi"},
    {"ay", "ai"}, {"aw", "o"}, {"or", "o"}, {"ar", "a"}, {"er", "oe"}, {"j", "c"},
    {"v", "w"},   {"y", "i"},  {"q", "k"},  {"x", "ks"}, {"z", "s"},   {"r", "l"},
}};

std::string latin_key(std::string_view text) {
    std::string key;
    for (std::size_t at = 0; at < text.size();) {
        const auto rule =
            std::find_if(latin_rules.begin(), latin_rules.end(), [&](const auto& known) {
                return text.compare(at, known.first.size(), known.first) == 0;
            });
        const auto piece = rule == latin_rules.end() ? text.substr(at, 1) : rule->second;
        for (const char c : piece) {
            if (key.empty() || key.back() != c) {
                key += c;
            }
        }
        at += rule == latin_rules.end() ? 1 : rule->first.size();
    }
    return key;
}

bool is_consonant(char32_t c) {
    return c >= U'ก' && c <= U'ฮ';
}

/// Without tones, maitaikhu, and letters that a thanthakhat silences.
std::u32string spoken(const std::u32string& text) {
    std::u32string out;
    for (const char32_t c : text) {
        if (c == 0x0E4C) {
            while (!out.empty() && !is_consonant(out.back())) {
                out.pop_back();
            }
            if (!out.empty()) {
                out.pop_back();
            }
        } else if (!((c >= 0x0E48 && c <= 0x0E4B) || c == 0x0E47)) {
            out += thai_sound(c);
        }
    }
    return out;
}

/// ชัย and ไชย → ไช.
std::u32string with_one_ai(const std::u32string& text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'ั' && i + 1 < text.size() && text[i + 1] == U'ย' && !out.empty()) {
            out.insert(out.end() - 1, U'ไ');
            ++i;
        } else if (text[i] == U'ย' && out.size() >= 2 && out[out.size() - 2] == U'ไ') {
            continue;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

char32_t thai_sound(char32_t c) {
    constexpr char32_t first = 0x0E00;
    static const auto sounds = [] {
        std::array<char32_t, 0x80> all{};
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i] = first + static_cast<char32_t>(i);
        }
        for (const std::u32string_view group : {U"คขฃฅฆ", U"พผภ", U"ทถธฐฑฒ", U"ชฉฌ", U"สซศษ",
                                                U"ลรฬ", U"นณ", U"ดฎ", U"ยญ", U"ตฏ", U"ไใ"}) {
            for (const auto letter : group) {
                all[letter - first] = group.front();
            }
        }
        return all;
    }();
    return c >= first && c < first + sounds.size() ? sounds[c - first] : c;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) {
        char bytes[U8_MAX_LENGTH];
        std::int32_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(c));
        out.append(bytes, static_cast<std::size_t>(length));
    }
    return out;
}

std::u32string code_points(std::string_view text) {
    std::u32string points;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, c);
        points += static_cast<char32_t>(c);
    }
    return points;
}

std::string sound_key(std::string_view text) {
    const bool latin = std::all_of(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return latin ? latin_key(text) : utf8(with_one_ai(spoken(code_points(text))));
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
    const auto difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > most) {
        return most + 1;
    }
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min(
                {last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return std::min(last[b.size()], most + 1);
}

}  // namespace khom::index
