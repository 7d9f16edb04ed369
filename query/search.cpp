// A search is the index's ranking under the question's conditions. Any other order needs all
// matches before its first page: they are gathered first, ordered by the graph, and only the page
// is asked of the index again, for passages and scores.

#include "query/search.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>

#include "query/cursor.h"
#include "query/facets.h"
#include "query/lookup.h"
#include "query/name_order.h"
#include "query/search_conditions.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::NodeId;
using Counts = std::map<std::string, std::map<std::string, std::size_t>>;

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

Key key_of(const Reading& reading, const SearchQuestion& question, const Conditions& conditions,
           NodeId node) {
    const auto& graph = reading.graph();
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    if (question.sort == "name") {
        return {0, name_order(entity_ref(reading, node).name, question.lang), node};
    }
    if (question.sort == "start" || question.sort == "-start") {
        const auto day = first_day(graph, node, last);
        return {day == last || question.sort == "start" ? day : -day, {}, node};
    }
    const auto distance = conditions.distance(graph, node);
    if (question.sort == "distance" || (question.sort == "relevance" && distance)) {
        return {static_cast<std::int64_t>(1000 * distance.value_or(0)), {}, node};
    }
    constexpr std::int64_t a_hop = std::int64_t{1} << 40U;  // above any degree
    const auto hops = question.sort == "relevance" ? conditions.hops_to(node) : 0;
    return {a_hop * hops - static_cast<std::int64_t>(graph.degree(node)), {}, node};
}

/// The first `wanted` matches in the question's order; equal ones by public id. Holds no more keys
/// than that.
std::vector<NodeId> first_in_order(const Reading& reading, const SearchQuestion& question,
                                   const Conditions& conditions, const std::vector<NodeId>& nodes,
                                   std::size_t wanted) {
    const auto before = [&](const Key& a, const Key& b) {
        if (a.number != b.number) {
            return a.number < b.number;
        }
        return a.text != b.text ? a.text < b.text
                                : id_of(reading.graph(), a.node) < id_of(reading.graph(), b.node);
    };
    std::vector<Key> kept;  // a heap, the last of them in front
    for (const auto node : nodes) {
        auto key = key_of(reading, question, conditions, node);
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
    first.reserve(kept.size());
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
    const auto page = hit.entity.kind == "source" ? text_of(graph, found.node, "url") : "";
    hit.url = page.empty() ? "/id/" + hit.entity.id : page;
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

/// The index's ranking with what being linked is worth added: all hits that an index ranks at once
/// are ranked anew, and only the page is asked again, for passages.
Found linked_ranked(const Reading& reading, const SearchQuestion& question,
                    const Conditions& conditions, const std::function<void(NodeId)>& on_match) {
    constexpr std::size_t most_ranked = 1000;
    index::SearchRequest request;
    request.text = question.text;
    request.limit = most_ranked;
    request.highlights = false;
    request.accept = [&](NodeId node) { return conditions.accept(node); };
    request.on_match = on_match;
    auto answer = reading.view->search(request);
    const auto worth = [&](const index::Hit& hit) {
        return hit.score + worth_of(conditions.hops_to(hit.node));
    };
    std::stable_sort(answer.hits.begin(), answer.hits.end(),
                     [&](const auto& a, const auto& b) { return worth(a) > worth(b); });
    std::vector<NodeId> nodes;
    for (const auto& hit : answer.hits) {
        nodes.push_back(hit.node);
    }
    Found found{page(reading, question, nodes, conditions.offset), answer.total,
                std::move(answer.did_you_mean)};
    for (auto& hit : found.hits) {
        const auto linked = worth_of(conditions.hops_to(hit.node));
        hit.score += linked;
        if (question.explain) {
            hit.explain["linked"] = linked;
        }
    }
    return found;
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
    const auto first =
        first_in_order(reading, question, conditions, nodes, conditions.offset + question.limit);
    return {page(reading, question, first, conditions.offset), nodes.size(),
            std::move(did_you_mean)};
}

std::vector<FacetValue> listed(const Reading& reading, const std::string& facet,
                               const std::map<std::string, std::size_t>& counts) {
    constexpr std::size_t most_values = 100;
    std::vector<FacetValue> values;
    values.reserve(counts.size());
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
    auto found = !by_index         ? ordered(reading, question, conditions, count)
                 : conditions.hops ? linked_ranked(reading, question, conditions, count)
                                   : ranked(reading, question, conditions, count);
    SearchResult result;
    result.revision = graph::number(reading.graph().revision());
    result.text = question.text;
    result.total = found.total;
    result.did_you_mean = std::move(found.did_you_mean);
    for (const auto& hit : found.hits) {
        result.hits.push_back(described(reading, hit));
        result.hits.back().distance_m = conditions.distance(reading.graph(), hit.node);
        if (conditions.hops) {
            result.hits.back().hops = conditions.hops_to(hit.node);
        }
    }
    if (question.explain) {
        result.analysis = reading.view->analyse(question.text);
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
    return conditions_of(reading, question).map([&](const Conditions& conditions) {
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
        request.accept = has_kind(reading.graph(), question.kinds);
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
