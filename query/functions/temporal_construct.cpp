#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "query/functions/calendar.h"
#include "query/functions/duration.h"
#include "query/functions/temporal.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::Map;
using graph::RefusalCode;
using graph::ValueKind;

[[noreturn]] void refuse_field(const std::string& message) {
    reject(RefusalCode::argument_error, "InvalidArgumentValue", message);
}

/// An integer field within its range, if the map has it.
std::optional<std::int64_t> field(const Map& fields, const char* name, std::int64_t low,
                                  std::int64_t high) {
    const auto found = fields.find(name);
    if (found == fields.end() || found->second.is_null()) return std::nullopt;
    if (!found->second.is(ValueKind::integer)) refuse_field(std::string(name) + " is an integer.");
    const auto value = found->second.integer();
    if (value < low || value > high) {
        refuse_field(std::string(name) + " is " + std::to_string(low) + " to " +
                     std::to_string(high) + ", not " + std::to_string(value) + ".");
    }
    return value;
}

bool has(const Map& fields, const char* name) {
    return fields.find(name) != fields.end();
}

/// The moment under `date`, `time` or `datetime` in the map.
std::optional<Moment> source(const Map& fields, const char* name) {
    const auto found = fields.find(name);
    if (found == fields.end()) return std::nullopt;
    if (!is_moment(found->second)) refuse_field(std::string(name) + " is a temporal value.");
    auto moment = moment_of(found->second);
    if (std::string_view(name) == "time" ? !moment.has_time : !moment.has_date) {
        refuse_field(std::string("The value given as ") + name + " has no such part.");
    }
    return moment;
}

std::int64_t date_by_week(const Map& fields, std::optional<std::int64_t> year,
                          std::optional<std::int64_t> base) {
    const auto from = base ? week_from_days(*base) : WeekDay{year.value_or(1970), 1, 1};
    WeekDay day;
    day.week_year = year.value_or(from.week_year);
    day.week = static_cast<int>(field(fields, "week", 1, 53).value_or(from.week));
    day.weekday = static_cast<int>(field(fields, "dayOfWeek", 1, 7).value_or(from.weekday));
    if (day.week > weeks_in_year(day.week_year)) {
        refuse_field("The year " + std::to_string(day.week_year) + " has no week 53.");
    }
    return days_from_week(day);
}

std::int64_t date_by_quarter(const Map& fields, std::int64_t year,
                             std::optional<std::int64_t> base) {
    const auto from = base ? civil_from_days(*base) : CivilDay{year, 1, 1};
    const int old_quarter = (from.month - 1) / 3 + 1;
    const auto quarter = static_cast<int>(field(fields, "quarter", 1, 4).value_or(old_quarter));
    if (const auto day = field(fields, "dayOfQuarter", 1, 92)) {
        const auto begin = days_from_civil({year, quarter * 3 - 2, 1});
        if (begin + *day > add_months(begin, 3))
            refuse_field("The quarter has fewer days than dayOfQuarter.");
        return begin + *day - 1;
    }
    CivilDay day{year, (quarter - 1) * 3 + (from.month - 1) % 3 + 1, from.day};
    day.day = std::min(day.day, days_in_month(day.year, day.month));
    return days_from_civil(day);
}

std::int64_t date_by_month(const Map& fields, std::int64_t year, std::optional<std::int64_t> base) {
    const auto from = base ? civil_from_days(*base) : CivilDay{year, 1, 1};
    const auto month = static_cast<int>(field(fields, "month", 1, 12).value_or(from.month));
    const auto given = field(fields, "day", 1, 31);
    const int last = days_in_month(year, month);
    if (given && *given > last) refuse_field("The month has " + std::to_string(last) + " days.");
    return days_from_civil(
        {year, month, std::min(static_cast<int>(given.value_or(from.day)), last)});
}

/// The day that the fields name, in the way of counting they choose; `base` fills the gaps.
std::int64_t date_from(const Map& fields, std::optional<std::int64_t> base) {
    constexpr std::int64_t years = 999'999'999;
    const auto given = field(fields, "year", -years, years);
    if (!given && !base) refuse_field("A date needs a year.");
    if (has(fields, "week") || has(fields, "dayOfWeek")) return date_by_week(fields, given, base);
    const auto year = given ? *given : civil_from_days(*base).year;
    if (has(fields, "quarter") || has(fields, "dayOfQuarter"))
        return date_by_quarter(fields, year, base);
    if (const auto ordinal = field(fields, "ordinalDay", 1, is_leap_year(year) ? 366 : 365)) {
        return days_from_civil({year, 1, 1}) + *ordinal - 1;
    }
    return date_by_month(fields, year, base);
}

