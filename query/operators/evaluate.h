#pragma once

#include <optional>

#include "query/cypher/expression.h"
#include "query/operators/execution.h"

namespace khom::query::operators {

/// The value of an expression for the row in the frame. Throws Refused for runtime errors.
graph::Value evaluate(const cypher::Expression& expression, Execution& execution);

/// A predicate in three-valued logic: none is null. Refuses what is neither boolean nor null
/// (type_error).
std::optional<bool> truth(const cypher::Expression& expression, Execution& execution);

/// Whether a filter lets the row pass: true, and neither false nor null.
inline bool holds(const cypher::Expression& expression, Execution& execution) {
    return truth(expression, execution) == true;
}

/// `subject.key` for an already evaluated subject; null gives null.
graph::Value property_of(const graph::Value& subject, std::string_view key,
                         const Execution& execution);
/// The same, where the binder gave the key a number.
graph::Value property_of(const graph::Value& subject, std::string_view key, int key_number,
                         const Execution& execution);

}  // namespace khom::query::operators
