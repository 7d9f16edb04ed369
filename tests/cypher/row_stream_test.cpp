#include "query/row_stream.h"

#include <atomic>

#include "query/standard_procedures.h"
#include "tests/testing/scratch_graph.h"

namespace khom::query {
namespace {

using khom::testing::ScratchGraph;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;

graph::Result<std::unique_ptr<RowStream>> open(const ScratchGraph& graph, std::string_view text,
                                               Run run = {}) {
    const auto snapshot = graph.snapshot();
    return graph.engine().stream(*graph.engine().prepare(text, *snapshot), snapshot,
                                 std::move(run));
}

std::vector<std::string> all(RowStream& stream) {
    std::vector<std::string> values;
    std::vector<graph::Value> row;
    while (*stream.next(row)) values.push_back(khom::testing::text_of(row[0], stream.graph()));
    return values;
}

TEST(RowStream, GivesTheRowsThatRunGives) {
    ScratchGraph graph;
    graph.must("UNWIND range(1, 5) AS x CREATE (:N {x: x})");

    const auto stream = open(graph, "MATCH (n:N) RETURN n.x AS x ORDER BY x DESC LIMIT 3");

    ASSERT_TRUE(stream);
    EXPECT_THAT((*stream)->columns(), ElementsAre("x"));
    EXPECT_THAT(all(**stream), ElementsAre("5", "4", "3"));
}

TEST(RowStream, ReadsTheGraphAsItWasWhenItBegan) {
    ScratchGraph graph;
    graph.must("CREATE (:N {x: 1}), (:N {x: 2})");
    const auto stream = open(graph, "MATCH (n:N) RETURN n.x");

    graph.must("MATCH (n:N) DELETE n");

    EXPECT_THAT(all(**stream), ElementsAre("1", "2"));
}

TEST(RowStream, GivesThePlanOfAnExplainedStatement) {
    ScratchGraph graph;

    EXPECT_THAT(all(**open(graph, "EXPLAIN MATCH (n:N) RETURN n"))[0], HasSubstr("NodeScan (n:N)"));
}

TEST(RowStream, EndsWithTheRefusalOfARowAndGivesNoneAfterIt) {
    ScratchGraph graph;
    const auto stream = open(graph, "UNWIND [1, 0, 2] AS x RETURN 1 / x");
    std::vector<graph::Value> row;

    EXPECT_TRUE(*(*stream)->next(row));
    EXPECT_THAT((*stream)->next(row).error().detail, Eq("DivisionByZero"));
    EXPECT_FALSE(*(*stream)->next(row));
}

TEST(RowStream, StopsWhenItsReaderIsGone) {
    ScratchGraph graph;
    std::atomic<bool> gone = false;
    query::Run run;
    run.limits.cancelled = &gone;
    const auto stream = open(graph, "UNWIND range(1, 1000000) AS x RETURN x", run);
    std::vector<graph::Value> row;
    EXPECT_TRUE(*(*stream)->next(row));

    gone = true;

    graph::Result<bool> next = true;
    while (next && *next) next = (*stream)->next(row);
    ASSERT_FALSE(next);
    EXPECT_THAT(next.error().code, Eq(graph::RefusalCode::cancelled));
}

TEST(RowStream, RefusesWhatWritesAndMoreThanMayBeOpen) {
    ScratchGraph graph;
    EXPECT_THAT(open(graph, "CREATE (n)").error().code, Eq(graph::RefusalCode::forbidden));

    std::vector<graph::Result<std::unique_ptr<RowStream>>> streams;
    for (int i = 0; i < RowStream::most; ++i) streams.push_back(open(graph, "RETURN 1 AS x"));
    EXPECT_THAT(open(graph, "RETURN 1 AS x").error().code, Eq(graph::RefusalCode::overloaded));
    streams.pop_back();
    EXPECT_TRUE(open(graph, "RETURN 1 AS x"));
}

TEST(Engine, CountsWhatAStatementDid) {
    ScratchGraph graph;
    const auto made = graph.must("CREATE (:A {x: 1, y: 2})-[:T {z: 3}]->(:A:B)").effects;
    EXPECT_THAT(made, Eq(Effects{2, 0, 1, 0, 3, 3, 0}));

    const auto changed = graph.must("MATCH (b:B) SET b.x = 1, b:C REMOVE b:B").effects;
    EXPECT_THAT(changed, Eq(Effects{0, 0, 0, 0, 1, 1, 1}));

    EXPECT_THAT(graph.must("MATCH (n) DETACH DELETE n").effects, Eq(Effects{0, 2, 0, 1, 0, 0, 0}));
}

}  // namespace
}  // namespace khom::query
