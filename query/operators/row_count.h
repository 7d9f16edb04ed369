#pragma once

#include "query/operators/execution.h"

namespace khom::query::operators {

/// The number after SKIP or LIMIT. Refuses what is no integer or below 0 (syntax_error, as the TCK
/// has it).
std::uint64_t row_count(const cypher::Expression& expression, Execution& execution);

}  // namespace khom::query::operators
