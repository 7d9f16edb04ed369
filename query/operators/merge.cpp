#include "query/operators/create_pattern.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/set_items.h"
#include "query/operators/write.h"
#include "query/refused.h"

namespace khom::query::operators {
namespace {

class Merge : public Write {
  public:
    Merge(const plan::Merge& step, OperatorPtr source, Profile* profile)
        : Write(step.kept, std::move(source)), step_(step), inner_(build(*step.inner, profile)) {}

  private:
    void write(Execution& execution) override {
        refuse_nulls(execution);
        std::vector<KeptRow> found;
        inner_->open(execution);
        while (inner_->next(execution)) found.push_back(keep(kept(), execution));
        if (found.empty()) {
            create_path(step_.merge->path, execution);
            set_items(step_.merge->on_create, false, execution);
            emit(execution);
            return;
        }
        for (const auto& row : found) {
            restore(row, kept(), execution);
            set_items(step_.merge->on_match, false, execution);
            emit(execution);
        }
    }

    /// Null equals nothing: such a pattern would never be found, and made anew each time.
    void refuse_nulls(Execution& execution) const {
        const auto check = [&](const cypher::ExpressionPtr& properties) {
            if (properties == nullptr) return;
            for (const auto& [key, value] : properties->as<cypher::MapLiteral>()->entries) {
                if (!evaluate(*value, execution).is_null()) continue;
                reject(graph::RefusalCode::semantic_error, "MergeReadOwnWrites",
                       "MERGE cannot look for null: the property '" + key + "' has no value.",
                       value->span);
            }
        };
        for (const auto& node : step_.merge->path.nodes) check(node.properties);
        for (const auto& relationship : step_.merge->path.relationships)
            check(relationship.properties);
    }

    const plan::Merge& step_;
    OperatorPtr inner_;
};

}  // namespace

OperatorPtr make(const plan::Merge& step, OperatorPtr source, Profile* profile) {
    return std::make_unique<Merge>(step, std::move(source), profile);
}

}  // namespace khom::query::operators
