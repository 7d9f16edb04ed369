#include <algorithm>
#include <utility>

#include "graph/value_order.h"
#include "query/operators/adjacency.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::List;
using graph::NodeId;
using graph::RelationshipId;
using graph::Value;
using graph::ValueKind;

/// Depth first, one cursor a level: the trail so far is the stack.
class VarExpand : public Operator {
  public:
    VarExpand(const plan::VarExpand& step, OperatorPtr source)
        : step_(step),
          source_(std::move(source)),
          types_(step.hop.types),
          work_{step.hop.pattern} {}

    void open(Execution& execution) override {
        source_->open(execution);
        if (!std::exchange(watched_, true)) execution.meter.watch(work_);
        depth_ = 0;
        fresh_ = false;
        trail_.clear();
    }

    bool next(Execution& execution) override {
        while (true) {
            if (fresh_) {
                fresh_ = false;
                if (step_.min <= 0 && emit(start_, execution)) return true;
            }
            if (depth_ == 0) {
                if (!source_->next(execution)) return false;
                if (step_.list_bound) {
                    if (follow(execution)) return true;
                } else {
                    begin(execution);
                }
                continue;
            }
            if (step_further(execution)) return true;
        }
    }

  private:
    void begin(Execution& execution) {
        const auto& from = execution[step_.hop.from];
        if (!from.is(ValueKind::node)) return;
        start_ = from.node();
        wanted_.clear();
        for (const auto& [key, expression] : step_.properties)
            wanted_.push_back(evaluate(*expression, execution));
        trail_.clear();
        fresh_ = true;
        push(start_, execution);
    }

    void push(NodeId node, const Execution& execution) {
        if (cursors_.size() == depth_) cursors_.emplace_back();
        cursors_[depth_++].start(step_.hop, types_, node, execution);
    }

    bool step_further(Execution& execution) {
        const bool too_long = step_.max && static_cast<std::int64_t>(trail_.size()) >= *step_.max;
        const auto* adjacent = too_long ? nullptr : cursors_[depth_ - 1].next(execution);
        if (adjacent == nullptr) {
            --depth_;
            if (!trail_.empty()) trail_.pop_back();
            return false;
        }
        if (!accepts(adjacent->relationship, execution)) return false;
        const auto neighbour = adjacent->neighbour;
        ++work_.rows;
        trail_.push_back(adjacent->relationship);
        push(neighbour, execution);
        return static_cast<std::int64_t>(trail_.size()) >= step_.min && emit(neighbour, execution);
    }

    bool accepts(RelationshipId relationship, const Execution& execution) const {
        if (std::ranges::find(trail_, relationship) != trail_.end()) return false;
        if (is_used(step_.hop.distinct_from, relationship, execution)) return false;
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            const auto value = execution.graph->property(relationship, step_.properties[i].first);
            if (graph::equals(value, wanted_[i]) != true) return false;
        }
        return true;
    }

    bool emit(NodeId end, Execution& execution) const {
        if (!arrive(end, execution)) return false;
        List list(trail_.begin(), trail_.end());
        if (step_.reversed) std::ranges::reverse(list);
        execution[step_.hop.relationship] = Value(std::move(list));
        return true;
    }

    bool arrive(NodeId end, Execution& execution) const {
        auto& to = execution[step_.hop.to];
        if (step_.hop.into) return to.is(ValueKind::node) && to.node() == end;
        to = end;
        return true;
    }

    /// The relationships are given: do they lead on from the start, one after the other?
    bool follow(Execution& execution) const {
        const auto& from = execution[step_.hop.from];
        const auto& given = execution[step_.hop.relationship];
        if (!from.is(ValueKind::node) || !given.is(ValueKind::list)) return false;
        auto list = given.list();
        if (step_.reversed) std::ranges::reverse(list);
        const auto length = static_cast<std::int64_t>(list.size());
        if (length < step_.min || (step_.max && length > *step_.max)) return false;
        auto node = from.node();
        for (const auto& each : list) {
            if (!each.is(ValueKind::relationship) || !execution.graph->has(each.relationship()))
                return false;
            const auto ends = execution.graph->endpoints(each.relationship());
            const bool out = step_.hop.direction != graph::Direction::in && ends.from == node;
            const bool in = step_.hop.direction != graph::Direction::out && ends.to == node;
            if (!out && !in) return false;
            node = out ? ends.to : ends.from;
        }
        return arrive(node, execution);
    }

    const plan::VarExpand& step_;
    OperatorPtr source_;
    HopTypes types_;
    Work work_;
    bool watched_ = false;
    std::vector<AdjacencyCursor> cursors_;
    std::vector<RelationshipId> trail_;
    std::vector<Value> wanted_;
    NodeId start_{};
    std::size_t depth_ = 0;
    bool fresh_ = false;
};

}  // namespace

OperatorPtr make(const plan::VarExpand& step, OperatorPtr source) {
    return std::make_unique<VarExpand>(step, std::move(source));
}

}  // namespace khom::query::operators
