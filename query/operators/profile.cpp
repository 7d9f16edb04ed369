#include "query/operators/profile.h"

#include <chrono>

namespace khom::query::operators {
namespace {

class MeasuredOperator : public Operator {
  public:
    MeasuredOperator(OperatorPtr inner, Measured& measured)
        : inner_(std::move(inner)), measured_(measured) {}

    void open(Execution& execution) override {
        count(execution, [&] {
            inner_->open(execution);
            return false;
        });
    }
    bool next(Execution& execution) override {
        return count(execution, [&] { return inner_->next(execution); });
    }

  private:
    template <class Do>
    bool count(const Execution& execution, Do work) {
        const auto hits = execution.meter.hops();
        const auto start = std::chrono::steady_clock::now();
        const bool row = work();
        const auto took = std::chrono::steady_clock::now() - start;
        measured_.nanoseconds += std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
        measured_.hits += execution.meter.hops() - hits;
        measured_.rows += row ? 1 : 0;
        return row;
    }

    OperatorPtr inner_;
    Measured& measured_;
};

}  // namespace

OperatorPtr measured(OperatorPtr inner, Measured& measured) {
    return std::make_unique<MeasuredOperator>(std::move(inner), measured);
}

}  // namespace khom::query::operators
