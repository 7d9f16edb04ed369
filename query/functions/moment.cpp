#include "query/functions/moment.h"

#include <chrono>

#include "query/functions/calendar.h"
#include "query/functions/temporal_parse.h"
#include "query/refused.h"

namespace khom::query::functions {

using graph::Value;
using graph::ValueKind;

std::int64_t Moment::local_seconds() const {
    return days * seconds_per_day + nanoseconds / nanoseconds_per_second;
}

std::int64_t Moment::nanoseconds_of_second() const {
    return nanoseconds % nanoseconds_per_second;
}

bool is_moment(const Value& value) {
    return value.kind() >= ValueKind::date && value.kind() <= ValueKind::date_time;
}

Moment moment_of(const Value& value) {
    Moment moment;
    moment.has_date = !value.is(ValueKind::local_time) && !value.is(ValueKind::time);
    moment.has_time = !value.is(ValueKind::date);
    moment.has_zone = value.is(ValueKind::time) || value.is(ValueKind::date_time);
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    if (value.is(ValueKind::date)) {
        moment.days = value.date().days;
        return moment;
    }
    if (value.is(ValueKind::local_time)) {
        moment.nanoseconds = value.local_time().nanoseconds;
        return moment;
    }
    if (value.is(ValueKind::time)) {
        moment.nanoseconds = value.time().nanoseconds;
        moment.offset_s = value.time().offset_s;
        return moment;
    }
    if (value.is(ValueKind::local_date_time)) {
        seconds = value.local_date_time().seconds;
        nanoseconds = value.local_date_time().nanoseconds;
    } else {
        const auto& date_time = value.date_time();
        seconds = date_time.seconds + date_time.offset_s;
        nanoseconds = date_time.nanoseconds;
        moment.offset_s = date_time.offset_s;
        moment.zone = date_time.zone;
    }
    moment.days = floor_divide(seconds, seconds_per_day);
    moment.nanoseconds =
        floor_modulo(seconds, seconds_per_day) * nanoseconds_per_second + nanoseconds;
    return moment;
}

Value value_of(const Moment& moment, ValueKind kind) {
    constexpr std::int64_t first_day = -365'961'662'000;  // in the year -1,000,000,000 or so
    constexpr std::int64_t last_day = 365'242'500'000;
    if (moment.days < first_day || moment.days > last_day) {
        reject(graph::RefusalCode::arithmetic_error, "DateOutOfRange",
               "Years have at most nine digits.");
    }
    const auto rest = static_cast<std::int32_t>(moment.nanoseconds_of_second());
    if (kind == ValueKind::date) return graph::Date{moment.days};
    if (kind == ValueKind::local_time) return graph::LocalTime{moment.nanoseconds};
    if (kind == ValueKind::time) return graph::Time{moment.nanoseconds, moment.offset_s};
    if (kind == ValueKind::local_date_time)
        return graph::LocalDateTime{moment.local_seconds(), rest};
    return graph::DateTime{moment.instant_seconds(), rest, moment.offset_s, moment.zone};
}

Moment at_local(Moment moment, std::int64_t days, std::int64_t nanoseconds) {
    moment.days = days;
    moment.nanoseconds = nanoseconds;
    if (moment.zone.empty()) return moment;
    // A local time that the clock skips is moved on: the offset before the gap gives the instant.
    const auto instant =
        moment.local_seconds() - offset_at_local(moment.zone, moment.local_seconds());
    const auto rest = moment.nanoseconds_of_second();
    return at_instant(std::move(moment), instant, rest);
}

Moment at_instant(Moment moment, std::int64_t instant_seconds, std::int64_t nanoseconds_of_second) {
    if (!moment.zone.empty()) moment.offset_s = offset_at_instant(moment.zone, instant_seconds);
    const auto local = instant_seconds + moment.offset_s;
    moment.days = floor_divide(local, seconds_per_day);
    moment.nanoseconds =
        floor_modulo(local, seconds_per_day) * nanoseconds_per_second + nanoseconds_of_second;
    return moment;
}

Moment with_zone(Moment moment, const std::string& name) {
    moment.has_zone = true;
    moment.zone.clear();
    if (const auto offset = parse_offset(name)) {
        moment.offset_s = *offset;
        return moment;
    }
    moment.zone = name;
    const auto days = moment.days;
    const auto nanoseconds = moment.nanoseconds;
    return at_local(std::move(moment), days, nanoseconds);
}

Moment in_zone(const Moment& moment, const std::string& name) {
    auto target = with_zone(moment, name);
    return at_instant(std::move(target), moment.instant_seconds(), moment.nanoseconds_of_second());
}

Moment now() {
    const auto since_epoch = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    Moment moment;
    moment.has_date = moment.has_time = moment.has_zone = true;
    moment.days = floor_divide(since_epoch, nanoseconds_per_day);
    moment.nanoseconds = floor_modulo(since_epoch, nanoseconds_per_day);
    return moment;
}

}  // namespace khom::query::functions
