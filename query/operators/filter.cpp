#include <algorithm>

#include "graph/value_order.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::ValueKind;

struct Passes {
    Execution& execution;

    bool operator()(const plan::Expression* expression) const {
        return holds(*expression, execution);
    }

    bool operator()(const plan::PropertyEquals& form) const {
        const auto& subject = execution[form.subject];
        if (subject.is_null()) return false;
        return graph::equals(property_of(subject, form.key, execution),
                             evaluate(*form.value, execution)) == true;
    }

    bool operator()(const plan::LabelsPresent& form) const {
        const auto& node = execution[form.node];
        if (!node.is(ValueKind::node) || !execution.graph->has(node.node())) return false;
        return std::ranges::all_of(form.labels, [&](const std::string& name) {
            const auto label = execution.graph->label(name);
            return label && execution.graph->has_label(node.node(), *label);
        });
    }
};

class Filter : public Operator {
  public:
    Filter(const plan::Filter& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override { source_->open(execution); }

    bool next(Execution& execution) override {
        const Passes passes{execution};
        while (source_->next(execution)) {
            execution.meter.step();
            const auto pass = [&](const plan::Predicate& predicate) {
                return std::visit(passes, predicate);
            };
            if (std::ranges::all_of(step_.predicates, pass)) return true;
        }
        return false;
    }

  private:
    const plan::Filter& step_;
    OperatorPtr source_;
};

}  // namespace

OperatorPtr make(const plan::Filter& step, OperatorPtr source) {
    return std::make_unique<Filter>(step, std::move(source));
}

}  // namespace khom::query::operators
