#include "query/functions/aggregate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "graph/value_order.h"
#include "query/cypher/lexer.h"
#include "query/functions/arithmetic.h"
#include "query/functions/function.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

double real(const Value& value) {
    return value.is(ValueKind::integer) ? static_cast<double>(value.integer()) : value.floating();
}

class Count : public Accumulator {
  public:
    void add(const Value&, const Value&) override { ++count_; }
    Value result() const override { return count_; }

  private:
    std::int64_t count_ = 0;
};

class Sum : public Accumulator {
  public:
    void add(const Value& value, const Value&) override {
        if (!value.is_number() && !value.is(ValueKind::duration))
            wrong_argument("sum()", "numbers or durations", value);
        sum_ = first_ && value.is(ValueKind::duration) ? value : functions::add(sum_, value);
        first_ = false;
    }
    Value result() const override { return sum_; }

  private:
    Value sum_ = std::int64_t{0};
    bool first_ = true;
};

class Average : public Accumulator {
  public:
    void add(const Value& value, const Value&) override {
        if (!value.is_number() && !value.is(ValueKind::duration))
            wrong_argument("avg()", "numbers or durations", value);
        ++count_;
        if (value.is(ValueKind::duration)) {
            durations_ = durations_.is_null() ? value : functions::add(durations_, value);
        } else {  // a running mean: the sum of many large numbers does not overflow
            mean_ += (real(value) - mean_) / static_cast<double>(count_);
        }
    }
    Value result() const override {
        if (count_ == 0) return {};
        return durations_.is_null() ? Value(mean_) : divide(durations_, count_);
    }

  private:
    std::int64_t count_ = 0;
    double mean_ = 0;
    Value durations_;
};

/// min() and max() follow the order of ORDER BY.
template <bool Largest>
class Extreme : public Accumulator {
  public:
    void add(const Value& value, const Value&) override {
        const auto better = best_.is_null() || (Largest ? graph::order(value, best_) > 0
                                                        : graph::order(value, best_) < 0);
        if (better) best_ = value;
    }
    Value result() const override { return best_; }

  private:
    Value best_;
};

class Collect : public Accumulator {
  public:
    void add(const Value& value, const Value&) override { list_.push_back(value); }
    Value result() const override { return list_; }

  private:
    List list_;
};

template <bool Continuous>
class Percentile : public Accumulator {
  public:
    void add(const Value& value, const Value& parameter) override {
        if (!value.is_number()) wrong_argument("A percentile", "numbers", value);
        if (!parameter.is_number())
            wrong_argument("A percentile", "a number from 0 to 1", parameter);
        percentile_ = real(parameter);
        if (!(percentile_ >= 0 && percentile_ <= 1)) {
            reject(graph::RefusalCode::argument_error, "NumberOutOfRange",
                   "A percentile is a number from 0 to 1.");
        }
        values_.push_back(value);
    }
    Value result() const override {
        if (values_.empty()) return {};
        auto sorted = values_;
        std::ranges::sort(sorted,
                          [](const Value& a, const Value& b) { return graph::order(a, b) < 0; });
        const auto last = static_cast<double>(sorted.size() - 1);
        if constexpr (!Continuous) {
            const auto place = std::ceil(percentile_ * static_cast<double>(sorted.size())) - 1;
            return sorted[static_cast<std::size_t>(std::clamp(place, 0.0, last))];
        } else {
            const auto place = percentile_ * last;
            const auto below = static_cast<std::size_t>(std::floor(place));
            const auto above = static_cast<std::size_t>(std::ceil(place));
            const auto share = place - std::floor(place);
            return real(sorted[below]) * (1 - share) + real(sorted[above]) * share;
        }
    }

  private:
    double percentile_ = 0;
    List values_;
};

/// Welford's algorithm: one pass, no cancellation.
template <bool Population>
class Deviation : public Accumulator {
  public:
    void add(const Value& value, const Value&) override {
        if (!value.is_number()) wrong_argument("stDev()", "numbers", value);
        ++count_;
        const auto delta = real(value) - mean_;
        mean_ += delta / count_;
        squares_ += delta * (real(value) - mean_);
    }
    Value result() const override {
        const auto divisor = Population ? count_ : count_ - 1;
        return divisor <= 0 ? 0.0 : std::sqrt(squares_ / divisor);
    }

  private:
    double count_ = 0;
    double mean_ = 0;
    double squares_ = 0;
};

struct Named {
    std::string_view name;
    AggregateKind kind;
};
constexpr std::array<Named, 10> aggregates = {{{"count", AggregateKind::count},
                                               {"sum", AggregateKind::sum},
                                               {"avg", AggregateKind::avg},
                                               {"min", AggregateKind::min},
                                               {"max", AggregateKind::max},
                                               {"collect", AggregateKind::collect},
                                               {"percentileCont", AggregateKind::percentile_cont},
                                               {"percentileDisc", AggregateKind::percentile_disc},
                                               {"stDev", AggregateKind::stdev},
                                               {"stDevP", AggregateKind::stdevp}}};

}  // namespace

std::optional<AggregateKind> find_aggregate(std::string_view name) {
    const auto found = std::ranges::find_if(
        aggregates, [&](const Named& each) { return cypher::same_keyword(each.name, name); });
    return found == aggregates.end() ? std::nullopt : std::optional(found->kind);
}

int aggregate_arguments(AggregateKind kind) {
    return kind == AggregateKind::percentile_cont || kind == AggregateKind::percentile_disc ? 2 : 1;
}

semantics::Type aggregate_result(AggregateKind kind, semantics::Type argument) {
    using semantics::TypeKind;
    if (kind == AggregateKind::count) return {TypeKind::integer, 0};
    if (kind == AggregateKind::collect) return argument.listed();
    if (kind == AggregateKind::min || kind == AggregateKind::max) return argument;
    return {};
}

std::unique_ptr<Accumulator> make_accumulator(AggregateKind kind) {
    switch (kind) {
        case AggregateKind::count:
            return std::make_unique<Count>();
        case AggregateKind::sum:
            return std::make_unique<Sum>();
        case AggregateKind::avg:
            return std::make_unique<Average>();
        case AggregateKind::min:
            return std::make_unique<Extreme<false>>();
        case AggregateKind::max:
            return std::make_unique<Extreme<true>>();
        case AggregateKind::collect:
            return std::make_unique<Collect>();
        case AggregateKind::percentile_cont:
            return std::make_unique<Percentile<true>>();
        case AggregateKind::percentile_disc:
            return std::make_unique<Percentile<false>>();
        case AggregateKind::stdev:
            return std::make_unique<Deviation<false>>();
        case AggregateKind::stdevp:
            return std::make_unique<Deviation<true>>();
    }
    return nullptr;
}

}  // namespace khom::query::functions
