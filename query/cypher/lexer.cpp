#include "query/cypher/lexer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "query/refused.h"

// Words follow Unicode loosely: every character from U+00AA on may stand in one, but for the
// spaces, dashes and arrows openCypher gives another meaning. So Thai names need no backquotes,
// combining vowels included.

namespace khom::query::cypher {
namespace {

using graph::RefusalCode;
using graph::Span;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
};

/// The character that starts at `at`; a byte that starts none is itself with value 0.
CodePoint code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t index) {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const unsigned lead = byte(at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size()) {
        return {};
    }
    char32_t value = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80) {
            return {};
        }
        value = (value << 6U) | (byte(at + i) & 0x3fU);
    }
    return {value, length};
}

bool is_unicode_space(char32_t c) {
    return c == 0xa0 || c == 0x1680 || c == 0x180e || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_word_character(char32_t c) {
    const bool punctuation = (c >= 0x2010 && c <= 0x206f) || (c >= 0x2190 && c <= 0x2bff) ||
                             c == 0xab || c == 0xbb || c == 0xd7 || c == 0xf7 ||
                             (c >= 0xff00 && c <= 0xff0f);
    return c >= 0xaa && !punctuation && !is_unicode_space(c);
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6U));
        put(0x80 | (c & 0x3fU));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3fU));
        put(0x80 | (c & 0x3fU));
    } else {
        put(0xf0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3fU));
        put(0x80 | ((c >> 6U) & 0x3fU));
        put(0x80 | (c & 0x3fU));
    }
}

