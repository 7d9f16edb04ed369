#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Optional : public Operator {
  public:
    Optional(const plan::Optional& step, OperatorPtr source, Profile* profile)
        : step_(step), source_(std::move(source)), inner_(build(*step.inner, profile)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        active_ = false;
    }

    bool next(Execution& execution) override {
        while (true) {
            if (active_) {
                if (inner_->next(execution)) {
                    found_ = true;
                    return true;
                }
                active_ = false;
                if (!found_) {
                    for (const auto slot : step_.nulls) execution[slot] = graph::Value();
                    return true;
                }
            }
            if (!source_->next(execution)) return false;
            inner_->open(execution);
            active_ = true;
            found_ = false;
        }
    }

  private:
    const plan::Optional& step_;
    OperatorPtr source_;
    OperatorPtr inner_;
    bool active_ = false;
    bool found_ = false;
};

}  // namespace

OperatorPtr make(const plan::Optional& step, OperatorPtr source, Profile* profile) {
    return std::make_unique<Optional>(step, std::move(source), profile);
}

}  // namespace khom::query::operators
