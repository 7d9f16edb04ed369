#include <algorithm>
#include <optional>
#include <utility>

#include "graph/value_order.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using graph::ValueKind;

/// A predicate with what it needs of the graph looked up once a run.
class Test {
  public:
    explicit Test(const plan::Predicate& predicate) : predicate_(predicate) {}

    void open(const Execution& execution) {
        const auto* form = std::get_if<plan::LabelsPresent>(&predicate_);
        labels_.clear();
        always_ = false;
        if (form == nullptr) return;
        const auto& graph = *execution.graph;
        std::size_t everywhere = 0;
        for (const auto& name : form->labels) {
            labels_.push_back(graph.label(name));
            if (labels_.back() && graph.count(*labels_.back()) == graph.node_count()) ++everywhere;
        }
        always_ = everywhere == labels_.size() && execution.draft == nullptr;
    }

    bool passes(Execution& execution) const {
        if (const auto* expression = std::get_if<const plan::Expression*>(&predicate_))
            return holds(**expression, execution);
        if (const auto* equals = std::get_if<plan::PropertyEquals>(&predicate_))
            return has_value(*equals, execution);
        const auto& node = execution[std::get<plan::LabelsPresent>(predicate_).node];
        if (!node.is(ValueKind::node)) return false;
        if (always_) return true;
        return execution.draft == nullptr ? has_known(node.node(), execution)
                                          : has_named(node.node(), execution);
    }

  private:
    static bool has_value(const plan::PropertyEquals& form, Execution& execution) {
        const auto& subject = execution[form.subject];
        if (subject.is_null()) return false;
        return graph::equals(property_of(subject, form.key, form.key_number, execution),
                             evaluate(*form.value, execution)) == true;
    }

    bool has_known(graph::NodeId node, const Execution& execution) const {
        return execution.graph->has(node) && std::ranges::all_of(labels_, [&](const auto& label) {
                   return label && execution.graph->has_label(node, *label);
               });
    }

    /// A statement that writes may bring labels that were not there when it began.
    bool has_named(graph::NodeId node, const Execution& execution) const {
        if (!execution.graph->has(node)) return false;
        const auto& names = std::get<plan::LabelsPresent>(predicate_).labels;
        return std::ranges::all_of(names, [&](const std::string& name) {
            const auto label = execution.graph->label(name);
            return label && execution.graph->has_label(node, *label);
        });
    }

    const plan::Predicate& predicate_;
    std::vector<std::optional<graph::LabelId>> labels_;
    bool always_ = false;  ///< every node of the graph has the labels
};

class Filter : public Operator {
  public:
    Filter(const plan::Filter& step, OperatorPtr source) : source_(std::move(source)) {
        for (const auto& predicate : step.predicates) tests_.emplace_back(predicate);
    }

    void open(Execution& execution) override {
        source_->open(execution);
        if (std::exchange(opened_, true)) return;
        for (auto& test : tests_) test.open(execution);
    }

    bool next(Execution& execution) override {
        while (source_->next(execution)) {
            execution.meter.step();
            const auto passes = [&](const Test& test) { return test.passes(execution); };
            if (std::ranges::all_of(tests_, passes)) return true;
        }
        return false;
    }

  private:
    OperatorPtr source_;
    std::vector<Test> tests_;
    bool opened_ = false;
};

}  // namespace

OperatorPtr make(const plan::Filter& step, OperatorPtr source) {
    return std::make_unique<Filter>(step, std::move(source));
}

}  // namespace khom::query::operators