int hexadecimal(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Lexeme> all() {
        std::vector<Lexeme> lexemes;
        for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
            lexemes.push_back(next());
        }
        lexemes.push_back({LexemeKind::end, std::string(), {text_.size(), text_.size()}});
        return lexemes;
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    Lexeme lexeme(LexemeKind kind, std::size_t begin, std::string text) const {
        return {kind, std::move(text), {begin, at_}};
    }

    Lexeme lexeme(LexemeKind kind, std::size_t begin) const {
        return lexeme(kind, begin, std::string(text_.substr(begin, at_ - begin)));
    }

    void skip_blanks() {
        while (at_ < text_.size()) {
            if (is_space(peek())) {
                ++at_;
            } else if (peek() == '/' && peek(1) == '/') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (peek() == '/' && peek(1) == '*') {
                const auto end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos) {
                    reject(RefusalCode::syntax_error, "UnexpectedSyntax",
                           "The comment that starts here does not end; '*/' was expected.",
                           Span{at_, text_.size()});
                }
                at_ = end + 2;
            } else if (const auto c = code_point(text_, at_);
                       c.value == 0xfeff || is_unicode_space(c.value)) {
                at_ += c.bytes;
            } else {
                return;
            }
        }
    }

    Lexeme next() {
        const char c = peek();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == '\'' || c == '"') return string(c);
        if (c == '`') return quoted_word();
        const auto begin = at_;
        while (at_ < text_.size()) {
            const auto point = code_point(text_, at_);
            if (!is_letter(peek()) && !is_word_character(point.value) &&
                (at_ == begin || !is_digit(peek()))) {
                break;
            }
            at_ += point.bytes;
        }
        return at_ > begin ? lexeme(LexemeKind::word, begin) : symbol();
    }

    Lexeme symbol() {
        static constexpr std::array<std::string_view, 7> pairs = {"<>", "<=", ">=", "=~",
                                                                  "..", "+=", "::"};
        static constexpr std::string_view singles = "()[]{},.:;|+-*/%^=<>$!&";
        const auto begin = at_;
        const auto two = text_.substr(at_, 2);
        if (std::ranges::find(pairs, two) != pairs.end()) {
            at_ += 2;
            return lexeme(LexemeKind::symbol, begin);
        }
        if (singles.find(peek()) != std::string_view::npos && peek() != '\0') {
            ++at_;
            return lexeme(LexemeKind::symbol, begin);
        }
        const auto size = code_point(text_, at_).bytes;
        const bool unicode = size > 1 || static_cast<unsigned char>(peek()) >= 0x80;
        reject(RefusalCode::syntax_error, unicode ? "InvalidUnicodeCharacter" : "UnexpectedSyntax",
               "The character '" + std::string(text_.substr(at_, size)) +
                   "' has no meaning in Cypher outside quotes.",
               Span{at_, at_ + size});
    }

    /// digits, 0x…, 0o…; with a fraction or exponent it is floating. A letter that follows at once
    /// is an error.
    Lexeme number() {
        const auto begin = at_;
        const char marker = static_cast<char>(peek(1) | 0x20);
        if (peek() == '0' && (marker == 'x' || marker == 'o')) {
            at_ += 2;
            return finish_number(LexemeKind::integer, begin, [marker](char c) {
                return marker == 'x' ? hexadecimal(c) >= 0 : c >= '0' && c <= '7';
            });
        }
        bool floating = false;
        skip_digits();
        if (peek() == '.' && is_digit(peek(1))) {
            floating = true;
            ++at_;
            skip_digits();
        }
        const std::size_t sign = peek(1) == '-' || peek(1) == '+' ? 2 : 1;
        if ((peek() | 0x20) == 'e' && is_digit(peek(sign))) {
            floating = true;
            at_ += sign;
            skip_digits();
        }
        return finish_number(floating ? LexemeKind::floating : LexemeKind::integer, begin, nullptr);
    }

    void skip_digits() {
        while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
    }

    template <class IsDigit>
    Lexeme finish_number(LexemeKind kind, std::size_t begin, IsDigit digit) {
        const auto digits_begin = at_;
        if constexpr (!std::is_null_pointer_v<IsDigit>) {
            while (at_ < text_.size() && digit(peek())) ++at_;
        }
        const bool empty = !std::is_null_pointer_v<IsDigit> && at_ == digits_begin;
        if (empty || is_letter(peek()) || is_digit(peek())) {
            while (is_letter(peek()) || is_digit(peek())) ++at_;
            kind = LexemeKind::malformed_number;
        }
        auto result = lexeme(kind, begin);
        std::erase(result.text, '_');
        return result;
    }

    Lexeme quoted_word() {
        const auto begin = at_++;
        std::string word;
        while (at_ < text_.size()) {
            if (peek() == '`') {
                if (peek(1) != '`') {
                    ++at_;
                    return lexeme(LexemeKind::quoted_word, begin, std::move(word));
                }
                ++at_;
            }
            word.push_back(text_[at_++]);
        }
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               "The name that starts here does not end; '`' was expected.", Span{begin, at_});
    }

    Lexeme string(char quote) {
        const auto begin = at_++;
        std::string value;
        while (at_ < text_.size()) {
            if (peek() == quote) {
                ++at_;
                return lexeme(LexemeKind::string, begin, std::move(value));
            }
            if (peek() == '\\') {
                escape(value);
            } else {
                value.push_back(text_[at_++]);
            }
        }
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               std::string("The string that starts here does not end; ") + quote + " was expected.",
               Span{begin, at_});
    }

    void escape(std::string& value) {
        static constexpr std::string_view letters = "btnfr\\'\"`";
        static constexpr std::string_view meanings = "\b\t\n\f\r\\'\"`";
        const auto begin = at_++;
        const char letter = peek();
        if (letter == 'u' || letter == 'U') {
            ++at_;
            append_utf8(value, unicode_escape(begin, letter == 'u' ? 4 : 8));
            return;
        }
        const auto found = letters.find(letter);
        if (letter == '\0' || found == std::string_view::npos) {
            reject(
                RefusalCode::syntax_error, "UnexpectedSyntax",
                "Unknown escape in a string; \\\\, \\', \\\", \\b, \\f, \\n, \\r, \\t, \\uXXXX and "
                "\\UXXXXXXXX are known.",
                with_the_next(begin));
        }
        value.push_back(meanings[found]);
        ++at_;
    }

    char32_t unicode_escape(std::size_t begin, int digits) {
        char32_t value = hexadecimal_digits(begin, digits);
        const bool high = value >= 0xd800 && value < 0xdc00;
        if (high && peek() == '\\' && peek(1) == 'u') {
            at_ += 2;
            const char32_t low = hexadecimal_digits(begin, 4);
            if (low < 0xdc00 || low > 0xdfff) refuse_unicode(begin);
            return 0x10000 + ((value - 0xd800) << 10U) + (low - 0xdc00);
        }
        if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) refuse_unicode(begin);
        return value;
    }

    char32_t hexadecimal_digits(std::size_t begin, int digits) {
        char32_t value = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = hexadecimal(peek());
            if (digit < 0) refuse_unicode(begin);
            value = value * 16 + static_cast<char32_t>(digit);
            ++at_;
        }
        return value;
    }

    [[noreturn]] void refuse_unicode(std::size_t begin) const {
        reject(RefusalCode::syntax_error, "InvalidUnicodeLiteral",
               "A Unicode escape is \\u and 4 or \\U and 8 hexadecimal digits of a character.",
               with_the_next(begin));
    }

    /// From `begin` to behind the byte that was looked at, where the text has one.
    Span with_the_next(std::size_t begin) const { return {begin, std::min(at_ + 1, text_.size())}; }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Lexeme> lex(std::string_view text) {
    return Lexer(text).all();
}

bool same_keyword(std::string_view left, std::string_view right) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return std::ranges::equal(left, right, {}, lower, lower);
}

}  // namespace khom::query::cypher
