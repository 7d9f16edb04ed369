// Depth first, as VarExpand. One walk is a plan of its own and writes its slots anew each time, so
// all walks from a node are kept before the next walk is begun from where one of them ended.

#include <algorithm>
#include <utility>

#include "query/operators/adjacency.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::List;
using graph::NodeId;
using graph::RelationshipId;
using graph::Value;
using graph::ValueKind;

class Repeat : public Operator {
  public:
    Repeat(const plan::Repeat& step, OperatorPtr source, Profile* profile)
        : step_(step),
          source_(std::move(source)),
          inner_(build(*step.inner, profile)),
          work_{step.pattern} {}

    void open(Execution& execution) override {
        source_->open(execution);
        if (!std::exchange(watched_, true)) execution.meter.watch(work_);
        while (depth_ > 0) pop(execution);
        fresh_ = false;
    }

    bool next(Execution& execution) override {
        while (true) {
            if (std::exchange(fresh_, false) && step_.min <= 0 && emit(start_, execution)) {
                return true;
            }
            if (depth_ == 0) {
                if (!source_->next(execution)) return false;
                begin(execution);
                continue;
            }
            auto& level = levels_[depth_ - 1];
            trail_.resize(level.trail);
            if (level.next == level.walks.size()) {
                pop(execution);
            } else if (take(level.walks[level.next++], execution)) {
                return true;
            }
        }
    }

  private:
    struct Walk {
        NodeId end{};
        std::vector<RelationshipId> relationships;
        std::vector<Value> values;  ///< of the groups
    };
    struct Level {
        std::vector<Walk> walks;
        std::size_t next = 0;
        std::size_t trail = 0;  ///< how many relationships lead here
        std::size_t held = 0;
    };

    void begin(Execution& execution) {
        const auto& from = execution[step_.from];
        if (!from.is(ValueKind::node)) return;
        start_ = from.node();
        trail_.clear();
        fresh_ = true;
        push(start_, execution);
    }

    bool take(const Walk& walk, Execution& execution) {
        const auto end = walk.end;
        trail_.insert(trail_.end(), walk.relationships.begin(), walk.relationships.end());
        ++work_.rows;
        push(end, execution);
        return static_cast<std::int64_t>(depth_) - 1 >= step_.min && emit(end, execution);
    }

    /// All walks from the node that use nothing again; none where there were enough already.
    void push(NodeId node, Execution& execution) {
        if (levels_.size() == depth_) levels_.emplace_back();
        const auto walked = static_cast<std::int64_t>(depth_);
        auto& level = levels_[depth_++];
        level.walks.clear();
        level.next = level.held = 0;
        level.trail = trail_.size();
        if (step_.max && walked >= *step_.max) return;
        execution[step_.entry] = node;
        inner_->open(execution);
        while (inner_->next(execution)) {
            if (auto walk = walked_now(execution)) {
                level.held += sizeof(Walk) + walk->relationships.size() * sizeof(RelationshipId) +
                              walk->values.size() * sizeof(Value);
                level.walks.push_back(std::move(*walk));
            }
        }
        execution.meter.hold(level.held);
    }

    void pop(Execution& execution) { execution.meter.release(levels_[--depth_].held); }

    std::optional<Walk> walked_now(Execution& execution) const {
        Walk walk;
        for (const auto slot : step_.walked) {
            const auto relationship = execution[slot].relationship();
            if (std::ranges::find(trail_, relationship) != trail_.end() ||
                is_used(step_.distinct_from, relationship, execution)) {
                return std::nullopt;
            }
            walk.relationships.push_back(relationship);
        }
        walk.end = execution[step_.exit].node();
        for (const auto& [inside, list] : step_.groups) walk.values.push_back(execution[inside]);
        return walk;
    }

    bool emit(NodeId end, Execution& execution) const {
        auto& to = execution[step_.to];
        if (step_.into && !(to.is(ValueKind::node) && to.node() == end)) return false;
        if (!step_.into) to = end;
        const auto walks = depth_ - 1;
        const auto each = [&](auto visit) {
            for (std::size_t i = 0; i < walks; ++i) {
                const auto& level = levels_[step_.reversed ? walks - 1 - i : i];
                visit(level.walks[level.next - 1]);
            }
        };
        List relationships;
        each([&](const Walk& walk) {
            relationships.insert(relationships.end(), walk.relationships.begin(),
                                 walk.relationships.end());
        });
        execution[step_.relationships] = Value(std::move(relationships));
        for (std::size_t group = 0; group < step_.groups.size(); ++group) {
            List list;
            each([&](const Walk& walk) { list.push_back(walk.values[group]); });
            execution[step_.groups[group].second] = Value(std::move(list));
        }
        return true;
    }

    const plan::Repeat& step_;
    OperatorPtr source_;
    OperatorPtr inner_;
    Work work_;
    bool watched_ = false;
    std::vector<Level> levels_;
    std::size_t depth_ = 0;
    std::vector<RelationshipId> trail_;
    NodeId start_{};
    bool fresh_ = false;
};

}  // namespace

OperatorPtr make(const plan::Repeat& step, OperatorPtr source, Profile* profile) {
    return std::make_unique<Repeat>(step, std::move(source), profile);
}

}  // namespace khom::query::operators
