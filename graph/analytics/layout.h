#pragma once

#include <vector>

#include "graph/analytics/weighted_graph.h"
#include "graph/failure.h"
#include "graph/traversal/scope.h"

namespace khom::graph {

/// Where to draw a node; both from 0 to 1.
struct Spot {
    double x = 0, y = 0;
    bool operator==(const Spot&) const = default;
};

/// Places the nodes so that neighbours lie near each other: each part by springs, the parts packed
/// in rows, the largest first. The same graph gives the same picture on every run. Refuses: as
/// WeightedGraph says, and limit_exceeded for more than 5,000 nodes; as the budget says. Source:
/// Kamada and Kawai (1989) for parts up to 250 nodes, Fruchterman and Reingold (1991) above.
Result<std::vector<Spot>> layout(const WeightedGraph& graph, const Budget& budget);

}  // namespace khom::graph
