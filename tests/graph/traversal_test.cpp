#include "tests/oracles/traversal_oracle.h"

#include <chrono>
#include <numeric>

#include "graph/traversal/components.h"
#include "graph/traversal/informative.h"
#include "graph/traversal/neighbourhood.h"
#include "graph/traversal/shortest.h"
#include "tests/oracles/generated_graph.h"

namespace khom::graph {
namespace {

using oracles::TraversalOracle;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

constexpr std::uint32_t any = std::numeric_limits<std::uint32_t>::max();

/// One random question: a graph, a filter and two nodes.
struct Question {
    std::shared_ptr<const Snapshot> graph;
    TraversalFilter filter;
    Ends ends;
};

Question drawn(std::mt19937_64& random, oracles::GraphShape shape) {
    const auto one_in = [&](int n) {
        return std::uniform_int_distribution<int>(0, n - 1)(random) == 0;
    };
    Question question;
    question.graph = oracles::generated_graph(random, shape);
    auto& filter = question.filter;
    if (one_in(2)) filter.direction = one_in(2) ? Direction::out : Direction::in;
    if (one_in(3)) filter.types = {TypeId{0}};
    if (one_in(5)) filter.types = {TypeId{2}, TypeId{1}};
    if (one_in(4)) filter.labels = {LabelId{1}, LabelId{2}};
    if (one_in(4)) filter.certainties = {"stated", "inferred"};
    if (one_in(3)) filter.window = *parse_window("2021", "2023-06");
    if (one_in(2)) filter.undated = Undated::stop;
    const auto nodes = question.graph->nodes();
    const auto pick = [&] {
        return nodes[std::uniform_int_distribution<std::size_t>(0, nodes.size() - 1)(random)];
    };
    if (one_in(4)) filter.avoid = {pick(), pick()};
    question.ends = {pick(), pick()};
    return question;
}

/// Asks `check` of many questions, over one scratch, and says the seed where it fails.
template <class Check>
void over_generated_graphs(int rounds, Check&& check) {
    const auto seed = oracles::seed();
    std::mt19937_64 random(seed);
    Scratch scratch;
    for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
        SCOPED_TRACE("KHOM_SEED=" + std::to_string(seed) + ", round " + std::to_string(round));
        const auto question = drawn(random, {4 + round % 12, 3 + round % 40});
        check(scratch, question, TraversalOracle(*question.graph, question.filter));
    }
}

TEST(Neighbourhood, ReachesWhatItsTwinReachesWithTheSameHops) {
    over_generated_graphs(
        600, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            const auto all = *neighbourhood(scratch, *question.graph, question.ends.from,
                                            question.filter, {any}, {});
            std::map<NodeId, std::uint32_t> hops;
            for (const auto& reached : all.reached) hops[reached.node] = reached.hops;
            EXPECT_EQ(hops, oracle.hops(question.ends.from));
            EXPECT_EQ(hops.size(), all.reached.size());
            EXPECT_TRUE(std::ranges::is_sorted(all.reached, {}, &Reached::hops));
            for (const auto& reached : all.reached.subspan(1)) {
                EXPECT_EQ(all.reached[reached.parent].hops + 1, reached.hops);
            }
        });
}

TEST(Neighbourhood, StopsAtItsDepthAndAtItsLimit) {
    over_generated_graphs(200, [](Scratch& scratch, const Question& question,
                                  const TraversalOracle& oracle) {
        const auto near = *neighbourhood(scratch, *question.graph, question.ends.from,
                                         question.filter, {2, 3}, {});
        const auto within = std::ranges::count_if(
            oracle.hops(question.ends.from), [](const auto& pair) { return pair.second <= 2; });
        EXPECT_EQ(near.reached.size(), std::min<std::size_t>(4, static_cast<std::size_t>(within)));
        EXPECT_EQ(near.truncated, within > 4);
    });
}

TEST(CountEnds, CountsWhatItsTwinCounts) {
    over_generated_graphs(
        600, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            for (std::uint32_t hops = 1; hops <= 4; ++hops) {
                EXPECT_EQ(*count_ends(scratch, *question.graph, question.ends.from, question.filter,
                                      hops, {}),
                          oracle.count_ends(question.ends.from, hops));
            }
        });
}

