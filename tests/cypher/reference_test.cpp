// The engine against a matcher that tries everything, and against itself: statements that must
// agree however they are written. The number of statements is KHOM_STATEMENTS (10,000 by default),
// the seed KHOM_SEED.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/cypher/reference.h"
#include "tests/testing/scratch_graph.h"

namespace khom {
namespace {

using reference::Bag;
using reference::Graph;
using reference::Pattern;
using testing::ScratchGraph;

std::uint64_t number_from(const char* name, std::uint64_t preset) {
    const auto* text = std::getenv(name);
    return text == nullptr ? preset : std::strtoull(text, nullptr, 10);
}

class World {
  public:
    explicit World(const Graph& graph) : graph_(graph) { scratch_.must(graph.statement()); }

    std::size_t asked() const { return asked_; }

    Bag ask(const std::string& statement) {
        ++asked_;
        const auto rows = scratch_.run(statement);
        if (!rows) {
            ADD_FAILURE() << rows.error().message << "\n" << about(statement);
            return {};
        }
        auto bag = scratch_.lines(*rows);
        std::ranges::sort(bag);
        return bag;
    }

    std::vector<std::string> in_order(const std::string& statement) {
        ++asked_;
        return scratch_.lines(scratch_.must(statement));
    }

    std::string about(const std::string& statement) const {
        return statement + "\non " + graph_.statement();
    }

  private:
    Graph graph_;
    ScratchGraph scratch_;
    std::size_t asked_ = 0;
};

Bag together(Bag one, const Bag& other) {
    one.insert(one.end(), other.begin(), other.end());
    std::ranges::sort(one);
    return one;
}

std::string match(const Pattern& pattern, const std::string& where = {}) {
    return "MATCH " + pattern.text() + (where.empty() ? "" : " WHERE " + where) + " RETURN " +
           columns(pattern);
}

void check_against_brute_force(World& world, const Graph& graph, const Pattern& pattern,
                               const reference::Predicate& predicate) {
    const auto plain = match(pattern);
    EXPECT_EQ(world.ask(plain), matches(graph, pattern, std::nullopt)) << world.about(plain);
    const auto filtered = match(pattern, predicate.text());
    EXPECT_EQ(world.ask(filtered), matches(graph, pattern, predicate)) << world.about(filtered);
}

/// Every row is kept by exactly one of a predicate, its negation, and its being unknown.
void check_partition(World& world, const Pattern& pattern, const std::string& predicate) {
    const auto all = world.ask(match(pattern));
    const auto parts = together(together(world.ask(match(pattern, predicate)),
                                         world.ask(match(pattern, "NOT (" + predicate + ")"))),
                                world.ask(match(pattern, "(" + predicate + ") IS NULL")));
    EXPECT_EQ(all, parts) << world.about(match(pattern, predicate));
}

void check_reversed(World& world, const Pattern& pattern) {
    std::string ids;
    for (const auto variable : pattern.variables())
        ids += (ids.empty() ? "" : ", ") + std::string("id(v") + std::to_string(variable) + ")";
    const auto forwards = "MATCH " + pattern.text() + " RETURN " + ids;
    const auto backwards = "MATCH " + pattern.reversed().text() + " RETURN " + ids;
    EXPECT_EQ(world.ask(forwards), world.ask(backwards)) << world.about(forwards);
}

/// A row of an undirected step is one of either direction, and a loop one of both.
void check_both_directions(World& world) {
    const auto both = world.ask("MATCH (a)-[r]-(b) RETURN id(a), id(r), id(b)");
    const auto out = world.ask("MATCH (a)-[r]->(b) RETURN id(a), id(r), id(b)");
    const auto in = world.ask("MATCH (a)<-[r]-(b) WHERE a <> b RETURN id(a), id(r), id(b)");
    EXPECT_EQ(both, together(out, in)) << world.about("(a)-[r]-(b)");
}

void check_split_lengths(World& world) {
    const auto of = [&](const std::string& hops) {
        return world.ask("MATCH (a)-[r*" + hops + "]->(b) RETURN id(a), [x IN r | id(x)], id(b)");
    };
    EXPECT_EQ(of("1..3"), together(together(of("1"), of("2")), of("3"))) << world.about("*1..3");
}

void check_pages(World& world, const Pattern& pattern) {
    const auto ordered = "MATCH " + pattern.text() + " WITH [" + columns(pattern) +
                         "] AS row RETURN row ORDER BY row";
    const auto all = world.in_order(ordered);
    std::vector<std::string> pages;
    const auto size = all.size() / 3 + 1;
    for (std::size_t skip = 0; skip < all.size() + size; skip += size) {
        const auto page = " SKIP " + std::to_string(skip) + " LIMIT " + std::to_string(size);
        for (auto& line : world.in_order(ordered + page)) pages.push_back(std::move(line));
    }
    EXPECT_EQ(all, pages) << world.about(ordered);
}

/// Each node once for each of its matches, and once if it has none.
void check_optional(World& world, const std::string& step) {
    const auto optional =
        world.ask("MATCH (a) OPTIONAL MATCH (a)" + step + "(b) RETURN id(a), id(b)");
    const auto matched = world.ask("MATCH (a)" + step + "(b) RETURN id(a), id(b)");
    const auto alone = world.ask("MATCH (a) WHERE NOT (a)" + step + "() RETURN id(a), null");
    EXPECT_EQ(optional, together(matched, alone)) << world.about(step);
}

void check_distinct(World& world, const Pattern& pattern) {
    const auto first = "id(v" + std::to_string(pattern.variables()[0]) + ")";
    auto bag = world.ask("MATCH " + pattern.text() + " RETURN " + first);
    bag.erase(std::unique(bag.begin(), bag.end()), bag.end());
    EXPECT_EQ(bag, world.ask("MATCH " + pattern.text() + " RETURN DISTINCT " + first))
        << world.about(pattern.text());
    const auto counted =
        world.ask("MATCH " + pattern.text() + " RETURN count(DISTINCT " + first + ")");
    EXPECT_EQ(counted, Bag{std::to_string(bag.size())}) << world.about(pattern.text());
}

TEST(Reference, TheEngineAgreesWithBruteForceAndWithItself) {
    const auto wanted = number_from("KHOM_STATEMENTS", 10000);
    const auto seed = number_from("KHOM_SEED", std::random_device()());
    std::cout << "KHOM_SEED=" << seed << "\n";
    std::mt19937_64 random(seed);
    std::size_t asked = 0;
    while (asked < wanted && !::testing::Test::HasFailure()) {
        const auto graph = reference::random_graph(random);
        World world(graph);
        check_both_directions(world);
        check_split_lengths(world);
        check_optional(world, random() % 2 == 0 ? "-[:T]->" : "<-[:U]-");
        for (int i = 0; i < 6; ++i) {
            const auto pattern = reference::random_pattern(random);
            const auto predicate = reference::random_predicate(random, pattern);
            check_against_brute_force(world, graph, pattern, predicate);
            check_partition(world, pattern, predicate.text());
            check_reversed(world, pattern);
            check_pages(world, pattern);
            check_distinct(world, pattern);
        }
        asked += world.asked();
    }
    std::cout << asked << " statements\n";
    EXPECT_GE(asked, wanted);
}

}  // namespace
}  // namespace khom
