#include <string_view>
#include <unordered_map>

#include "query/functions/calendar.h"
#include "query/functions/temporal.h"
#include "query/functions/temporal_text.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::Duration;
using graph::Value;
using graph::ValueKind;

using MomentPart = std::int64_t (*)(const Moment&);
struct NamedMomentPart {
    bool needs_date, needs_time, needs_zone;
    MomentPart part;
};

const std::unordered_map<std::string_view, NamedMomentPart>& moment_parts() {
    static const std::unordered_map<std::string_view, NamedMomentPart> part_table = {
        {"year",
         {true, false, false, [](const Moment& m) { return civil_from_days(m.days).year; }}},
        {"quarter",
         {true, false, false,
          [](const Moment& m) -> std::int64_t {
              return (civil_from_days(m.days).month - 1) / 3 + 1;
          }}},
        {"month",
         {true, false, false,
          [](const Moment& m) -> std::int64_t { return civil_from_days(m.days).month; }}},
        {"day",
         {true, false, false,
          [](const Moment& m) -> std::int64_t { return civil_from_days(m.days).day; }}},
        {"weekYear",
         {true, false, false, [](const Moment& m) { return week_from_days(m.days).week_year; }}},
        {"week",
         {true, false, false,
          [](const Moment& m) -> std::int64_t { return week_from_days(m.days).week; }}},
        {"weekDay",
         {true, false, false,
          [](const Moment& m) -> std::int64_t { return week_from_days(m.days).weekday; }}},
        {"dayOfWeek",
         {true, false, false,
          [](const Moment& m) -> std::int64_t { return week_from_days(m.days).weekday; }}},
        {"ordinalDay",
         {true, false, false,
          [](const Moment& m) {
              return m.days - days_from_civil({civil_from_days(m.days).year, 1, 1}) + 1;
          }}},
        {"dayOfQuarter",
         {true, false, false,
          [](const Moment& m) {
              const auto day = civil_from_days(m.days);
              return m.days - days_from_civil({day.year, (day.month - 1) / 3 * 3 + 1, 1}) + 1;
          }}},
        {"hour",
         {false, true, false,
          [](const Moment& m) { return m.nanoseconds / nanoseconds_per_second / 3600; }}},
        {"minute",
         {false, true, false,
          [](const Moment& m) { return m.nanoseconds / nanoseconds_per_second / 60 % 60; }}},
        {"second",
         {false, true, false,
          [](const Moment& m) { return m.nanoseconds / nanoseconds_per_second % 60; }}},
        {"millisecond",
         {false, true, false,
          [](const Moment& m) { return m.nanoseconds_of_second() / 1'000'000; }}},
        {"microsecond",
         {false, true, false, [](const Moment& m) { return m.nanoseconds_of_second() / 1'000; }}},
        {"nanosecond",
         {false, true, false, [](const Moment& m) { return m.nanoseconds_of_second(); }}},
        {"offsetMinutes",
         {false, false, true, [](const Moment& m) -> std::int64_t { return m.offset_s / 60; }}},
        {"offsetSeconds",
         {false, false, true, [](const Moment& m) -> std::int64_t { return m.offset_s; }}},
        {"epochSeconds", {true, true, true, [](const Moment& m) { return m.instant_seconds(); }}},
        {"epochMillis",
         {true, true, true,
          [](const Moment& m) {
              return m.instant_seconds() * 1000 + m.nanoseconds_of_second() / 1'000'000;
          }}},
    };
    return part_table;
}

/// Seconds in a smaller unit.
std::int64_t in_parts(const Duration& duration, std::int64_t per_second) {
    std::int64_t parts = 0;
    const auto rest = duration.nanoseconds / (nanoseconds_per_second / per_second);
    if (__builtin_mul_overflow(duration.seconds, per_second, &parts) ||
        __builtin_add_overflow(parts, rest, &parts)) {
        reject(graph::RefusalCode::arithmetic_error, "IntegerOverflow",
               "The duration in that unit does not fit 64 bits.");
    }
    return parts;
}

using DurationPart = std::int64_t (*)(const Duration&);
const std::unordered_map<std::string_view, DurationPart>& duration_parts() {
    static const std::unordered_map<std::string_view, DurationPart> part_table = {
        {"years", [](const Duration& d) { return d.months / 12; }},
        {"quarters", [](const Duration& d) { return d.months / 3; }},
        {"months", [](const Duration& d) { return d.months; }},
        {"weeks", [](const Duration& d) { return d.days / 7; }},
        {"days", [](const Duration& d) { return d.days; }},
        {"hours", [](const Duration& d) { return d.seconds / 3600; }},
        {"minutes", [](const Duration& d) { return d.seconds / 60; }},
        {"seconds", [](const Duration& d) { return d.seconds; }},
        {"milliseconds", [](const Duration& d) { return in_parts(d, 1'000); }},
        {"microseconds", [](const Duration& d) { return in_parts(d, 1'000'000); }},
        {"nanoseconds", [](const Duration& d) { return in_parts(d, nanoseconds_per_second); }},
        {"quartersOfYear", [](const Duration& d) { return d.months / 3 % 4; }},
        {"monthsOfQuarter", [](const Duration& d) { return d.months % 3; }},
        {"monthsOfYear", [](const Duration& d) { return d.months % 12; }},
        {"daysOfWeek", [](const Duration& d) { return d.days % 7; }},
        {"minutesOfHour", [](const Duration& d) { return d.seconds / 60 % 60; }},
        {"secondsOfMinute", [](const Duration& d) { return d.seconds % 60; }},
        {"millisecondsOfSecond",
         [](const Duration& d) -> std::int64_t { return d.nanoseconds / 1'000'000; }},
        {"microsecondsOfSecond",
         [](const Duration& d) -> std::int64_t { return d.nanoseconds / 1'000; }},
        {"nanosecondsOfSecond", [](const Duration& d) -> std::int64_t { return d.nanoseconds; }},
    };
    return part_table;
}

}  // namespace

Value temporal_part(const Value& value, std::string_view part) {
    if (value.is(ValueKind::duration)) {
        const auto found = duration_parts().find(part);
        return found == duration_parts().end() ? Value() : Value(found->second(value.duration()));
    }
    const auto moment = moment_of(value);
    if (moment.has_zone && part == "offset") return offset_text(moment.offset_s);
    if (moment.has_zone && part == "timezone") {
        return moment.zone.empty() ? offset_text(moment.offset_s) : moment.zone;
    }
    const auto found = moment_parts().find(part);
    if (found == moment_parts().end()) return {};
    const auto& [needs_date, needs_time, needs_zone, compute] = found->second;
    const bool there = (!needs_date || moment.has_date) && (!needs_time || moment.has_time) &&
                       (!needs_zone || moment.has_zone);
    return there ? Value(compute(moment)) : Value();
}

}  // namespace khom::query::functions