/// Nanoseconds of a second from the three sub-second fields, if any is there. Each smaller one
/// counts within the next larger one that is given.
std::optional<std::int64_t> subsecond(const Map& fields) {
    const auto milli = field(fields, "millisecond", 0, 999);
    const auto micro = field(fields, "microsecond", 0, 999'999);
    const auto nano = field(fields, "nanosecond", 0, 999'999'999);
    if (!milli && !micro && !nano) return std::nullopt;
    return milli.value_or(0) * 1'000'000 + micro.value_or(0) * 1'000 + nano.value_or(0);
}

std::int64_t clock_from(const Map& fields, std::int64_t base, std::int64_t kept_subsecond) {
    const auto seconds = base / nanoseconds_per_second;
    const auto hour = field(fields, "hour", 0, 23).value_or(seconds / 3600);
    const auto minute = field(fields, "minute", 0, 59).value_or(seconds / 60 % 60);
    const auto second = field(fields, "second", 0, 59).value_or(seconds % 60);
    const auto below = subsecond(fields);
    const auto nanoseconds = below ? kept_subsecond + *below : base % nanoseconds_per_second;
    if (nanoseconds >= nanoseconds_per_second)
        refuse_field("The parts of a second add up to more than one.");
    return (hour * 3600 + minute * 60 + second) * nanoseconds_per_second + nanoseconds;
}

std::optional<std::string> zone_name(const Map& fields) {
    const auto found = fields.find("timezone");
    if (found == fields.end() || found->second.is_null()) return std::nullopt;
    if (!found->second.is(ValueKind::string))
        refuse_field("timezone is a string, as '+07:00' or 'Asia/Bangkok'.");
    return std::string(found->second.string());
}

/// The instant under `epochSeconds` or `epochMillis`, in UTC or the zone that stands beside it.
std::optional<Moment> instant_from(const Map& fields) {
    const auto seconds = field(fields, "epochSeconds", -largest_epoch_s, largest_epoch_s);
    const auto millis = field(fields, "epochMillis", std::numeric_limits<std::int64_t>::min(),
                              std::numeric_limits<std::int64_t>::max());
    if (!seconds && !millis) return std::nullopt;
    if (seconds && millis) refuse_field("Give epochSeconds or epochMillis, not both.");
    const auto below =
        (seconds ? 0 : floor_modulo(*millis, 1000) * 1'000'000) + subsecond(fields).value_or(0);
    if (below >= nanoseconds_per_second)
        refuse_field("The parts of a second add up to more than one.");
    Moment utc;
    utc.has_date = utc.has_time = utc.has_zone = true;
    utc = at_instant(std::move(utc), seconds ? *seconds : floor_divide(*millis, 1000), below);
    const auto zone = zone_name(fields);
    return zone ? in_zone(utc, *zone) : utc;
}

bool wants_date(ValueKind kind) {
    return kind != ValueKind::local_time && kind != ValueKind::time;
}
bool wants_time(ValueKind kind) {
    return kind != ValueKind::date;
}
bool wants_zone(ValueKind kind) {
    return kind == ValueKind::time || kind == ValueKind::date_time;
}

std::int64_t start_of_unit(std::string_view unit, std::int64_t days) {
    const auto day = civil_from_days(days);
    const auto year = [&](std::int64_t length) {
        return days_from_civil({floor_divide(day.year, length) * length, 1, 1});
    };
    if (unit == "millennium") return year(1000);
    if (unit == "century") return year(100);
    if (unit == "decade") return year(10);
    if (unit == "year") return year(1);
    if (unit == "weekYear") return days_from_week({week_from_days(days).week_year, 1, 1});
    if (unit == "quarter") return days_from_civil({day.year, (day.month - 1) / 3 * 3 + 1, 1});
    if (unit == "month") return days_from_civil({day.year, day.month, 1});
    if (unit == "week") return days - week_from_days(days).weekday + 1;
    if (unit == "day") return days;
    refuse_field("'" + std::string(unit) +
                 "' is no unit; millennium, century, decade, year, weekYear, quarter, month, "
                 "week, day, hour, minute, second, millisecond and microsecond are.");
}

/// The length of a clock unit in nanoseconds, 0 for units of days.
std::int64_t clock_unit(std::string_view unit) {
    if (unit == "hour") return 3600 * nanoseconds_per_second;
    if (unit == "minute") return 60 * nanoseconds_per_second;
    if (unit == "second") return nanoseconds_per_second;
    if (unit == "millisecond") return 1'000'000;
    if (unit == "microsecond") return 1'000;
    return 0;
}

}  // namespace

