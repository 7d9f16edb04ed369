#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

/// Public ids are unique; one that is no string cannot be looked up, so such rows fall back to a
/// scan.
class NodeById : public Operator {
  public:
    NodeById(const plan::NodeById& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        at_ = 0;
        scanned_.clear();
    }

    bool next(Execution& execution) override {
        while (true) {
            if (at_ < scanned_.size()) {
                execution.meter.step();
                execution[step_.node] = scanned_[at_++];
                return true;
            }
            if (!source_->next(execution)) return false;
            const auto id = evaluate(*step_.id, execution);
            if (id.is(graph::ValueKind::string)) {
                const auto node = execution.graph->find(id.string());
                if (!node) continue;
                execution[step_.node] = *node;
                return true;
            }
            scanned_ = execution.graph->nodes();
            at_ = 0;
        }
    }

  private:
    const plan::NodeById& step_;
    OperatorPtr source_;
    std::vector<graph::NodeId> scanned_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::NodeById& step, OperatorPtr source) {
    return std::make_unique<NodeById>(step, std::move(source));
}

}  // namespace khom::query::operators
