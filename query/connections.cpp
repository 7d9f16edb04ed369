// How much a chain tells is the path-degree product of Himmelstein and Baranzini (2015, PLoS
// Computational Biology 11(7), "Heterogeneous network edge prediction"): each step counts (d_from ·
// d_to)^-w, where d is how many statements of that type and direction an end has, and w = 0.4 as
// they found best. A step that a hundred others share tells little; one that only these two have
// tells all. We add a factor for each step, so that of two equal chains the shorter is better, and
// for doubt:
//
//     score = Π over steps  0.9 · (d_from · d_to)^-0.4 · (1 stated or corroborated, 0.9 inferred,
//     0.6 doubtful)
//
// Its logarithm is a sum, so the best chains are the cheapest ways (chains.h).

#include "query/connections.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "query/chains.h"
#include "query/lookup.h"
#include "query/nearest.h"
#include "query/sentences.h"
#include "query/types.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

constexpr double damping = 0.4;
constexpr double each_step = 0.9;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// The question, checked.
struct Ends {
    NodeId source{}, target{};
    std::unordered_set<NodeId> avoided, hubs;
    graph::TimeWindow window;
    TypeSet types;
};

graph::Result<void> check_words(const ConnectionsQuestion& question) {
    if (question.max_hops < 1 || question.max_hops > 6) {
        return graph::refuse_parameter("max_hops", "max_hops is from 1 to 6.");
    }
    if (question.k < 1 || question.k > 20) {
        return graph::refuse_parameter("k", "k is from 1 to 20.");
    }
    if (question.rank != "informative" && question.rank != "shortest") {
        return graph::refuse_parameter(
            "rank", unknown_word(question.rank, "ranking", {"informative", "shortest"}));
    }
    return {};
}

graph::Result<std::unordered_set<NodeId>> avoided_of(const Reading& reading,
                                                     const ConnectionsQuestion& question,
                                                     NodeId source, NodeId target) {
    std::unordered_set<NodeId> avoided;
    for (const auto& id : question.avoid) {
        const auto node = find_entity(reading, id, "avoid");
        if (!node) {
            return tl::unexpected(node.error());
        }
        if (*node == source || *node == target) {
            return graph::refuse_parameter("avoid", "'" + id + "' is one of the two ends.");
        }
        avoided.insert(*node);
    }
    return avoided;
}

graph::Result<Ends> read(const Reading& reading, const ConnectionsQuestion& question) {
    if (auto checked = check_words(question); !checked) {
        return tl::unexpected(checked.error());
    }
    const auto source = find_entity(reading, question.source, "source");
    if (!source) return tl::unexpected(source.error());
    const auto target = find_entity(reading, question.target, "target");
    if (!target) return tl::unexpected(target.error());
    if (*source == *target) {
        return graph::refuse_parameter("target", "Source and target are the same entity.");
    }
    auto avoided = avoided_of(reading, question, *source, *target);
    if (!avoided) return tl::unexpected(avoided.error());
    const auto window = window_of(question.from, question.to);
    if (!window) return tl::unexpected(window.error());
    Ends ends{*source, *target, std::move(*avoided), {}, *window, TypeSet::all(reading)};
    for (const auto& id : reading.ontology->hubs) {
        if (const auto hub = reading.graph().find(id)) {
            ends.hubs.insert(*hub);
        }
    }
    // That one page names both says nothing about them, unless the page is what was asked about.
    const auto is_source = [&](NodeId node) { return kind_of(reading.graph(), node) == "source"; };
    if (!is_source(*source) && !is_source(*target)) {
        ends.types.leave_out(reading, "documented_in");
    }
    return ends;
}

/// What of the question's conditions holds in one search: to tell why nothing was found, some are
/// lifted.
struct Conditions {
    bool hubs_closed = true;
    bool filters = true;
    bool shortest = false;
};

double certainty_factor(const graph::Snapshot& graph, graph::RelationshipId relationship) {
    const auto value = graph.property(relationship, "certainty");
    const auto certainty = graph::string_or_empty(value);
    return certainty == "doubtful" ? 0.6 : certainty == "inferred" ? 0.9 : 1.0;
}

/// -log of the step's factor in the score; above 0.
double informative_cost(const graph::Snapshot& graph, NodeId from, Direction direction,
                        const graph::Adjacent& adjacent) {
    const auto back = direction == Direction::out ? Direction::in : Direction::out;
    const auto degree = [&](NodeId node, Direction way) {
        return static_cast<double>(graph.adjacent(node, way, adjacent.type).size());
    };
    const double shared = degree(from, direction) * degree(adjacent.neighbour, back);
    return damping * std::log(shared) - std::log(each_step) -
           std::log(certainty_factor(graph, adjacent.relationship));
}

graph::Result<std::vector<Chain>> chains(const Reading& reading,
                                         const ConnectionsQuestion& question, const Ends& ends,
                                         Conditions conditions, std::size_t count) {
    const auto& graph = reading.graph();
    ChainRequest request;
    request.source = ends.source;
    request.target = ends.target;
    request.max_hops = static_cast<std::size_t>(question.max_hops);
    request.count = count;
    request.passable = [&](NodeId node) {
        return !(conditions.hubs_closed && ends.hubs.contains(node)) &&
               !(conditions.filters && ends.avoided.contains(node));
    };
    request.cost = [&](NodeId from, Direction direction, const graph::Adjacent& adjacent) {
        const bool open = ends.types.has(adjacent.type) &&
                          (!conditions.filters || ends.window.open() ||
                           is_within(days_of(graph, adjacent.relationship), ends.window));
        if (!open) {
            return infinite;
        }
        const auto cost = informative_cost(graph, from, direction, adjacent);
        // As few steps as possible; among as many, what tells more. No chain's cost reaches 1,000.
        return conditions.shortest ? 1000 + cost : cost;
    };
    return cheapest_chains(graph, request);
}

