#include "graph/analytics/structure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/analytics/centrality.h"
#include "graph/analytics/igraph_private.h"

namespace khom::graph {

namespace {

constexpr std::size_t most_groups = 1'000;

/// Numbers the communities anew: the largest first, then by their smallest node.
Communities numbered(const std::vector<std::size_t>& membership) {
    const auto count = membership.empty() ? 0 : *std::ranges::max_element(membership) + 1;
    std::vector<std::size_t> sizes(count, 0), first(count, membership.size());
    for (std::size_t node = 0; node < membership.size(); ++node) {
        ++sizes[membership[node]];
        first[membership[node]] = std::min(first[membership[node]], node);
    }
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::size_t one, std::size_t other) {
        return sizes[one] != sizes[other] ? sizes[one] > sizes[other] : first[one] < first[other];
    });
    std::vector<std::uint32_t> rank(count);
    Communities communities;
    for (std::uint32_t i = 0; i < count; ++i) {
        rank[order[i]] = i;
        communities.sizes.push_back(sizes[order[i]]);
    }
    for (const auto of : membership) communities.of.push_back(rank[of]);
    return communities;
}

Result<void> check_groups(const WeightedGraph& graph, const std::vector<std::uint32_t>& groups) {
    if (groups.size() == graph.node_count) return {};
    return refuse(RefusalCode::argument_error, "Each node of a network needs one group.");
}

}  // namespace

Result<Communities> communities(const WeightedGraph& graph, const Budget& budget) {
    const auto strength = strengths(graph);
    if (!strength) return tl::unexpected(strength.error());
    const auto twice_all = std::accumulate(strength->begin(), strength->end(), 0.0);
    if (twice_all == 0) {
        std::vector<std::size_t> alone(graph.node_count);
        std::iota(alone.begin(), alone.end(), 0U);
        return numbered(alone);
    }
    return measured(graph, budget, [&](Igraph& library) {
        IgraphReals node_weights(*strength);
        IgraphIntegers membership;
        library.on_igraph("Leiden", igraph_community_leiden(
                                        library.get(), library.weights(), node_weights.get(),
                                        1 / twice_all, 0.01, /*start=*/false,
                                        /*n_iterations=*/-1, membership.get(), nullptr, nullptr));
        auto found = numbered(membership.values());
        library.on_igraph("modularity",
                          igraph_modularity(library.get(), membership.get(), library.weights(), 1,
                                            IGRAPH_UNDIRECTED, &found.modularity));
        return found;
    });
}

Result<std::vector<std::size_t>> bridges(const WeightedGraph& graph) {
    return measured(graph, {}, [&](Igraph& library) {
        IgraphIntegers found;
        library.on_igraph("bridges", igraph_bridges(library.get(), found.get()));
        auto places = found.values();
        std::ranges::sort(places);
        return places;
    });
}

Result<std::vector<std::uint32_t>> articulation_points(const WeightedGraph& graph) {
    return measured(graph, {}, [&](Igraph& library) {
        IgraphIntegers found;
        library.on_igraph("articulation points",
                          igraph_articulation_points(library.get(), found.get()));
        std::vector<std::uint32_t> nodes;
        for (const auto node : found.values()) nodes.push_back(static_cast<std::uint32_t>(node));
        std::ranges::sort(nodes);
        return nodes;
    });
}

Result<std::vector<std::size_t>> core_numbers(const WeightedGraph& graph) {
    return measured(graph, {}, [&](Igraph& library) {
        IgraphIntegers found;
        library.on_igraph("cores", igraph_coreness(library.get(), found.get(), IGRAPH_ALL));
        return found.values();
    });
}

Result<double> assortativity(const WeightedGraph& graph, const std::vector<std::uint32_t>& groups) {
    if (const auto sound = check_groups(graph, groups); !sound)
        return tl::unexpected(sound.error());
    return measured(graph, {}, [&](Igraph& library) {
        if (graph.edges.empty()) return 0.0;
        IgraphIntegers types(groups);
        double found = 0;
        library.on_igraph("assortativity",
                          igraph_assortativity_nominal(library.get(), types.get(), &found,
                                                       IGRAPH_UNDIRECTED, /*normalized=*/true));
        return std::isfinite(found) ? found : 0.0;
    });
}

Result<std::vector<std::vector<double>>> mixing_matrix(const WeightedGraph& graph,
                                                       const std::vector<std::uint32_t>& groups) {
    if (const auto sound = check(graph); !sound) return tl::unexpected(sound.error());
    if (const auto sound = check_groups(graph, groups); !sound)
        return tl::unexpected(sound.error());
    const auto count = groups.empty() ? 0 : *std::ranges::max_element(groups) + std::size_t{1};
    if (count > most_groups) {
        return refuse(RefusalCode::limit_exceeded, "A mixing matrix has at most 1,000 groups.");
    }
    std::vector<std::vector<double>> matrix(count, std::vector<double>(count, 0));
    for (const auto& edge : graph.edges) {
        const auto one = groups[edge.one], other = groups[edge.other];
        matrix[one][other] += edge.weight;
        if (one != other) matrix[other][one] += edge.weight;
    }
    return matrix;
}

}  // namespace khom::graph
