#include <algorithm>

#include "query/operators/adjacency.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::Direction;
using graph::NodeId;
using graph::ValueKind;

/// An undirected pattern fits a relationship in two ways, one row each, but a loop in one.
class Ends : public Operator {
  public:
    Ends(const plan::Ends& step, OperatorPtr source) : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        ways_left_ = 0;
    }

    bool next(Execution& execution) override {
        while (true) {
            while (ways_left_ > 0) {
                const bool turned = --ways_left_ == 0 ? last_turned_ : !last_turned_;
                if (bind(turned, execution)) return true;
            }
            if (!source_->next(execution)) return false;
            start(execution);
        }
    }

  private:
    void start(Execution& execution) {
        const auto& value = execution[step_.relationship];
        if (!value.is(ValueKind::relationship) || !execution.graph->has(value.relationship()))
            return;
        const auto& graph = *execution.graph;
        ends_ = graph.endpoints(value.relationship());
        const bool fits =
            step_.types.empty() ||
            std::ranges::find(step_.types, graph.name(ends_.type)) != step_.types.end();
        if (!fits || is_used(step_.distinct_from, value.relationship(), execution)) return;
        const bool both = step_.direction == Direction::both && ends_.from != ends_.to;
        ways_left_ = both ? 2 : 1;
        last_turned_ = both || step_.direction == Direction::in;
    }

    bool bind(bool turned, Execution& execution) const {
        return place(step_.from, step_.from_bound, turned ? ends_.to : ends_.from, execution) &&
               place(step_.to, step_.to_bound || step_.to == step_.from,
                     turned ? ends_.from : ends_.to, execution);
    }

    static bool place(cypher::Slot slot, bool bound, NodeId node, Execution& execution) {
        if (bound) return execution[slot].is(ValueKind::node) && execution[slot].node() == node;
        execution[slot] = node;
        return true;
    }

    const plan::Ends& step_;
    OperatorPtr source_;
    graph::Endpoints ends_;
    int ways_left_ = 0;
    bool last_turned_ = false;
};

}  // namespace

OperatorPtr make(const plan::Ends& step, OperatorPtr source) {
    return std::make_unique<Ends>(step, std::move(source));
}

}  // namespace khom::query::operators
