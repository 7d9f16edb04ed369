#include "graph/analytics/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/analytics/igraph_private.h"

// Springs push parts that are not joined ever farther apart, so each part is laid out on its own,
// in a square whose area follows its number of nodes; then the squares are set in rows like words
// on a page.

namespace khom::graph {

namespace {

constexpr std::size_t most_nodes = 5'000;
constexpr std::size_t most_for_kamada_kawai = 250;

/// A part of the graph by itself.
struct Part {
    std::vector<std::uint32_t> nodes;  // rising; places in the whole
    WeightedGraph graph;
    std::vector<Spot> spots;  // within a square of side 1
    double side = 0;
};

std::uint32_t root_of(std::vector<std::uint32_t>& parents, std::uint32_t node) {
    while (parents[node] != node) node = parents[node] = parents[parents[node]];
    return node;
}

/// Largest first, then by their smallest node.
std::vector<Part> parts_of(const WeightedGraph& graph) {
    std::vector<std::uint32_t> parents(graph.node_count);
    std::iota(parents.begin(), parents.end(), 0U);
    for (const auto& edge : graph.edges) {
        parents[root_of(parents, edge.one)] = root_of(parents, edge.other);
    }
    std::vector<Part> parts;
    std::vector<std::uint32_t> part_of(graph.node_count), place(graph.node_count);
    std::vector<std::uint32_t> part_of_root(graph.node_count, ~0U);
    for (std::uint32_t node = 0; node < graph.node_count; ++node) {
        auto& part = part_of_root[root_of(parents, node)];
        if (part == ~0U) {
            part = static_cast<std::uint32_t>(parts.size());
            parts.emplace_back();
        }
        part_of[node] = part;
        place[node] = static_cast<std::uint32_t>(parts[part].nodes.size());
        parts[part].nodes.push_back(node);
        ++parts[part].graph.node_count;
    }
    for (const auto& edge : graph.edges) {
        parts[part_of[edge.one]].graph.edges.push_back(
            {place[edge.one], place[edge.other], edge.weight});
    }
    std::ranges::stable_sort(parts, std::greater<>(),
                             [](const Part& part) { return part.nodes.size(); });
    return parts;
}

/// Moves and scales into a square of side 1, with a margin.
void fit(std::vector<Spot>& spots) {
    const auto [left, right] = std::ranges::minmax(spots, {}, &Spot::x);
    const auto [top, bottom] = std::ranges::minmax(spots, {}, &Spot::y);
    const double span = std::max({right.x - left.x, bottom.y - top.y, 1e-9});
    const Spot middle{(left.x + right.x) / 2, (top.y + bottom.y) / 2};
    for (auto& spot : spots) {
        spot = {0.5 + (spot.x - middle.x) / span * 0.84, 0.5 + (spot.y - middle.y) / span * 0.84};
    }
}

struct Matrix {
    igraph_matrix_t cells{};
    Matrix() {
        if (igraph_matrix_init(&cells, 0, 0) != IGRAPH_SUCCESS)
            throw Fault("igraph: out of memory");
    }
    ~Matrix() { igraph_matrix_destroy(&cells); }
    Matrix(const Matrix&) = delete;
    Matrix& operator=(const Matrix&) = delete;
};

/// Heavier edges pull: a strong tie is a short spring.
std::vector<double> lengths(const WeightedGraph& graph) {
    std::vector<double> lengths;
    for (const auto& edge : graph.edges) lengths.push_back(1 / std::sqrt(edge.weight));
    return lengths;
}

Result<std::vector<Spot>> by_springs(const WeightedGraph& graph, const Budget& budget) {
    return measured(graph, budget, [&](Igraph& library) {
        Matrix matrix;
        const auto nodes = static_cast<igraph_integer_t>(graph.node_count);
        if (graph.node_count <= most_for_kamada_kawai) {
            IgraphReals springs(lengths(graph));
            library.on_igraph("layout", igraph_layout_kamada_kawai(
                                            library.get(), &matrix.cells, /*use_seed=*/false,
                                            50 * nodes, 0, static_cast<double>(nodes),
                                            springs.get(), nullptr, nullptr, nullptr, nullptr));
        } else {
            library.on_igraph("layout",
                              igraph_layout_fruchterman_reingold(
                                  library.get(), &matrix.cells, /*use_seed=*/false, 300,
                                  std::sqrt(static_cast<double>(nodes)), IGRAPH_LAYOUT_AUTOGRID,
                                  library.weights(), nullptr, nullptr, nullptr, nullptr));
        }
        std::vector<Spot> spots;
        for (igraph_integer_t i = 0; i < nodes; ++i) {
            spots.push_back({MATRIX(matrix.cells, i, 0), MATRIX(matrix.cells, i, 1)});
        }
        return spots;
    });
}

/// Sets the squares in rows; the corner of each, and the side of the whole.
struct Page {
    std::vector<Spot> corners;
    double width = 0, height = 0;
};

Page packed(const std::vector<Part>& parts) {
    double area = 0;
    for (const auto& part : parts) area += part.side * part.side;
    Page page;
    const double width = parts.empty() ? 1 : std::max(parts.front().side, std::sqrt(area) * 1.05);
    double x = 0, y = 0, row = 0;
    for (const auto& part : parts) {
        if (x > 0 && x + part.side > width + 1e-9) {
            y += row;
            x = row = 0;
        }
        page.corners.push_back({x, y});
        x += part.side;
        row = std::max(row, part.side);
        page.width = std::max(page.width, x);
    }
    page.height = y + row;
    return page;
}

}  // namespace

Result<std::vector<Spot>> layout(const WeightedGraph& graph, const Budget& budget) {
    if (const auto sound = check(graph); !sound) return tl::unexpected(sound.error());
    if (graph.node_count > most_nodes) {
        return refuse(RefusalCode::limit_exceeded, "Networks of at most 5,000 nodes are drawn.");
    }
    auto parts = parts_of(graph);
    for (auto& part : parts) {
        part.side = std::sqrt(static_cast<double>(part.nodes.size()));
        part.spots.assign(part.nodes.size(), Spot{0.5, 0.5});
        if (part.nodes.size() == 1) continue;
        auto spots = by_springs(part.graph, budget);
        if (!spots) return tl::unexpected(spots.error());
        part.spots = std::move(*spots);
        fit(part.spots);
    }
    const auto page = packed(parts);
    const double whole = std::max({page.width, page.height, 1e-9});
    std::vector<Spot> spots(graph.node_count);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (std::size_t n = 0; n < parts[i].nodes.size(); ++n) {
            spots[parts[i].nodes[n]] = {
                (page.corners[i].x + parts[i].spots[n].x * parts[i].side) / whole,
                (page.corners[i].y + parts[i].spots[n].y * parts[i].side) / whole};
        }
    }
    return spots;
}

}  // namespace khom::graph
