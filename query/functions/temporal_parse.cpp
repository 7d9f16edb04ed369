#include "query/functions/temporal_parse.h"

#include <array>
#include <string>

#include "query/functions/calendar.h"
#include "query/functions/duration.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::ValueKind;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A cursor over a text that reads numbers of fixed width; `failed` is sticky.
struct Reader {
    std::string_view text;
    std::size_t at = 0;

    bool ended() const { return at >= text.size(); }
    char peek(std::size_t ahead = 0) const {
        return at + ahead < text.size() ? text[at + ahead] : '\0';
    }
    bool take(char c) {
        const bool here = peek() == c;
        at += here ? 1 : 0;
        return here;
    }
    std::size_t digits_ahead() const {
        std::size_t count = 0;
        while (is_digit(peek(count))) ++count;
        return count;
    }
    std::int64_t number(std::size_t width) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < width; ++i) value = value * 10 + (text[at++] - '0');
        return value;
    }
};

/// `digits`, of which up to nine count: a fraction of a second in nanoseconds.
std::int64_t fraction(Reader& in) {
    std::int64_t value = 0;
    std::int64_t scale = nanoseconds_per_second;
    while (is_digit(in.peek())) {
        if (scale > 1) {
            scale /= 10;
            value += (in.peek() - '0') * scale;
        }
        ++in.at;
    }
    return value;
}

bool in_range(std::int64_t value, std::int64_t low, std::int64_t high) {
    return value >= low && value <= high;
}

/// After the year: -MM-DD, MMDD, -Www-D, WwwD, -Qq-DD, -DDD, DDD, or a beginning of one.
bool rest_of_date(Reader& in, std::int64_t year, std::int64_t& days) {
    const bool extended = in.take('-');
    if (in.take('W')) {
        if (in.digits_ahead() < 2) return false;
        const auto week = in.number(2);
        std::int64_t weekday = 1;
        if ((extended ? in.take('-') : true) && in.digits_ahead() >= 1) weekday = in.number(1);
        days = days_from_week({year, static_cast<int>(week), static_cast<int>(weekday)});
        return in_range(week, 1, weeks_in_year(year)) && in_range(weekday, 1, 7);
    }
    if (in.take('Q')) {
        if (in.digits_ahead() < 1) return false;
        const auto quarter = in.number(1);
        std::int64_t day = 1;
        if ((extended ? in.take('-') : true) && in.digits_ahead() >= 2) day = in.number(2);
        const auto begin = days_from_civil({year, static_cast<int>(quarter) * 3 - 2, 1});
        days = begin + day - 1;
        return in_range(quarter, 1, 4) && in_range(days, begin, add_months(begin, 3) - 1);
    }
    const auto digits = in.digits_ahead();
    if (digits == 3) {
        const auto ordinal = in.number(3);
        days = days_from_civil({year, 1, 1}) + ordinal - 1;
        return in_range(ordinal, 1, is_leap_year(year) ? 366 : 365);
    }
    if (digits != 2 && digits != 4) return false;
    const auto month = in.number(2);
    std::int64_t day = 1;
    if (digits == 4) {
        day = in.number(2);
    } else if (extended && in.take('-')) {
        if (in.digits_ahead() != 2) return false;
        day = in.number(2);
    }
    if (!in_range(month, 1, 12) || !in_range(day, 1, days_in_month(year, static_cast<int>(month))))
        return false;
    days = days_from_civil({year, static_cast<int>(month), static_cast<int>(day)});
    return true;
}

bool date_part(Reader& in, Moment& moment) {
    const bool negative = in.peek() == '-';
    const bool sign = negative || in.peek() == '+';
    in.at += sign ? 1 : 0;
    const auto digits = in.digits_ahead();
    if (digits < 4) return false;
    const auto year_digits = sign && in.peek(digits) == '-' ? digits : 4;
    if (year_digits > 9) return false;
    auto year = in.number(year_digits);
    year = negative ? -year : year;
    moment.has_date = true;
    if (in.ended() || in.peek() == 'T') {
        moment.days = days_from_civil({year, 1, 1});
        return true;
    }
    return rest_of_date(in, year, moment.days);
}

/// HH, HHMM, HHMMSS, with colons or without, and a fraction after seconds.
bool time_part(Reader& in, Moment& moment) {
    std::array<std::int64_t, 3> fields{};
    std::size_t count = 0;
    while (count < 3 && in.digits_ahead() >= 2) {
        fields[count++] = in.number(2);
        if (in.peek() == ':' && is_digit(in.peek(1))) ++in.at;
    }
    if (count == 0 || fields[0] > 23 || fields[1] > 59 || fields[2] > 59) return false;
    moment.has_time = true;
    moment.nanoseconds = (fields[0] * 3600 + fields[1] * 60 + fields[2]) * nanoseconds_per_second;
    if (in.peek() == '.' || in.peek() == ',') {
        ++in.at;
        if (count < 3 || in.digits_ahead() == 0) return false;
        moment.nanoseconds += fraction(in);
    }
    return true;
}

