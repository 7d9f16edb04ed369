#include "query/operators/set_items.h"

#include "query/functions/entity_access.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/write.h"
#include "query/refused.h"

namespace khom::query::operators {
namespace {

using graph::Value;
using graph::ValueKind;

[[noreturn]] void no_entity(const Value& value) {
    reject(graph::RefusalCode::type_error, "InvalidArgumentType",
           "Only nodes and relationships can be changed, and this is " +
               functions::words_for(value) + ".");
}

struct Change {
    bool remove;
    Execution& execution;

    /// Calls `on` with the id of the node or relationship; null is passed over.
    template <class On>
    void entity(const cypher::Expression& subject, On on) const {
        const auto value = evaluate(subject, execution);
        if (value.is_null()) return;
        if (!value.is(ValueKind::node) && !value.is(ValueKind::relationship)) no_entity(value);
        functions::require_alive(execution, value);
        value.is(ValueKind::node) ? on(value.node()) : on(value.relationship());
    }

    void operator()(const cypher::SetProperty& item) const {
        entity(*item.subject, [&](auto id) {
            const auto value = evaluate(*item.value, execution);
            accepted(draft_of(execution).set_property(id, item.key, storable(value, item.key)));
        });
    }

    void operator()(const cypher::SetProperties& item) const {
        entity(*item.subject, [&](auto id) {
            const auto value = evaluate(*item.value, execution);
            if (value.is_null() && item.merge) return;
            auto given =
                value.is_null() ? graph::Map() : functions::property_map(execution, value, "SET");
            for (const auto& [key, each] : given) storable(each, key);
            auto& draft = draft_of(execution);
            if (item.merge) {
                for (const auto& [key, each] : given) accepted(draft.set_property(id, key, each));
                return;
            }
            std::erase_if(given, [](const auto& entry) { return entry.second.is_null(); });
            accepted(draft.replace_properties(id, given));
        });
    }

    void operator()(const cypher::SetLabels& item) const {
        const auto value = evaluate(*item.subject, execution);
        if (value.is_null()) return;
        if (!value.is(ValueKind::node)) no_entity(value);
        functions::require_alive(execution, value);
        auto& draft = draft_of(execution);
        for (const auto& label : item.labels) {
            accepted(remove ? draft.remove_label(value.node(), label)
                            : draft.add_label(value.node(), label));
        }
    }
};

class SetItems : public Write {
  public:
    SetItems(const plan::SetItems& step, OperatorPtr source)
        : Write(step.kept, std::move(source)), step_(step) {}

  private:
    void write(Execution& execution) override {
        set_items(*step_.items, step_.remove, execution);
        emit(execution);
    }

    const plan::SetItems& step_;
};

}  // namespace

void set_items(const std::vector<cypher::SetItem>& items, bool remove, Execution& execution) {
    for (const auto& item : items) std::visit(Change{remove, execution}, item);
}

OperatorPtr make(const plan::SetItems& step, OperatorPtr source) {
    return std::make_unique<SetItems>(step, std::move(source));
}

}  // namespace khom::query::operators
