#include "query/functions/temporal.h"

#include <string>

#include "query/functions/calendar.h"
#include "query/functions/duration.h"
#include "query/functions/function.h"
#include "query/functions/temporal_parse.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::Map;
using graph::Value;
using graph::ValueKind;
using semantics::moments;
using semantics::one;
using semantics::Type;
using semantics::TypeKind;

bool fits(const Moment& moment, ValueKind kind) {
    const bool date = kind != ValueKind::local_time && kind != ValueKind::time;
    return date ? moment.has_date : moment.has_time;
}

/// `date()`, `date('…')`, `date({…})`, `date(other)`; and so for the other four kinds.
template <ValueKind Kind>
Value make(const Environment& environment, Arguments arguments) {
    if (arguments.empty()) return value_of(environment.now, Kind);
    const auto& argument = arguments[0];
    if (argument.is(ValueKind::string))
        return value_of(parse_moment(argument.string(), Kind), Kind);
    if (argument.is(ValueKind::map)) return value_of(construct(argument.map(), Kind), Kind);
    if (!is_moment(argument)) {
        wrong_argument("A temporal function", "a string, a map or a temporal value", argument);
    }
    const auto moment = moment_of(argument);
    if (!fits(moment, Kind)) {
        wrong_argument("A temporal function", "a value with the parts it needs", argument);
    }
    return value_of(moment, Kind);
}

/// `date.transaction()` and `date.statement()`: one instant for the whole statement, in a zone if
/// one is given.
template <ValueKind Kind>
Value clock(const Environment& environment, Arguments arguments) {
    if (arguments.empty()) return value_of(environment.now, Kind);
    if (!arguments[0].is(ValueKind::string)) wrong_argument("A clock", "a time zone", arguments[0]);
    return value_of(in_zone(environment.now, std::string(arguments[0].string())), Kind);
}

template <ValueKind Kind>
Value realtime_clock(const Environment& environment, Arguments arguments) {
    auto real = environment;
    real.now = now();
    return clock<Kind>(real, arguments);
}

template <ValueKind Kind>
Value truncated(const Environment& environment, Arguments arguments) {
    if (!arguments[0].is(ValueKind::string)) wrong_argument("truncate()", "a unit", arguments[0]);
    if (arguments.size() > 2 && !arguments[2].is(ValueKind::map))
        wrong_argument("truncate()", "a map of fields", arguments[2]);
    if (arguments.size() > 1 && !is_moment(arguments[1]))
        wrong_argument("truncate()", "a temporal value", arguments[1]);
    const auto moment = arguments.size() > 1 ? moment_of(arguments[1]) : environment.now;
    const Map none;
    return value_of(truncate(arguments[0].string(), moment, Kind,
                             arguments.size() > 2 ? arguments[2].map() : none),
                    Kind);
}

Value duration(const Environment&, Arguments arguments) {
    const auto& argument = arguments[0];
    if (argument.is(ValueKind::duration)) return argument;
    if (argument.is(ValueKind::string)) return parse_duration(argument.string());
    if (argument.is(ValueKind::map)) return construct_duration(argument.map());
    wrong_argument("duration()", "a string, a map or a duration", argument);
}

template <DurationUnit Unit>
Value duration_between(const Environment&, Arguments arguments) {
    for (const auto& argument : arguments) {
        if (!is_moment(argument))
            wrong_argument("duration.between()", "two temporal values", argument);
    }
    return between(moment_of(arguments[0]), moment_of(arguments[1]), Unit);
}

Value from_epoch(std::int64_t seconds, std::int64_t nanoseconds) {
    if (seconds > largest_epoch_s || seconds < -largest_epoch_s) {
        reject(graph::RefusalCode::arithmetic_error, "DateOutOfRange",
               "Years have at most nine digits.");
    }
    return graph::DateTime{
        seconds + floor_divide(nanoseconds, nanoseconds_per_second),
        static_cast<std::int32_t>(floor_modulo(nanoseconds, nanoseconds_per_second)),
        0,
        {}};
}

Value from_epoch_seconds(const Environment&, Arguments arguments) {
    for (const auto& argument : arguments) {
        if (!argument.is(ValueKind::integer))
            wrong_argument("datetime.fromEpoch()", "integers", argument);
    }
    return from_epoch(arguments[0].integer(), arguments.size() > 1 ? arguments[1].integer() : 0);
}

Value from_epoch_millis(const Environment&, Arguments arguments) {
    if (!arguments[0].is(ValueKind::integer))
        wrong_argument("datetime.fromEpochMillis()", "an integer", arguments[0]);
    const auto millis = arguments[0].integer();
    return from_epoch(floor_divide(millis, 1000), floor_modulo(millis, 1000) * 1'000'000);
}

