// A quantified path says no more than patterns that are written out: asked both ways on random
// graphs, both must give the same rows as a bag.

#include <algorithm>
#include <functional>
#include <random>

#include "tests/testing/scratch_graph.h"

namespace khom {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using testing::ScratchGraph;

using Lines = std::vector<std::string>;

Lines ask(ScratchGraph& graph, const std::string& statement) {
    auto lines = graph.lines(graph.must(statement));
    std::ranges::sort(lines);
    return lines;
}

Lines ask_all(ScratchGraph& graph, const std::vector<std::string>& statements) {
    Lines all;
    for (const auto& each : statements) {
        const auto lines = ask(graph, each);
        all.insert(all.end(), lines.begin(), lines.end());
    }
    std::ranges::sort(all);
    return all;
}

std::string random_graph(std::mt19937& random) {
    std::string text = "CREATE ";
    const auto nodes = 3 + random() % 3;
    for (unsigned i = 0; i < nodes; ++i) {
        text += std::string(i == 0 ? "" : ", ") + "(n" + std::to_string(i) +
                (random() % 2 == 0 ? ":A" : ":B") + " {n: " + std::to_string(i) + "})";
    }
    const auto relationships = 4 + random() % 4;
    for (unsigned i = 0; i < relationships; ++i) {
        text += ", (n" + std::to_string(random() % nodes) +
                ")-[:" + (random() % 3 == 0 ? "Y" : "X") + " {r: " + std::to_string(i) + "}]->(n" +
                std::to_string(random() % nodes) + ")";
    }
    return text;
}

const std::string sides = "RETURN s.n, [r IN x | r.r], e.n";

/// The statement that made a graph is shown where an expectation fails.
void on_random_graphs(const std::function<void(ScratchGraph&)>& expect) {
    std::mt19937 random(std::random_device{}());
    for (int i = 0; i < 40; ++i) {
        ScratchGraph graph;
        const auto made = random_graph(random);
        SCOPED_TRACE(made);
        graph.must(made);

        expect(graph);
    }
}

TEST(QuantifiedPath, OfOneStepIsAVariableLength) {
    on_random_graphs([](ScratchGraph& graph) {
        EXPECT_THAT(ask(graph, "MATCH (s)((a)-[x:X]->(b)){1,3}(e) " + sides),
                    Eq(ask(graph, "MATCH (s)-[x:X*1..3]->(e) " + sides)));
        EXPECT_THAT(ask(graph, "MATCH (s)((a)-[x:X]->(b))*(e:A) " + sides),
                    Eq(ask(graph, "MATCH (s)-[x:X*0..]->(e:A) " + sides)));
        EXPECT_THAT(ask(graph, "MATCH (s:B)((a)-[x]-(b)){2}(e {n: 1}) " + sides),
                    Eq(ask(graph, "MATCH (s:B)-[x*2]-(e {n: 1}) " + sides)));
    });
}

TEST(QuantifiedPath, OfTwoStepsIsThePatternWrittenOut) {
    on_random_graphs([](ScratchGraph& graph) {
        EXPECT_THAT(
            ask(graph,
                "MATCH (s)((a)-[x:X]->(b:A)<-[y]-(c) WHERE a.n <> c.n){1,2}(e) "
                "RETURN s.n, [n IN a | n.n], [n IN b | n.n], [r IN x | r.r], [r IN y | r.r], e.n"),
            Eq(ask_all(graph,
                       {"MATCH (s)-[x:X]->(b:A)<-[y]-(e) WHERE s.n <> e.n "
                        "RETURN s.n, [s.n], [b.n], [x.r], [y.r], e.n",
                        "MATCH (s)-[x:X]->(b:A)<-[y]-(m)-[z:X]->(d:A)<-[w]-(e) "
                        "WHERE s.n <> m.n AND m.n <> e.n "
                        "RETURN s.n, [s.n, m.n], [b.n, d.n], [x.r, z.r], [y.r, w.r], e.n"})));
    });
}

TEST(QuantifiedPath, UsesNoRelationshipThatThePatternUsesElsewhere) {
    on_random_graphs([](ScratchGraph& graph) {
        EXPECT_THAT(ask(graph,
                        "MATCH (s)-[f]->(m)((a)-[x]->(b)){1,2}(e), (e)-[l]-() "
                        "RETURN f.r, [r IN x | r.r], l.r"),
                    Eq(ask(graph,
                           "MATCH (s)-[f]->(m)-[x*1..2]->(e), (e)-[l]-() "
                           "RETURN f.r, [r IN x | r.r], l.r")));
    });
}

TEST(QuantifiedPath, IsWalkedFromEitherEnd) {
    ScratchGraph graph;
    graph.must(
        "CREATE (:S {n: 0})-[:X {r: 1}]->({n: 1})-[:Y {r: 2}]->({n: 2})-[:X {r: 3}]->({n: 3})"
        "-[:Y {r: 4}]->(:E {n: 4})");
    const std::string walked =
        "((a)-[x:X]->(b)-[y:Y]->(c)){1,3}(e:E) "
        "RETURN [n IN a | n.n], [r IN x | r.r], [r IN y | r.r], [n IN c | n.n]";
    const auto whole = "[0, 2] | [1, 3] | [2, 4] | [2, 4]";

    EXPECT_THAT(ask(graph, "MATCH (s:S)" + walked), ElementsAre(whole));
    EXPECT_THAT(ask(graph, "MATCH (s {n: 0})" + walked), ElementsAre(whole));
    EXPECT_THAT(ask(graph, "MATCH " + walked), ElementsAre(whole, "[2] | [3] | [4] | [4]"));
}

TEST(QuantifiedPath, GivesThePathAndNoListsWhereItIsNotWalked) {
    ScratchGraph graph;
    graph.must("CREATE ({n: 0})-[:X]->({n: 1})-[:X]->({n: 2})");

    EXPECT_THAT(ask(graph,
                    "MATCH p = (s {n: 0})((a)-[:X]->(b)){0,2}(e) "
                    "RETURN [n IN nodes(p) | n.n], [n IN a | n.n], e.n"),
                ElementsAre("[0, 1, 2] | [0, 1] | 2", "[0, 1] | [0] | 1", "[0] | [] | 0"));
    EXPECT_THAT(ask(graph, "OPTIONAL MATCH (s {n: 2})((a)-[:X]->(b))+(e) RETURN a, e"),
                ElementsAre("null | null"));
    EXPECT_THAT(ask(graph, "MATCH (s) WHERE EXISTS { (s)(()-[:X]->()){2}({n: 2}) } RETURN s.n"),
                ElementsAre("0"));
    EXPECT_THAT(ask(graph, "MATCH (s {n: 0}) RETURN COUNT { (s)((a)-->(b)){1,2}(e) }"),
                ElementsAre("2"));
}

TEST(QuantifiedPath, SeesWhatTheClausesBeforeSaidAndNothingOfThePatternAround) {
    ScratchGraph graph;
    graph.must("CREATE ({n: 0})-[:X]->({n: 1})-[:X]->({n: 2})");

    EXPECT_THAT(
        ask(graph, "WITH 1 AS least MATCH (s)((a)-[:X]->(b) WHERE b.n > least)+(e) RETURN e.n"),
        ElementsAre("2"));
    const auto refused = [&](const std::string& statement) {
        const auto rows = graph.run(statement);
        return rows ? std::string("taken") : rows.error().detail;
    };
    EXPECT_THAT(refused("MATCH (s)((a)-->(b) WHERE s.n = 0)+(e) RETURN e"),
                Eq("UndefinedVariable"));
    EXPECT_THAT(refused("MATCH (a) MATCH ((a)-->(b))+ RETURN b"), Eq("VariableAlreadyBound"));
    EXPECT_THAT(refused("MATCH (a)((a)-->(b))+ RETURN b"), Eq("VariableAlreadyBound"));
    EXPECT_THAT(refused("MATCH ((a)-->(b))+ WHERE a.n = 0 RETURN b"), Eq("InvalidArgumentType"));
    EXPECT_THAT(refused("CREATE ((a)-[:X]->(b)){2}"), Eq("CreatingVarLength"));
    EXPECT_THAT(refused("MATCH ((a)-[*]->(b))+ RETURN b"), Eq("UnexpectedSyntax"));
    EXPECT_THAT(refused("MATCH (((a)-->(b))+){2} RETURN b"), Eq("UnexpectedSyntax"));
    EXPECT_THAT(refused("MATCH ((a)){2} RETURN a"), Eq("UnexpectedSyntax"));
    EXPECT_THAT(refused("MATCH ANY SHORTEST ((a)-->(b)-->(c))+ RETURN a"), Eq("UnexpectedSyntax"));
}

TEST(QuantifiedPath, ShowsWhatIsInsideInThePlan) {
    ScratchGraph graph;

    const auto plan = graph.plan("MATCH (s:S)((a)-[:X]->(b)-[:Y]->(c)){1,3}(e) RETURN a, e");

    EXPECT_THAT(plan, HasSubstr("Repeat (s)*1..3(e)"));
    EXPECT_THAT(plan, HasSubstr("  Expand (b)-["));
}

}  // namespace
}  // namespace khom
