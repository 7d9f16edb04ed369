#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/row_count.h"
#include "query/refused.h"

namespace khom::query::operators {

std::uint64_t row_count(const cypher::Expression& expression, Execution& execution) {
    const auto value = evaluate(expression, execution);
    if (!value.is(graph::ValueKind::integer)) {
        reject(graph::RefusalCode::syntax_error, "InvalidArgumentType",
               "SKIP and LIMIT take an integer.", expression.span);
    }
    if (value.integer() < 0) {
        reject(graph::RefusalCode::syntax_error, "NegativeIntegerArgument",
               "SKIP and LIMIT take a number that is not below 0.", expression.span);
    }
    return static_cast<std::uint64_t>(value.integer());
}

namespace {

class Skip : public Operator {
  public:
    Skip(const plan::Skip& step, OperatorPtr source) : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        left_ = row_count(*step_.count, execution);
    }

    bool next(Execution& execution) override {
        for (; left_ > 0; --left_) {
            if (!source_->next(execution)) return false;
        }
        return source_->next(execution);
    }

  private:
    const plan::Skip& step_;
    OperatorPtr source_;
    std::uint64_t left_ = 0;
};

class Limit : public Operator {
  public:
    Limit(const plan::Limit& step, OperatorPtr source) : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        left_ = row_count(*step_.count, execution);
        started_ = false;
    }

    bool next(Execution& execution) override {
        // The first row of a plan that writes is given when all is written: asking for one is
        // enough.
        if (left_ == 0 && step_.writes_below && !started_) source_->next(execution);
        started_ = true;
        if (left_ == 0) return false;
        --left_;
        return source_->next(execution);
    }

  private:
    const plan::Limit& step_;
    OperatorPtr source_;
    std::uint64_t left_ = 0;
    bool started_ = false;
};

}  // namespace

OperatorPtr make(const plan::Skip& step, OperatorPtr source) {
    return std::make_unique<Skip>(step, std::move(source));
}

OperatorPtr make(const plan::Limit& step, OperatorPtr source) {
    return std::make_unique<Limit>(step, std::move(source));
}

}  // namespace khom::query::operators