constexpr auto source = one(TypeKind::string) | one(TypeKind::map) | moments;
constexpr auto zone = one(TypeKind::string);
constexpr Type date_type{TypeKind::date, 0};
constexpr Type local_time_type{TypeKind::local_time, 0};
constexpr Type time_type{TypeKind::time, 0};
constexpr Type local_date_time_type{TypeKind::local_date_time, 0};
constexpr Type date_time_type{TypeKind::date_time, 0};
constexpr Type duration_type{TypeKind::duration, 0};

constexpr Function function_table[] = {
    {"date", 0, 1, {source}, date_type, make<ValueKind::date>, true, false},
    {"date.transaction", 0, 1, {zone}, date_type, clock<ValueKind::date>, true, false},
    {"date.statement", 0, 1, {zone}, date_type, clock<ValueKind::date>, true, false},
    {"date.realtime", 0, 1, {zone}, date_type, realtime_clock<ValueKind::date>, true, false},
    {"date.truncate",
     1,
     3,
     {zone, moments, one(TypeKind::map)},
     date_type,
     truncated<ValueKind::date>,
     true,
     false},
    {"localtime", 0, 1, {source}, local_time_type, make<ValueKind::local_time>, true, false},
    {"localtime.transaction",
     0,
     1,
     {zone},
     local_time_type,
     clock<ValueKind::local_time>,
     true,
     false},
    {"localtime.statement",
     0,
     1,
     {zone},
     local_time_type,
     clock<ValueKind::local_time>,
     true,
     false},
    {"localtime.realtime",
     0,
     1,
     {zone},
     local_time_type,
     realtime_clock<ValueKind::local_time>,
     true,
     false},
    {"localtime.truncate",
     1,
     3,
     {zone, moments, one(TypeKind::map)},
     local_time_type,
     truncated<ValueKind::local_time>,
     true,
     false},
    {"time", 0, 1, {source}, time_type, make<ValueKind::time>, true, false},
    {"time.transaction", 0, 1, {zone}, time_type, clock<ValueKind::time>, true, false},
    {"time.statement", 0, 1, {zone}, time_type, clock<ValueKind::time>, true, false},
    {"time.realtime", 0, 1, {zone}, time_type, realtime_clock<ValueKind::time>, true, false},
    {"time.truncate",
     1,
     3,
     {zone, moments, one(TypeKind::map)},
     time_type,
     truncated<ValueKind::time>,
     true,
     false},
    {"localdatetime",
     0,
     1,
     {source},
     local_date_time_type,
     make<ValueKind::local_date_time>,
     true,
     false},
    {"localdatetime.transaction",
     0,
     1,
     {zone},
     local_date_time_type,
     clock<ValueKind::local_date_time>,
     true,
     false},
    {"localdatetime.statement",
     0,
     1,
     {zone},
     local_date_time_type,
     clock<ValueKind::local_date_time>,
     true,
     false},
    {"localdatetime.realtime",
     0,
     1,
     {zone},
     local_date_time_type,
     realtime_clock<ValueKind::local_date_time>,
     true,
     false},
    {"localdatetime.truncate",
     1,
     3,
     {zone, moments, one(TypeKind::map)},
     local_date_time_type,
     truncated<ValueKind::local_date_time>,
     true,
     false},
    {"datetime", 0, 1, {source}, date_time_type, make<ValueKind::date_time>, true, false},
    {"datetime.transaction",
     0,
     1,
     {zone},
     date_time_type,
     clock<ValueKind::date_time>,
     true,
     false},
    {"datetime.statement", 0, 1, {zone}, date_time_type, clock<ValueKind::date_time>, true, false},
    {"datetime.realtime",
     0,
     1,
     {zone},
     date_time_type,
     realtime_clock<ValueKind::date_time>,
     true,
     false},
    {"datetime.truncate",
     1,
     3,
     {zone, moments, one(TypeKind::map)},
     date_time_type,
     truncated<ValueKind::date_time>,
     true,
     false},
    {"datetime.fromepoch",
     1,
     2,
     {one(TypeKind::integer), one(TypeKind::integer)},
     date_time_type,
     from_epoch_seconds},
    {"datetime.fromepochmillis", 1, 1, {one(TypeKind::integer)}, date_time_type, from_epoch_millis},
    {"duration",
     1,
     1,
     {one(TypeKind::string) | one(TypeKind::map) | one(TypeKind::duration)},
     duration_type,
     duration},
    {"duration.between",
     2,
     2,
     {moments, moments},
     duration_type,
     duration_between<DurationUnit::mixed>},
    {"duration.inmonths",
     2,
     2,
     {moments, moments},
     duration_type,
     duration_between<DurationUnit::months>},
    {"duration.indays",
     2,
     2,
     {moments, moments},
     duration_type,
     duration_between<DurationUnit::days>},
    {"duration.inseconds",
     2,
     2,
     {moments, moments},
     duration_type,
     duration_between<DurationUnit::seconds>},
};

}  // namespace

std::span<const Function> temporal_functions() {
    return function_table;
}

}  // namespace khom::query::functions
