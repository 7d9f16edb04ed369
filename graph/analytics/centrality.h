#pragma once

#include <vector>

#include "graph/analytics/weighted_graph.h"
#include "graph/failure.h"
#include "graph/traversal/scope.h"

namespace khom::graph {

// Measures of single nodes, one number a node, in node order. Where a budget is given they refuse
// as it says; its hops are not used. The library has one lock: measures of several requests run one
// after another.

/// Number of neighbours, and the sum of the weights to them.
Result<std::vector<std::size_t>> degrees(const WeightedGraph& graph);
Result<std::vector<double>> strengths(const WeightedGraph& graph);

/// The share of all pairs of others whose shortest paths pass here, 0 to 1; weights are not
/// distances and not used. Cost: nodes times edges. Source: Brandes (2001); normalised as in
/// networkx.
Result<std::vector<double>> betweenness(const WeightedGraph& graph, const Budget& budget);

/// (r / (n - 1)) · (r / sum of the hops to the r nodes it reaches); 0 for a node alone. Weights are
/// not used. Cost: nodes times edges. Source: Wasserman and Faust (1994), as in networkx.
Result<std::vector<double>> closeness(const WeightedGraph& graph, const Budget& budget);

/// PageRank along edges by weight, damping 0.85; the sum is 1. Source: Page, Brin et al. (1999);
/// solver PRPACK.
Result<std::vector<double>> pagerank(const WeightedGraph& graph, const Budget& budget);

}  // namespace khom::graph
