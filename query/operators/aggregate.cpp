#include "query/functions/aggregate.h"

#include <array>
#include <memory>
#include <span>
#include <utility>

#include "query/cypher/lexer.h"
#include "query/operators/evaluate.h"
#include "query/operators/kept_rows.h"
#include "query/operators/operators.h"
#include "query/operators/value_table.h"

namespace khom::query::operators {
namespace {

using cypher::Call;
using functions::Accumulator;
using functions::AggregateKind;
using graph::Value;

/// One aggregating call, and what it has gathered for each group. Counting needs no more than a
/// number a group; with DISTINCT, one table holds what all groups have seen.
class Column {
  public:
    explicit Column(const cypher::Expression& expression) : call_(expression.as<Call>()) {
        if (call_ == nullptr) return;
        kind_ = *functions::find_aggregate(call_->name);
        distinct_ = call_->distinct;
        holds_ = distinct_ || kind_ == AggregateKind::collect;
    }

    void clear() {
        counts_.clear();
        accumulators_.clear();
        seen_.clear();
        seen_nodes_.clear();
    }

    void add_group() {
        if (kind_ == AggregateKind::count) {
            counts_.push_back(0);
        } else {
            accumulators_.push_back(functions::make_accumulator(kind_));
        }
    }

    void add(std::size_t group, Execution& execution) {
        if (call_ == nullptr) {
            ++counts_[group];
            return;
        }
        auto value = evaluate(*call_->arguments[0], execution);
        if (value.is_null()) return;
        if (distinct_ && !is_new(group, value, execution)) return;
        if (holds_) execution.meter.hold(size_of(value));
        if (kind_ == AggregateKind::count) {
            ++counts_[group];
            return;
        }
        accumulators_[group]->add(value, call_->arguments.size() > 1
                                             ? evaluate(*call_->arguments[1], execution)
                                             : Value());
    }

    Value result(std::size_t group) const {
        return kind_ == AggregateKind::count ? Value(counts_[group])
                                             : accumulators_[group]->result();
    }

  private:
    bool is_new(std::size_t group, const Value& value, const Execution& execution) {
        if (group == 0 && value.is(graph::ValueKind::node))
            return is_new(value.node(), execution.graph->node_id_limit());
        pair_[0] = static_cast<std::int64_t>(group);
        pair_[1] = value;
        return seen_.add(pair_).added;
    }

    /// The nodes of the first group, which mostly is the only one, are marked by a bit each.
    bool is_new(graph::NodeId node, std::size_t limit) {
        if (seen_nodes_.empty()) seen_nodes_.resize(limit / 64 + 1);
        const auto place = static_cast<std::size_t>(number(node));
        if (place / 64 >= seen_nodes_.size()) seen_nodes_.resize(place / 64 + 1);
        const auto bit = std::uint64_t{1} << place % 64;
        return (std::exchange(seen_nodes_[place / 64], seen_nodes_[place / 64] | bit) & bit) == 0;
    }

    const Call* call_;
    AggregateKind kind_ = AggregateKind::count;
    bool distinct_ = false;
    bool holds_ = false;
    std::vector<std::int64_t> counts_;
    std::vector<std::unique_ptr<Accumulator>> accumulators_;
    ValueTable seen_{2};
    std::vector<std::uint64_t> seen_nodes_;
    std::array<Value, 2> pair_;
};

/// Takes all rows, then gives one for each group, in the order in which the groups appeared.
class Aggregate : public Operator {
  public:
    Aggregate(const plan::Aggregate& step, OperatorPtr source)
        : step_(step),
          source_(std::move(source)),
          groups_(step.keys.size()),
          key_(step.keys.size()) {
        columns_.reserve(step.aggregations.size());
        for (const auto& [expression, slot] : step.aggregations) columns_.emplace_back(*expression);
    }

    void open(Execution& execution) override {
        source_->open(execution);
        groups_.clear();
        for (auto& column : columns_) column.clear();
        at_ = 0;
        gathered_ = false;
    }

    bool next(Execution& execution) override {
        if (!gathered_) gather(execution);
        if (at_ == groups_.size()) return false;
        const auto key = groups_.row(at_);
        for (std::size_t i = 0; i < key.size(); ++i) execution[step_.keys[i].second] = key[i];
        for (std::size_t i = 0; i < columns_.size(); ++i)
            execution[step_.aggregations[i].second] = columns_[i].result(at_);
        ++at_;
        return true;
    }

  private:
    void gather(Execution& execution) {
        gathered_ = true;
        if (step_.keys.empty()) group_of({}, execution);
        while (source_->next(execution)) {
            execution.meter.step();
            for (std::size_t i = 0; i < key_.size(); ++i)
                key_[i] = evaluate(*step_.keys[i].first, execution);
            const auto group = key_.empty() ? 0 : group_of(key_, execution);
            for (auto& column : columns_) column.add(group, execution);
        }
    }

    std::size_t group_of(std::span<const Value> key, Execution& execution) {
        const auto place = groups_.add(key);
        if (place.added) {
            std::size_t bytes = 64 + 64 * columns_.size();
            for (const auto& value : key) bytes += size_of(value);
            execution.meter.hold(bytes);
            for (auto& column : columns_) column.add_group();
        }
        return place.number;
    }

    const plan::Aggregate& step_;
    OperatorPtr source_;
    ValueTable groups_;
    KeptRow key_;
    std::vector<Column> columns_;
    std::size_t at_ = 0;
    bool gathered_ = false;
};

}  // namespace

OperatorPtr make(const plan::Aggregate& step, OperatorPtr source) {
    return std::make_unique<Aggregate>(step, std::move(source));
}

}  // namespace khom::query::operators