bool zone_part(Reader& in, Moment& moment) {
    const auto bracket = in.text.find('[', in.at);
    const auto offset_text = in.text.substr(in.at, bracket - in.at);
    if (!offset_text.empty()) {
        const auto offset = parse_offset(offset_text);
        if (!offset) return false;
        moment.offset_s = *offset;
        moment.has_zone = true;
    }
    if (bracket == std::string_view::npos) return true;
    if (in.text.back() != ']') return false;
    const std::string name(in.text.substr(bracket + 1, in.text.size() - bracket - 2));
    const auto zoned = with_zone(moment, name);
    // Of a local time that occurs twice, the offset tells which is meant.
    const auto meant = offset_text.empty() ? zoned
                                           : at_instant(zoned, moment.instant_seconds(),
                                                        moment.nanoseconds_of_second());
    if (!offset_text.empty() && meant.offset_s != moment.offset_s) return false;
    moment = meant;
    return true;
}

}  // namespace

std::optional<std::int32_t> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    Reader in{text};
    const bool negative = in.peek() == '-';
    if (!in.take('-') && !in.take('+')) return std::nullopt;
    std::int64_t seconds = 0;
    std::int64_t unit = 3600;
    for (; unit > 0 && in.digits_ahead() >= 2; unit /= 60) {
        const auto value = in.number(2);
        if (unit < 3600 && value > 59) return std::nullopt;
        seconds += value * unit;
        if (in.peek() == ':' && unit > 1) ++in.at;
    }
    if (unit == 3600 || !in.ended() || text.back() == ':' || seconds > 18 * 3600)
        return std::nullopt;
    return static_cast<std::int32_t>(negative ? -seconds : seconds);
}

Moment parse_moment(std::string_view text, ValueKind kind) {
    Moment moment;
    Reader in{text};
    const bool wants_date = kind != ValueKind::local_time && kind != ValueKind::time;
    const bool wants_time = kind != ValueKind::date;
    const bool wants_zone = kind == ValueKind::time || kind == ValueKind::date_time;
    bool good = !wants_date || date_part(in, moment);
    if (good && wants_time && !(wants_date && in.ended())) {
        good = wants_date ? in.take('T') && time_part(in, moment)
                          : (in.take('T'), time_part(in, moment));
    }
    if (good && wants_zone && !in.ended()) {
        good = zone_part(in, moment);
    } else {
        good = good && in.ended();
    }
    if (!good) {
        reject(graph::RefusalCode::argument_error, "InvalidArgumentValue",
               "'" + std::string(text) + "' does not read as a temporal value in ISO 8601.");
    }
    return moment;
}

namespace {

/// `P2012-02-02T14:37:21.545`: amounts in the places of a date and time.
bool duration_by_places(Reader& in, graph::Duration& duration) {
    if (in.digits_ahead() != 4 || in.peek(4) != '-') return false;
    const auto years = in.number(4);
    if (!in.take('-') || in.digits_ahead() != 2) return false;
    const auto months = in.number(2);
    if (!in.take('-') || in.digits_ahead() != 2) return false;
    duration.months = years * 12 + months;
    duration.days = in.number(2);
    if (in.ended()) return true;
    Moment clock;
    if (!in.take('T') || !time_part(in, clock) || !in.ended()) return false;
    duration.seconds = clock.nanoseconds / nanoseconds_per_second;
    duration.nanoseconds = static_cast<std::int32_t>(clock.nanoseconds % nanoseconds_per_second);
    return true;
}

bool amount(Reader& in, long double& value) {
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    const auto begin = in.at;
    value = 0;
    while (is_digit(in.peek())) value = value * 10 + (in.text[in.at++] - '0');
    if (in.peek() == '.' || in.peek() == ',') {
        ++in.at;
        long double digits = 0;
        long double scale = 1;
        while (is_digit(in.peek())) {
            digits = digits * 10 + (in.text[in.at++] - '0');
            scale *= 10;
        }
        value += digits / scale;
    }
    value = negative ? -value : value;
    return in.at > begin;
}

bool duration_by_units(Reader& in, DurationParts& parts) {
    bool time = false;
    bool any = false;
    while (!in.ended()) {
        if (in.take('T')) {
            if (time || in.ended()) return false;
            time = true;
            continue;
        }
        long double value = 0;
        if (!amount(in, value)) return false;
        const char unit = in.peek();
        ++in.at;
        any = true;
        if (!time && unit == 'Y')
            parts.months += value * 12;
        else if (!time && unit == 'M')
            parts.months += value;
        else if (!time && unit == 'W')
            parts.days += value * 7;
        else if (!time && unit == 'D')
            parts.days += value;
        else if (time && unit == 'H')
            parts.seconds += value * 3600;
        else if (time && unit == 'M')
            parts.seconds += value * 60;
        else if (time && unit == 'S')
            parts.seconds += value;
        else
            return false;
    }
    return any;
}

}  // namespace

graph::Duration parse_duration(std::string_view text) {
    Reader in{text};
    const bool negative = in.take('-');
    if (in.take('P')) {
        const auto begin = in.at;
        graph::Duration duration;
        if (duration_by_places(in, duration)) return negative ? negated(duration) : duration;
        in.at = begin;
        DurationParts parts;
        if (duration_by_units(in, parts)) {
            return negative ? negated(duration_from(parts)) : duration_from(parts);
        }
    }
    reject(graph::RefusalCode::argument_error, "InvalidArgumentValue",
           "'" + std::string(text) +
               "' does not read as a duration in ISO 8601, as P1Y2M3DT4H5M6S does.");
}

}  // namespace khom::query::functions
