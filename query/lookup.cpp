#include "query/lookup.h"

#include <algorithm>

#include "query/nearest.h"

namespace khom::query {

namespace {

constexpr std::size_t most_near = 3;

/// Ids of entities whose name is begun by, or sounds like, the words of the id that was not found.
std::string near_ids(const Reading& reading, std::string_view id) {
    auto words =
        std::string(id.substr(id.find(':') == std::string_view::npos ? 0 : id.find(':') + 1));
    words.resize(std::min<std::size_t>(words.size(), 128));
    std::replace(words.begin(), words.end(), '-', ' ');
    std::string list;
    const auto say = [&](const std::vector<index::Hit>& hits) {
        for (const auto& hit : hits) {
            list += (list.empty() ? "" : ", ") + id_of(reading.graph(), hit.node);
        }
    };
    index::SuggestRequest completion;
    completion.text = words;
    completion.limit = most_near;
    say(reading.view->suggest(completion).entities);
    if (list.empty()) {
        index::SearchRequest search;
        search.text = words;
        search.limit = most_near;
        say(reading.view->search(search).hits);
    }
    return list;
}

std::optional<double> degrees(const graph::Snapshot& graph, graph::NodeId node,
                              std::string_view key) {
    const auto value = graph.property(node, key);
    if (!value.is_number()) {
        return std::nullopt;
    }
    return value.is(graph::ValueKind::integer) ? static_cast<double>(value.integer())
                                               : value.floating();
}

}  // namespace

graph::Result<graph::NodeId> find_entity(const Reading& reading, std::string_view id,
                                         std::string_view parameter) {
    const auto& graph = reading.graph();
    if (const auto node = graph.find(id)) {
        return *node;
    }
    if (const auto merged = graph.redirected(id)) {
        if (const auto node = graph.find(*merged)) {
            return *node;
        }
    }
    const auto near = near_ids(reading, id);
    graph::Refusal refusal;
    refusal.code = graph::RefusalCode::entity_not_found;
    refusal.message = "There is no entity '" + std::string(id.substr(0, 128)) + "'.";
    if (!near.empty()) {
        refusal.message += " Near: " + near + ".";
    }
    refusal.parameter = std::string(parameter);
    return tl::unexpected(std::move(refusal));
}

std::string id_of(const graph::Snapshot& graph, graph::NodeId node) {
    return text_of(graph, node, graph::public_id_key);
}

std::string kind_of(const graph::Snapshot& graph, graph::NodeId node) {
    return text_of(graph, node, "kind");
}

std::string text_of(const graph::Snapshot& graph, graph::NodeId node, std::string_view key) {
    const auto number = graph.property_key(key);
    return std::string(number ? graph.text(node, *number).value_or("") : "");
}

graph::Result<void> check_kinds(const Reading& reading, const std::vector<std::string>& kinds) {
    for (const auto& kind : kinds) {
        if (reading.ontology->kind(kind) == nullptr) {
            std::vector<std::string> known;
            for (const auto& one : reading.ontology->kinds) {
                known.push_back(one.id);
            }
            return graph::refuse_parameter("kind", unknown_word(kind, "kind", known));
        }
    }
    return {};
}

std::optional<Point> point_of(const graph::Snapshot& graph, graph::NodeId node) {
    const auto lat = degrees(graph, node, "lat");
    const auto lon = degrees(graph, node, "lon");
    if (!lat || !lon) {
        return std::nullopt;
    }
    return Point{*lat, *lon, text_of(graph, node, "geo_certainty"),
                 text_of(graph, node, "geo_source")};
}

}  // namespace khom::query
