#include "query/functions/aggregate.h"
#include "query/cypher/lexer.h"

#include <unordered_map>

#include "query/operators/evaluate.h"
#include "query/operators/kept_rows.h"
#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

using cypher::Call;
using cypher::CountStar;
using functions::Accumulator;

struct Group {
    KeptRow key;
    std::vector<std::unique_ptr<Accumulator>> accumulators;
};

/// Takes all rows, then gives one for each group, in the order in which the groups appeared.
class Aggregate : public Operator {
  public:
    Aggregate(const plan::Aggregate& step, OperatorPtr source)
        : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        groups_.clear();
        by_key_.clear();
        at_ = 0;
        gathered_ = false;
    }

    bool next(Execution& execution) override {
        if (!gathered_) gather(execution);
        if (at_ == groups_.size()) return false;
        const auto& group = groups_[at_++];
        for (std::size_t i = 0; i < step_.keys.size(); ++i)
            execution[step_.keys[i].second] = group.key[i];
        for (std::size_t i = 0; i < step_.aggregations.size(); ++i) {
            execution[step_.aggregations[i].second] = group.accumulators[i]->result();
        }
        return true;
    }

  private:
    void gather(Execution& execution) {
        gathered_ = true;
        if (step_.keys.empty()) add_group({});
        while (source_->next(execution)) {
            execution.meter.step();
            auto& group = step_.keys.empty() ? groups_[0] : group_of_row(execution);
            for (std::size_t i = 0; i < step_.aggregations.size(); ++i) {
                add(*step_.aggregations[i].first, *group.accumulators[i], execution);
            }
        }
    }

    Group& group_of_row(Execution& execution) {
        KeptRow key;
        key.reserve(step_.keys.size());
        for (const auto& [expression, slot] : step_.keys)
            key.push_back(evaluate(*expression, execution));
        const auto [place, inserted] = by_key_.try_emplace(std::move(key), groups_.size());
        if (inserted) {
            execution.meter.hold(64 + 64 * (step_.keys.size() + step_.aggregations.size()));
            add_group(place->first);
        }
        return groups_[place->second];
    }

    void add_group(KeptRow key) {
        Group group;
        group.key = std::move(key);
        for (const auto& [expression, slot] : step_.aggregations) {
            const auto* call = expression->as<Call>();
            const auto kind = call == nullptr ? functions::AggregateKind::count
                                              : *functions::find_aggregate(call->name);
            group.accumulators.push_back(
                functions::make_accumulator(kind, call != nullptr && call->distinct));
        }
        groups_.push_back(std::move(group));
    }

    static void add(const cypher::Expression& expression, Accumulator& accumulator,
                    Execution& execution) {
        const auto* call = expression.as<Call>();
        if (call == nullptr) {
            accumulator.add(true, {});
            return;
        }
        const auto value = evaluate(*call->arguments[0], execution);
        if (value.is_null()) return;
        if (call->distinct || cypher::same_keyword(call->name, "collect"))
            execution.meter.hold(size_of(value));
        accumulator.add(value, call->arguments.size() > 1 ? evaluate(*call->arguments[1], execution)
                                                          : graph::Value());
    }

    const plan::Aggregate& step_;
    OperatorPtr source_;
    std::vector<Group> groups_;
    std::unordered_map<KeptRow, std::size_t, RowHash, RowSame> by_key_;
    std::size_t at_ = 0;
    bool gathered_ = false;
};

}  // namespace

OperatorPtr make(const plan::Aggregate& step, OperatorPtr source) {
    return std::make_unique<Aggregate>(step, std::move(source));
}

}  // namespace khom::query::operators
