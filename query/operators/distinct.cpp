#include "query/operators/kept_rows.h"
#include "query/operators/operators.h"
#include "query/operators/value_table.h"

namespace khom::query::operators {
namespace {

class Distinct : public Operator {
  public:
    Distinct(const plan::Distinct& step, OperatorPtr source)
        : step_(step),
          source_(std::move(source)),
          seen_(step.columns.size()),
          row_(step.columns.size()) {}

    void open(Execution& execution) override {
        source_->open(execution);
        seen_.clear();
    }

    bool next(Execution& execution) override {
        while (source_->next(execution)) {
            execution.meter.step();
            for (std::size_t i = 0; i < row_.size(); ++i) row_[i] = execution[step_.columns[i]];
            if (!seen_.add(row_).added) continue;
            execution.meter.hold(size_of(row_));
            return true;
        }
        return false;
    }

  private:
    const plan::Distinct& step_;
    OperatorPtr source_;
    ValueTable seen_;
    KeptRow row_;
};

}  // namespace

OperatorPtr make(const plan::Distinct& step, OperatorPtr source) {
    return std::make_unique<Distinct>(step, std::move(source));
}

}  // namespace khom::query::operators
