#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"

namespace khom::query::cypher {

/// What a lexeme is. Keywords are words: openCypher reserves none of them everywhere, so the parser
/// decides. A malformed number is an error only where a number may stand, so that the parser
/// refuses it.
enum class LexemeKind {
    word,
    quoted_word,
    integer,
    floating,
    malformed_number,
    string,
    symbol,
    end
};

/// One lexeme of a statement.
struct Lexeme {
    LexemeKind kind = LexemeKind::end;
    /// Words and symbols as written, quoted words and strings decoded, numbers without underscores.
    std::string text;
    graph::Span span;
};

/// Cuts a statement into lexemes, the last of kind `end`; white space and comments are left out.
///
/// Units:   spans are bytes of `text`.
/// Throws:  Refused with SyntaxError: InvalidUnicodeLiteral, InvalidUnicodeCharacter,
///          UnexpectedSyntax for what does not end.
/// Cost:    linear.
std::vector<Lexeme> lex(std::string_view text);

/// Whether two words are the same keyword: ASCII letters without regard to case.
bool same_keyword(std::string_view left, std::string_view right);

}  // namespace khom::query::cypher
