// Measures the traversals that graph_bench does not ask, and the analytics, on what peers/gen.py
// writes.
//
//     analytics_bench DATA_DIR
//
// Prints one JSON line a measurement. `sum` is of the answers, so that runs can be compared.

#include <unistd.h>
#include <filesystem>
#include <iostream>
#include <map>

#include "graph/analytics/centrality.h"
#include "graph/analytics/layout.h"
#include "graph/analytics/projection.h"
#include "graph/analytics/structure.h"
#include "graph/traversal/components.h"
#include "graph/traversal/informative.h"
#include "graph/traversal/neighbourhood.h"
#include "graph/traversal/shortest.h"
#include "tests/benchmarks/generated_city.h"
#include "tests/benchmarks/measure.h"

namespace {

namespace benchmarks = khom::benchmarks;
namespace graph = khom::graph;

using graph::NodeId;

void traversals(const graph::Snapshot& city, const benchmarks::Questions& questions) {
    graph::Scratch scratch;
    const graph::TraversalFilter all;
    benchmarks::measure("all shortest paths <= 6, 100 at most", questions.pairs, [&](auto pair) {
        return graph::all_shortest_paths(scratch, city, {pair.first, pair.second}, all, 6, 100, {})
            ->paths.size();
    });
    for (const std::uint32_t hops : {3U, 4U}) {
        const auto name = "3 most informative paths <= " + std::to_string(hops);
        benchmarks::measure(name, questions.pairs, [&](auto pair) {
            return graph::informative_paths(scratch, city, {pair.first, pair.second}, all,
                                            {3, hops, {}}, {})
                ->size();
        });
    }
    auto people = all;
    people.labels = {city.label("person").value()};
    benchmarks::measure("people within 2 hops, through people", questions.starts, [&](auto start) {
        return graph::neighbourhood(scratch, city, start, people, {2}, {})->reached.size() - 1;
    });
    benchmarks::measure("components", std::vector<int>{0}, [&](int) {
        return graph::connected_components(scratch, city, all, {})->sizes.size();
    });
}

/// The partners of gen.py linked by programmes that at most `most` of them share.
graph::WeightedGraph partners(const graph::Snapshot& city, std::size_t count, std::size_t most) {
    auto nodes = city.nodes(city.label("partner").value());
    nodes.resize(std::min(nodes.size(), count));
    const auto type = city.type("PARTNERS_IN").value();
    std::vector<graph::Incidence> incidences;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        for (const auto& step : city.adjacent(nodes[i], graph::Direction::out, type)) {
            if (city.adjacent(step.neighbour, graph::Direction::in, type).size() > most) continue;
            const auto via = static_cast<std::uint32_t>(graph::number(NodeId{step.neighbour}));
            incidences.push_back({i, via, step.relationship});
        }
    }
    return graph::weighted(nodes.size(), *graph::project(std::move(incidences), 10'000'000));
}

void analytics(const graph::WeightedGraph& network) {
    std::cout << "{\"nodes\":" << network.node_count << ",\"edges\":" << network.edges.size()
              << "}\n"
              << std::flush;
    const auto once = [&](const char* name, auto run) {
        benchmarks::measure(name, std::vector<int>{0}, [&](int) { return run(); });
    };
    once("betweenness", [&] { return graph::betweenness(network, {})->size(); });
    once("closeness", [&] { return graph::closeness(network, {})->size(); });
    once("pagerank", [&] { return graph::pagerank(network, {})->size(); });
    once("communities", [&] { return graph::communities(network, {})->sizes.size(); });
    once("bridges", [&] { return graph::bridges(network)->size(); });
    once("cores", [&] { return graph::core_numbers(network)->size(); });
    once("layout", [&] { return graph::layout(network, {})->size(); });
}

int run(const std::filesystem::path& data, const std::filesystem::path& work) {
    benchmarks::load(data, work / "graph", benchmarks::Times::none);
    const auto store = benchmarks::open(work / "graph");
    const auto city = store->snapshot();
    traversals(*city, benchmarks::read_questions(data));
    analytics(partners(*city, 70, 50));
    analytics(partners(*city, 1'000, 50));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: analytics_bench DATA_DIR\n";
        return 2;
    }
    const auto work = std::filesystem::temp_directory_path() /
                      ("khom-analytics-bench-" + std::to_string(::getpid()));
    try {
        std::filesystem::create_directories(work);
        const auto code = run(argv[1], work);
        std::filesystem::remove_all(work);
        return code;
    } catch (const std::exception& fault) {
        std::cerr << "analytics_bench: " << fault.what() << '\n';
        std::filesystem::remove_all(work);
        return 3;
    }
}
