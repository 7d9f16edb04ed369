#include <algorithm>

#include "query/operators/evaluate.h"
#include "query/operators/lookup.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::Value;
using graph::ValueKind;

/// Public ids are strings and unique. A number under `id` is a property like any other.
class NodeById : public Operator {
  public:
    NodeById(const plan::NodeById& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        at_ = 0;
        nodes_.clear();
    }

    bool next(Execution& execution) override {
        while (at_ == nodes_.size()) {
            if (!source_->next(execution)) return false;
            find(execution);
        }
        execution.meter.step();
        execution[step_.node] = nodes_[at_++];
        return true;
    }

  private:
    void find(Execution& execution) {
        nodes_.clear();
        at_ = 0;
        const auto id = evaluate(*step_.lookup.value, execution);
        if (id.is_null()) return;
        if (step_.lookup.kind == plan::PropertyLookup::Kind::equal) {
            if (id.is(ValueKind::string)) {
                add(id, execution);
                return;
            }
        } else if (id.is(ValueKind::list) && std::ranges::all_of(id.list(), [](const Value& each) {
                       return each.is(ValueKind::string) || each.is_null();
                   })) {
            for (const auto& each : id.list()) {
                execution.meter.step();
                if (!each.is_null()) add(each, execution);
            }
            std::ranges::sort(nodes_);
            nodes_.erase(std::unique(nodes_.begin(), nodes_.end()), nodes_.end());
            return;
        }
        look_up(step_.label, step_.lookup, execution, nodes_);
    }

    void add(const Value& id, const Execution& execution) {
        if (const auto node = execution.graph->find(id.string())) nodes_.push_back(*node);
    }

    const plan::NodeById& step_;
    OperatorPtr source_;
    std::vector<graph::NodeId> nodes_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::NodeById& step, OperatorPtr source) {
    return std::make_unique<NodeById>(step, std::move(source));
}

}  // namespace khom::query::operators
