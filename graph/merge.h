#pragma once

#include "graph/draft.h"

namespace khom::graph {

/// Two nodes turn out to be one: `into` gets the labels, the properties it lacks, and the
/// relationships of `from`, with their public ids; what linked the two is dropped; the public id of
/// `from` leads to `into` from now on. Refuses: entity_not_found if either is not there;
/// argument_error if they are the same.
Result<void> merge_nodes(Draft& draft, NodeId from, NodeId into);

}  // namespace khom::graph
