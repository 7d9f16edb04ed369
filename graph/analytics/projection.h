#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/analytics/weighted_graph.h"
#include "graph/failure.h"
#include "graph/id.h"

namespace khom::graph {

/// A node takes part in something, by a statement.
struct Incidence {
    std::uint32_t node = 0;  ///< place in the caller's list
    std::uint32_t via = 0;   ///< place in the caller's list of what is shared
    RelationshipId statement{};
    auto operator<=>(const Incidence&) const = default;
};

/// Two nodes and all that they share; `shared.size()` is the unweighted count.
struct ProjectedEdge {
    std::uint32_t one = 0, other = 0;   ///< one below other
    std::vector<std::uint32_t> shared;  ///< rising
    bool operator==(const ProjectedEdge&) const = default;
};

/// Links nodes that share something: one edge a pair, by (one, other). What says so is found again
/// in the incidences. Refuses: limit_exceeded beyond `most_pairs` shared things over all pairs.
/// Cost: the sum over what is shared of its participants squared.
Result<std::vector<ProjectedEdge>> project(std::vector<Incidence> incidences,
                                           std::size_t most_pairs);

/// The edges as a graph to measure, weighted by what they share.
WeightedGraph weighted(std::size_t node_count, const std::vector<ProjectedEdge>& edges);

}  // namespace khom::graph
