#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Apply : public Operator {
  public:
    Apply(const plan::Apply& step, OperatorPtr source, Profile* profile)
        : source_(std::move(source)), inner_(build(*step.inner, profile)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        active_ = false;
    }

    bool next(Execution& execution) override {
        while (true) {
            if (active_ && inner_->next(execution)) return true;
            active_ = source_->next(execution);
            if (!active_) return false;
            inner_->open(execution);
        }
    }

  private:
    OperatorPtr source_;
    OperatorPtr inner_;
    bool active_ = false;
};

}  // namespace

OperatorPtr make(const plan::Apply& step, OperatorPtr source, Profile* profile) {
    return std::make_unique<Apply>(step, std::move(source), profile);
}

}  // namespace khom::query::operators
