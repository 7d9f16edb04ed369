#include "graph/analytics/centrality.h"

#include <cmath>

#include "graph/analytics/igraph_private.h"

namespace khom::graph {

Result<std::vector<std::size_t>> degrees(const WeightedGraph& graph) {
    return check(graph).map([&] {
        std::vector<std::size_t> degrees(graph.node_count, 0);
        for (const auto& edge : graph.edges) {
            ++degrees[edge.one];
            ++degrees[edge.other];
        }
        return degrees;
    });
}

Result<std::vector<double>> strengths(const WeightedGraph& graph) {
    return check(graph).map([&] {
        std::vector<double> strengths(graph.node_count, 0);
        for (const auto& edge : graph.edges) {
            strengths[edge.one] += edge.weight;
            strengths[edge.other] += edge.weight;
        }
        return strengths;
    });
}

Result<std::vector<double>> betweenness(const WeightedGraph& graph, const Budget& budget) {
    return measured(graph, budget, [&](Igraph& library) {
        IgraphReals found;
        library.on_igraph("betweenness",
                          igraph_betweenness(library.get(), found.get(), igraph_vss_all(),
                                             IGRAPH_UNDIRECTED, nullptr));
        auto values = found.values();
        const auto nodes = static_cast<double>(graph.node_count);
        const double pairs = graph.node_count > 2 ? (nodes - 1) * (nodes - 2) / 2 : 1;
        for (auto& value : values) value /= pairs;
        return values;
    });
}

Result<std::vector<double>> closeness(const WeightedGraph& graph, const Budget& budget) {
    return measured(graph, budget, [&](Igraph& library) {
        IgraphReals found;
        IgraphIntegers reached;  // besides the node itself
        library.on_igraph("closeness", igraph_closeness(library.get(), found.get(), reached.get(),
                                                        nullptr, igraph_vss_all(), IGRAPH_ALL,
                                                        nullptr, /*normalized=*/true));
        auto values = found.values();
        const auto others = reached.values();
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = std::isnan(values[i]) ? 0
                                              : values[i] * static_cast<double>(others[i]) /
                                                    static_cast<double>(graph.node_count - 1);
        }
        return values;
    });
}

Result<std::vector<double>> pagerank(const WeightedGraph& graph, const Budget& budget) {
    return measured(graph, budget, [&](Igraph& library) {
        IgraphReals found;
        library.on_igraph(
            "PageRank",
            igraph_pagerank(library.get(), IGRAPH_PAGERANK_ALGO_PRPACK, found.get(), nullptr,
                            igraph_vss_all(), IGRAPH_UNDIRECTED, 0.85, library.weights(), nullptr));
        return found.values();
    });
}

}  // namespace khom::graph
