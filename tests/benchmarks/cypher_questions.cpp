#include "tests/benchmarks/cypher_questions.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store.h"
#include "query/engine.h"
#include "query/standard_procedures.h"
#include "tests/benchmarks/generated_rows.h"
#include "tests/benchmarks/measure.h"

namespace khom::benchmarks {
namespace {

constexpr std::string_view one_hop =
    "MATCH (a:Entity {id:$a})-[r]-(b:Entity) "
    "RETURN type(r) AS t, r.year AS y, b.id AS id, b.name_th AS name";
constexpr std::string_view two_hops =
    "MATCH (a:Entity {id:$a})-[]-(:Entity)-[]-(c:Entity) WHERE c.id<>$a "
    "RETURN count(DISTINCT c) AS n";
constexpr std::string_view path_type =
    "MATCH p=shortestPath((a:Entity {id:$a})-[*..6]-(b:Entity {id:$b})) RETURN length(p) AS n";
constexpr std::string_view shared =
    "MATCH (x:Entity {id:$a})-[:PARTNERS_IN]->(g:Entity)<-[:PARTNERS_IN]-(o:Entity) "
    "WHERE o.id<>$a WITH o.id AS id, count(DISTINCT g) AS n WHERE n>=2 "
    "RETURN id, n ORDER BY n DESC, id LIMIT 50";

template <class T>
T accepted(graph::Result<T> result) {
    if (!result) throw graph::Fault(result.error().message);
    return std::move(*result);
}

/// As the peers that speak Cypher load it: every node an :Entity with a number as id.
std::unique_ptr<graph::Store> loaded(const std::filesystem::path& data) {
    auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    std::vector<graph::NodeId> nodes;
    each_row(data / "nodes.csv", [&](const auto& cells) {
        nodes.push_back(accepted(draft.create_node({"Entity"}, {{"id", integer(cells[0])},
                                                                {"kind", cells[1]},
                                                                {"name_th", cells[2]},
                                                                {"name_en", cells[3]},
                                                                {"year", integer(cells[4])}})));
    });
    const auto node = [&](std::string_view cell) {
        return nodes.at(static_cast<std::size_t>(integer(cell)));
    };
    each_row(data / "edges.csv", [&](const auto& cells) {
        accepted(draft.create_relationship(node(cells[0]), cells[2], node(cells[1]),
                                           {{"year", integer(cells[3])}}));
    });
    accepted(store->commit(std::move(draft), {"graph_bench", "load"}));
    store->rebuild();
    return store;
}

struct Asked {
    std::vector<graph::Map> starts, pairs, partners;
};

Asked read_asked(const std::filesystem::path& data) {
    Asked asked;
    each_row(data / "graph_queries.csv", [&](const auto& cells) {
        graph::Map parameters{{"a", integer(cells[1])}};
        if (cells[0] == "pair") parameters["b"] = integer(cells[2]);
        auto& list = cells[0] == "start"  ? asked.starts
                     : cells[0] == "pair" ? asked.pairs
                                          : asked.partners;
        list.push_back(std::move(parameters));
    });
    return asked;
}

}  // namespace

void ask_in_cypher(const std::filesystem::path& data) {
    const auto store = timed("load (memory)", [&] { return loaded(data); });
    const auto snapshot = store->snapshot();
    const query::Engine engine(query::standard_procedures());
    const auto ask = [&](std::string_view statement, const graph::Map& parameters) {
        query::Run run;
        run.parameters = parameters;
        return accepted(engine.run(accepted(engine.prepare(statement, *snapshot)), *snapshot, run));
    };
    const auto asked = read_asked(data);
    const auto number = [](const query::Rows& rows) {
        return rows.rows.empty() ? std::int64_t{0} : rows.rows[0][0].integer();
    };
    measure("1hop cypher", asked.starts,
            [&](const graph::Map& start) { return ask(one_hop, start).rows.size(); });
    measure("2hop cypher", asked.starts,
            [&](const graph::Map& start) { return number(ask(two_hops, start)); });
    measure("path cypher", asked.pairs,
            [&](const graph::Map& pair) { return number(ask(path_type, pair)); });
    measure("copart cypher", asked.partners, [&](const graph::Map& partner) {
        std::int64_t sum = 0;
        for (const auto& row : ask(shared, partner).rows) sum += row[1].integer();
        return sum;
    });
}

}  // namespace khom::benchmarks
