#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"

namespace khom::graph {

/// A node as it was first reached, breadth first.
struct Reached {
    NodeId node{};
    RelationshipId via{};      ///< over which; of the start nothing
    std::uint32_t parent = 0;  ///< from which: its place in the answer
    std::uint32_t hops = 0;
    bool operator==(const Reached&) const = default;
};

struct Neighbourhood {
    std::span<const Reached>
        reached;  ///< the start first, then by hops; valid until the scratch is used again
    bool truncated = false;  ///< more lies within the depth
};

struct Reach {
    std::uint32_t depth = 1;
    std::size_t limit = std::numeric_limits<std::size_t>::max();  ///< nodes besides the start
};

/// All nodes within `depth` hops of a start, each once, with its distance.
/// Refuses: as Budget says. Cost: linear in the relationships of the nodes nearer than `depth`.
Result<Neighbourhood> neighbourhood(Scratch& scratch, const Snapshot& graph, NodeId start,
                                    const TraversalFilter& filter, const Reach& reach,
                                    const Budget& budget);

/// How many distinct nodes, the start not among them, end a walk of exactly `hops` relationships (1
/// to 6). A walk may come back to where it was, so a neighbour that is also a neighbour's neighbour
/// counts for two hops. Refuses: argument_error for other hops; as Budget says. Cost: one look at
/// each relationship of the nodes before the last.
Result<std::size_t> count_ends(Scratch& scratch, const Snapshot& graph, NodeId start,
                               const TraversalFilter& filter, std::uint32_t hops,
                               const Budget& budget);

/// A node that shares something with the start.
struct Shared {
    NodeId node{};
    std::uint32_t count = 0;  ///< distinct things shared
    bool operator==(const Shared&) const = default;
};

struct Sharing {
    std::uint32_t at_least = 1;
    std::size_t limit = std::numeric_limits<std::size_t>::max();
};

/// The nodes that share neighbours with the start (partners of the same programmes): over `filter`
/// to what is shared, and over the same types against the direction back. Most shared first, then
/// by id; the span is valid until the scratch is used again. The filter's labels and avoid-list
/// apply to what is shared only. Refuses: as Budget says; limit_exceeded where a count could pass
/// 16,777,215. Cost: the relationships of what is shared.
Result<std::span<const Shared>> sharing(Scratch& scratch, const Snapshot& graph, NodeId start,
                                        const TraversalFilter& filter, const Sharing& sharing,
                                        const Budget& budget);

}  // namespace khom::graph
