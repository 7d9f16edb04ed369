#include "query/functions/temporal_text.h"

#include <cstdio>
#include <cstdlib>

#include "query/functions/calendar.h"
#include "query/functions/moment.h"

namespace khom::query::functions {
namespace {

using graph::Value;
using graph::ValueKind;

std::string digits(std::int64_t value, int width) {
    auto text = std::to_string(value);
    const auto wanted = static_cast<std::size_t>(width);
    return text.size() < wanted ? std::string(wanted - text.size(), '0') + text : text;
}

std::string date_text(std::int64_t days) {
    const auto day = civil_from_days(days);
    std::string year = digits(std::abs(day.year), 4);
    if (day.year < 0) year = "-" + year;
    if (day.year > 9999) year = "+" + year;
    return year + "-" + digits(day.month, 2) + "-" + digits(day.day, 2);
}

/// ".645", ".645876", or nothing: a fraction without trailing zeros.
std::string fraction_text(std::int64_t nanoseconds) {
    if (nanoseconds == 0) return {};
    auto text = "." + digits(nanoseconds, 9);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

std::string clock_text(std::int64_t nanoseconds) {
    const auto seconds = nanoseconds / nanoseconds_per_second;
    std::string text = digits(seconds / 3600, 2) + ":" + digits(seconds / 60 % 60, 2);
    if (nanoseconds % (60 * nanoseconds_per_second) != 0) {
        text += ":" + digits(seconds % 60, 2) + fraction_text(nanoseconds % nanoseconds_per_second);
    }
    return text;
}

/// Seconds with their fraction under one sign: they are kept as floor and remainder.
void append_clock(std::string& text, std::int64_t seconds, std::int64_t nanoseconds) {
    if (seconds < 0 && nanoseconds > 0) {
        ++seconds;
        nanoseconds -= nanoseconds_per_second;
    }
    if (seconds == 0 && nanoseconds == 0) return;
    text += "T";
    if (seconds / 3600 != 0) text += std::to_string(seconds / 3600) + "H";
    if (seconds / 60 % 60 != 0) text += std::to_string(seconds / 60 % 60) + "M";
    const auto rest = seconds % 60;
    if (rest == 0 && nanoseconds == 0) return;
    if (rest == 0 && nanoseconds < 0) text += "-";
    text += std::to_string(rest) + fraction_text(std::abs(nanoseconds)) + "S";
}

std::string duration_text(const graph::Duration& duration) {
    std::string text = "P";
    if (duration.months / 12 != 0) text += std::to_string(duration.months / 12) + "Y";
    if (duration.months % 12 != 0) text += std::to_string(duration.months % 12) + "M";
    if (duration.days != 0) text += std::to_string(duration.days) + "D";
    append_clock(text, duration.seconds, duration.nanoseconds);
    return text == "P" ? "PT0S" : text;
}

}  // namespace

std::string offset_text(std::int32_t offset_s) {
    if (offset_s == 0) return "Z";
    const auto size = std::abs(offset_s);
    std::string text = offset_s < 0 ? "-" : "+";
    text += digits(size / 3600, 2) + ":" + digits(size / 60 % 60, 2);
    if (size % 60 != 0) text += ":" + digits(size % 60, 2);
    return text;
}

std::string temporal_text(const Value& value) {
    if (value.is(ValueKind::duration)) return duration_text(value.duration());
    const auto moment = moment_of(value);
    std::string text;
    if (moment.has_date) text += date_text(moment.days);
    if (moment.has_date && moment.has_time) text += "T";
    if (moment.has_time) text += clock_text(moment.nanoseconds);
    if (moment.has_zone) text += offset_text(moment.offset_s);
    if (!moment.zone.empty()) text += "[" + moment.zone + "]";
    return text;
}

}  // namespace khom::query::functions
