#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace khom::graph {

/// An edge between two places of a node list.
struct WeightedEdge {
    std::uint32_t one = 0;
    std::uint32_t other = 0;
    double weight = 1;  ///< how close the two are: more is closer; above 0
    bool operator==(const WeightedEdge&) const = default;
};

/// An undirected simple graph to be measured: nodes are 0 … node_count - 1; no loops, no two edges
/// between the same two.
///
/// Every measure refuses what is not so (argument_error), and more than 100,000 nodes or 1,000,000
/// edges (limit_exceeded).
struct WeightedGraph {
    std::size_t node_count = 0;
    std::vector<WeightedEdge> edges;
};

}  // namespace khom::graph