TEST(Sharing, CountsDistinctThingsSharedAsItsTwinDoes) {
    over_generated_graphs(600, [](Scratch& scratch, const Question& question,
                                  const TraversalOracle& oracle) {
        for (const std::uint32_t at_least : {1U, 2U}) {
            const auto shared = *sharing(scratch, *question.graph, question.ends.from,
                                         question.filter, {at_least}, {});
            std::map<NodeId, std::uint32_t> counts;
            for (const auto& other : shared) counts[other.node] = other.count;
            auto expected = oracle.sharing(question.ends.from);
            std::erase_if(expected, [&](const auto& pair) { return pair.second < at_least; });
            EXPECT_EQ(counts, expected);
            EXPECT_TRUE(std::ranges::is_sorted(shared, [](const Shared& one, const Shared& other) {
                return one.count != other.count ? one.count > other.count : one.node < other.node;
            }));
        }
    });
}

/// All shortest of the simple paths, by the numbers of their relationships.
std::vector<std::vector<RelationshipId>> shortest_of(std::vector<Path> paths) {
    std::vector<std::vector<RelationshipId>> shortest;
    std::size_t least = any;
    for (const auto& path : paths) least = std::min(least, path.relationships.size());
    for (const auto& path : paths) {
        if (path.relationships.size() == least) shortest.push_back(path.relationships);
    }
    std::ranges::sort(shortest);
    return shortest;
}

TEST(ShortestPath, IsOneOfItsTwinsShortestPaths) {
    over_generated_graphs(
        600, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            for (const std::uint32_t most : {1U, 3U, 6U}) {
                const auto expected =
                    shortest_of(oracle.simple_paths(question.ends.from, question.ends.to, most));
                const auto path = *shortest_path(scratch, *question.graph, question.ends,
                                                 question.filter, most, {});
                ASSERT_EQ(path.has_value(), !expected.empty());
                if (!path) continue;
                EXPECT_EQ(std::ranges::count(expected, path->relationships), 1);
                EXPECT_EQ(path->nodes.front(), question.ends.from);
                EXPECT_EQ(path->nodes.back(), question.ends.to);
                EXPECT_EQ(
                    **distance(scratch, *question.graph, question.ends, question.filter, most, {}),
                    path->relationships.size());
            }
        });
}

TEST(AllShortestPaths, AreThoseOfItsTwinInOrder) {
    over_generated_graphs(
        600, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            const auto expected =
                shortest_of(oracle.simple_paths(question.ends.from, question.ends.to, 5));
            const auto all = *all_shortest_paths(scratch, *question.graph, question.ends,
                                                 question.filter, 5, 1000, {});
            std::vector<std::vector<RelationshipId>> found;
            for (const auto& path : all.paths) found.push_back(path.relationships);
            EXPECT_EQ(found, expected);
            EXPECT_FALSE(all.truncated);
            const auto first = *all_shortest_paths(scratch, *question.graph, question.ends,
                                                   question.filter, 5, 1, {});
            EXPECT_EQ(first.truncated, expected.size() > 1);
        });
}

TEST(InformativePaths, CostWhatTheCheapestOfItsTwinCost) {
    over_generated_graphs(
        400, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            if (question.ends.from == question.ends.to) return;
            Informative wanted;
            wanted.k = 4;
            wanted.max_hops = 4;
            std::map<std::vector<NodeId>, double> cheapest;  // of parallel paths
            for (const auto& path : oracle.simple_paths(question.ends.from, question.ends.to, 4)) {
                const auto cost = path_cost(*question.graph, path, wanted.cost);
                const auto [at, added] = cheapest.emplace(path.nodes, cost);
                if (!added) at->second = std::min(at->second, cost);
            }
            std::vector<double> expected;
            for (const auto& [nodes, cost] : cheapest) expected.push_back(cost);
            std::ranges::sort(expected);
            expected.resize(std::min<std::size_t>(expected.size(), wanted.k));

            const auto found = *informative_paths(scratch, *question.graph, question.ends,
                                                  question.filter, wanted, {});
            std::vector<double> costs;
            for (const auto& one : found) {
                costs.push_back(one.cost);
                EXPECT_NEAR(one.cost, path_cost(*question.graph, one.path, wanted.cost), 1e-9);
                EXPECT_NEAR(one.cost, cheapest[one.path.nodes], 1e-9);
            }
            EXPECT_THAT(costs, Pointwise(DoubleNear(1e-9), expected));
        });
}

