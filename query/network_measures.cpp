// The figures of a network of one period, and where to draw it.

#include <algorithm>
#include <map>

#include "graph/analytics/centrality.h"
#include "graph/analytics/layout.h"
#include "graph/analytics/structure.h"
#include "query/network_private.h"

namespace khom::query {

namespace {

/// A network as a graph to measure, and what its places stand for.
struct Measured {
    graph::WeightedGraph graph;
    std::vector<NetworkNode*> nodes;
    std::vector<NetworkEdge*> edges;
};

/// The nodes and edges that are shown, so that who takes the answer away measures the same: without
/// what was lost.
Measured measured(NetworkResult& network) {
    Measured made;
    std::map<std::string, std::uint32_t> place;
    for (auto& node : network.nodes) {
        if (node.change == "lost") continue;
        place[node.entity.id] = static_cast<std::uint32_t>(made.nodes.size());
        made.nodes.push_back(&node);
    }
    made.graph.node_count = made.nodes.size();
    for (auto& edge : network.edges) {
        if (edge.change == "lost") continue;
        made.graph.edges.push_back({place.at(edge.source), place.at(edge.target), edge.weight});
        made.edges.push_back(&edge);
    }
    return made;
}

graph::Result<void> put_degrees(const Measured& measured) {
    const auto degrees = graph::degrees(measured.graph);
    if (!degrees) return tl::unexpected(degrees.error());
    const auto strengths = *graph::strengths(measured.graph);
    for (std::size_t i = 0; i < measured.nodes.size(); ++i) {
        measured.nodes[i]->degree = (*degrees)[i];
        measured.nodes[i]->strength = strengths[i];
    }
    return {};
}

graph::Result<void> put_centralities(const Measured& measured, const std::set<std::string>& metrics,
                                     const graph::Budget& budget) {
    using Measure =
        graph::Result<std::vector<double>> (*)(const graph::WeightedGraph&, const graph::Budget&);
    struct Column {
        const char* name;
        Measure measure;
        double NetworkNode::*field;
    };
    for (const auto& column :
         {Column{"betweenness", &graph::betweenness, &NetworkNode::betweenness},
          Column{"closeness", &graph::closeness, &NetworkNode::closeness},
          Column{"pagerank", &graph::pagerank, &NetworkNode::pagerank}}) {
        if (!metrics.contains(column.name)) continue;
        const auto values = column.measure(measured.graph, budget);
        if (!values) return tl::unexpected(values.error());
        for (std::size_t i = 0; i < measured.nodes.size(); ++i) {
            measured.nodes[i]->*column.field = (*values)[i];
        }
    }
    return {};
}

graph::Result<void> put_structure(const Measured& measured, NetworkResult& network,
                                  const graph::Budget& budget) {
    const auto communities = graph::communities(measured.graph, budget);
    if (!communities) return tl::unexpected(communities.error());
    network.modularity = communities->modularity;
    const auto cores = *graph::core_numbers(measured.graph);
    for (std::size_t i = 0; i < measured.nodes.size(); ++i) {
        auto& node = *measured.nodes[i];
        node.core = cores[i];
        if (node.degree > 0) node.community = "c" + std::to_string(communities->of[i] + 1);
    }
    const auto points = *graph::articulation_points(measured.graph);
    for (const auto point : points) measured.nodes[point]->articulation = true;
    const auto bridges = *graph::bridges(measured.graph);
    for (const auto bridge : bridges) measured.edges[bridge]->bridge = true;
    return {};
}

/// Over the partners whose sector is known.
graph::Result<void> put_assortativity(const Measured& measured, NetworkResult& network) {
    std::map<std::string, std::uint32_t> sectors;
    std::vector<std::uint32_t> place(measured.nodes.size(), 0), groups;
    for (std::size_t i = 0; i < measured.nodes.size(); ++i) {
        if (measured.nodes[i]->sector.empty()) continue;
        place[i] = static_cast<std::uint32_t>(groups.size());
        const auto next = static_cast<std::uint32_t>(sectors.size());
        groups.push_back(sectors.emplace(measured.nodes[i]->sector, next).first->second);
    }
    graph::WeightedGraph known{groups.size(), {}};
    double across = 0, all = 0;
    for (const auto& edge : measured.graph.edges) {
        const auto& one = measured.nodes[edge.one]->sector;
        const auto& other = measured.nodes[edge.other]->sector;
        if (one.empty() || other.empty()) continue;
        known.edges.push_back({place[edge.one], place[edge.other], edge.weight});
        all += edge.weight;
        if (one != other) across += edge.weight;
    }
    network.cross_sector_share = all > 0 ? across / all : 0;
    return graph::assortativity(known, groups).map([&](double found) {
        network.assortativity = found;
    });
}

}  // namespace

graph::Result<void> measure_network(NetworkResult& network, const std::set<std::string>& metrics,
                                    const graph::Budget& budget) {
    const auto made = measured(network);
    const auto nodes = static_cast<double>(made.nodes.size());
    const auto edges = static_cast<double>(made.edges.size());
    network.density = made.nodes.size() > 1 ? edges / (nodes * (nodes - 1) / 2) : 0;
    return put_degrees(made)
        .and_then([&] { return put_centralities(made, metrics, budget); })
        .and_then([&] { return put_structure(made, network, budget); })
        .and_then([&] { return put_assortativity(made, network); });
}

graph::Result<void> lay_out_network(NetworkResult& network, const graph::Budget& budget) {
    std::vector<std::string> ids;
    for (const auto& node : network.nodes) ids.push_back(node.entity.id);
    std::ranges::sort(ids);
    const auto place = [&](const std::string& id) {
        return static_cast<std::uint32_t>(std::ranges::lower_bound(ids, id) - ids.begin());
    };
    graph::WeightedGraph graph{ids.size(), {}};
    for (const auto& edge : network.edges) {
        graph.edges.push_back({place(edge.source), place(edge.target), edge.weight});
    }
    std::ranges::sort(graph.edges, {}, [](const graph::WeightedEdge& edge) {
        return std::pair(edge.one, edge.other);
    });
    return graph::layout(graph, budget).map([&](const std::vector<graph::Spot>& spots) {
        for (auto& node : network.nodes) {
            const auto& spot = spots[place(node.entity.id)];
            node.x = spot.x;
            node.y = spot.y;
        }
    });
}

}  // namespace khom::query
