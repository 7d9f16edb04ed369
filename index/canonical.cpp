// NFC is not enough for Thai: it neither joins nikhahit and sara aa, nor orders a tone before sara
// ii, nor makes two sara e one sara ae. So the text is read character by character with its source
// byte, and the few rules stand below.

#include "index/canonical.h"

#include <algorithm>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace khom::index {

namespace {

constexpr UChar32 sara_aa = 0x0E32, sara_am = 0x0E33, nikhahit = 0x0E4D, sara_e = 0x0E40,
                  sara_ae = 0x0E41;

struct Character {
    UChar32 code = 0;
    std::uint32_t source = 0;
};

bool is_dropped(UChar32 c) {
    return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x00AD || c == 0x2060 ||
           (c < 0x20 && c != '\t' && c != '\n');
}

bool is_thai(UChar32 c) {
    return c >= 0x0E00 && c < 0x0E80;
}

/// Vowels and signs above or below come before tones, as they are typed; 0 for what is no mark.
int mark_order(UChar32 c) {
    if (c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || c == 0x0E47) {
        return 1;
    }
    if (c >= 0x0E48 && c <= 0x0E4B) {
        return 2;
    }
    return c == 0x0E4C || c == nikhahit ? 3 : 0;
}

/// Small letter without its diacritic; Arabic for Thai digits; a space for any blank.
UChar32 simplified(UChar32 c) {
    if (c >= 0x0E50 && c <= 0x0E59) {
        return '0' + (c - 0x0E50);
    }
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    }
    if (is_thai(c)) {
        return c;
    }
    if (u_isUWhiteSpace(c)) {
        return ' ';
    }
    // First of all: the sign of the angstrom becomes a letter with a ring.
    c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    if (c <= 0x024F || (c >= 0x1E00 && c <= 0x1EFF)) {
        UErrorCode status = U_ZERO_ERROR;
        const auto* decomposing = icu::Normalizer2::getNFKDInstance(status);
        icu::UnicodeString parts;
        if (U_SUCCESS(status) && decomposing->getDecomposition(c, parts)) {
            c = parts.char32At(0);
        }
    }
    return u_foldCase(c, U_FOLD_CASE_DEFAULT);
}

std::vector<Character> characters(std::string_view text) {
    std::vector<Character> all;
    all.reserve(text.size());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        const auto begin = static_cast<std::uint32_t>(at);
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, c);
        if (is_dropped(c) || (c >= 0x0300 && c <= 0x036F)) {
            continue;
        }
        all.push_back({simplified(c), begin});
    }
    return all;
}

/// Orders the marks after each character, drops repeats, joins sara am and sara ae; whether there
/// was anything to do.
bool order(std::vector<Character>& all) {
    std::vector<Character> out;
    out.reserve(all.size());
    bool is_changed = false;
    for (std::size_t i = 0; i < all.size();) {
        if (all[i].code == sara_e && i + 1 < all.size() && all[i + 1].code == sara_e) {
            out.push_back({sara_ae, all[i].source});
            i += 2;
            is_changed = true;
            continue;
        }
        auto least = all[i].source;
        out.push_back(all[i++]);
        const auto first = static_cast<std::ptrdiff_t>(out.size());
        for (; i < all.size() && mark_order(all[i].code) > 0; ++i) {
            const bool known = std::any_of(out.begin() + first, out.end(), [&](const auto& mark) {
                return mark.code == all[i].code;
            });
            if (!known) {
                out.push_back(all[i]);
            }
            is_changed = is_changed || known;
        }
        const auto comes_before = [](const auto& a, const auto& b) {
            return mark_order(a.code) < mark_order(b.code);
        };
        if (!std::is_sorted(out.begin() + first, out.end(), comes_before)) {
            std::stable_sort(out.begin() + first, out.end(), comes_before);
            is_changed = true;
        }
        if (i < all.size() && all[i].code == sara_aa && out.back().code == nikhahit &&
            static_cast<std::ptrdiff_t>(out.size()) > first) {
            out.back() = {sara_am, all[i++].source};
            is_changed = true;
        }
        for (auto mark = out.begin() + first; mark != out.end(); ++mark) {
            least = mark->source = std::max(least, mark->source);
        }
    }
    all = std::move(out);
    return is_changed;
}

UChar32 code_at(std::string_view text, std::size_t at) {
    UChar32 c = 0;
    auto i = static_cast<std::int32_t>(at);
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), i,
                    static_cast<std::int32_t>(text.size()), c);
    return c;
}

bool continues_byte(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
}

bool is_leading_vowel(UChar32 c) {
    return c >= 0x0E40 && c <= 0x0E44;
}

/// Whether a cluster must not be cut before this character.
bool continues_cluster(UChar32 c) {
    constexpr UChar32 first_mark = 0x0300;  // of all scripts
    if (c < first_mark) {
        return false;
    }
    if (mark_order(c) > 0 || c == 0x0E30 || c == sara_aa || c == sara_am || c == 0x0E45 ||
        c == 0x0E4E) {
        return true;
    }
    return !is_thai(c) &&
           (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK);
}

std::size_t previous(std::string_view text, std::size_t at) {
    do {
        --at;
    } while (at > 0 && continues_byte(text, at));
    return at;
}

std::size_t next(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (continues_byte(text, at));
    return std::min(at, text.size());
}

bool is_border(std::string_view text, std::size_t at) {
    if (at == 0 || at >= text.size()) {
        return true;
    }
    return !continues_byte(text, at) &&
           is_cluster_border(static_cast<char32_t>(code_at(text, previous(text, at))),
                             static_cast<char32_t>(code_at(text, at)));
}

}  // namespace

bool is_cluster_border(char32_t before, char32_t next) {
    return !continues_cluster(static_cast<UChar32>(next)) &&
           !is_leading_vowel(static_cast<UChar32>(before));
}

Canonical canonical(std::string_view text) {
    Canonical result;
    // A sara am that was put together may have marks behind it that belong before: again, until
    // nothing moves.
    auto all = characters(text);
    while (order(all)) {
    }
    result.text.reserve(text.size());
    result.source.reserve(text.size() + 1);
    for (const auto& [code, source] : all) {
        char bytes[U8_MAX_LENGTH];
        std::int32_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, code);
        for (std::int32_t i = 0; i < length; ++i) {
            result.text.push_back(bytes[i]);
            result.source.push_back(source);
        }
    }
    result.source.push_back(static_cast<std::uint32_t>(text.size()));
    return result;
}

std::string squashed(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = next(text, at);
        const auto c = code_at(text, at);
        if (u_isalnum(c) || mark_order(c) > 0 || u_charType(c) == U_NON_SPACING_MARK) {
            out += text.substr(at, end - at);
        }
        at = end;
    }
    return out;
}

bool has_thai(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto second = static_cast<unsigned char>(text[i + 1]);
        if (static_cast<unsigned char>(text[i]) == 0xE0 && (second == 0xB8 || second == 0xB9)) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> between_spaces(std::string_view canonical_text) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < canonical_text.size();) {
        const auto end = std::min(canonical_text.find(' ', begin), canonical_text.size());
        if (end > begin) {
            all.emplace_back(canonical_text.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return all;
}

std::size_t cluster_begin(std::string_view text, std::size_t at) {
    while (at > 0 && !is_border(text, at)) {
        at = previous(text, at);
    }
    return at;
}

std::size_t cluster_end(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_border(text, at)) {
        at = next(text, at);
    }
    return at;
}

}  // namespace khom::index
