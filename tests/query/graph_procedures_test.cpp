#include "query/graph_procedures.h"

#include "query/engine.h"
#include "query/standard_procedures.h"
#include "tests/oracles/generated_graph.h"

namespace khom::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Two triangles of partners joined by a bridge, and a place alone.
std::shared_ptr<const graph::Snapshot> two_triangles() {
    const auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    std::vector<graph::NodeId> nodes;
    for (int i = 0; i < 6; ++i) nodes.push_back(*draft.create_node({"Partner"}, {{"n", i}}));
    (void)draft.create_node({"Place"}, {{"n", 6}});
    for (const auto& [one, other] :
         {std::pair(0, 1), std::pair(1, 2), std::pair(0, 2), std::pair(2, 3), std::pair(3, 4),
          std::pair(4, 5), std::pair(3, 5)}) {
        (void)draft.create_relationship(nodes[static_cast<std::size_t>(one)], "PARTNER_WITH",
                                        nodes[static_cast<std::size_t>(other)], {});
    }
    (void)store->commit(std::move(draft), {"test", ""});
    return store->snapshot();
}

/// The rows of a statement as text; a refusal as its detail and message.
std::vector<std::string> answer(const std::string& cypher) {
    static const Engine engine(standard_procedures());
    const auto graph = two_triangles();
    const auto prepared = engine.prepare(cypher, *graph);
    if (!prepared) return {prepared.error().detail + ": " + prepared.error().message};
    const auto rows = engine.run(*prepared, *graph, {});
    if (!rows) return {rows.error().detail + ": " + rows.error().message};
    std::vector<std::string> lines;
    for (const auto& row : rows->rows) {
        std::string line;
        for (const auto& value : row) {
            line += line.empty() ? "" : " ";
            line += value.is(graph::ValueKind::integer)   ? std::to_string(value.integer())
                    : value.is(graph::ValueKind::boolean) ? (value.boolean() ? "true" : "false")
                    : value.is(graph::ValueKind::list)    ? std::to_string(value.list().size())
                                                          : "?";
        }
        lines.push_back(line);
    }
    return lines;
}

TEST(GraphProcedures, FindCommunitiesAndParts) {
    EXPECT_THAT(answer("CALL khom.communities() YIELD node, community "
                       "RETURN node.n, community ORDER BY node.n"),
                ElementsAre("0 0", "1 0", "2 0", "3 1", "4 1", "5 1", "6 2"));
    EXPECT_THAT(answer("CALL khom.components() YIELD node, component "
                       "RETURN component, count(*) ORDER BY component"),
                ElementsAre("0 6", "1 1"));
}

TEST(GraphProcedures, MeasureNodes) {
    EXPECT_THAT(answer("CALL khom.betweenness({labels: ['Partner']}) YIELD node, score "
                       "WITH node, score WHERE score > 0 RETURN node.n ORDER BY node.n"),
                ElementsAre("2", "3"));
    EXPECT_THAT(answer("CALL khom.pagerank() YIELD score "
                       "WITH sum(score) AS s RETURN abs(s - 1) < 0.000001"),
                ElementsAre("true"));
    EXPECT_THAT(answer("CALL khom.closeness() YIELD node, score "
                       "WITH node, score WHERE score = 0 RETURN node.n"),
                ElementsAre("6"));
}

TEST(GraphProcedures, ConnectNodes) {
    EXPECT_THAT(answer("MATCH (a {n: 0}), (b {n: 5}) CALL khom.connect(a, b, {k: 2}) "
                       "YIELD path, cost RETURN size(nodes(path)), cost > 0"),
                ElementsAre("4 true", "5 true"));
    EXPECT_THAT(answer("MATCH (a {n: 0}), (b {n: 6}) CALL khom.reachable(a, b) "
                       "YIELD reachable RETURN reachable"),
                ElementsAre("false"));
    EXPECT_THAT(answer("MATCH (a {n: 0}) CALL khom.neighbours(a, {depth: 2}) "
                       "YIELD node, hops RETURN node.n, hops ORDER BY node.n"),
                ElementsAre("1 1", "2 1", "3 2"));
}

TEST(GraphProcedures, SayNothingOfWhatTheGraphHasNot) {
    EXPECT_THAT(answer("CALL khom.pagerank({labels: ['Dragon']}) YIELD node RETURN node"),
                ElementsAre());
    EXPECT_THAT(answer("MATCH (a {n: 0}) CALL khom.neighbours(a, {types: ['NONE']}) "
                       "YIELD node RETURN node"),
                ElementsAre());
}

TEST(GraphProcedures, RefuseOptionsTheyDoNotKnow) {
    EXPECT_THAT(answer("CALL khom.pagerank({damping: 1}) YIELD node RETURN node"),
                ElementsAre(HasSubstr("damping")));
    EXPECT_THAT(answer("MATCH (a {n: 0}), (b {n: 5}) CALL khom.connect(a, b, {maxHops: 9}) "
                       "YIELD path RETURN path"),
                ElementsAre(HasSubstr("maxHops")));
}

}  // namespace
}  // namespace khom::query
