#include "query/entity.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "graph/edtf.h"
#include "query/lookup.h"
#include "query/sources.h"

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
    std::int64_t first_day = 0;
    std::string target, id;
    auto operator<=>(const Place&) const = default;
};

Place place_of(const graph::Ontology& ontology, const StatementView& view) {
    Place place;
    place.incoming = view.direction == "in";
    const auto* type = ontology.type(view.type);
    place.type = type == nullptr ? ontology.types.size()
                                 : static_cast<std::size_t>(type - ontology.types.data());
    const auto parsed = graph::parse_edtf(view.time ? view.time->edtf : std::string());
    const auto time = parsed ? parsed->first_day() : std::nullopt;
    place.undated = !time;
    place.first_day = time ? time->days : 0;
    place.target = view.target.id;
    place.id = view.id;
    return place;
}

std::vector<StatementView> statements_of(const Reading& reading, NodeId node) {
    std::vector<std::pair<Place, StatementView>> placed;
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : reading.graph().adjacent(node, direction)) {
            auto view = statement(reading, adjacent.relationship, direction);
            auto place = place_of(*reading.ontology, view);
            placed.emplace_back(std::move(place), std::move(view));
        }
    }
    std::sort(placed.begin(), placed.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<StatementView> all;
    all.reserve(placed.size());
    for (auto& [place, view] : placed) {
        all.push_back(std::move(view));
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
