// The fast search for chains against the obvious one: walk every way, sort, take the first.

#include "query/chains.h"

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "graph/draft.h"
#include "graph/store.h"

namespace khom::query {
namespace {

using graph::Direction;
using graph::NodeId;
using ::testing::DoubleNear;
using ::testing::Eq;

/// A random graph: nodes 0 … count - 1, some of which are closed, parallel relationships and loops
/// included.
struct RandomGraph {
    std::unique_ptr<graph::Store> store = graph::Store::in_memory({});
    std::vector<NodeId> nodes;
    std::set<NodeId> closed;

    RandomGraph(std::mt19937& random, std::size_t count, std::size_t relationships) {
        const auto pick = [&] { return nodes[random() % nodes.size()]; };
        auto draft = store->begin();
        for (std::size_t i = 0; i < count; ++i) {
            nodes.push_back(*draft.create_node({"Place"}, {}));
        }
        for (std::size_t i = 0; i < relationships; ++i) {
            const auto from = pick(), to = pick();
            EXPECT_TRUE(draft.create_relationship(from, random() % 2 == 0 ? "A" : "B", to, {}));
        }
        EXPECT_TRUE(store->commit(std::move(draft), {"test", "test"}));
        for (std::size_t i = 0; i < count / 8; ++i) {
            closed.insert(pick());
        }
    }
};

/// Any positive number that depends on the relationship alone; some may not be walked.
double cost_of(const graph::Adjacent& adjacent) {
    const auto seed = graph::number(adjacent.relationship) * 2654435761U % 1000;
    return seed < 100 ? std::numeric_limits<double>::infinity()
                      : 0.1 + static_cast<double>(seed) / 100;
}

/// All ways without a repeated node, cheapest of each sequence of nodes.
class Slow {
  public:
    Slow(const graph::Snapshot& graph, const ChainRequest& request)
        : graph_(graph), request_(request) {
        way_ = {request.source};
        walk(0);
    }
    std::vector<double> costs() const {
        std::vector<double> all;
        for (const auto& [nodes, cost] : best_) {
            all.push_back(cost);
        }
        std::sort(all.begin(), all.end());
        all.resize(std::min(all.size(), request_.count));
        return all;
    }

  private:
    void walk(double cost) {
        const auto at = way_.back();
        if (at == request_.target) {
            const auto [found, is_new] = best_.emplace(way_, cost);
            found->second = std::min(found->second, cost);
            return;
        }
        if (way_.size() > request_.max_hops) {
            return;
        }
        for (const auto direction : {Direction::out, Direction::in}) {
            for (const auto& adjacent : graph_.adjacent(at, direction)) {
                const auto next = adjacent.neighbour;
                const bool open = next == request_.target || request_.passable(next);
                const bool known = std::find(way_.begin(), way_.end(), next) != way_.end();
                const auto step = request_.cost(at, direction, adjacent);
                if (open && !known && std::isfinite(step)) {
                    way_.push_back(next);
                    walk(cost + step);
                    way_.pop_back();
                }
            }
        }
    }

    const graph::Snapshot& graph_;
    const ChainRequest& request_;
    std::vector<NodeId> way_;
    std::map<std::vector<NodeId>, double> best_;
};

void expect_sound(const ChainRequest& request, const std::vector<Chain>& chains) {
    std::set<std::vector<NodeId>> distinct;
    for (const auto& chain : chains) {
        ASSERT_FALSE(chain.links.empty());
        EXPECT_THAT(chain.links.front().from, Eq(request.source));
        EXPECT_THAT(chain.links.back().to, Eq(request.target));
        EXPECT_LE(chain.links.size(), request.max_hops);
        std::vector<NodeId> nodes = {request.source};
        for (const auto& link : chain.links) {
            EXPECT_THAT(link.from, Eq(nodes.back()));
            nodes.push_back(link.to);
        }
        EXPECT_THAT(std::set(nodes.begin(), nodes.end()).size(), Eq(nodes.size()));
        EXPECT_TRUE(distinct.insert(nodes).second) << "the same nodes twice";
    }
}

TEST(Chains, AreThoseThatTheObviousSearchFinds) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::size_t found = 0;
    for (int round = 0; round < 150; ++round) {
        const std::size_t count = 4 + random() % 12;
        const RandomGraph world(random, count, count + random() % (2 * count));
        const auto snapshot = world.store->snapshot();
        ChainRequest request;
        request.source = world.nodes[0];
        request.target = world.nodes[1];
        request.max_hops = 1 + random() % 6;
        request.count = 1 + random() % 8;
        request.passable = [&](NodeId node) { return !world.closed.contains(node); };
        request.cost = [](NodeId, Direction, const graph::Adjacent& adjacent) {
            return cost_of(adjacent);
        };

        const auto chains = cheapest_chains(*snapshot, request);
        const auto expected = Slow(*snapshot, request).costs();

        ASSERT_TRUE(chains);
        ASSERT_THAT(chains->size(), Eq(expected.size()));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_THAT((*chains)[i].cost, DoubleNear(expected[i], 1e-9));
        }
        expect_sound(request, *chains);
        found += chains->size();
    }
    EXPECT_GT(found, 100U);
}

TEST(Chains, AreRefusedWhenThereIsTooMuchToLookAt) {
    std::mt19937 random(1);
    const RandomGraph world(random, 50, 400);
    ChainRequest request;
    request.source = world.nodes[0];
    request.target = world.nodes[1];
    request.max_hops = 6;
    request.passable = [](NodeId) { return true; };
    request.cost = [](NodeId, Direction, const graph::Adjacent&) { return 1.0; };
    request.most_looked_at = 100;

    const auto chains = cheapest_chains(*world.store->snapshot(), request);

    ASSERT_FALSE(chains);
    EXPECT_THAT(chains.error().code, Eq(graph::RefusalCode::limit_exceeded));
}

}  // namespace
}  // namespace khom::query
