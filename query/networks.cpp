#include "query/networks.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "query/cursor.h"
#include "query/lookup.h"
#include "query/nearest.h"
#include "query/network_private.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

constexpr std::size_t most_pairs = 200'000;
constexpr std::chrono::seconds most_time{5};

const std::vector<std::string> metric_names{"degree",   "strength", "betweenness", "closeness",
                                            "pagerank", "core",     "community",   "bridge"};

/// One period: who takes part in what, and who shares it.
struct PeriodNetwork {
    Parts parts;
    std::vector<graph::ProjectedEdge> sure;  // by what counts, at least the minimum
    std::vector<graph::ProjectedEdge> all;   // by what is to confirm, too
    std::set<std::uint32_t> present;         // nodes with something that counts
};

const graph::ProjectedEdge* find(const std::vector<graph::ProjectedEdge>& edges, std::uint32_t one,
                                 std::uint32_t other) {
    const auto at = std::ranges::lower_bound(
        edges, std::pair(one, other), {},
        [](const graph::ProjectedEdge& edge) { return std::pair(edge.one, edge.other); });
    return at != edges.end() && at->one == one && at->other == other ? &*at : nullptr;
}

graph::Result<PeriodNetwork> period_network(const Reading& reading, const Lens& lens,
                                            const NetworkQuestion& question,
                                            const graph::TimeWindow& window) {
    auto parts = parts_of(reading, lens, question, window);
    if (!parts) return tl::unexpected(parts.error());
    PeriodNetwork network;
    network.parts = std::move(*parts);
    std::vector<graph::Incidence> sure, all;
    for (const auto& part : network.parts.all) {
        all.push_back({part.node, part.via, part.statement});
        if (part.judgement.standing != Standing::counts) continue;
        sure.push_back(all.back());
        network.present.insert(part.node);
    }
    auto all_edges = graph::project(std::move(all), most_pairs);
    if (!all_edges) return tl::unexpected(all_edges.error());
    network.all = std::move(*all_edges);
    network.sure = *graph::project(std::move(sure), most_pairs);  // fewer than all
    return network;
}

/// What a question asks, checked.
struct Asked {
    Lens lens;
    Period shown;
    std::optional<Period> earlier;
    graph::TimeWindow shown_window, earlier_window;
    std::set<std::string> metrics;
};

/// Which of two windows is the later: by begin, then by end; an open begin is the earliest.
bool begins_later(const graph::TimeWindow& one, const graph::TimeWindow& other) {
    const auto key = [](const graph::TimeWindow& window) {
        return std::pair(window.from ? window.from->days : INT64_MIN,
                         window.to ? window.to->days : INT64_MAX);
    };
    return key(one) > key(other);
}

graph::Result<void> read_periods(const NetworkQuestion& question, Asked& asked) {
    const auto window = window_of(question.from, question.to);
    if (!window) return tl::unexpected(window.error());
    asked.shown = {question.from, question.to};
    asked.shown_window = *window;
    if (question.compare_from.empty() && question.compare_to.empty()) return {};
    auto second = window_of(question.compare_from, question.compare_to);
    if (!second) {
        second.error().parameter = "compare_" + second.error().parameter;
        return tl::unexpected(second.error());
    }
    asked.earlier = Period{question.compare_from, question.compare_to};
    asked.earlier_window = *second;
    if (!begins_later(asked.shown_window, asked.earlier_window)) {
        std::swap(asked.shown, *asked.earlier);
        std::swap(asked.shown_window, asked.earlier_window);
    }
    return {};
}

graph::Result<Asked> read(const Reading& reading, const NetworkQuestion& question) {
    Asked asked;
    auto lens = find_lens(*reading.ontology, question.lens);
    if (!lens) return tl::unexpected(lens.error());
    asked.lens = std::move(*lens);
    if (const auto periods = read_periods(question, asked); !periods) {
        return tl::unexpected(periods.error());
    }
    for (const auto& metric : question.metrics) {
        if (std::ranges::find(metric_names, metric) == metric_names.end()) {
            return graph::refuse_parameter("metrics", unknown_word(metric, "metric", metric_names));
        }
    }
    const auto& metrics = question.metrics.empty() ? metric_names : question.metrics;
    asked.metrics.insert(metrics.begin(), metrics.end());
    if (!(question.min_weight >= 0)) {
        return graph::refuse_parameter("min_weight", "min_weight is 0 or more.");
    }
    if (question.limit < 1 || question.limit > 1000) {
        return graph::refuse_parameter("limit", "limit is from 1 to 1000.");
    }
    return asked;
}

/// The same for the same lens and pair.
std::string edge_id(const Lens& lens, const std::string& source, const std::string& target) {
    char text[20];
    const auto hash = QuestionHash().add(lens.id).add(source).add(target).value();
    std::snprintf(text, sizeof text, "n-%016llx", static_cast<unsigned long long>(hash));
    return text;
}

/// Puts one question's network together.
class Weaver {
  public:
    Weaver(const Reading& reading, const NetworkQuestion& question, const Asked& asked,
           const PeriodNetwork& now, const PeriodNetwork* before)
        : reading_(reading), question_(question), asked_(asked), now_(now), before_(before) {
        budget_.deadline = std::chrono::steady_clock::now() + most_time;
    }

