#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "graph/analytics/centrality.h"
#include "graph/analytics/layout.h"
#include "graph/analytics/projection.h"
#include "graph/analytics/structure.h"
#include "tests/oracles/generated_graph.h"
#include "tests/testing/paths.h"

namespace khom::graph {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

struct Network {
    WeightedGraph graph;
    std::vector<std::uint32_t> groups;
};

/// Sparse or dense, in several parts as it happens, with nodes alone.
Network drawn(std::mt19937_64& random) {
    const auto below = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    Network network;
    network.graph.node_count = 2 + below(30);
    const auto density = 1 + below(8);
    for (std::uint32_t one = 0; one < network.graph.node_count; ++one) {
        network.groups.push_back(static_cast<std::uint32_t>(below(4)));
        for (auto other = one + 1; other < network.graph.node_count; ++other) {
            if (below(network.graph.node_count) < density / 2 + below(2)) {
                network.graph.edges.push_back({one, other, static_cast<double>(1 + below(5))});
            }
        }
    }
    return network;
}

template <class Values>
std::vector<double> as_doubles(const Values& values) {
    return std::vector<double>(values.begin(), values.end());
}

/// Everything we say of a network, by the names of the twin in Python.
std::map<std::string, std::vector<double>> measures(const Network& network) {
    const auto& graph = network.graph;
    std::vector<double> is_bridge(graph.edges.size(), 0), is_point(graph.node_count, 0);
    const auto edges = *bridges(graph);
    for (const auto edge : edges) is_bridge[edge] = 1;
    const auto points = *articulation_points(graph);
    for (const auto node : points) is_point[node] = 1;
    return {{"degree", as_doubles(*degrees(graph))},
            {"strength", *strengths(graph)},
            {"betweenness", *betweenness(graph, {})},
            {"closeness", *closeness(graph, {})},
            {"pagerank", *pagerank(graph, {})},
            {"core", as_doubles(*core_numbers(graph))},
            {"bridges", is_bridge},
            {"articulation", is_point},
            {"modularity", {communities(graph, {})->modularity}},
            {"assortativity", {*assortativity(graph, network.groups)}}};
}

void write(std::ostream& out, const Network& network) {
    const auto& graph = network.graph;
    out << graph.node_count << ' ' << graph.edges.size() << '\n';
    for (const auto group : network.groups) out << group << ' ';
    out << '\n';
    const auto found = *communities(graph, {});
    for (const auto of : found.of) out << of << ' ';
    out << '\n';
    for (const auto& edge : graph.edges) {
        out << edge.one << ' ' << edge.other << ' ' << edge.weight << '\n';
    }
}

/// What a command prints; empty where it fails.
std::string output_of(const std::string& command) {
    std::string all;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return all;
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
        all.append(buffer, n);
    }
    return ::pclose(pipe) == 0 ? all : std::string();
}

