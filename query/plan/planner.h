#pragma once

#include <memory>

#include "graph/snapshot.h"
#include "query/plan/plan.h"
#include "query/semantics/binder.h"

namespace khom::query::plan {

/// A plan for a bound statement. `statistics` only decides which of several right plans is taken:
/// it may be any snapshot of the graph.
std::shared_ptr<const Plan> plan(cypher::Statement statement, const semantics::Binding& binding,
                                 const graph::Snapshot& statistics);

}  // namespace khom::query::plan
