#pragma once

#include <cstddef>
#include <functional>
#include <unordered_set>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"

namespace khom::query {

/// One step of a chain as it is walked: over `relationship`, along (`out`) or against (`in`) its
/// direction.
struct Link {
    graph::NodeId from{}, to{};
    graph::RelationshipId relationship{};
    graph::Direction direction = graph::Direction::out;
    double cost = 0;
    bool operator==(const Link&) const = default;
};

struct Chain {
    std::vector<Link> links;
    double cost = 0;
};

struct ChainRequest {
    graph::NodeId source{}, target{};
    std::size_t max_hops = 4;
    std::size_t count = 3;
    /// Whether a chain may pass through a node (asked of inner nodes only).
    std::function<bool(graph::NodeId)> passable;
    /// What a step costs, above 0; infinite where it may not be taken. `from` is where the walk
    /// comes from.
    std::function<double(graph::NodeId from, graph::Direction, const graph::Adjacent&)> cost;
    std::size_t most_looked_at = 2'000'000;  ///< relationships, in all searches together
};

/// The cheapest chains of at most `max_hops` steps, cheapest first, no node twice in one, no two
/// with the same nodes: of several relationships between two nodes the cheapest stands for all.
/// Equal costs: fewer steps, then smaller node ids.
///
/// Refuses: limit_exceeded when more than `most_looked_at` relationships would be looked at.
/// Source:  Yen (1971), "Finding the k shortest loopless paths in a network", Management Science
/// 17(11), over Dijkstra with
///          the steps left as part of the state.
/// Cost:    count · max_hops searches of the nodes from which the target is within reach.
graph::Result<std::vector<Chain>> cheapest_chains(const graph::Snapshot& graph,
                                                  const ChainRequest& request);

}  // namespace khom::query
