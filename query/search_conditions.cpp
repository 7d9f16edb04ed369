#include "query/search_conditions.h"

#include <iterator>
#include <memory>
#include <utility>

#include "query/cursor.h"
#include "query/facets.h"
#include "query/nearest.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::NodeId;

graph::Result<void> check_words(const Reading& reading, const SearchQuestion& question) {
    static const std::vector<std::string> sorts = {"relevance", "name",     "start",
                                                   "-start",    "distance", "degree"};
    for (const auto& facet : question.facets) {
        if (std::find(facet_names().begin(), facet_names().end(), facet) == facet_names().end()) {
            return graph::refuse_parameter("facet", unknown_word(facet, "facet", facet_names()));
        }
    }
    if (std::find(sorts.begin(), sorts.end(), question.sort) == sorts.end()) {
        return graph::refuse_parameter("sort", unknown_word(question.sort, "order", sorts));
    }
    constexpr std::size_t most = 250;
    if (question.limit > most) {
        return graph::refuse_parameter("limit", "limit is at most 250.");
    }
    return check_kinds(reading, question.kinds);
}

/// Adds what the question says of where.
graph::Result<void> read_places(const Reading& reading, const SearchQuestion& question,
                                Conditions& conditions) {
    const auto& graph = reading.graph();
    const auto near = circle_of(question.near);
    if (!near) {
        return tl::unexpected(near.error());
    }
    const auto box = box_of(question.bbox);
    if (!box) {
        return tl::unexpected(box.error());
    }
    if (question.sort == "distance" && !*near) {
        return graph::refuse_parameter("sort", "sort=distance needs near=lat,lon.");
    }
    conditions.near = *near;
    if (*near) {
        conditions.all.push_back([&graph, circle = **near](NodeId node) {
            const auto point = point_of(graph, node);
            return point && distance_m(circle, *point) <= circle.radius_m;
        });
    }
    if (*box) {
        conditions.all.push_back([&graph, box = **box](NodeId node) {
            const auto point = point_of(graph, node);
            return point && box.contains(*point);
        });
    }
    return {};
}

/// Adds what the question says of what it is linked to.
graph::Result<void> read_links(const Reading& reading, const SearchQuestion& question,
                               const graph::TimeWindow& window, Conditions& conditions) {
    if (question.linked_to.empty()) {
        return {};
    }
    return linked_to(reading, question.linked_to, question.linked_depth, window)
        .map([&](Hops hops) {
            auto shared = std::make_shared<const Hops>(hops);
            conditions.hops = std::move(hops);
            conditions.all.push_back([shared](NodeId node) { return shared->contains(node); });
        });
}

}  // namespace

Accept has_kind(const graph::Snapshot& graph, std::vector<std::string> kinds) {
    return [&graph, kinds = std::move(kinds)](NodeId node) {
        const auto kind = graph.property(node, "kind");
        return std::find(kinds.begin(), kinds.end(), graph::string_or_empty(kind)) != kinds.end();
    };
}

graph::Result<Conditions> conditions_of(const Reading& reading, const SearchQuestion& question) {
    if (auto checked = check_words(reading, question); !checked) {
        return tl::unexpected(checked.error());
    }
    const auto window = window_of(question.from, question.to);
    if (!window) {
        return tl::unexpected(window.error());
    }
    Conditions conditions;
    conditions.hash = QuestionHash()
                          .add(question.text)
                          .add(question.kinds)
                          .add(question.filters)
                          .add(question.from)
                          .add(question.to)
                          .add(question.near)
                          .add(question.bbox)
                          .add(question.linked_to)
                          .add(std::to_string(question.linked_depth))
                          .add(question.sort)
                          .add(question.sort == "name" ? question.lang : "")
                          .value();
    const auto offset = offset_of(question.cursor, conditions.hash);
    if (!offset) {
        return tl::unexpected(offset.error());
    }
    conditions.offset = *offset;
    auto filters = read_filters(reading, question.filters);
    if (!filters) {
        return tl::unexpected(filters.error());
    }
    const auto& graph = reading.graph();
    if (!question.kinds.empty()) {
        conditions.all.push_back(has_kind(graph, question.kinds));
    }
    if (!window->open()) {
        conditions.all.push_back([&graph, window = *window](NodeId node) {
            return is_within(time_of(graph, node), window);
        });
    }
    std::move(filters->begin(), filters->end(), std::back_inserter(conditions.all));
    return read_places(reading, question, conditions)
        .and_then([&] { return read_links(reading, question, *window, conditions); })
        .map([&] { return std::move(conditions); });
}

}  // namespace khom::query
