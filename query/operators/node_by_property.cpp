#include "query/operators/lookup.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class NodeByProperty : public Operator {
  public:
    NodeByProperty(const plan::NodeByProperty& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        at_ = 0;
        nodes_.clear();
    }

    bool next(Execution& execution) override {
        while (at_ == nodes_.size()) {
            if (!source_->next(execution)) return false;
            look_up(step_.label, step_.lookup, execution, nodes_);
            at_ = 0;
        }
        execution.meter.step();
        execution[step_.node] = nodes_[at_++];
        return true;
    }

  private:
    const plan::NodeByProperty& step_;
    OperatorPtr source_;
    std::vector<graph::NodeId> nodes_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::NodeByProperty& step, OperatorPtr source) {
    return std::make_unique<NodeByProperty>(step, std::move(source));
}

}  // namespace khom::query::operators
