#include "tests/tck/canonical.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "query/functions/temporal_text.h"
#include "query/functions/text.h"

namespace khom::tck {

using graph::Value;
using graph::ValueKind;

namespace {

std::string in_quotes(std::string_view text) {
    return "'" + std::string(text) + "'";
}

std::string float_text(double value) {
    return value == 0 ? "0.0" : query::functions::floating_text(value);
}

std::string joined(std::vector<std::string> parts, bool sort) {
    if (sort) std::ranges::sort(parts);
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

std::string map_text(const graph::Map& map, const graph::Snapshot& graph, bool unordered) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : map)
        parts.push_back(key + ": " + canonical(value, graph, unordered));
    return "{" + joined(std::move(parts), false) + "}";
}

std::string node_text(graph::NodeId node, const graph::Snapshot& graph, bool unordered) {
    std::vector<std::string> labels;
    for (const auto label : graph.labels(node))
        labels.push_back(":" + std::string(graph.name(label)));
    return "(" + joined(std::move(labels), true) +
           map_text(graph.properties(node), graph, unordered) + ")";
}

std::string relationship_text(graph::RelationshipId id, const graph::Snapshot& graph,
                              bool unordered) {
    return "[:" + std::string(graph.name(graph.endpoints(id).type)) +
           map_text(graph.properties(id), graph, unordered) + "]";
}

std::string path_text(const graph::Path& path, const graph::Snapshot& graph, bool unordered) {
    auto text = "<" + node_text(path.nodes[0], graph, unordered);
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const bool backward = graph.endpoints(path.relationships[i]).from != path.nodes[i];
        text += (backward ? "<-" : "-") +
                relationship_text(path.relationships[i], graph, unordered) +
                (backward ? "-" : "->") + node_text(path.nodes[i + 1], graph, unordered);
    }
    return text + ">";
}

std::string json_map(const Json& map, bool unordered) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : map.items())
        parts.push_back(key + ": " + canonical(value, unordered));
    return "{" + joined(std::move(parts), false) + "}";
}

double float_from(const std::string& text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Inf" || text == "-Inf")
        return (text[0] == '-' ? -1 : 1) * std::numeric_limits<double>::infinity();
    return std::stod(text);
}

std::string json_object(const Json& object, bool unordered) {
    if (object.contains("float")) return float_text(float_from(object["float"]));
    if (object.contains("map")) return json_map(object["map"], unordered);
    if (object.contains("node")) {
        std::vector<std::string> labels;
        for (const auto& label : object["node"]["labels"])
            labels.push_back(":" + label.get<std::string>());
        return "(" + joined(std::move(labels), true) +
               json_map(object["node"]["properties"], unordered) + ")";
    }
    if (object.contains("rel")) {
        return "[:" + object["rel"]["type"].get<std::string>() +
               json_map(object["rel"]["properties"], unordered) + "]";
    }
    std::string text = "<";
    for (const auto& part : object.at("path")) {
        const bool backward = part.contains("rel") && part["rel"].value("backward", false);
        const auto each = canonical(part, unordered);
        text +=
            part.contains("rel") ? (backward ? "<-" : "-") + each + (backward ? "-" : "->") : each;
    }
    return text + ">";
}

}  // namespace

std::string canonical(const Value& value, const graph::Snapshot& graph, bool unordered) {
    switch (value.kind()) {
        case ValueKind::null:
            return "null";
        case ValueKind::boolean:
            return value.boolean() ? "true" : "false";
        case ValueKind::integer:
            return std::to_string(value.integer());
        case ValueKind::floating:
            return float_text(value.floating());
        case ValueKind::string:
            return in_quotes(value.string());
        case ValueKind::list: {
            std::vector<std::string> parts;
            for (const auto& each : value.list())
                parts.push_back(canonical(each, graph, unordered));
            return "[" + joined(std::move(parts), unordered) + "]";
        }
        case ValueKind::map:
            return map_text(value.map(), graph, unordered);
        case ValueKind::node:
            return node_text(value.node(), graph, unordered);
        case ValueKind::relationship:
            return relationship_text(value.relationship(), graph, unordered);
        case ValueKind::path:
            return path_text(value.path(), graph, unordered);
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
            return in_quotes(query::functions::temporal_text(value));
    }
    return "?";
}

std::string canonical(const Json& value, bool unordered) {
    if (value.is_null()) return "null";
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    if (value.is_number()) return std::to_string(value.get<std::int64_t>());
    if (value.is_string()) return in_quotes(value.get<std::string>());
    if (value.is_object()) return json_object(value, unordered);
    std::vector<std::string> parts;
    for (const auto& each : value) parts.push_back(canonical(each, unordered));
    return "[" + joined(std::move(parts), unordered) + "]";
}

Value value_from(const Json& json) {
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number()) return json.get<std::int64_t>();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_array()) {
        graph::List list;
        for (const auto& each : json) list.push_back(value_from(each));
        return list;
    }
    if (json.is_object() && json.contains("float")) return float_from(json["float"]);
    if (json.is_object() && json.contains("map")) {
        graph::Map map;
        for (const auto& [key, each] : json["map"].items()) map[key] = value_from(each);
        return map;
    }
    return {};
}

}  // namespace khom::tck
