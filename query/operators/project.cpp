#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Project : public Operator {
  public:
    Project(const plan::Project& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override { source_->open(execution); }
    bool next(Execution& execution) override {
        if (!source_->next(execution)) return false;
        execution.meter.step();
        for (const auto& [expression, slot] : step_.items)
            execution[slot] = evaluate(*expression, execution);
        return true;
    }

  private:
    const plan::Project& step_;
    OperatorPtr source_;
};

}  // namespace

OperatorPtr make(const plan::Project& step, OperatorPtr source) {
    return std::make_unique<Project>(step, std::move(source));
}

}  // namespace khom::query::operators
