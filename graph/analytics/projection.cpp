#include "graph/analytics/projection.h"

#include <algorithm>
#include <tuple>

namespace khom::graph {

Result<std::vector<ProjectedEdge>> project(std::vector<Incidence> incidences,
                                           std::size_t most_pairs) {
    const auto by_via = [](const Incidence& one, const Incidence& other) {
        return std::tie(one.via, one.node) < std::tie(other.via, other.node);
    };
    std::ranges::sort(incidences, by_via);
    const auto same = [](const Incidence& one, const Incidence& other) {
        return one.via == other.via && one.node == other.node;
    };
    incidences.erase(std::unique(incidences.begin(), incidences.end(), same), incidences.end());

    struct Pair {
        std::uint32_t one, other, via;
        auto operator<=>(const Pair&) const = default;
    };
    std::vector<Pair> pairs;
    for (auto begin = incidences.begin(); begin != incidences.end();) {
        const auto end = std::find_if(begin, incidences.end(),
                                      [&](const auto& other) { return other.via != begin->via; });
        for (auto one = begin; one != end; ++one) {
            if (pairs.size() + static_cast<std::size_t>(end - one) > most_pairs) {
                return refuse(RefusalCode::limit_exceeded,
                              "More than " + std::to_string(most_pairs) +
                                  " pairs share something. Ask for a shorter time or filter.");
            }
            for (auto other = one + 1; other != end; ++other) {
                pairs.push_back({one->node, other->node, one->via});
            }
        }
        begin = end;
    }
    std::ranges::sort(pairs);

    std::vector<ProjectedEdge> edges;
    for (const auto& pair : pairs) {
        if (edges.empty() || edges.back().one != pair.one || edges.back().other != pair.other) {
            edges.push_back({pair.one, pair.other, {}});
        }
        edges.back().shared.push_back(pair.via);
    }
    return edges;
}

WeightedGraph weighted(std::size_t node_count, const std::vector<ProjectedEdge>& edges) {
    WeightedGraph graph;
    graph.node_count = node_count;
    for (const auto& edge : edges) {
        graph.edges.push_back({edge.one, edge.other, static_cast<double>(edge.shared.size())});
    }
    return graph;
}

}  // namespace khom::graph