TEST(InformativePaths, GoRoundAHubThatExplainsNothing) {
    const auto store = Store::in_memory({});
    auto draft = store->begin();
    std::vector<NodeId> nodes;
    for (int i = 0; i < 60; ++i) nodes.push_back(*draft.create_node({"Place"}, {}));
    const auto join = [&](std::size_t one, std::size_t other) {
        ASSERT_TRUE(draft.create_relationship(nodes[one], "PART_OF", nodes[other], {}));
    };
    for (std::size_t leaf = 5; leaf < 60; ++leaf) join(leaf, 4);  // 4 is the hub
    join(0, 4), join(4, 3);
    join(0, 1), join(1, 2), join(2, 3);
    ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
    const auto snapshot = store->snapshot();
    Scratch scratch;

    const auto paths =
        *informative_paths(scratch, *snapshot, {nodes[0], nodes[3]}, {}, {2, 4, {}}, {});
    ASSERT_EQ(paths.size(), 2U);
    EXPECT_THAT(paths[0].path.nodes, ElementsAre(nodes[0], nodes[1], nodes[2], nodes[3]));
    EXPECT_THAT(paths[1].path.nodes, ElementsAre(nodes[0], nodes[4], nodes[3]));
}

TEST(Reachability, IsThatOfItsTwin) {
    over_generated_graphs(
        400, [](Scratch& scratch, const Question& question, const TraversalOracle& oracle) {
            if (!oracle.passes(question.ends.to)) return;  // the twin filters the goal too
            EXPECT_EQ(*is_reachable(scratch, *question.graph, question.ends, question.filter, {}),
                      oracle.hops(question.ends.from).contains(question.ends.to));
        });
}

TEST(ConnectedComponents, JoinWhatReachesEachOther) {
    over_generated_graphs(
        300, [](Scratch& scratch, const Question& question, const TraversalOracle&) {
            auto filter = question.filter;
            filter.direction = Direction::both;
            const TraversalOracle oracle(*question.graph, filter);
            const auto found = *connected_components(scratch, *question.graph, filter, {});
            for (const auto node : question.graph->nodes()) {
                const auto of = found.of[static_cast<std::size_t>(number(node))];
                ASSERT_EQ(of == Components::none, !oracle.passes(node));
                if (of == Components::none) continue;
                EXPECT_EQ(found.sizes[of], oracle.hops(node).size());
                for (const auto& [other, hops] : oracle.hops(node)) {
                    EXPECT_EQ(found.of[static_cast<std::size_t>(number(other))], of);
                }
            }
            EXPECT_TRUE(std::ranges::is_sorted(found.sizes, std::greater<>()));
        });
}

std::shared_ptr<const Snapshot> complete_graph(int size) {
    const auto store = Store::in_memory({});
    auto draft = store->begin();
    std::vector<NodeId> nodes;
    for (int i = 0; i < size; ++i) nodes.push_back(*draft.create_node({}, {}));
    for (const auto from : nodes) {
        for (const auto to : nodes) (void)draft.create_relationship(from, "T", to, {});
    }
    (void)store->commit(std::move(draft), {"test", ""});
    return store->snapshot();
}

RefusalCode refused_by(const Budget& budget) {
    const auto graph = complete_graph(80);
    Scratch scratch;
    const auto answer =
        informative_paths(scratch, *graph, {NodeId{0}, NodeId{1}}, {}, {1'000'000, 8, {}}, budget);
    return answer ? RefusalCode::gone : answer.error().code;
}

TEST(Budget, EndsATraversalWithTheReason) {
    Budget hops;
    hops.hops = 100'000;
    EXPECT_EQ(refused_by(hops), RefusalCode::limit_exceeded);
    Budget late;
    late.deadline = std::chrono::steady_clock::now();
    EXPECT_EQ(refused_by(late), RefusalCode::deadline_exceeded);
    const std::atomic<bool> gone = true;
    Budget cancelled;
    cancelled.cancelled = &gone;
    EXPECT_EQ(refused_by(cancelled), RefusalCode::cancelled);
}

TEST(Scratch, ServesGraphsOfEverySizeAndMoreRoundsThanItHasMarks) {
    const auto small = complete_graph(3);
    const auto large = complete_graph(40);
    Scratch scratch;
    for (int round = 0; round < 1000; ++round) {
        const auto& graph = round % 3 == 0 ? *large : *small;
        ASSERT_EQ(*count_ends(scratch, graph, NodeId{0}, {}, 2, {}), graph.node_count() - 1);
        ASSERT_EQ(sharing(scratch, graph, NodeId{0}, {}, {}, {})->size(), graph.node_count() - 1);
    }
}

TEST(CountEnds, RefusesOtherThanOneToSixHops) {
    Scratch scratch;
    const auto graph = complete_graph(3);
    EXPECT_EQ(count_ends(scratch, *graph, NodeId{0}, {}, 0, {}).error().parameter, "hops");
    EXPECT_EQ(count_ends(scratch, *graph, NodeId{0}, {}, 7, {}).error().parameter, "hops");
}

}  // namespace
}  // namespace khom::graph
