#include <utility>

#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class NodeScan : public Operator {
  public:
    NodeScan(const plan::NodeScan& step, OperatorPtr source)
        : step_(step), source_(std::move(source)), work_{step.pattern} {}

    void open(Execution& execution) override {
        source_->open(execution);
        if (!std::exchange(watched_, true)) execution.meter.watch(work_);
        at_ = 0;
        nodes_.clear();
        fetched_ = false;
    }

    bool next(Execution& execution) override {
        while (at_ == nodes_.size()) {
            if (!source_->next(execution)) return false;
            if (!fetched_) fetch(*execution.graph);
            if (nodes_.empty()) return false;
            at_ = 0;
        }
        execution.meter.step();
        ++work_.rows;
        execution[step_.node] = nodes_[at_++];
        return true;
    }

  private:
    void fetch(const graph::Snapshot& graph) {
        fetched_ = true;
        if (step_.label.empty()) {
            nodes_ = graph.nodes();
        } else if (const auto label = graph.label(step_.label)) {
            nodes_ = graph.nodes(*label);
        }
        at_ = nodes_.size();
    }

    const plan::NodeScan& step_;
    OperatorPtr source_;
    std::vector<graph::NodeId> nodes_;
    std::size_t at_ = 0;
    bool fetched_ = false;
    Work work_;
    bool watched_ = false;
};

}  // namespace

OperatorPtr make(const plan::NodeScan& step, OperatorPtr source) {
    return std::make_unique<NodeScan>(step, std::move(source));
}

}  // namespace khom::query::operators
