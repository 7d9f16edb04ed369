#include "index/keyboard.h"

#include <array>
#include <cstdlib>
#include <unordered_map>

#include "index/sound.h"

namespace khom::index {

namespace {

/// One row of keys: what each writes with either layout, without and with the shift key.
struct Row {
    std::u32string_view latin, thai, latin_shifted, thai_shifted;
};

constexpr std::array<Row, 4> rows = {{
    {U"`1234567890-=", U"_ๅ/-ภถุึคตจขช", U"~!@#$%^&*()_+", U"%+๑๒๓๔ู฿๕๖๗๘๙"},
    {U"qwertyuiop[]\\", U"ๆไำพะัีรนยบลฃ", U"QWERTYUIOP{}|", U"๐\"ฎฑธํ๊ณฯญฐ,ฅ"},
    {U"asdfghjkl;'", U"ฟหกดเ้่าสวง", U"ASDFGHJKL:\"", U"ฤฆฏโฌ็๋ษศซ."},
    {U"zxcvbnm,./", U"ผปแอิืทมใฝ", U"ZXCVBNM<>?", U"()ฉฮฺ์?ฒฬฦ"},
}};

struct Key {
    int row = 0, column = 0;
};

struct Layouts {
    std::unordered_map<char32_t, char32_t> to_thai, to_latin;
    std::unordered_map<char32_t, Key> keys;

    Layouts() {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t i = 0; i < rows[row].latin.size(); ++i) {
                const auto& [latin, thai, latin_shifted, thai_shifted] = rows[row];
                to_thai.emplace(latin[i], thai[i]);
                to_thai.emplace(latin_shifted[i], thai_shifted[i]);
                to_latin.emplace(thai[i], latin[i]);
                to_latin.emplace(thai_shifted[i], latin_shifted[i]);
                for (const char32_t c : {latin[i], thai[i], latin_shifted[i], thai_shifted[i]}) {
                    keys.emplace(c, Key{static_cast<int>(row), static_cast<int>(i)});
                }
            }
        }
    }
};

const Layouts& layouts() {
    static const Layouts layouts;
    return layouts;
}

bool is_thai(char32_t c) {
    return c >= 0x0E00 && c < 0x0E80;
}

bool is_latin(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

}  // namespace

std::optional<std::string> other_layout(std::string_view text) {
    const auto points = code_points(text);
    bool thai = false, latin = false;
    for (const char32_t c : points) {
        thai |= is_thai(c);
        latin |= is_latin(c);
    }
    if (thai == latin) {
        return std::nullopt;
    }
    const auto& table = thai ? layouts().to_latin : layouts().to_thai;
    std::u32string out;
    for (const char32_t c : points) {
        const auto key = table.find(c);
        out += key == table.end() ? c : key->second;
    }
    return utf8(out);
}

bool are_neighbours(char32_t a, char32_t b) {
    const auto& keys = layouts().keys;
    const auto one = keys.find(a), other = keys.find(b);
    if (one == keys.end() || other == keys.end()) {
        return false;
    }
    const auto [row, column] = one->second;
    const auto [other_row, other_column] = other->second;
    return row == other_row
               ? std::abs(column - other_column) <= 1
               : std::abs(row - other_row) == 1 &&
                     (column == other_column || column == other_column + row - other_row);
}

}  // namespace khom::index
