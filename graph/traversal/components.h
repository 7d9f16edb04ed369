#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"

namespace khom::graph {

struct Components {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t>
        of;  ///< by number of node; `none` for those that are filtered out or deleted
    std::vector<std::size_t> sizes;  ///< largest first, then by their smallest node
};

/// The parts of the graph that hang together, relationships taken without direction (the filter's
/// direction is not used). Refuses: as Budget says. Cost: linear.
Result<Components> connected_components(Scratch& scratch, const Snapshot& graph,
                                        const TraversalFilter& filter, const Budget& budget);

}  // namespace khom::graph
