#pragma once

#include <cstdint>
#include <unordered_map>

#include "query/operators/execution.h"
#include "query/plan/plan.h"

namespace khom::query::operators {

/// What one step did in one run, its sources included.
struct Measured {
    std::uint64_t rows = 0;
    std::uint64_t hits = 0;  ///< relationships looked at
    std::int64_t nanoseconds = 0;
};

/// What each step of a plan did: filled while the statement runs.
using Profile = std::unordered_map<const plan::Step*, Measured>;

/// The operator, counted and timed.
OperatorPtr measured(OperatorPtr inner, Measured& measured);

}  // namespace khom::query::operators
