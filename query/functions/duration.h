#pragma once

#include "graph/value.h"
#include "query/functions/moment.h"

namespace khom::query::functions {

/// Amounts that may have fractions. A fraction of a month is that part of 30.436875 days (a 400th
/// of the 146,097 days of 400 years, by 12), a fraction of a day that part of 24 hours.
struct DurationParts {
    long double months = 0;
    long double days = 0;
    long double seconds = 0;
    long double nanoseconds = 0;
};

/// Refuses: arithmetic_error for what does not fit.
graph::Duration duration_from(const DurationParts& parts);
graph::Duration make_duration(std::int64_t months, std::int64_t days, std::int64_t seconds,
                              std::int64_t nanoseconds);
graph::Duration negated(const graph::Duration& duration);
graph::Duration sum(const graph::Duration& left, const graph::Duration& right);
graph::Duration scaled(const graph::Duration& duration, long double factor);

/// A moment later by a duration: months first, then days, then the clock; a date moves by whole
/// days only, a time goes round midnight.
Moment plus(Moment moment, const graph::Duration& duration);

/// What `duration.between`, `inMonths`, `inDays` and `inSeconds` count in.
enum class DurationUnit { mixed, months, days, seconds };

/// The time from one moment to another. A side without a date takes the other's, one without a zone
/// likewise; where either had no date, months and days are 0.
graph::Duration between(Moment from, Moment to, DurationUnit unit);

}  // namespace khom::query::functions
