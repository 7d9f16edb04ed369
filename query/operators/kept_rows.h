#pragma once

#include <cstddef>
#include <vector>

#include "query/operators/execution.h"

namespace khom::query::operators {

/// Values that an operator holds while others use the frame; counted against the memory limit.
using KeptRow = std::vector<graph::Value>;

KeptRow keep(const std::vector<cypher::Slot>& slots, Execution& execution);
void restore(const KeptRow& row, const std::vector<cypher::Slot>& slots, Execution& execution);

/// About how many bytes a value holds.
std::size_t size_of(const graph::Value& value);
std::size_t size_of(const KeptRow& row);

}  // namespace khom::query::operators