TEST(Measures, AgreeWithNetworkxToNineDigits) {
    const std::string python = "/usr/bin/python3";  // Debian's, which sees Debian's packages
    if (output_of(python + " -c 'import networkx; print(1)' 2>/dev/null").empty()) {
        GTEST_SKIP() << "python3-networkx is not installed (packages.txt, test:)";
    }
    const auto seed = oracles::seed();
    SCOPED_TRACE("KHOM_SEED=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    std::vector<Network> networks;
    for (int i = 0; i < 60; ++i) networks.push_back(drawn(random));
    auto name = (std::filesystem::temp_directory_path() / "khom-networks-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    const auto file = std::filesystem::path(name) / "networks.txt";
    {
        std::ofstream out(file);
        for (const auto& network : networks) write(out, network);
    }

    std::istringstream lines(output_of(python + " '" + testing::source_dir() +
                                       "/tests/oracles/networkx_oracle.py' " + file.string()));
    std::filesystem::remove_all(name);
    for (const auto& network : networks) {
        const auto ours = measures(network);
        for (std::size_t i = 0; i < ours.size(); ++i) {
            std::string line, measure;
            ASSERT_TRUE(std::getline(lines, line));
            std::istringstream words(line);
            words >> measure;
            std::vector<double> theirs;
            for (double value = 0; words >> value;) theirs.push_back(value);
            EXPECT_THAT(ours.at(measure), Pointwise(DoubleNear(1e-9), theirs)) << measure;
        }
    }
}

WeightedGraph two_triangles_and_one_alone() {
    return {7, {{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}}};
}

TEST(Measures, TellWhereANetworkFallsApart) {
    const auto graph = two_triangles_and_one_alone();

    EXPECT_THAT(*bridges(graph), ElementsAre(3));
    EXPECT_THAT(*articulation_points(graph), ElementsAre(2, 3));
    EXPECT_THAT(*core_numbers(graph), ElementsAre(2, 2, 2, 2, 2, 2, 0));
    EXPECT_THAT(communities(graph, {})->of, ElementsAre(0, 0, 0, 1, 1, 1, 2));
    EXPECT_THAT(communities(graph, {})->sizes, ElementsAre(3, 3, 1));
}

TEST(Measures, OfGroupsAddUp) {
    const auto graph = two_triangles_and_one_alone();

    const auto matrix = *mixing_matrix(graph, {0, 0, 0, 1, 1, 1, 1});
    EXPECT_THAT(matrix, ElementsAre(ElementsAre(3, 1), ElementsAre(1, 3)));
    EXPECT_NEAR(*assortativity(graph, {0, 0, 0, 1, 1, 1, 1}), 5.0 / 7, 1e-12);
    EXPECT_EQ(*assortativity(graph, {0, 0, 0, 0, 0, 0, 0}), 0) << "one group only says nothing";
}

TEST(Measures, OfNothingAreEmpty) {
    for (const std::size_t nodes : {0U, 1U, 2U}) {
        const WeightedGraph graph{nodes, {}};
        EXPECT_EQ(*betweenness(graph, {}), std::vector<double>(nodes, 0));
        EXPECT_EQ(*closeness(graph, {}), std::vector<double>(nodes, 0));
        EXPECT_EQ(pagerank(graph, {})->size(), nodes);
        EXPECT_EQ(communities(graph, {})->sizes.size(), nodes);
        EXPECT_EQ(layout(graph, {})->size(), nodes);
        EXPECT_EQ(*assortativity(graph, std::vector<std::uint32_t>(nodes, 0)), 0);
    }
}

TEST(Measures, RefuseWhatIsNoSimpleNetwork) {
    const auto refusal = [](const WeightedGraph& graph) {
        return betweenness(graph, {}).error().code;
    };
    EXPECT_EQ(refusal({2, {{0, 0, 1}}}), RefusalCode::argument_error);
    EXPECT_EQ(refusal({2, {{0, 2, 1}}}), RefusalCode::argument_error);
    EXPECT_EQ(refusal({2, {{0, 1, 0}}}), RefusalCode::argument_error);
    EXPECT_EQ(refusal({2, {{0, 1, 1}, {1, 0, 1}}}), RefusalCode::argument_error);
    EXPECT_EQ(refusal({100'001, {}}), RefusalCode::limit_exceeded);
    EXPECT_EQ(layout({5'001, {}}, {}).error().code, RefusalCode::limit_exceeded);
    EXPECT_EQ(assortativity({2, {}}, {1}).error().code, RefusalCode::argument_error);
    EXPECT_EQ(mixing_matrix({1, {}}, {1'000}).error().code, RefusalCode::limit_exceeded);
}

WeightedGraph ring(std::uint32_t nodes, std::uint32_t chords) {
    WeightedGraph graph{nodes, {}};
    for (std::uint32_t i = 0; i < nodes; ++i) {
        for (std::uint32_t chord = 1; chord <= chords; ++chord) {
            graph.edges.push_back({i, (i + chord * chord) % nodes, 1});
        }
    }
    return graph;
}

TEST(Measures, EndWithTheirBudget) {
    Budget budget;
    budget.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(30);
    EXPECT_EQ(betweenness(ring(5000, 4), budget).error().code, RefusalCode::deadline_exceeded);
    EXPECT_EQ(layout(ring(200, 3), budget).error().code, RefusalCode::deadline_exceeded);
    const std::atomic<bool> gone = true;
    Budget cancelled;
    cancelled.cancelled = &gone;
    EXPECT_EQ(pagerank(ring(10, 1), cancelled).error().code, RefusalCode::cancelled);
    EXPECT_TRUE(pagerank(ring(10, 1), {})) << "the next one is served";
}

TEST(Measures, AreTheSameFromManyThreads) {
    const auto graph = ring(60, 3);
    const auto expected = *layout(graph, {});
    const auto of = communities(graph, {})->of;
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round) {
                right += *layout(graph, {}) == expected && communities(graph, {})->of == of;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 20);
}

TEST(Layout, IsTheSameOnEveryRunAndStaysOnThePage) {
    const auto seed = oracles::seed();
    SCOPED_TRACE("KHOM_SEED=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    for (int i = 0; i < 40; ++i) {
        const auto graph = i == 0 ? ring(300, 2) : drawn(random).graph;
        const auto spots = *layout(graph, {});
        EXPECT_EQ(spots, *layout(graph, {}));
        for (const auto& spot : spots) {
            EXPECT_TRUE(spot.x >= 0 && spot.x <= 1 && spot.y >= 0 && spot.y <= 1)
                << spot.x << ' ' << spot.y;
        }
        for (std::size_t one = 0; one < spots.size(); ++one) {
            for (std::size_t other = one + 1; other < spots.size(); ++other) {
                EXPECT_NE(spots[one], spots[other]) << "two nodes on one spot";
            }
        }
    }
}

TEST(Projection, LinksWhatSharesSomethingAndKeepsWhat) {
    const std::vector<Incidence> incidences{{0, 7, RelationshipId{1}}, {1, 7, RelationshipId{2}},
                                            {2, 7, RelationshipId{3}}, {0, 8, RelationshipId{4}},
                                            {1, 8, RelationshipId{5}}, {1, 8, RelationshipId{6}},
                                            {3, 9, RelationshipId{7}}};

    EXPECT_THAT(*project(incidences, 100),
                ElementsAre(ProjectedEdge{0, 1, {7, 8}}, ProjectedEdge{0, 2, {7}},
                            ProjectedEdge{1, 2, {7}}));
    EXPECT_EQ(project(incidences, 3).error().code, RefusalCode::limit_exceeded);
    EXPECT_THAT(weighted(4, *project(incidences, 100)).edges,
                ElementsAre(WeightedEdge{0, 1, 2}, WeightedEdge{0, 2, 1}, WeightedEdge{1, 2, 1}));
}

TEST(Projection, CountsWhatItsTwinCountsPairByPair) {
    const auto seed = oracles::seed();
    SCOPED_TRACE("KHOM_SEED=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint32_t n) {
        return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random);
    };
    for (int round = 0; round < 100; ++round) {
        std::vector<Incidence> incidences;
        std::map<std::uint32_t, std::set<std::uint32_t>> takes_part;
        for (std::uint32_t i = 0; i < 40; ++i) {
            incidences.push_back({below(8), below(10), RelationshipId{i}});
            takes_part[incidences.back().node].insert(incidences.back().via);
        }
        std::vector<ProjectedEdge> expected;
        for (std::uint32_t one = 0; one < 8; ++one) {
            for (auto other = one + 1; other < 8; ++other) {
                std::vector<std::uint32_t> shared;
                std::ranges::set_intersection(takes_part[one], takes_part[other],
                                              std::back_inserter(shared));
                if (!shared.empty()) expected.push_back({one, other, shared});
            }
        }
        EXPECT_EQ(*project(incidences, 10'000), expected);
    }
}

}  // namespace
}  // namespace khom::graph
