#include <algorithm>

#include "graph/value_order.h"
#include "query/operators/evaluate.h"
#include "query/operators/kept_rows.h"
#include "query/operators/operators.h"
#include "query/operators/row_count.h"

namespace khom::query::operators {
namespace {

struct SortedRow {
    KeptRow keys;
    KeptRow row;
    std::size_t number = 0;  ///< as it came: makes the order total, so that equal keys keep theirs
};

/// With a limit, a heap of the best rows is all that is held.
class Sort : public Operator {
  public:
    Sort(const plan::Sort& step, OperatorPtr source) : step_(step), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        rows_.clear();
        at_ = 0;
        sorted_ = false;
    }

    bool next(Execution& execution) override {
        if (!sorted_) gather(execution);
        if (at_ == rows_.size()) return false;
        restore(rows_[at_++].row, step_.kept, execution);
        return true;
    }

  private:
    void gather(Execution& execution) {
        sorted_ = true;
        constexpr std::uint64_t largest_heap = 100'000;
        auto wanted = ~std::uint64_t{0};
        if (step_.limit != nullptr) {
            const auto limit = row_count(*step_.limit, execution);
            const auto skip = step_.skip == nullptr ? 0 : row_count(*step_.skip, execution);
            if (limit < largest_heap && skip < largest_heap) wanted = limit + skip;
        }
        const auto less = [this](const SortedRow& left, const SortedRow& right) {
            return before(left, right);
        };
        for (std::size_t number = 0; source_->next(execution); ++number) {
            execution.meter.step();
            SortedRow row;
            for (const auto& key : step_.keys)
                row.keys.push_back(evaluate(*key.expression, execution));
            row.number = number;
            if (rows_.size() >= wanted) {
                if (wanted == 0 || !less(row, rows_.front())) continue;
                std::ranges::pop_heap(rows_, less);
                rows_.pop_back();
            }
            row.row = keep(step_.kept, execution);
            rows_.push_back(std::move(row));
            if (wanted != ~std::uint64_t{0}) std::ranges::push_heap(rows_, less);
        }
        std::ranges::sort(rows_, less);
    }

    bool before(const SortedRow& left, const SortedRow& right) const {
        for (std::size_t i = 0; i < step_.keys.size(); ++i) {
            const auto order = graph::order(left.keys[i], right.keys[i]);
            if (order != 0) return (order < 0) != step_.keys[i].descending;
        }
        return left.number < right.number;
    }

    const plan::Sort& step_;
    OperatorPtr source_;
    std::vector<SortedRow> rows_;
    std::size_t at_ = 0;
    bool sorted_ = false;
};

}  // namespace

OperatorPtr make(const plan::Sort& step, OperatorPtr source) {
    return std::make_unique<Sort>(step, std::move(source));
}

}  // namespace khom::query::operators
