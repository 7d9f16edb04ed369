#include "query/functions/duration.h"

#include <cmath>
#include <cstdlib>

#include "query/functions/calendar.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::Duration;

constexpr long double seconds_per_month = 2'629'746;

[[noreturn]] void overflow() {
    reject(graph::RefusalCode::arithmetic_error, "IntegerOverflow",
           "The duration does not fit 64 bits.");
}

std::int64_t whole(long double value) {
    constexpr long double largest = 9.2e18L;
    if (!(value > -largest && value < largest)) overflow();
    return static_cast<std::int64_t>(value);
}

std::int64_t checked_sum(std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(left, right, &result)) overflow();
    return result;
}

/// A duration that carries no moment beyond the years there are, whatever it is added to.
bool is_within_calendar(const Duration& duration) {
    constexpr std::int64_t years = 2'000'000'000;
    const auto within = [](std::int64_t value, std::int64_t limit) {
        return value >= -limit && value <= limit;
    };
    return within(duration.months, years * 12) && within(duration.days, years * 366) &&
           within(duration.seconds, years * 366 * seconds_per_day);
}

/// The whole part towards zero; `value` keeps the rest.
std::int64_t take_whole(long double& value) {
    const auto part = whole(value);
    value -= static_cast<long double>(part);
    return part;
}

}  // namespace

Duration make_duration(std::int64_t months, std::int64_t days, std::int64_t seconds,
                       std::int64_t nanoseconds) {
    return {months, days, checked_sum(seconds, floor_divide(nanoseconds, nanoseconds_per_second)),
            static_cast<std::int32_t>(floor_modulo(nanoseconds, nanoseconds_per_second))};
}

Duration duration_from(const DurationParts& parts) {
    auto months_left = parts.months;
    const auto months = take_whole(months_left);
    auto days_left = parts.days;
    auto days = take_whole(days_left);
    auto month_seconds = months_left * seconds_per_month;
    const auto month_days = whole(month_seconds / seconds_per_day);
    days = checked_sum(days, month_days);
    month_seconds -= static_cast<long double>(month_days) * seconds_per_day;
    auto seconds_left = parts.seconds + month_seconds + days_left * seconds_per_day;
    const auto seconds = take_whole(seconds_left);
    // Decimal fractions are not exact in binary: what is within a thousandth of a nanosecond of a
    // whole one is meant so.
    auto nanoseconds = seconds_left * nanoseconds_per_second + parts.nanoseconds;
    const auto rounded = std::round(nanoseconds);
    nanoseconds = std::abs(nanoseconds - rounded) < 1e-3L ? rounded : std::trunc(nanoseconds);
    return make_duration(months, days, seconds, whole(nanoseconds));
}

Duration negated(const Duration& duration) {
    return make_duration(-duration.months, -duration.days, -duration.seconds,
                         -duration.nanoseconds);
}

Duration sum(const Duration& left, const Duration& right) {
    return make_duration(checked_sum(left.months, right.months), checked_sum(left.days, right.days),
                         checked_sum(left.seconds, right.seconds),
                         std::int64_t{left.nanoseconds} + right.nanoseconds);
}

Duration scaled(const Duration& duration, long double factor) {
    return duration_from({static_cast<long double>(duration.months) * factor,
                          static_cast<long double>(duration.days) * factor,
                          static_cast<long double>(duration.seconds) * factor,
                          static_cast<long double>(duration.nanoseconds) * factor});
}

Moment plus(Moment moment, const Duration& duration) {
    if (!is_within_calendar(duration)) overflow();
    if (moment.has_date) {
        auto days = add_months(moment.days, duration.months) + duration.days;
        if (!moment.has_time) {
            moment.days = days + duration.seconds / seconds_per_day;
            return moment;
        }
        const auto nanoseconds = moment.nanoseconds;
        moment = at_local(std::move(moment), days, nanoseconds);
    }
    const auto total = moment.nanoseconds_of_second() + duration.nanoseconds;
    const auto instant =
        moment.instant_seconds() + duration.seconds + total / nanoseconds_per_second;
    return at_instant(std::move(moment), instant, total % nanoseconds_per_second);
}

namespace {

/// Whole months from one local date and time to another, towards zero.
std::int64_t months_between(const Moment& from, const Moment& to) {
    const auto a = civil_from_days(from.days);
    const auto b = civil_from_days(to.days);
    auto months = (b.year - a.year) * 12 + b.month - a.month;
    const bool before = b.day < a.day || (b.day == a.day && to.nanoseconds < from.nanoseconds);
    const bool after = b.day > a.day || (b.day == a.day && to.nanoseconds > from.nanoseconds);
    if (months > 0 && before) --months;
    if (months < 0 && after) ++months;
    return months;
}

std::int64_t days_between(const Moment& from, const Moment& to) {
    auto days = to.days - from.days;
    if (days > 0 && to.nanoseconds < from.nanoseconds) --days;
    if (days < 0 && to.nanoseconds > from.nanoseconds) ++days;
    return days;
}

/// Gives `target` what it lacks and `other` has.
void complete(Moment& target, const Moment& other) {
    if (!target.has_date && other.has_date) target.days = other.days;
    if (!target.has_zone && other.has_zone) {
        target.offset_s = other.offset_s;
        target.zone = other.zone;
        const auto days = target.days;
        const auto nanoseconds = target.nanoseconds;
        target = at_local(std::move(target), days, nanoseconds);
    }
}

}  // namespace

Duration between(Moment from, Moment to, DurationUnit unit) {
    const bool dated = from.has_date && to.has_date;
    const auto original = from;
    complete(from, to);
    complete(to, original);
    // Months and days are counted on one clock: that of `from`.
    const auto rest_of_second = to.nanoseconds_of_second();
    const auto instant = to.instant_seconds();
    to.zone = from.zone;
    to.offset_s = from.offset_s;
    to = at_instant(std::move(to), instant, rest_of_second);

    std::int64_t months = 0;
    std::int64_t days = 0;
    if (dated && (unit == DurationUnit::mixed || unit == DurationUnit::months)) {
        months = months_between(from, to);
        const auto nanoseconds = from.nanoseconds;
        const auto moved = add_months(from.days, months);
        from = at_local(std::move(from), moved, nanoseconds);
    }
    if (unit == DurationUnit::months) return {months, 0, 0, 0};
    if (dated && unit != DurationUnit::seconds) {
        days = days_between(from, to);
        const auto nanoseconds = from.nanoseconds;
        const auto moved = from.days + days;
        from = at_local(std::move(from), moved, nanoseconds);
    }
    if (unit == DurationUnit::days) return {0, days, 0, 0};
    const auto seconds = to.instant_seconds() - from.instant_seconds();
    return make_duration(months, days, seconds,
                         to.nanoseconds_of_second() - from.nanoseconds_of_second());
}

}  // namespace khom::query::functions
