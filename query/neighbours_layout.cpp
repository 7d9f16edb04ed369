#include "query/neighbours_layout.h"

#include <algorithm>
#include <map>
#include <set>

namespace khom::query {

graph::Result<std::vector<graph::Spot>> lay_out(const Subgraph& subgraph) {
    std::map<std::string, std::uint32_t> place;
    for (const auto& node : subgraph.nodes) {
        place.emplace(node.entity.id, static_cast<std::uint32_t>(place.size()));
    }
    graph::WeightedGraph picture{subgraph.nodes.size(), {}};
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& edge : subgraph.edges) {
        const auto source = place.at(edge.source), target = place.at(edge.target);
        if (source != target) pairs.emplace(std::min(source, target), std::max(source, target));
    }
    for (const auto& [one, other] : pairs) picture.edges.push_back({one, other, 1});
    return graph::layout(picture, {});
}

}  // namespace khom::query
