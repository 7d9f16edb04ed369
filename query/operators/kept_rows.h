#pragma once

#include <cstddef>
#include <vector>

#include "query/operators/execution.h"

namespace khom::query::operators {

/// Values that an operator holds while others use the frame; counted against the memory limit.
using KeptRow = std::vector<graph::Value>;

KeptRow keep(const std::vector<cypher::Slot>& slots, Execution& execution);
void restore(const KeptRow& row, const std::vector<cypher::Slot>& slots, Execution& execution);

/// Equality and hash of rows by equivalence: null is null, 1 is 1.0.
struct RowHash {
    std::size_t operator()(const KeptRow& row) const;
};
struct RowSame {
    bool operator()(const KeptRow& left, const KeptRow& right) const;
};

/// About how many bytes a value holds.
std::size_t size_of(const graph::Value& value);

}  // namespace khom::query::operators
