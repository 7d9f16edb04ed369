#pragma once

#include <vector>

#include "graph/analytics/layout.h"
#include "query/neighbours.h"

namespace khom::query {

/// Where to draw each of the nodes, in their order: neighbours lie near each other, and the same
/// nodes and edges have the same places on every visit. Several statements between two count once.
/// Cost: as graph::layout.
graph::Result<std::vector<graph::Spot>> lay_out(const Subgraph& subgraph);

}  // namespace khom::query
