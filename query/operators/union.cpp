#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Union : public Operator {
  public:
    Union(const plan::Union& step, Profile* profile) : step_(step) {
        for (const auto& part : step.parts) parts_.push_back(build(*part.plan, profile));
    }

    void open(Execution& execution) override {
        at_ = 0;
        parts_[0]->open(execution);
    }

    bool next(Execution& execution) override {
        while (at_ < parts_.size()) {
            if (parts_[at_]->next(execution)) {
                for (const auto& [from, to] : step_.parts[at_].moves)
                    execution[to] = execution[from];
                return true;
            }
            if (++at_ < parts_.size()) parts_[at_]->open(execution);
        }
        return false;
    }

  private:
    const plan::Union& step_;
    std::vector<OperatorPtr> parts_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::Union& step, OperatorPtr, Profile* profile) {
    return std::make_unique<Union>(step, profile);
}

}  // namespace khom::query::operators
