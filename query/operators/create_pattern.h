#pragma once

#include "query/cypher/statement.h"
#include "query/operators/execution.h"

namespace khom::query::operators {

/// Makes what of the path is not there yet, puts it into the slots, and builds the path where it is
/// named. CREATE and MERGE.
void create_path(const cypher::PathPattern& path, Execution& execution);

/// The properties of a pattern for the row in the frame; null ones are left out.
graph::Map pattern_properties(const cypher::ExpressionPtr& properties, Execution& execution);

}  // namespace khom::query::operators
