// The Thai rule (Royal Institute Dictionary, preface): a leading vowel (เ แ โ ใ ไ) is compared
// after the consonant it is written before; tone marks, ์ and ็ are compared only between words that
// are otherwise equal. All Thai characters have three bytes, E0 B8/B9 xx, and their code points
// already stand in the dictionary's order.

#include "query/name_order.h"

#include "index/canonical.h"

namespace khom::query {

namespace {

bool is_leading_vowel(std::string_view character) {
    return character >= "เ" && character <= "ไ";
}

bool is_mark(std::string_view character) {
    return character >= "\xE0\xB9\x87" && character <= "\xE0\xB9\x8E";
}

bool is_consonant(std::string_view character) {
    return character >= "ก" && character <= "ฮ";
}

std::string thai_key(std::string_view text) {
    std::string key, marks;
    for (std::size_t at = 0; at < text.size();) {
        const bool thai = text.substr(at, 2) == "\xE0\xB8" || text.substr(at, 2) == "\xE0\xB9";
        if (!thai || at + 3 > text.size()) {
            key += text[at++];
            continue;
        }
        const auto character = text.substr(at, 3);
        const auto next = text.substr(at + 3, 3);
        at += 3;
        if (is_mark(character)) {
            marks += character;
        } else if (is_leading_vowel(character) && is_consonant(next)) {
            key.append(next).append(character);
            at += 3;
        } else {
            key += character;
        }
    }
    return key + '\x01' + marks;
}

}  // namespace

std::string name_order(const graph::Wording& name, std::string_view lang) {
    const auto& own = lang == "th" ? name.th : name.en;
    const auto& other = lang == "th" ? name.en : name.th;
    const auto text = index::canonical(own.empty() ? other : own).text;
    return (own.empty() ? '\x02' : '\x01') + thai_key(text);
}

}  // namespace khom::query
