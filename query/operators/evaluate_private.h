#pragma once

#include <optional>

#include "query/operators/execution.h"

namespace khom::query::operators {

/// The value, after it was found to be no larger than one may be.
graph::Value checked(graph::Value value, Execution& execution);

/// Predicates over values, in evaluate_predicate.cpp.
std::optional<bool> comparison(const cypher::Comparison& form, Execution& execution);
std::optional<bool> contained(const graph::Value& element, const graph::Value& list);
std::optional<bool> text_predicate(cypher::BinaryOperator op, const graph::Value& left,
                                   const graph::Value& right);

/// Expressions that run over lists or over a plan of their own, in evaluate_iteration.cpp.
graph::Value list_comprehension(const cypher::ListComprehension& form, Execution& execution);
std::optional<bool> quantifier(const cypher::Quantifier& form, Execution& execution);
graph::Value reduce(const cypher::Reduce& form, Execution& execution);
graph::Value pattern_comprehension(const cypher::PatternComprehension& form, Execution& execution);
graph::Value subquery(const cypher::Subquery& form, Execution& execution);

}  // namespace khom::query::operators
