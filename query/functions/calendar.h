#pragma once

#include <cstdint>
#include <string>

namespace khom::query::functions {

/// Days of the proleptic Gregorian calendar, numbered as in graph::Date. Years may have nine
/// digits, which is why std::chrono's and date.h's 16-bit years do not serve here.
struct CivilDay {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};
struct WeekDay {
    std::int64_t week_year = 1970;
    int week = 1;
    int weekday = 1;  ///< Monday is 1
};

/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int64_t days_from_civil(const CivilDay& day);
CivilDay civil_from_days(std::int64_t days);

/// ISO 8601 weeks: the first has the year's first Thursday.
std::int64_t days_from_week(const WeekDay& day);
WeekDay week_from_days(std::int64_t days);
int weeks_in_year(std::int64_t week_year);

bool is_leap_year(std::int64_t year);
int days_in_month(std::int64_t year, int month);

/// The same day `months` later, or the month's last where there is none such.
std::int64_t add_months(std::int64_t days, std::int64_t months);

/// An offset from UTC that holds for a local time (`seconds` since 1970-01-01T00:00 of that clock)
/// or for an instant. A local time that occurs twice is its first occurrence; one that is skipped
/// moves on by the gap. Refuses: a zone the system's database does not know (argument_error).
/// Source: the tz database by date/tz.h.
std::int32_t offset_at_local(const std::string& zone, std::int64_t local_seconds);
std::int32_t offset_at_instant(const std::string& zone, std::int64_t instant_seconds);

/// Floor division and its remainder, which is never negative.
std::int64_t floor_divide(std::int64_t value, std::int64_t by);
std::int64_t floor_modulo(std::int64_t value, std::int64_t by);

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanoseconds_per_day = seconds_per_day * nanoseconds_per_second;

}  // namespace khom::query::functions