Connection described(const Reading& reading, const Chain& chain) {
    Connection connection;
    double cost = 0;
    for (const auto& link : chain.links) {
        const auto ends = reading.graph().endpoints(link.relationship);
        cost += informative_cost(reading.graph(), link.from, link.direction,
                                 {ends.type, link.to, link.relationship});
        ConnectionStep step;
        step.from = entity_ref(reading, link.from);
        step.to = entity_ref(reading, link.to);
        step.statement = statement(reading, link.relationship, link.direction);
        step.sentence = sentence(*reading.ontology, step.from, step.to, step.statement);
        connection.steps.push_back(std::move(step));
    }
    connection.score = std::exp(-cost);
    connection.sentence = chain_sentence(*reading.ontology, connection.steps);
    return connection;
}

Wording hub_names(const Reading& reading) {
    Wording names;
    for (const auto& id : reading.ontology->hubs) {
        if (const auto node = reading.graph().find(id)) {
            const auto name = entity_ref(reading, *node).name;
            names.en += (names.en.empty() ? "" : " or ") + name.en;
            names.th += (names.th.empty() ? "" : " หรือ") + (name.th.empty() ? name.en : name.th);
        }
    }
    return names;
}

void explain(const Reading& reading, const ConnectionsQuestion& question, const std::string& reason,
             ConnectionsResult& result) {
    const auto hops = std::to_string(question.max_hops);
    result.reason = reason;
    if (reason == "only_through_hubs") {
        const auto names = hub_names(reading);
        result.explanation = {
            "Within " + hops + " steps the two are connected only through " + names.en +
                ", with which nearly everything is connected: that explains nothing. Ask for the "
                "shortest chain to see it, "
                "or allow more steps.",
            "ภายใน " + hops + " ขั้น ทั้งสองเชื่อมกันผ่าน" + names.th +
                "เท่านั้น ซึ่งเชื่อมกับแทบทุกสิ่ง จึงไม่ได้อธิบายอะไร "
                "ขอเส้นทางที่สั้นที่สุดเพื่อดูเส้นทางนั้น หรือเพิ่มจำนวนขั้น"};
    } else if (reason == "filtered_out") {
        result.explanation = {
            "There are chains of at most " + hops +
                " steps, but none in these years without what is to be avoided. Widen the years, "
                "or avoid less.",
            "มีเส้นทางไม่เกิน " + hops +
                " ขั้น แต่ไม่มีเส้นทางใดอยู่ในช่วงปีนี้โดยไม่ผ่านสิ่งที่ให้เลี่ยง ลองขยายช่วงปี หรือเลี่ยงให้น้อยลง"};
    } else {
        result.explanation = {
            "No chain of at most " + hops + " steps connects the two" +
                (question.max_hops < 6 ? "; up to 6 steps can be asked for."
                                       : ". What is known so far says nothing of a connection."),
            "ไม่มีเส้นทางไม่เกิน " + hops + " ขั้นที่เชื่อมทั้งสอง " +
                (question.max_hops < 6 ? "ขอได้ถึง 6 ขั้น" : "ข้อมูลที่มีอยู่ยังไม่กล่าวถึงความเชื่อมโยง")};
    }
}

/// Which condition, if lifted, would let a chain through.
graph::Result<std::string> reason_of(const Reading& reading, const ConnectionsQuestion& question,
                                     const Ends& ends) {
    struct Try {
        Conditions conditions;
        const char* reason = nullptr;
    };
    for (const auto& [conditions, reason] :
         {Try{{false, true, true}, "only_through_hubs"}, Try{{true, false, true}, "filtered_out"},
          Try{{false, false, true}, "only_through_hubs"}}) {
        const auto found = chains(reading, question, ends, conditions, 1);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (!found->empty()) {
            return std::string(reason);
        }
    }
    return std::string("none_within_max_hops");
}

}  // namespace

graph::Result<ConnectionsResult> connections(const Reading& reading,
                                             const ConnectionsQuestion& question) {
    const auto ends = read(reading, question);
    if (!ends) {
        return tl::unexpected(ends.error());
    }
    const bool shortest = question.rank == "shortest";
    const auto found = chains(reading, question, *ends, {!shortest, true, shortest},
                              static_cast<std::size_t>(question.k));
    if (!found) {
        return tl::unexpected(found.error());
    }
    ConnectionsResult result;
    result.revision = graph::number(reading.graph().revision());
    result.source = entity_ref(reading, ends->source);
    result.target = entity_ref(reading, ends->target);
    for (const auto& chain : *found) {
        result.paths.push_back(described(reading, chain));
    }
    if (result.paths.empty()) {
        const auto reason = reason_of(reading, question, *ends);
        if (!reason) {
            return tl::unexpected(reason.error());
        }
        explain(reading, question, *reason, result);
    }
    return result;
}

}  // namespace khom::query
