// What a relationship and its ends say, as every question shows them.

#include <algorithm>

#include "query/entity.h"
#include "query/lookup.h"
#include "query/sources.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

std::string text(const graph::Snapshot& graph, graph::RelationshipId relationship,
                 std::string_view key) {
    const auto number = graph.property_key(key);
    return std::string(number ? graph.text(relationship, *number).value_or("") : "");
}

SourceRef source_ref(const graph::Snapshot& graph, std::string_view id, std::string_view locator) {
    SourceRef source;
    source.id = std::string(id);
    source.locator = std::string(locator);
    if (const auto node = graph.find(id)) {
        source.title = text_of(graph, *node, "name_en");
        if (source.title.empty()) {
            source.title = text_of(graph, *node, "name_th");
        }
        source.url = text_of(graph, *node, "url");
        source.retrieved = text_of(graph, *node, "retrieved");
        source.licence = text_of(graph, *node, "licence");
        source.publisher = text_of(graph, *node, "publisher");
    }
    return source;
}

/// A documented_in statement needs no other source than the one it leads to.
std::vector<SourceRef> sources_of(const graph::Snapshot& graph,
                                  graph::RelationshipId relationship) {
    auto sources = cited(graph, graph.property(relationship, "sources"),
                         graph.property(relationship, "locators"));
    const auto to = graph.endpoints(relationship).to;
    if (sources.empty() && kind_of(graph, to) == "source") {
        sources.push_back(
            source_ref(graph, id_of(graph, to), text(graph, relationship, "locator")));
    }
    return sources;
}

}  // namespace

std::vector<SourceRef> cited(const graph::Snapshot& graph, const graph::Value& sources,
                             const graph::Value& locators) {
    const auto ids = graph::strings_of(sources);
    const auto places = graph::strings_of(locators);
    std::vector<SourceRef> all;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        all.push_back(source_ref(graph, ids[i], i < places.size() ? places[i] : ""));
    }
    return all;
}

EntityRef entity_ref(const Reading& reading, graph::NodeId node) {
    const auto& graph = reading.graph();
    return {id_of(graph, node),
            kind_of(graph, node),
            {text_of(graph, node, "name_en"), text_of(graph, node, "name_th")}};
}

StatementView statement(const Reading& reading, graph::RelationshipId relationship,
                        graph::Direction direction) {
    const auto& graph = reading.graph();
    const auto ends = graph.endpoints(relationship);
    const bool out = direction != graph::Direction::in;
    StatementView view;
    view.id = text(graph, relationship, graph::public_id_key);
    view.direction = out ? "out" : "in";
    view.target = entity_ref(reading, out ? ends.to : ends.from);
    view.role = text(graph, relationship, "role");
    view.role_th = text(graph, relationship, "role_th");
    view.status = text(graph, relationship, "status");
    if (view.status.empty()) {
        view.status = "done";
    }
    if (const auto time = time_of(graph, relationship); !time.edtf.empty()) {
        view.time = time_label(time.edtf);
        view.time->from_programme = time.from_programme;
    }
    view.certainty = text(graph, relationship, "certainty");
    view.note = text(graph, relationship, "note");
    view.sources = sources_of(graph, relationship);
    const auto* type = reading.ontology->type_of_cypher(graph.name(ends.type));
    if (type == nullptr) {  // made by hand in Cypher, outside the ontology
        view.type = std::string(graph.name(ends.type));
        view.wording = {view.type, view.type};
        return view;
    }
    view.type = type->id;
    view.wording = out ? type->wording : type->inverse;
    for (const auto& name : type->attributes) {
        if (auto value = graph.property(relationship, name); !value.is_null()) {
            view.attributes.emplace(name, std::move(value));
        }
    }
    return view;
}

}  // namespace khom::query
