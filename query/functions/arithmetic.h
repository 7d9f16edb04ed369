#pragma once

#include "graph/value.h"

namespace khom::query::functions {

/// The operators of expressions on values; null gives null.
/// Refuse: TypeError for kinds that do not go together; ArithmeticError for overflow and integer
/// division by zero.
graph::Value add(const graph::Value& left, const graph::Value& right);
graph::Value subtract(const graph::Value& left, const graph::Value& right);
graph::Value multiply(const graph::Value& left, const graph::Value& right);
graph::Value divide(const graph::Value& left, const graph::Value& right);
graph::Value modulo(const graph::Value& left, const graph::Value& right);
graph::Value power(const graph::Value& left, const graph::Value& right);
graph::Value negate(const graph::Value& value);

}  // namespace khom::query::functions
