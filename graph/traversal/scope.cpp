#include "graph/traversal/scope.h"

#include "graph/statement_time.h"
#include "graph/traversal/walk_private.h"

namespace khom::graph {

bool Spending::look() {
    if (refused_) return false;
    if (budget_.cancelled != nullptr && budget_.cancelled->load(std::memory_order_relaxed)) {
        refused_ = Refusal{RefusalCode::cancelled, "Nobody waits for the answer.", {}, {}, {}};
    } else if (used_ > budget_.hops) {
        refused_ =
            Refusal{RefusalCode::limit_exceeded,
                    "More than " + std::to_string(budget_.hops) +
                        " relationships would have to be looked at. Ask for fewer hops, or filter.",
                    {},
                    {},
                    {}};
    } else if (budget_.deadline && std::chrono::steady_clock::now() >= *budget_.deadline) {
        refused_ = Refusal{RefusalCode::deadline_exceeded,
                           "The time for this request is used up after " + std::to_string(used_) +
                               " relationships.",
                           {},
                           {},
                           {}};
    }
    plan();
    return !refused_;
}

Passage::Passage(const Snapshot& graph, const TraversalFilter& filter, NodesAre nodes)
    : graph_(graph), filter_(filter) {
    if (nodes == NodesAre::filtered) avoid_ = filter.avoid;
    std::sort(avoid_.begin(), avoid_.end());
    certainty_ = graph.property_key("certainty");
    asks_relationship_ = !filter.certainties.empty() || !filter.window.open();
    asks_node_ = nodes == NodesAre::filtered && !(filter.labels.empty() && avoid_.empty());
}

bool Passage::lets_relationship(RelationshipId relationship) const {
    if (!filter_.certainties.empty()) {
        const auto given = certainty_ ? graph_.text(relationship, *certainty_) : std::nullopt;
        const auto certainty = given.value_or("stated");
        if (std::find(filter_.certainties.begin(), filter_.certainties.end(), certainty) ==
            filter_.certainties.end()) {
            return false;
        }
    }
    if (filter_.window.open()) return true;
    const auto days = days_of(graph_, relationship);
    return days.is_known() ? overlaps(days, filter_.window) : filter_.undated == Undated::pass;
}

bool Passage::lets_node(NodeId node) const {
    if (std::binary_search(avoid_.begin(), avoid_.end(), node)) return false;
    return filter_.labels.empty() ||
           std::any_of(filter_.labels.begin(), filter_.labels.end(),
                       [&](LabelId label) { return graph_.has_label(node, label); });
}

Scratch::Scratch() : rooms_(std::make_unique<Rooms>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

}  // namespace khom::graph
