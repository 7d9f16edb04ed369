#pragma once

#include "query/operators/execution.h"

namespace khom::query::operators {

/// The path from a node over the relationships in the slots (single ones and lists); null where one
/// of them is.
graph::Value path_of(cypher::Slot start, const std::vector<cypher::Slot>& relationships,
                     const Execution& execution);

}  // namespace khom::query::operators
