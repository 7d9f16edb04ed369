#include "query/operators/adjacency.h"

#include <algorithm>

namespace khom::query::operators {

using graph::Direction;
using graph::ValueKind;

void AdjacencyCursor::start(const plan::Expand& hop, HopTypes& types, graph::NodeId node,
                            const Execution& execution) {
    types_ = &types;
    direction_ = hop.direction;
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
                incoming_ && direction_ == Direction::both && adjacent.neighbour == node_;
            if (!second_sight) return &adjacent;
        }
        if (!next_span(execution)) ended_ = true;
    }
    return nullptr;
}

bool AdjacencyCursor::next_span(const Execution& execution) {
    const auto& graph = *execution.graph;
    const auto passes = std::max<std::size_t>(types_->size(), 1);
    while (true) {
        if (type_ == passes) {
            if (incoming_ || direction_ != Direction::both) return false;
            incoming_ = true;
            type_ = 0;
        }
        const auto pass = type_++;
        const auto direction = incoming_ ? Direction::in : Direction::out;
        at_ = 0;
        if (types_->any()) {
            span_ = graph.adjacent(node_, direction);
            return true;
        }
        if (const auto type = (*types_)(pass, execution)) {
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
