#include <string>

#include "query/functions/entity_access.h"
#include "query/functions/function.h"
#include "query/refused.h"

namespace khom::query::functions {

using graph::List;
using graph::RelationshipId;
using graph::Value;
using graph::ValueKind;

void require_alive(const Environment& environment, const Value& entity) {
    const bool alive = entity.is(ValueKind::node) ? environment.graph->has(entity.node())
                                                  : environment.graph->has(entity.relationship());
    if (!alive) {
        reject(graph::RefusalCode::entity_not_found, "DeletedEntityAccess",
               entity.is(ValueKind::node)
                   ? "The node was deleted earlier in this statement."
                   : "The relationship was deleted earlier in this statement.");
    }
}

graph::Endpoints endpoints(const Environment& environment, RelationshipId relationship) {
    if (environment.graph->has(relationship)) return environment.graph->endpoints(relationship);
    if (environment.base->has(relationship)) return environment.base->endpoints(relationship);
    reject(graph::RefusalCode::entity_not_found, "DeletedEntityAccess",
           "The relationship was made and deleted in this statement.");
}

namespace {

using semantics::one;
using semantics::TypeKind;

constexpr auto node_type = one(TypeKind::node);
constexpr auto relationship_type = one(TypeKind::relationship);
constexpr auto path_type = one(TypeKind::path);
constexpr auto map_type = one(TypeKind::map);

Value labels(const Environment& environment, Arguments arguments) {
    if (!arguments[0].is(ValueKind::node)) wrong_argument("labels()", "a node", arguments[0]);
    require_alive(environment, arguments[0]);
    List names;
    for (const auto label : environment.graph->labels(arguments[0].node())) {
        names.emplace_back(environment.graph->name(label));
    }
    return names;
}

Value type(const Environment& environment, Arguments arguments) {
    if (!arguments[0].is(ValueKind::relationship))
        wrong_argument("type()", "a relationship", arguments[0]);
    return environment.graph->name(endpoints(environment, arguments[0].relationship()).type);
}

Value start_node(const Environment& environment, Arguments arguments) {
    if (!arguments[0].is(ValueKind::relationship))
        wrong_argument("startNode()", "a relationship", arguments[0]);
    return endpoints(environment, arguments[0].relationship()).from;
}

Value end_node(const Environment& environment, Arguments arguments) {
    if (!arguments[0].is(ValueKind::relationship))
        wrong_argument("endNode()", "a relationship", arguments[0]);
    return endpoints(environment, arguments[0].relationship()).to;
}

Value id(const Environment&, Arguments arguments) {
    if (arguments[0].is(ValueKind::node))
        return static_cast<std::int64_t>(number(arguments[0].node()));
    if (arguments[0].is(ValueKind::relationship))
        return static_cast<std::int64_t>(number(arguments[0].relationship()));
    wrong_argument("id()", "a node or a relationship", arguments[0]);
}

Value element_id(const Environment& environment, Arguments arguments) {
    return std::to_string(id(environment, arguments).integer());
}

Value properties(const Environment& environment, Arguments arguments) {
    return Value(property_map(environment, arguments[0], "properties()"));
}

Value keys(const Environment& environment, Arguments arguments) {
    List names;
    for (const auto& [key, value] : property_map(environment, arguments[0], "keys()"))
        names.emplace_back(key);
    return names;
}

const graph::Path& path_of(std::string_view function, const Value& value) {
    if (!value.is(ValueKind::path)) wrong_argument(function, "a path", value);
    return value.path();
}

Value length(const Environment&, Arguments arguments) {
    return static_cast<std::int64_t>(path_of("length()", arguments[0]).relationships.size());
}

Value nodes(const Environment&, Arguments arguments) {
    const auto& path = path_of("nodes()", arguments[0]);
    return List(path.nodes.begin(), path.nodes.end());
}

Value relationships(const Environment&, Arguments arguments) {
    const auto& path = path_of("relationships()", arguments[0]);
    return List(path.relationships.begin(), path.relationships.end());
}

constexpr Function function_table[] = {
    {"labels", 1, 1, {node_type}, {TypeKind::string, 1}, labels},
    {"type", 1, 1, {relationship_type}, {TypeKind::string, 0}, type},
    {"startnode", 1, 1, {relationship_type}, {TypeKind::node, 0}, start_node},
    {"endnode", 1, 1, {relationship_type}, {TypeKind::node, 0}, end_node},
    {"id", 1, 1, {node_type | relationship_type}, {TypeKind::integer, 0}, id},
    {"elementid", 1, 1, {node_type | relationship_type}, {TypeKind::string, 0}, element_id},
    {"properties",
     1,
     1,
     {node_type | relationship_type | map_type},
     {TypeKind::map, 0},
     properties},
    {"keys", 1, 1, {node_type | relationship_type | map_type}, {TypeKind::string, 1}, keys},
    {"length", 1, 1, {path_type}, {TypeKind::integer, 0}, length},
    {"nodes", 1, 1, {path_type}, {TypeKind::node, 1}, nodes},
    {"relationships", 1, 1, {path_type}, {TypeKind::relationship, 1}, relationships},
    {"rels", 1, 1, {path_type}, {TypeKind::relationship, 1}, relationships},
};

}  // namespace

graph::Map property_map(const Environment& environment, const Value& subject,
                        std::string_view function) {
    if (subject.is(ValueKind::map)) return subject.map();
    if (!subject.is(ValueKind::node) && !subject.is(ValueKind::relationship)) {
        wrong_argument(function, "a node, a relationship or a map", subject);
    }
    require_alive(environment, subject);
    return subject.is(ValueKind::node) ? environment.graph->properties(subject.node())
                                       : environment.graph->properties(subject.relationship());
}

std::span<const Function> entity_functions() {
    return function_table;
}

}  // namespace khom::query::functions
