#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "graph/value.h"
#include "query/semantics/type.h"

namespace khom::query::functions {

enum class AggregateKind {
    count,
    sum,
    avg,
    min,
    max,
    collect,
    percentile_cont,
    percentile_disc,
    stdev,
    stdevp
};

/// The aggregating function of that name, without regard to case.
std::optional<AggregateKind> find_aggregate(std::string_view name);
int aggregate_arguments(AggregateKind kind);
semantics::Type aggregate_result(AggregateKind kind, semantics::Type argument);

/// Gathers the values of one group. Null is passed over, but for `count(*)`, whose values are never
/// null.
class Accumulator {
  public:
    Accumulator() = default;
    Accumulator(const Accumulator&) = delete;
    Accumulator& operator=(const Accumulator&) = delete;
    virtual ~Accumulator() = default;
    /// `parameter` is the percentile, else null. Refuses a value of a wrong kind (type_error).
    virtual void add(const graph::Value& value, const graph::Value& parameter) = 0;
    virtual graph::Value result() const = 0;
};

std::unique_ptr<Accumulator> make_accumulator(AggregateKind kind);

}  // namespace khom::query::functions
