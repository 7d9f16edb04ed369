#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class StoredCount : public Operator {
  public:
    StoredCount(const plan::StoredCount& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override { source_->open(execution); }

    bool next(Execution& execution) override {
        if (!source_->next(execution)) return false;
        execution[step_.count] = static_cast<std::int64_t>(count(*execution.graph));
        return true;
    }

  private:
    std::size_t count(const graph::Snapshot& graph) const {
        const bool nodes = step_.what == plan::StoredCount::What::nodes;
        if (step_.names.empty()) return nodes ? graph.node_count() : graph.relationship_count();
        std::size_t sum = 0;
        for (const auto& name : step_.names) {
            if (nodes) {
                if (const auto label = graph.label(name)) sum += graph.count(*label);
            } else if (const auto type = graph.type(name)) {
                sum += graph.count(*type);
            }
        }
        return sum;
    }

    const plan::StoredCount& step_;
    OperatorPtr source_;
};

}  // namespace

OperatorPtr make(const plan::StoredCount& step, OperatorPtr source) {
    return std::make_unique<StoredCount>(step, std::move(source));
}

}  // namespace khom::query::operators
