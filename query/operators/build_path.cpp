#include "query/operators/build_path.h"

#include "query/functions/entity_access.h"
#include "query/operators/operators.h"

namespace khom::query::operators {

using graph::ValueKind;

graph::Value path_of(cypher::Slot start, const std::vector<cypher::Slot>& relationships,
                     const Execution& execution) {
    if (!execution[start].is(ValueKind::node)) return {};
    graph::Path path;
    path.nodes.push_back(execution[start].node());
    const auto follow = [&](const graph::Value& relationship) {
        const auto ends = functions::endpoints(execution, relationship.relationship());
        path.relationships.push_back(relationship.relationship());
        path.nodes.push_back(ends.from == path.nodes.back() ? ends.to : ends.from);
    };
    for (const auto slot : relationships) {
        const auto& value = execution[slot];
        if (value.is_null()) return {};
        if (value.is(ValueKind::relationship)) {
            follow(value);
        } else {
            for (const auto& each : value.list()) follow(each);
        }
    }
    return path;
}

namespace {

class BuildPath : public Operator {
  public:
    BuildPath(const plan::BuildPath& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override { source_->open(execution); }
    bool next(Execution& execution) override {
        if (!source_->next(execution)) return false;
        execution[step_.path] = path_of(step_.start, step_.relationships, execution);
        return true;
    }

  private:
    const plan::BuildPath& step_;
    OperatorPtr source_;
};

}  // namespace

OperatorPtr make(const plan::BuildPath& step, OperatorPtr source) {
    return std::make_unique<BuildPath>(step, std::move(source));
}

}  // namespace khom::query::operators
