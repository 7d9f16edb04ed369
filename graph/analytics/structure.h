#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/analytics/weighted_graph.h"
#include "graph/failure.h"
#include "graph/traversal/scope.h"

namespace khom::graph {

struct Communities {
    std::vector<std::uint32_t> of;   ///< by node; 0 is the largest, then by the smallest node in it
    std::vector<std::size_t> sizes;  ///< falling
    double modularity = 0;           ///< by weight; 0 without edges
};

/// Communities of high modularity; a node alone is one of its own. The same graph gives the same
/// answer on every run. Source: Traag, Waltman and van Eck (2019), the Leiden algorithm, at
/// resolution 1 with a fixed seed.
Result<Communities> communities(const WeightedGraph& graph, const Budget& budget);

/// Places of the edges without which their ends do not hang together any more, rising.
Result<std::vector<std::size_t>> bridges(const WeightedGraph& graph);

/// The nodes without which their neighbours fall apart, rising.
Result<std::vector<std::uint32_t>> articulation_points(const WeightedGraph& graph);

/// The largest k for which a node belongs to a subgraph in which all have k neighbours. Source:
/// Batagelj, Zaversnik (2003).
Result<std::vector<std::size_t>> core_numbers(const WeightedGraph& graph);

/// How strongly edges join nodes of the same group: 1 always, 0 as by chance, below 0 less; edges
/// are not weighted here. 0 where it is not defined (no edges, or one group only). Source: Newman
/// (2003), "Mixing patterns in networks", eq. 2. Refuses: argument_error unless there is one group
/// for each node.
Result<double> assortativity(const WeightedGraph& graph, const std::vector<std::uint32_t>& groups);

/// Weight between each two groups, symmetric: [g][h] is that between g and h, [g][g] that within g.
/// Refuses: as `assortativity`; limit_exceeded for more than 1,000 groups.
Result<std::vector<std::vector<double>>> mixing_matrix(const WeightedGraph& graph,
                                                       const std::vector<std::uint32_t>& groups);

}  // namespace khom::graph