Moment construct(const Map& fields, ValueKind kind) {
    if (kind == ValueKind::date_time) {
        if (auto instant = instant_from(fields)) return *std::move(instant);
    }
    const auto both = source(fields, "datetime");
    const auto date_source = both ? both : source(fields, "date");
    const auto time_source = both ? both : source(fields, "time");
    Moment result;
    if (time_source) {
        result = *time_source;
    }
    result.has_date = wants_date(kind);
    result.has_time = wants_time(kind);
    if (wants_date(kind)) {
        result.days =
            date_from(fields, date_source ? std::optional(date_source->days) : std::nullopt);
    }
    result.nanoseconds = wants_time(kind) ? clock_from(fields, result.nanoseconds, 0) : 0;
    if (!wants_zone(kind)) return result;
    const bool zoned = result.has_zone;
    const auto days = result.days;
    const auto nanoseconds = result.nanoseconds;
    result = at_local(std::move(result), days, nanoseconds);
    const auto zone = zone_name(fields);
    result.has_zone = true;
    if (zone) result = zoned ? in_zone(result, *zone) : with_zone(std::move(result), *zone);
    return result;
}

Moment truncate(std::string_view unit, Moment moment, ValueKind kind, const Map& fields) {
    const auto clock = clock_unit(unit);
    if (wants_date(kind) && !moment.has_date) refuse_field("The value to truncate has no date.");
    if (clock == 0) {
        moment.days = moment.has_date ? start_of_unit(unit, moment.days) : moment.days;
        if (!moment.has_date && unit != "day") refuse_field("The value to truncate has no date.");
        moment.nanoseconds = 0;
    } else {
        moment.nanoseconds -= moment.nanoseconds % clock;
    }
    const auto days = wants_date(kind) ? date_from(fields, moment.days) : moment.days;
    const auto nanoseconds =
        wants_time(kind) ? clock_from(fields, moment.nanoseconds, moment.nanoseconds_of_second())
                         : 0;
    moment = at_local(std::move(moment), days, nanoseconds);
    const auto zone = zone_name(fields);
    if (zone && wants_zone(kind)) moment = with_zone(std::move(moment), *zone);
    return moment;
}

graph::Duration construct_duration(const Map& fields) {
    DurationParts parts;
    for (const auto& [name, value] : fields) {
        if (!value.is_number())
            refuse_field("The parts of a duration are numbers; " + name + " is not.");
        const auto amount = value.is(ValueKind::integer)
                                ? static_cast<long double>(value.integer())
                                : static_cast<long double>(value.floating());
        if (name == "years")
            parts.months += amount * 12;
        else if (name == "quarters")
            parts.months += amount * 3;
        else if (name == "months")
            parts.months += amount;
        else if (name == "weeks")
            parts.days += amount * 7;
        else if (name == "days")
            parts.days += amount;
        else if (name == "hours")
            parts.seconds += amount * 3600;
        else if (name == "minutes")
            parts.seconds += amount * 60;
        else if (name == "seconds")
            parts.seconds += amount;
        else if (name == "milliseconds")
            parts.nanoseconds += amount * 1'000'000;
        else if (name == "microseconds")
            parts.nanoseconds += amount * 1'000;
        else if (name == "nanoseconds")
            parts.nanoseconds += amount;
        else
            refuse_field("A duration has no part '" + name +
                         "'; years, months, weeks, days, hours, minutes, seconds and "
                         "parts of seconds are known.");
    }
    return duration_from(parts);
}

}  // namespace khom::query::functions
