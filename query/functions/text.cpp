#include "query/functions/text.h"

#include <locale.h>  // newlocale is POSIX: <clocale> does not have it
#include <wctype.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace khom::query::functions {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

std::size_t next_character(std::string_view text, std::size_t at) {
    ++at;
    while (at < text.size() && continues(text[at])) ++at;
    return at;
}

wint_t decode(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return lead;
    wint_t value = lead & (0x7fU >> character.size());
    for (const char c : character.substr(1))
        value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3fU);
    return value;
}

void encode(std::string& out, wint_t c) {
    const auto put = [&out](wint_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6U));
        put(0x80 | (c & 0x3fU));
    } else {
        put(0xe0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3fU));
        put(0x80 | (c & 0x3fU));
    }
}

}  // namespace

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at = next_character(text, at)) ++count;
    return count;
}

std::size_t byte_of_character(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; index > 0 && at < text.size(); --index) at = next_character(text, at);
    return at;
}

std::string reversed_text(std::string_view text) {
    std::string result;
    for (auto end = text.size(); end > 0;) {
        auto begin = end - 1;
        while (begin > 0 && continues(text[begin])) --begin;
        result += text.substr(begin, end - begin);
        end = begin;
    }
    return result;
}

std::string with_case(std::string_view text, LetterCase letter_case) {
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = next_character(text, at);
        const auto character = text.substr(at, end - at);
        at = end;
        if (character.size() > 3) {  // no cased letters that occur outside scholarly scripts
            result += character;
            continue;
        }
        const auto code = decode(character);
        encode(result, letter_case == LetterCase::upper ? towupper_l(code, unicode)
                                                        : towlower_l(code, unicode));
    }
    return result;
}

std::string floating_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    std::array<char, 400> buffer{};
    const auto size = std::abs(value);
    const bool plain = size == 0 || (size >= 1e-3 && size < 1e7);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    std::string text(buffer.data(), end);
    if (plain) return text.find('.') == std::string::npos ? text + ".0" : text;
    // 1e-07 in C++ is 1.0E-7 in Cypher.
    const auto mark = text.find('e');
    auto mantissa = text.substr(0, mark);
    auto exponent = text.substr(mark + 1);
    const bool negative = exponent[0] == '-';
    exponent.erase(0, exponent.find_first_not_of("+-0"));
    if (mantissa.find('.') == std::string::npos) mantissa += ".0";
    return mantissa + "E" + (negative ? "-" : "") + exponent;
}

}  // namespace khom::query::functions
