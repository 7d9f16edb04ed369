#include "tests/testing/scratch_graph.h"

#include <stdexcept>

#include "query/functions/temporal_text.h"
#include "query/functions/text.h"
#include "query/standard_procedures.h"

namespace khom::testing {

using graph::Value;
using graph::ValueKind;

namespace {

std::string map_text(const graph::Map& map, const graph::Snapshot& graph) {
    std::string text;
    for (const auto& [key, value] : map)
        text += (text.empty() ? "" : ", ") + key + ": " + text_of(value, graph);
    return "{" + text + "}";
}

std::string node_text(graph::NodeId node, const graph::Snapshot& graph) {
    std::string text = "(";
    for (const auto label : graph.labels(node)) text += ":" + std::string(graph.name(label));
    const auto properties = graph.properties(node);
    if (!properties.empty()) text += (text.size() > 1 ? " " : "") + map_text(properties, graph);
    return text + ")";
}

std::string relationship_text(graph::RelationshipId id, const graph::Snapshot& graph) {
    const auto properties = graph.properties(id);
    return "[:" + std::string(graph.name(graph.endpoints(id).type)) +
           (properties.empty() ? "" : " " + map_text(properties, graph)) + "]";
}

std::string path_text(const graph::Path& path, const graph::Snapshot& graph) {
    auto text = "<" + node_text(path.nodes[0], graph);
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const bool forwards = graph.endpoints(path.relationships[i]).from == path.nodes[i];
        text += (forwards ? "-" : "<-") + relationship_text(path.relationships[i], graph) +
                (forwards ? "->" : "-") + node_text(path.nodes[i + 1], graph);
    }
    return text + ">";
}

}  // namespace

std::string text_of(const Value& value, const graph::Snapshot& graph) {
    switch (value.kind()) {
        case ValueKind::null:
            return "null";
        case ValueKind::boolean:
            return value.boolean() ? "true" : "false";
        case ValueKind::integer:
            return std::to_string(value.integer());
        case ValueKind::floating:
            return query::functions::floating_text(value.floating());
        case ValueKind::string:
            return "'" + std::string(value.string()) + "'";
        case ValueKind::list: {
            std::string text;
            for (const auto& each : value.list())
                text += (text.empty() ? "" : ", ") + text_of(each, graph);
            return "[" + text + "]";
        }
        case ValueKind::map:
            return map_text(value.map(), graph);
        case ValueKind::node:
            return node_text(value.node(), graph);
        case ValueKind::relationship:
            return relationship_text(value.relationship(), graph);
        case ValueKind::path:
            return path_text(value.path(), graph);
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
            break;
    }
    return "'" + query::functions::temporal_text(value) + "'";
}

ScratchGraph::ScratchGraph()
    : store_(graph::Store::in_memory({})), engine_(query::standard_procedures()) {}

graph::Result<query::Rows> ScratchGraph::run(std::string_view statement, const query::Run& run) {
    const auto now = snapshot();
    const auto prepared = engine_.prepare(statement, *now);
    if (!prepared) return tl::unexpected(prepared.error());
    if (!query::Engine::writes(*prepared)) return engine_.run(*prepared, *now, run);
    auto draft = store_->begin();
    auto rows = engine_.write(*prepared, draft, run);
    if (!rows) return rows;
    const auto commit = store_->commit(std::move(draft), {"test", "scratch graph"});
    if (!commit) return tl::unexpected(commit.error());
    return rows;
}

query::Rows ScratchGraph::must(std::string_view statement, const query::Run& run) {
    auto rows = this->run(statement, run);
    if (!rows) throw std::runtime_error(rows.error().message + "\n  " + std::string(statement));
    return std::move(*rows);
}

std::vector<std::string> ScratchGraph::lines(const query::Rows& rows) const {
    const auto now = snapshot();
    std::vector<std::string> lines;
    for (const auto& row : rows.rows) {
        std::string line;
        for (const auto& cell : row) line += (&cell == &row[0] ? "" : " | ") + text_of(cell, *now);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string ScratchGraph::plan(std::string_view statement) {
    std::string text;
    for (const auto& row : must("EXPLAIN " + std::string(statement)).rows)
        text += std::string(row[0].string()) + "\n";
    return text;
}

}  // namespace khom::testing
