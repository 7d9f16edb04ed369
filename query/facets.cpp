#include "query/facets.h"

#include <algorithm>
#include <limits>

#include "graph/edtf.h"
#include "query/lookup.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

constexpr std::int64_t longest_in_years = 30;
constexpr std::size_t most_linked =
    4096;                         // of one entity: a city has more neighbours than a facet can use
constexpr int highest_place = 8;  // containment does not nest deeper

void add_once(std::vector<std::string>& values, std::string value) {
    if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end()) {
        values.push_back(std::move(value));
    }
}

/// What the entity is linked to, of one kind, both ways.
std::vector<NodeId> linked(const Reading& reading, NodeId node, std::string_view kind) {
    const auto& graph = reading.graph();
    const auto* known = reading.ontology->kind(kind);
    const auto label = known == nullptr ? std::nullopt : graph.label(known->label);
    std::vector<NodeId> nodes;
    if (!label) {
        return nodes;
    }
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : graph.adjacent(node, direction)) {
            if (nodes.size() < most_linked && graph.has_label(adjacent.neighbour, *label)) {
                nodes.push_back(adjacent.neighbour);
            }
        }
    }
    return nodes;
}

/// The places something is at: only what leads outwards, and upwards from there.
std::vector<std::string> places_of(const Reading& reading, NodeId node) {
    const auto& graph = reading.graph();
    const auto located = graph.type("LOCATED_IN");
    std::vector<NodeId> found;
    const auto add = [&](NodeId place) {
        if (std::find(found.begin(), found.end(), place) == found.end()) {
            found.push_back(place);
        }
    };
    for (const auto* type : {"LOCATED_IN", "HELD_AT", "ORIGINATES_IN", "STEWARDS"}) {
        const auto known = graph.type(type);
        for (const auto& adjacent : known ? graph.adjacent(node, Direction::out, *known)
                                          : std::span<const graph::Adjacent>()) {
            if (kind_of(graph, adjacent.neighbour) == "place") {
                add(adjacent.neighbour);
            }
        }
    }
    for (std::size_t at = 0, level = found.size(), height = 0; located && at < found.size(); ++at) {
        if (at == level) {
            level = found.size();
            if (++height > static_cast<std::size_t>(highest_place)) {
                break;
            }
        }
        for (const auto& adjacent : graph.adjacent(found[at], Direction::out, *located)) {
            add(adjacent.neighbour);
        }
    }
    std::vector<std::string> ids;
    ids.reserve(found.size());
    for (const auto place : found) {
        ids.push_back(id_of(graph, place));
    }
    return ids;
}

std::vector<std::string> themes_of(const Reading& reading, NodeId node, bool criteria) {
    const auto& wanted = reading.ontology->award_criteria;
    std::vector<std::string> ids;
    for (const auto theme : linked(reading, node, "theme")) {
        auto id = id_of(reading.graph(), theme);
        if ((std::find(wanted.begin(), wanted.end(), id) != wanted.end()) == criteria) {
            add_once(ids, std::move(id));
        }
    }
    return ids;
}

std::vector<std::string> year_values(const graph::Snapshot& graph, NodeId node) {
    const auto years = years_of(graph, node);
    std::vector<std::string> values;
    if (!years) {
        return values;
    }
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const bool open = years->first == least || years->last == most;
    if (!open && years->last - years->first <= longest_in_years) {
        for (auto year = years->first; year <= years->last; ++year) {
            values.push_back(std::to_string(year));
        }
        return values;
    }
    for (const auto end : {years->first, years->last}) {
        if (end != least && end != most) {
            add_once(values, std::to_string(end));
        }
    }
    return values;
}

}  // namespace

const std::vector<std::string>& facet_names() {
    static const std::vector<std::string> names = {"kind",  "subtype", "sector", "theme",
                                                   "place", "partner", "year",   "criterion"};
    return names;
}

std::optional<Years> years_of(const graph::Snapshot& graph, NodeId node) {
    const auto text = time_of(graph, node);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto time = graph::parse_edtf(text);
    if (!time) {
        return std::nullopt;
    }
    return Years{time->begin ? time->begin->year : std::numeric_limits<std::int64_t>::min(),
                 time->end ? time->end->year : std::numeric_limits<std::int64_t>::max()};
}

std::vector<std::string> facet_values(const Reading& reading, NodeId node, std::string_view facet) {
    const auto& graph = reading.graph();
    std::vector<std::string> values;
    if (facet == "kind" || facet == "subtype" || facet == "sector") {
        add_once(values, text_of(graph, node, facet));
    } else if (facet == "theme" || facet == "criterion") {
        values = themes_of(reading, node, facet == "criterion");
    } else if (facet == "place") {
        values = places_of(reading, node);
    } else if (facet == "partner") {
        for (const auto partner : linked(reading, node, "partner")) {
            add_once(values, id_of(graph, partner));
        }
    } else if (facet == "year") {
        values = year_values(graph, node);
    }
    return values;
}

Wording facet_label(const Reading& reading, std::string_view facet, const std::string& value) {
    const auto& ontology = *reading.ontology;
    if (facet == "kind") {
        const auto* kind = ontology.kind(value);
        return kind == nullptr ? Wording{value, value} : kind->one;
    }
    if (facet == "sector") {
        return graph::Ontology::wording(ontology.sectors, value);
    }
    if (facet == "year") {
        return time_label(value).words;
    }
    if (const auto node = reading.graph().find(value)) {
        return entity_ref(reading, *node).name;
    }
    return {value, value};
}

}  // namespace khom::query
