#include "query/entity.h"

#include <algorithm>
#include <array>
#include <limits>

#include "query/lookup.h"
#include "query/sources.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

/// Shown elsewhere in the view, or how the entity is kept rather than what is said of it.
constexpr std::array<std::string_view, 19> not_attributes = {
    "subtype",    "name_en", "name_th",  "aliases_en", "aliases_th", "aliases_other", "summary_en",
    "summary_th", "time",    "year",     "lat",        "lon",        "geo_certainty", "geo_source",
    "same_as",    "sources", "locators", "certainty",  "kind"};

std::vector<std::string> texts(const graph::Snapshot& graph, NodeId node, std::string_view key) {
    const auto value = graph.property(node, key);
    const auto views = graph::strings_of(value);
    return {views.begin(), views.end()};
}

std::vector<AttributeView> attributes_of(const Reading& reading, NodeId node) {
    std::vector<AttributeView> all;
    for (const auto& attribute : reading.ontology->attributes) {
        const bool shown_elsewhere = std::find(not_attributes.begin(), not_attributes.end(),
                                               attribute.name) != not_attributes.end();
        auto value =
            shown_elsewhere ? graph::Value() : reading.graph().property(node, attribute.name);
        if (!value.is_null()) {
            all.push_back({attribute.name, attribute.wording, std::move(value)});
        }
    }
    return all;
}

/// Where a statement stands in the view: outgoing first, the ontology's order of types, oldest
/// first and undated last.
struct Place {
    bool incoming = false;
    std::size_t type = 0;
    bool undated = false;
    std::int32_t first_day = 0;
    std::string_view target, id;  // public ids, as the snapshot has them
    graph::RelationshipId relationship{};
    auto operator<=>(const Place&) const = default;
};

template <class Id>
std::string_view public_id(const graph::Snapshot& graph, Id of) {
    const auto key = graph.property_key(graph::public_id_key);
    return key ? graph.text(of, *key).value_or("") : "";
}

Place place_of(const Reading& reading, const graph::Adjacent& adjacent, Direction direction) {
    const auto& graph = reading.graph();
    const auto& ontology = *reading.ontology;
    Place place;
    place.incoming = direction == Direction::in;
    const auto* type = ontology.type_of_cypher(graph.name(adjacent.type));
    place.type = type == nullptr ? ontology.types.size()
                                 : static_cast<std::size_t>(type - ontology.types.data());
    const auto days = days_of(graph, adjacent.relationship);
    place.undated = !days.is_known() || days.first == std::numeric_limits<std::int32_t>::min();
    place.first_day = place.undated ? 0 : days.first;
    place.target = public_id(graph, adjacent.neighbour);
    place.id = public_id(graph, adjacent.relationship);
    place.relationship = adjacent.relationship;
    return place;
}

std::vector<StatementView> statements_of(const Reading& reading, NodeId node) {
    std::vector<Place> places;
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : reading.graph().adjacent(node, direction)) {
            places.push_back(place_of(reading, adjacent, direction));
        }
    }
    std::sort(places.begin(), places.end());
    std::vector<StatementView> all;
    all.reserve(places.size());
    for (const auto& place : places) {
        all.push_back(statement(reading, place.relationship,
                                place.incoming ? Direction::in : Direction::out));
    }
    return all;
}

EntityView view_of(const Reading& reading, NodeId node) {
    const auto& graph = reading.graph();
    EntityView view;
    view.ref = entity_ref(reading, node);
    view.subtype = text_of(graph, node, "subtype");
    view.summary = {text_of(graph, node, "summary_en"), text_of(graph, node, "summary_th")};
    view.aliases_en = texts(graph, node, "aliases_en");
    view.aliases_th = texts(graph, node, "aliases_th");
    view.aliases_other = texts(graph, node, "aliases_other");
    if (const auto time = text_of(graph, node, "time"); !time.empty()) {
        view.time = time_label(time);
    }
    view.point = point_of(graph, node);
    view.same_as = texts(graph, node, "same_as");
    view.attributes = attributes_of(reading, node);
    view.sources = cited(graph, graph.property(node, "sources"), graph.property(node, "locators"));
    view.certainty = text_of(graph, node, "certainty");
    view.statements = statements_of(reading, node);
    view.degree = graph.degree(node);
    view.revision = graph::number(graph.revision());
    return view;
}

}  // namespace

graph::Result<EntityView> entity(const Reading& reading, std::string_view id) {
    if (const auto merged = reading.graph().redirected(id); merged && !reading.graph().find(id)) {
        return graph::refuse(graph::RefusalCode::gone,
                             "'" + std::string(id) + "' was merged into '" + *merged + "'.",
                             *merged);
    }
    return find_entity(reading, id, {}).map([&](graph::NodeId node) {
        return view_of(reading, node);
    });
}

}  // namespace khom::query
