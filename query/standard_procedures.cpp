#include "query/standard_procedures.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "query/graph_procedures.h"
#include "query/procedure_options.h"
#include "query/reading.h"
#include "query/refused.h"

namespace khom::query {
namespace {

using graph::RefusalCode;
using graph::Value;
using graph::ValueKind;
using semantics::Type;
using semantics::TypeKind;
using Arguments = std::span<const Value>;
using Table = std::vector<std::vector<Value>>;

constexpr Type text_type{TypeKind::string, 0};
constexpr Type integer_type{TypeKind::integer, 0};
constexpr Type node_type{TypeKind::node, 0};
constexpr Type map_type{TypeKind::map, 0};

/// The names with numbers 0 … count - 1 that are in use.
template <class Id>
Table names(const graph::Snapshot& graph, std::size_t count) {
    Table rows;
    for (std::size_t i = 0; i < count; ++i) {
        const auto id = static_cast<Id>(i);
        if constexpr (!std::is_same_v<Id, graph::PropertyKeyId>) {
            if (graph.count(id) == 0) continue;
        }
        rows.push_back({graph.name(id)});
    }
    return rows;
}

Table labels(const ProcedureContext& context, Arguments) {
    return names<graph::LabelId>(*context.graph, context.graph->label_count());
}

Table relationship_types(const ProcedureContext& context, Arguments) {
    return names<graph::TypeId>(*context.graph, context.graph->type_count());
}

Table property_keys(const ProcedureContext& context, Arguments) {
    return names<graph::PropertyKeyId>(*context.graph, context.graph->property_key_count());
}

/// Which labels are joined by which types, and how often: linear in the relationships.
Table schema(const ProcedureContext& context, Arguments) {
    const auto& graph = *context.graph;
    const auto label_of = [&](graph::NodeId node) {
        const auto labels = graph.labels(node);
        return labels.empty() ? std::string_view() : graph.name(labels[0]);
    };
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::int64_t> counts;
    for (const auto relationship : graph.relationships()) {
        const auto ends = graph.endpoints(relationship);
        ++counts[{label_of(ends.from), graph.name(ends.type), label_of(ends.to)}];
    }
    Table rows;
    for (const auto& [key, count] : counts) {
        rows.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    }
    return rows;
}

const Reading& reading_of(const ProcedureContext& context) {
    if (context.reading == nullptr) {
        reject(RefusalCode::procedure_error, "ProcedureNotFound",
               "This graph has no full-text index.");
    }
    return *context.reading;
}

Table search(const ProcedureContext& context, Arguments arguments) {
    if (!arguments[0].is(ValueKind::string)) {
        reject(RefusalCode::argument_error, "InvalidArgumentType", "khom.search takes a text.");
    }
    const ProcedureOptions options("khom.search", arguments[1], {"limit", "kinds"});
    const auto kinds = options.texts("kinds");
    index::SearchRequest request;
    request.text = std::string(arguments[0].string());
    const auto preset = std::clamp<std::size_t>(context.wanted.value_or(100), 1, 1000);
    request.limit = static_cast<std::size_t>(
        options.integer("limit", 1, 1000, static_cast<std::int64_t>(preset)));
    if (!kinds.empty()) {
        request.accept = [&](graph::NodeId node) {
            const auto kind = context.graph->property(node, "kind");
            return std::ranges::find(kinds, graph::string_or_empty(kind)) != kinds.end();
        };
    }
    Table rows;
    for (const auto& hit : reading_of(context).view->search(request).hits) {
        const auto passage = hit.highlights.find(hit.field);
        rows.push_back({hit.node, hit.score, hit.field,
                        passage == hit.highlights.end() ? Value() : Value(passage->second)});
    }
    return rows;
}

std::string fields(const std::vector<ProcedureField>& all) {
    std::string text;
    for (const auto& field : all) {
        text += (text.empty() ? "" : ", ") + field.name + (field.preset ? "?" : "") +
                " :: " + std::string(semantics::words_for(field.type));
    }
    return "(" + text + ")";
}

/// `db.procedures()`: those before it, by name, and itself.
void add_list(Procedures& procedures) {
    const std::string name = "db.procedures", purpose = "All procedures.";
    const std::vector<ProcedureField> outputs = {
        {"name", text_type}, {"signature", text_type}, {"purpose", text_type}};
    Table rows;
    for (const auto* each : procedures.all()) {
        rows.push_back(
            {each->name, fields(each->inputs) + " -> " + fields(each->outputs), each->purpose});
    }
    rows.push_back({name, fields({}) + " -> " + fields(outputs), purpose});
    procedures.add(
        {name, {}, outputs, [rows](const ProcedureContext&, Arguments) { return rows; }, purpose});
}

}  // namespace

Procedures standard_procedures() {
    Procedures procedures;
    const Value no_options = graph::Map();
    procedures.add({"db.labels", {}, {{"label", text_type}}, labels, "The labels in use."});
    procedures.add({"db.relationshipTypes",
                    {},
                    {{"relationshipType", text_type}},
                    relationship_types,
                    "The relationship types in use."});
    procedures.add(
        {"db.propertyKeys", {}, {{"propertyKey", text_type}}, property_keys, "All property keys."});
    procedures.add(
        {"db.schema",
         {},
         {{"from", text_type}, {"type", text_type}, {"to", text_type}, {"count", integer_type}},
         schema,
         "Which labels are joined by which types, and how often."});
    procedures.add({"khom.search",
                    {{"text", text_type}, {"options", map_type, no_options}},
                    {{"node", node_type},
                     {"score", {TypeKind::floating, 0}},
                     {"field", text_type},
                     {"highlight", text_type}},
                    search,
                    "Ranked full-text search in Thai and English."});
    add_graph_procedures(procedures);
    add_list(procedures);
    return procedures;
}

}  // namespace khom::query
