#include <unordered_set>

#include "query/operators/kept_rows.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Distinct : public Operator {
  public:
    Distinct(const plan::Distinct& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        seen_.clear();
    }

    bool next(Execution& execution) override {
        while (source_->next(execution)) {
            execution.meter.step();
            if (seen_.insert(keep(step_.columns, execution)).second) return true;
        }
        return false;
    }

  private:
    const plan::Distinct& step_;
    OperatorPtr source_;
    std::unordered_set<KeptRow, RowHash, RowSame> seen_;
};

}  // namespace

OperatorPtr make(const plan::Distinct& step, OperatorPtr source) {
    return std::make_unique<Distinct>(step, std::move(source));
}

}  // namespace khom::query::operators
