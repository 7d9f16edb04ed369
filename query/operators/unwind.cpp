#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::ValueKind;

/// Null gives no row, a value that is no list gives one.
class Unwind : public Operator {
  public:
    Unwind(const plan::Unwind& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        list_ = graph::Value();
        at_ = 0;
    }

    bool next(Execution& execution) override {
        while (true) {
            if (list_.is(ValueKind::list) && at_ < list_.list().size()) {
                execution.meter.step();
                execution[step_.variable] = list_.list()[at_++];
                return true;
            }
            if (!source_->next(execution)) return false;
            list_ = evaluate(*step_.list, execution);
            at_ = 0;
            if (!list_.is(ValueKind::list) && !list_.is_null()) {
                execution[step_.variable] = std::exchange(list_, graph::Value());
                return true;
            }
        }
    }

  private:
    const plan::Unwind& step_;
    OperatorPtr source_;
    graph::Value list_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::Unwind& step, OperatorPtr source) {
    return std::make_unique<Unwind>(step, std::move(source));
}

}  // namespace khom::query::operators
