// A search is the index's ranking under the question's conditions. Any other order needs all
// matches before its first page: they are gathered first, ordered by the graph, and only the page
// is asked of the index again, for passages and scores.

#include "query/search.h"

#include <algorithm>
#include <limits>
#include <map>

#include "query/cursor.h"
#include "query/facets.h"
#include "query/filters.h"
#include "query/lookup.h"
#include "query/name_order.h"
#include "query/nearest.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::NodeId;
using Counts = std::map<std::string, std::map<std::string, std::size_t>>;

/// The question, checked.
struct Conditions {
    std::vector<Accept> all;
    std::size_t offset = 0;
    std::uint64_t hash = 0;

    bool accept(NodeId node) const {
        return std::all_of(all.begin(), all.end(), [&](const Accept& one) { return one(node); });
    }
};

graph::Result<void> check_words(const Reading& reading, const SearchQuestion& question) {
    static const std::vector<std::string> sorts = {"relevance", "name", "start", "-start",
                                                   "degree"};
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

Accept kind_condition(const graph::Snapshot& graph, std::vector<std::string> kinds) {
    return [&graph, kinds = std::move(kinds)](NodeId node) {
        const auto kind = graph.property(node, "kind");
        return std::find(kinds.begin(), kinds.end(), graph::string_or_empty(kind)) != kinds.end();
    };
}

graph::Result<Conditions> read(const Reading& reading, const SearchQuestion& question) {
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
        conditions.all.push_back(kind_condition(graph, question.kinds));
    }
    if (!window->open()) {
        conditions.all.push_back([&graph, window = *window](NodeId node) {
            return is_within(time_of(graph, node), window);
        });
    }
    std::move(filters->begin(), filters->end(), std::back_inserter(conditions.all));
    return conditions;
}

std::int64_t first_day(const graph::Snapshot& graph, NodeId node, std::int64_t undated) {
    const auto time = graph::parse_edtf(time_of(graph, node));
    const auto day = time ? time->first_day() : std::nullopt;
    return day ? day->days : undated;
}

/// What a match is ordered by, besides its public id.
struct Key {
    std::int64_t number = 0;
    std::string text;
    NodeId node{};
};

Key key_of(const Reading& reading, const SearchQuestion& question, NodeId node) {
    const auto& graph = reading.graph();
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    if (question.sort == "name") {
        return {0, name_order(entity_ref(reading, node).name, question.lang), node};
    }
    if (question.sort == "start" || question.sort == "-start") {
        const auto day = first_day(graph, node, last);
        return {day == last || question.sort == "start" ? day : -day, {}, node};
    }
    return {-static_cast<std::int64_t>(graph.degree(node)), {}, node};
}

/// The first `wanted` matches in the question's order; equal ones by public id. Holds no more keys
/// than that.
std::vector<NodeId> first_in_order(const Reading& reading, const SearchQuestion& question,
                                   const std::vector<NodeId>& nodes, std::size_t wanted) {
    const auto before = [&](const Key& a, const Key& b) {
        if (a.number != b.number) {
            return a.number < b.number;
        }
        return a.text != b.text ? a.text < b.text
                                : id_of(reading.graph(), a.node) < id_of(reading.graph(), b.node);
    };
    std::vector<Key> kept;  // a heap, the last of them in front
    for (const auto node : nodes) {
        auto key = key_of(reading, question, node);
        if (kept.size() < wanted) {
            kept.push_back(std::move(key));
            std::push_heap(kept.begin(), kept.end(), before);
        } else if (!kept.empty() && before(key, kept.front())) {
            std::pop_heap(kept.begin(), kept.end(), before);
            kept.back() = std::move(key);
            std::push_heap(kept.begin(), kept.end(), before);
        }
    }
    std::sort_heap(kept.begin(), kept.end(), before);
    std::vector<NodeId> first;
    for (const auto& key : kept) {
        first.push_back(key.node);
    }
    return first;
}

