#include "query/operators/build_path.h"
#include "query/operators/create_pattern.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/write.h"
#include "query/refused.h"

namespace khom::query::operators {

using graph::NodeId;
using graph::ValueKind;

namespace {

NodeId end_node(cypher::Slot slot, const Execution& execution) {
    if (!execution[slot].is(ValueKind::node)) {
        reject(graph::RefusalCode::semantic_error, "InvalidArgumentValue",
               "A relationship needs a node at both ends, and one of them is " +
                   functions::words_for(execution[slot]) + ".");
    }
    return execution[slot].node();
}

}  // namespace

graph::Map pattern_properties(const cypher::ExpressionPtr& properties, Execution& execution) {
    if (properties == nullptr) return {};
    const auto value = evaluate(*properties, execution);
    if (value.is_null()) return {};
    if (!value.is(ValueKind::map))
        functions::wrong_argument("A pattern", "a map of properties", value);
    auto map = value.map();
    std::erase_if(map, [](const auto& entry) { return entry.second.is_null(); });
    for (const auto& [key, each] : map) storable(each, key);
    return map;
}

void create_path(const cypher::PathPattern& path, Execution& execution) {
    auto& draft = draft_of(execution);
    for (const auto& node : path.nodes) {
        if (node.bound) continue;
        execution[node.variable.slot] = accepted(
            draft.create_node(node.labels, pattern_properties(node.properties, execution)));
    }
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const auto& relationship = path.relationships[i];
        auto from = end_node(path.nodes[i].variable.slot, execution);
        auto to = end_node(path.nodes[i + 1].variable.slot, execution);
        if (relationship.direction == graph::Direction::in) std::swap(from, to);
        execution[relationship.variable.slot] = accepted(
            draft.create_relationship(from, relationship.types[0], to,
                                      pattern_properties(relationship.properties, execution)));
    }
    if (path.variable.slot == cypher::no_slot) return;
    std::vector<cypher::Slot> relationships;
    for (const auto& relationship : path.relationships)
        relationships.push_back(relationship.variable.slot);
    execution[path.variable.slot] = path_of(path.nodes[0].variable.slot, relationships, execution);
}

namespace {

class Create : public Write {
  public:
    Create(const plan::Create& step, OperatorPtr source)
        : Write(step.kept, std::move(source)), step_(step) {}

  private:
    void write(Execution& execution) override {
        for (const auto& path : *step_.paths) create_path(path, execution);
        emit(execution);
    }

    const plan::Create& step_;
};

}  // namespace

OperatorPtr make(const plan::Create& step, OperatorPtr source) {
    return std::make_unique<Create>(step, std::move(source));
}

}  // namespace khom::query::operators
