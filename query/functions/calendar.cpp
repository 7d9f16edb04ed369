#include "query/functions/calendar.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "query/functions/zone_links.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

const date::time_zone& zone_named(const std::string& zone) {
    try {
        return *date::locate_zone(linked_zone(zone));
    } catch (const std::runtime_error&) {
        reject(graph::RefusalCode::argument_error, "InvalidArgumentValue",
               "'" + zone + "' is no time zone of the tz database, as 'Asia/Bangkok' is.");
    }
}

/// Beyond these years no zone has rules of its own, and the library's calendar ends.
std::chrono::seconds within_rules(std::int64_t seconds) {
    constexpr std::int64_t first_second = -62'135'596'800;  // year 1
    constexpr std::int64_t last_second = 253'402'300'799;   // year 9999
    return std::chrono::seconds(std::clamp(seconds, first_second, last_second));
}

}  // namespace

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const auto quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

std::int64_t floor_modulo(std::int64_t value, std::int64_t by) {
    const auto rest = value % by;
    return rest < 0 ? rest + by : rest;
}

std::int64_t days_from_civil(const CivilDay& day) {
    const auto year = day.year - (day.month <= 2 ? 1 : 0);
    const auto era = floor_divide(year, 400);
    const auto year_of_era = year - era * 400;
    const auto day_of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
    const auto day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

CivilDay civil_from_days(std::int64_t days) {
    const auto shifted = days + 719'468;
    const auto era = floor_divide(shifted, 146'097);
    const auto day_of_era = shifted - era * 146'097;
    const auto year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const auto month_from_march = (5 * day_of_year + 2) / 153;
    const int day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    const int month =
        static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

namespace {

/// The Monday of the week that holds 4 January.
std::int64_t first_monday(std::int64_t week_year) {
    const auto fourth = days_from_civil({week_year, 1, 4});
    return fourth - floor_modulo(fourth + 3, 7);
}

}  // namespace

std::int64_t days_from_week(const WeekDay& day) {
    return first_monday(day.week_year) + (day.week - 1) * 7 + day.weekday - 1;
}

WeekDay week_from_days(std::int64_t days) {
    const int weekday = static_cast<int>(floor_modulo(days + 3, 7)) + 1;
    const auto week_year = civil_from_days(days - weekday + 4).year;
    return {week_year, static_cast<int>((days - first_monday(week_year)) / 7) + 1, weekday};
}

int weeks_in_year(std::int64_t week_year) {
    return static_cast<int>((first_monday(week_year + 1) - first_monday(week_year)) / 7);
}

bool is_leap_year(std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(std::int64_t year, int month) {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::int64_t add_months(std::int64_t days, std::int64_t months) {
    const auto from = civil_from_days(days);
    const auto total = from.year * 12 + from.month - 1 + months;
    CivilDay to{floor_divide(total, 12), static_cast<int>(floor_modulo(total, 12)) + 1, from.day};
    to.day = std::min(to.day, days_in_month(to.year, to.month));
    return days_from_civil(to);
}

std::int32_t offset_at_local(const std::string& zone, std::int64_t local_seconds) {
    const auto info = zone_named(zone).get_info(date::local_seconds(within_rules(local_seconds)));
    return static_cast<std::int32_t>(info.first.offset.count());
}

std::int32_t offset_at_instant(const std::string& zone, std::int64_t instant_seconds) {
    const auto info = zone_named(zone).get_info(date::sys_seconds(within_rules(instant_seconds)));
    return static_cast<std::int32_t>(info.offset.count());
}

}  // namespace khom::query::functions
