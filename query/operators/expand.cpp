#include <utility>

#include "query/operators/adjacency.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::ValueKind;

class Expand : public Operator {
  public:
    Expand(const plan::Expand& step, OperatorPtr source)
        : step_(step), source_(std::move(source)), types_(step.types), work_{step.pattern} {}

    void open(Execution& execution) override {
        source_->open(execution);
        if (!std::exchange(watched_, true)) execution.meter.watch(work_);
        active_ = false;
    }

    bool next(Execution& execution) override {
        while (true) {
            while (!active_) {
                if (!source_->next(execution)) return false;
                active_ = start(execution);
            }
            const auto* adjacent = cursor_.next(execution);
            if (adjacent == nullptr) {
                active_ = false;
            } else if (accepts(*adjacent, execution)) {
                execution[step_.relationship] = adjacent->relationship;
                ++work_.rows;
                if (!step_.into) execution[step_.to] = adjacent->neighbour;
                return true;
            }
        }
    }

  private:
    bool start(const Execution& execution) {
        const auto& from = execution[step_.from];
        if (!from.is(ValueKind::node)) return false;
        if (step_.into) {
            const auto& to = execution[step_.to];
            if (!to.is(ValueKind::node)) return false;
            target_ = to.node();
        }
        cursor_.start(step_, types_, from.node(), execution);
        return true;
    }

    bool accepts(const graph::Adjacent& adjacent, const Execution& execution) const {
        return (!step_.into || adjacent.neighbour == target_) &&
               !is_used(step_.distinct_from, adjacent.relationship, execution);
    }

    const plan::Expand& step_;
    OperatorPtr source_;
    HopTypes types_;
    Work work_;
    bool watched_ = false;
    AdjacencyCursor cursor_;
    graph::NodeId target_{};
    bool active_ = false;
};

}  // namespace

OperatorPtr make(const plan::Expand& step, OperatorPtr source) {
    return std::make_unique<Expand>(step, std::move(source));
}

}  // namespace khom::query::operators
