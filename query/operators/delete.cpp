#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/write.h"
#include "query/refused.h"

namespace khom::query::operators {
namespace {

using graph::Value;
using graph::ValueKind;

class Delete : public Write {
  public:
    Delete(const plan::Delete& step, OperatorPtr source)
        : Write(step.kept, std::move(source)), step_(step) {}

  private:
    void write(Execution& execution) override {
        for (const auto& target : step_.clause->targets)
            erase(evaluate(*target, execution), execution);
        emit(execution);
    }

    void erase(const Value& value, Execution& execution) const {
        auto& draft = draft_of(execution);
        const auto erase_node = [&](graph::NodeId node) {
            step_.clause->detach ? draft.detach_erase(node) : draft.erase(node);
        };
        switch (value.kind()) {
            case ValueKind::null:
                return;
            case ValueKind::node:
                erase_node(value.node());
                return;
            case ValueKind::relationship:
                draft.erase(value.relationship());
                return;
            case ValueKind::path:
                for (const auto relationship : value.path().relationships)
                    draft.erase(relationship);
                for (const auto node : value.path().nodes) erase_node(node);
                return;
            case ValueKind::boolean:
            case ValueKind::integer:
            case ValueKind::floating:
            case ValueKind::string:
            case ValueKind::list:
            case ValueKind::map:
            case ValueKind::date:
            case ValueKind::local_time:
            case ValueKind::time:
            case ValueKind::local_date_time:
            case ValueKind::date_time:
            case ValueKind::duration:
                break;
        }
        reject(graph::RefusalCode::type_error, "InvalidArgumentType",
               "Only nodes, relationships and paths can be deleted, and this is " +
                   functions::words_for(value) + ".");
    }

    const plan::Delete& step_;
};

}  // namespace

OperatorPtr make(const plan::Delete& step, OperatorPtr source) {
    return std::make_unique<Delete>(step, std::move(source));
}

}  // namespace khom::query::operators