SearchHit described(const Reading& reading, const index::Hit& found) {
    const auto& graph = reading.graph();
    SearchHit hit;
    hit.entity = entity_ref(reading, found.node);
    hit.subtype = text_of(graph, found.node, "subtype");
    hit.score = found.score;
    hit.field = found.field;
    hit.how = found.field.empty() ? "" : index::name(found.match);
    hit.highlights = found.highlights;
    hit.explain = found.explain;
    hit.summary = {text_of(graph, found.node, "summary_en"),
                   text_of(graph, found.node, "summary_th")};
    hit.url = "/id/" + hit.entity.id;
    if (const auto time = time_of(graph, found.node); !time.empty()) {
        hit.time = time_label(time);
    }
    return hit;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// One page of an order that is not the index's own.
std::vector<index::Hit> page(const Reading& reading, const SearchQuestion& question,
                             const std::vector<NodeId>& ordered, std::size_t offset) {
    std::vector<index::Hit> hits;
    const auto begin = std::min(offset, ordered.size());
    const auto end = std::min(ordered.size(), begin + question.limit);
    for (auto at = begin; at < end; ++at) {
        index::Hit hit;
        hit.node = ordered[at];
        hits.push_back(std::move(hit));
    }
    if (is_blank(question.text) || hits.empty()) {
        return hits;
    }
    index::SearchRequest request;
    request.text = question.text;
    request.limit = hits.size();
    request.explain = question.explain;
    const auto place = [&](NodeId node) {
        return std::find_if(hits.begin(), hits.end(),
                            [&](const auto& hit) { return hit.node == node; });
    };
    request.accept = [&](NodeId node) { return place(node) != hits.end(); };
    for (auto& hit : reading.view->search(request).hits) {
        *place(hit.node) = std::move(hit);
    }
    return hits;
}

/// All that the question finds, as the index ranks it or in another order.
struct Found {
    std::vector<index::Hit> hits;
    std::size_t total = 0;
    std::optional<index::DidYouMean> did_you_mean;
};

Found ranked(const Reading& reading, const SearchQuestion& question, const Conditions& conditions,
             const std::function<void(NodeId)>& on_match) {
    index::SearchRequest request;
    request.text = question.text;
    request.offset = conditions.offset;
    request.limit = question.limit;
    request.explain = question.explain;
    request.accept = [&](NodeId node) { return conditions.accept(node); };
    request.on_match = on_match;
    auto answer = reading.view->search(request);
    return {std::move(answer.hits), answer.total, std::move(answer.did_you_mean)};
}

Found ordered(const Reading& reading, const SearchQuestion& question, const Conditions& conditions,
              const std::function<void(NodeId)>& on_match) {
    std::vector<NodeId> nodes;
    std::optional<index::DidYouMean> did_you_mean;
    if (is_blank(question.text)) {
        nodes = reading.graph().nodes();
        std::erase_if(nodes, [&](NodeId node) { return !conditions.accept(node); });
    } else {
        index::SearchRequest request;
        request.text = question.text;
        request.limit = 0;
        request.accept = [&](NodeId node) { return conditions.accept(node); };
        request.on_match = [&](NodeId node) { nodes.push_back(node); };
        did_you_mean = reading.view->search(request).did_you_mean;
    }
    std::for_each(nodes.begin(), nodes.end(), on_match);
    const auto first = first_in_order(reading, question, nodes, conditions.offset + question.limit);
    return {page(reading, question, first, conditions.offset), nodes.size(),
            std::move(did_you_mean)};
}

std::vector<FacetValue> listed(const Reading& reading, const std::string& facet,
                               const std::map<std::string, std::size_t>& counts) {
    constexpr std::size_t most_values = 100;
    std::vector<FacetValue> values;
    for (const auto& [value, count] : counts) {
        values.push_back({value, {}, count});
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    values.resize(std::min(values.size(), most_values));
    for (auto& value : values) {
        value.label = facet_label(reading, facet, value.value);
    }
    return values;
}

SearchResult answer(const Reading& reading, const SearchQuestion& question,
                    const Conditions& conditions) {
    Counts counts;
    const auto count = [&](NodeId node) {
        for (const auto& facet : question.facets) {
            for (auto& value : facet_values(reading, node, facet)) {
                ++counts[facet][value];
            }
        }
    };
    const bool by_index = question.sort == "relevance" && !is_blank(question.text);
    auto found = by_index ? ranked(reading, question, conditions, count)
                          : ordered(reading, question, conditions, count);
    SearchResult result;
    result.revision = graph::number(reading.graph().revision());
    result.text = question.text;
    result.total = found.total;
    result.did_you_mean = std::move(found.did_you_mean);
    for (const auto& hit : found.hits) {
        result.hits.push_back(described(reading, hit));
    }
    for (const auto& facet : question.facets) {
        result.facets[facet] = listed(reading, facet, counts[facet]);
    }
    const auto next = conditions.offset + result.hits.size();
    if (!result.hits.empty() && next < result.total) {
        result.next_cursor = cursor_at(next, conditions.hash);
    }
    return result;
}

}  // namespace

graph::Result<SearchResult> search(const Reading& reading, const SearchQuestion& question) {
    return read(reading, question).map([&](const Conditions& conditions) {
        return answer(reading, question, conditions);
    });
}

graph::Result<SuggestResult> suggest(const Reading& reading, const SuggestQuestion& question) {
    if (auto checked = check_kinds(reading, question.kinds); !checked) {
        return tl::unexpected(checked.error());
    }
    constexpr std::size_t most = 20;
    if (question.limit < 1 || question.limit > most) {
        return graph::refuse_parameter("limit", "limit is from 1 to 20.");
    }
    index::SuggestRequest request;
    request.text = question.text;
    request.limit = question.limit;
    if (!question.kinds.empty()) {
        request.accept = kind_condition(reading.graph(), question.kinds);
    }
    auto answer = reading.view->suggest(request);
    SuggestResult result;
    result.revision = graph::number(reading.graph().revision());
    for (const auto& hit : answer.entities) {
        result.entities.push_back(described(reading, hit));
    }
    result.queries = std::move(answer.queries);
    return result;
}

}  // namespace khom::query
