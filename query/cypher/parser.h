#pragma once

#include <string_view>

#include "graph/failure.h"
#include "query/cypher/statement.h"

namespace khom::query::cypher {

/// Reads one statement (a `;` may follow). Only the shape is checked; names and types are the
/// binder's.
///
/// Refuses:  syntax_error with the TCK's detail and the span; limit_exceeded above 1 MiB of text,
/// 200 levels of
///           nesting or 1,000 operators in a row.
/// Cost:     linear in the text but for patterns in parentheses, which may be read twice a level.
graph::Result<Statement> parse(std::string_view text);

}  // namespace khom::query::cypher
