#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"
#include "graph/value.h"

namespace khom::graph {

/// The ends of a search; the direction of the filter is as seen from `from`.
struct Ends {
    NodeId from{};
    NodeId to{};
};

/// How many hops the shortest path has; none if there is none of at most `max_hops`. 0 where both
/// ends are one. Refuses: as Budget says. Cost: the relationships within half the distance of both
/// ends; the smaller side grows.
Result<std::optional<std::uint32_t>> distance(Scratch& scratch, const Snapshot& graph, Ends ends,
                                              const TraversalFilter& filter, std::uint32_t max_hops,
                                              const Budget& budget);

/// One shortest path, the same on every run. The ends themselves are never filtered.
Result<std::optional<Path>> shortest_path(Scratch& scratch, const Snapshot& graph, Ends ends,
                                          const TraversalFilter& filter, std::uint32_t max_hops,
                                          const Budget& budget);

struct AllShortest {
    std::vector<Path> paths;  ///< by the numbers of their relationships
    bool truncated = false;   ///< there are more than the limit
};

/// All shortest paths, parallel relationships apart; at most `limit`.
Result<AllShortest> all_shortest_paths(Scratch& scratch, const Snapshot& graph, Ends ends,
                                       const TraversalFilter& filter, std::uint32_t max_hops,
                                       std::size_t limit, const Budget& budget);

/// Whether any path leads there, however long.
Result<bool> is_reachable(Scratch& scratch, const Snapshot& graph, Ends ends,
                          const TraversalFilter& filter, const Budget& budget);

}  // namespace khom::graph