    graph::Result<NetworkResult> weave() {
        result_.revision = graph::number(reading_.graph().revision());
        result_.lens = asked_.lens;
        result_.period = asked_.shown;
        result_.earlier = asked_.earlier;
        put_nodes();
        put_edges();
        if (auto done = measure_network(result_, asked_.metrics, budget_); !done)
            return tl::unexpected(done.error());
        if (asked_.lens.node == "partner") put_words(reading_, now_.parts, result_);
        order_and_cut();
        if (auto done = lay_out_network(result_, budget_); !done)
            return tl::unexpected(done.error());
        return std::move(result_);
    }

  private:
    void put_nodes() {
        std::map<std::uint32_t, std::set<std::uint32_t>> vias;
        for (const auto& part : now_.parts.all) vias[part.node].insert(part.via);
        if (before_ != nullptr) {
            for (const auto node : before_->present) vias[node];
        }
        for (const auto& [place, taken] : vias) {
            NetworkNode node;
            const auto id = now_.parts.nodes[place];
            node.entity = entity_ref(reading_, id);
            node.subtype = text_of(reading_.graph(), id, "subtype");
            node.sector = text_of(reading_.graph(), id, "sector");
            for (const auto via : taken) {
                auto shared = shared_evidence(reading_, now_.parts, {place}, via);
                (shared.why.empty() ? node.shares : node.to_confirm).push_back(std::move(shared));
            }
            if (before_ != nullptr) {
                node.change =
                    change(now_.present.contains(place), before_->present.contains(place));
            }
            result_.nodes.push_back(std::move(node));
        }
    }

    static std::string change(bool now, bool before) {
        return now && before ? "kept" : now ? "gained" : before ? "lost" : "";
    }

    void put_edges() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const auto& edge : now_.all) pairs.emplace(edge.one, edge.other);
        if (before_ != nullptr) {
            for (const auto& edge : before_->sure) pairs.emplace(edge.one, edge.other);
        }
        for (const auto& [one, other] : pairs) put_edge(one, other);
    }

    void put_edge(std::uint32_t one, std::uint32_t other) {
        const auto* certain = find(now_.sure, one, other);
        const auto* now = enough(certain);
        const auto* before = before_ == nullptr ? nullptr : enough(find(before_->sure, one, other));
        NetworkEdge edge;
        edge.source = now_.parts.node_ids[one];
        edge.target = now_.parts.node_ids[other];
        edge.id = edge_id(asked_.lens, edge.source, edge.target);
        if (const auto* all = find(now_.all, one, other)) {
            for (const auto via : all->shared) {
                if (certain != nullptr && std::ranges::binary_search(certain->shared, via))
                    continue;
                edge.to_confirm.push_back(shared_evidence(reading_, now_.parts, {one, other}, via));
            }
        }
        if (now == nullptr && before == nullptr) {
            if (certain == nullptr && !edge.to_confirm.empty()) {
                result_.to_confirm.push_back(std::move(edge));
            }
            return;
        }
        const auto& source = now != nullptr ? now_ : *before_;
        for (const auto via : (now != nullptr ? now : before)->shared) {
            edge.evidence.push_back(shared_evidence(reading_, source.parts, {one, other}, via));
        }
        if (now != nullptr && before != nullptr) {
            for (const auto via : before->shared) {
                edge.before.push_back(shared_evidence(reading_, before_->parts, {one, other}, via));
            }
        }
        edge.weight = static_cast<double>(edge.evidence.size());
        if (before_ != nullptr) edge.change = change(now != nullptr, before != nullptr);
        result_.edges.push_back(std::move(edge));
    }

    const graph::ProjectedEdge* enough(const graph::ProjectedEdge* edge) const {
        return edge != nullptr && static_cast<double>(edge->shared.size()) >= question_.min_weight
                   ? edge
                   : nullptr;
    }

    void order_and_cut() {
        std::ranges::stable_sort(result_.nodes,
                                 [](const NetworkNode& one, const NetworkNode& other) {
                                     if (one.strength != other.strength)
                                         return one.strength > other.strength;
                                     if (one.shares.size() != other.shares.size()) {
                                         return one.shares.size() > other.shares.size();
                                     }
                                     return one.entity.id < other.entity.id;
                                 });
        std::ranges::stable_sort(result_.edges, std::greater<>(), &NetworkEdge::weight);
        result_.total_nodes = result_.nodes.size();
        result_.total_edges = result_.edges.size();
        result_.truncated = result_.nodes.size() > question_.limit;
        if (!result_.truncated) return;
        result_.nodes.resize(question_.limit);
        std::set<std::string> kept;
        for (const auto& node : result_.nodes) kept.insert(node.entity.id);
        for (auto* edges : {&result_.edges, &result_.to_confirm}) {
            std::erase_if(*edges, [&](const NetworkEdge& edge) {
                return !kept.contains(edge.source) || !kept.contains(edge.target);
            });
        }
    }

    const Reading& reading_;
    const NetworkQuestion& question_;
    const Asked& asked_;
    const PeriodNetwork& now_;
    const PeriodNetwork* before_;
    graph::Budget budget_;
    NetworkResult result_;
};

}  // namespace

graph::Result<NetworkResult> network(const Reading& reading, const NetworkQuestion& question) {
    const auto asked = read(reading, question);
    if (!asked) return tl::unexpected(asked.error());
    const auto now = period_network(reading, asked->lens, question, asked->shown_window);
    if (!now) return tl::unexpected(now.error());
    if (!asked->earlier) return Weaver(reading, question, *asked, *now, nullptr).weave();
    const auto before = period_network(reading, asked->lens, question, asked->earlier_window);
    if (!before) return tl::unexpected(before.error());
    return Weaver(reading, question, *asked, *now, &*before).weave();
}

}  // namespace khom::query
