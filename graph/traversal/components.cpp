#include "graph/traversal/components.h"

#include <algorithm>
#include <numeric>

#include "graph/traversal/walk_private.h"

namespace khom::graph {

Result<Components> connected_components(Scratch& scratch, const Snapshot& graph,
                                        const TraversalFilter& filter, const Budget& budget) {
    auto& rooms = scratch.rooms();
    const Passage passage(graph, filter);
    Spending spending(budget);
    Components found;
    found.of.assign(graph.node_id_limit(), Components::none);
    for (std::size_t i = 0; i < graph.node_id_limit(); ++i) {
        const auto start = NodeId{i};
        if (found.of[i] != Components::none || !graph.has(start) || !passage.lets_node(start)) {
            continue;
        }
        const auto component = static_cast<std::uint32_t>(found.sizes.size());
        found.of[i] = component;
        rooms.level.assign(1, start);
        for (std::size_t at = 0; at < rooms.level.size(); ++at) {
            if (!passage.steps(rooms.level[at], Direction::both, spending,
                               [&](const Adjacent& step) {
                                   auto& of = found.of[index(step.neighbour)];
                                   if (of == Components::none) {
                                       of = component;
                                       rooms.level.push_back(step.neighbour);
                                   }
                                   return true;
                               })) {
                return spending.refusal();
            }
        }
        found.sizes.push_back(rooms.level.size());
    }

    std::vector<std::uint32_t> order(found.sizes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, std::greater<>(), [&](auto i) { return found.sizes[i]; });
    std::vector<std::uint32_t> rank(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    for (auto& of : found.of) {
        if (of != Components::none) of = rank[of];
    }
    std::ranges::sort(found.sizes, std::greater<>());
    return found;
}

}  // namespace khom::graph
