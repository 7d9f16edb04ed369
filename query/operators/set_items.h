#pragma once

#include <vector>

#include "query/cypher/statement.h"
#include "query/operators/execution.h"

namespace khom::query::operators {

/// Carries out the items of SET, REMOVE, ON CREATE SET and ON MATCH SET for the row in the frame.
/// What is null is passed over.
void set_items(const std::vector<cypher::SetItem>& items, bool remove, Execution& execution);

}  // namespace khom::query::operators
