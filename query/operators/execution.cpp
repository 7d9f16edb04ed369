#include "query/operators/execution.h"

namespace khom::query::operators {

Execution::Execution(const Limits& limits) : meter(limits) {}
Execution::~Execution() = default;

}  // namespace khom::query::operators
