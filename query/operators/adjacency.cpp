#include "query/operators/adjacency.h"

#include <algorithm>

namespace khom::query::operators {

using graph::Direction;
using graph::ValueKind;

void AdjacencyCursor::start(const plan::Expand& hop, graph::NodeId node,
                            const Execution& execution) {
    hop_ = &hop;
    node_ = node;
    span_ = {};
    at_ = 0;
    type_ = 0;
    incoming_ = hop.direction == Direction::in;
    ended_ = !execution.graph->has(node);
}

const graph::Adjacent* AdjacencyCursor::next(Execution& execution) {
    while (!ended_) {
        while (at_ < span_.size()) {
            const auto& adjacent = span_[at_++];
            execution.meter.hop();
            const bool second_sight =
                incoming_ && hop_->direction == Direction::both && adjacent.neighbour == node_;
            if (!second_sight) return &adjacent;
        }
        if (!next_span(execution)) ended_ = true;
    }
    return nullptr;
}

bool AdjacencyCursor::next_span(const Execution& execution) {
    const auto& graph = *execution.graph;
    const auto passes = std::max<std::size_t>(hop_->types.size(), 1);
    while (true) {
        if (type_ == passes) {
            if (incoming_ || hop_->direction != Direction::both) return false;
            incoming_ = true;
            type_ = 0;
        }
        const auto pass = type_++;
        const auto direction = incoming_ ? Direction::in : Direction::out;
        at_ = 0;
        if (hop_->types.empty()) {
            span_ = graph.adjacent(node_, direction);
            return true;
        }
        if (const auto type = graph.type(hop_->types[pass])) {
            span_ = graph.adjacent(node_, direction, *type);
            return true;
        }
    }
}

bool is_used(const std::vector<cypher::Slot>& slots, graph::RelationshipId relationship,
             const Execution& execution) {
    return std::ranges::any_of(slots, [&](cypher::Slot slot) {
        const auto& value = execution[slot];
        if (value.is(ValueKind::relationship)) return value.relationship() == relationship;
        return value.is(ValueKind::list) &&
               std::ranges::any_of(value.list(), [&](const graph::Value& each) {
                   return each.is(ValueKind::relationship) && each.relationship() == relationship;
               });
    });
}

}  // namespace khom::query::operators
