#pragma once

#include <functional>

#include "query/cypher/statement.h"

namespace khom::query::cypher {

/// Calls `visit` for each expression directly below `parent`, in the order written. Subqueries and
/// patterns are not entered, but for what a pattern comprehension has besides its pattern.
void for_each_child(Expression& parent, const std::function<void(ExpressionPtr&)>& visit);
void for_each_child(const Expression& parent, const std::function<void(const Expression&)>& visit);

}  // namespace khom::query::cypher
