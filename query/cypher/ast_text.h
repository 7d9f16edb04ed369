#pragma once

#include <string>

#include "query/cypher/statement.h"

namespace khom::query::cypher {

/// An expression in one canonical spelling: the same for expressions that differ in blanks,
/// parentheses and letter case of keywords only. Used to recognise a projected expression in ORDER
/// BY, in EXPLAIN and in tests.
std::string ast_text(const Expression& expression);
std::string ast_text(const PathPattern& path);
std::string ast_text(const NodePattern& node);

enum class Ranges { hidden, shown };
/// A whole statement as an indented tree, one clause or item a line, with its byte range as
/// `@begin..end` if shown.
std::string ast_text(const Statement& statement, Ranges ranges);

}  // namespace khom::query::cypher
