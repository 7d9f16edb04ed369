// EDTF as the data uses it, level 0 and a part of level 1:
//
//     time     = date | date "/" (date | "..") | ".." "/" date
//     date     = YYYY ["-" MM ["-" DD]] ["~" | "?" | "%"]

#include "graph/edtf.h"

#include <array>
#include <cctype>
#include <cstdio>
#include <limits>

namespace khom::graph {

namespace {

constexpr int first_year = 1000;
constexpr int last_year = 2400;
constexpr int buddhist_offset = 543;

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(int year, int month) {
    constexpr std::array days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
Date day(int year, int month, int day_of_month) {
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    return {era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
            719468};
}

tl::unexpected<Refusal> wrong(std::string_view whole, const std::string& why) {
    return refuse(RefusalCode::argument_error, "'" + std::string(whole) + "' " + why, {},
                  Span{0, whole.size()});
}

/// `count` digits at `at`, moving it on; none if there are not as many.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
    if (at + count > text.size()) {
        return std::nullopt;
    }
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
            return std::nullopt;
        }
        value = value * 10 + (text[i] - '0');
    }
    at += count;
    return value;
}

enum class Era { common, buddhist };

/// Syntax only: `-MM` and `-DD`, then the mark. None if something else stands there.
std::optional<EdtfDate> scan_date(std::string_view text) {
    EdtfDate date;
    std::size_t at = 0;
    const auto year = digits(text, at, 4);
    if (!year) {
        return std::nullopt;
    }
    date.year = *year;
    for (auto* part : {&date.month, &date.day}) {
        if (at < text.size() && text[at] == '-') {
            ++at;
            const auto value = digits(text, at, 2);
            if (!value) {
                return std::nullopt;
            }
            *part = *value;
            date.precision = part == &date.month ? DatePrecision::month : DatePrecision::day;
        } else {
            break;
        }
    }
    if (at < text.size() && std::string_view("~?%").find(text[at]) != std::string_view::npos) {
        date.approximate = text[at] != '?';
        date.uncertain = text[at] != '~';
        ++at;
    }
    return at == text.size() ? std::optional(date) : std::nullopt;
}

Result<EdtfDate> parse_date(std::string_view whole, std::string_view text, Era era) {
    auto date = scan_date(text);
    if (!date) {
        return wrong(whole,
                     "is not a date in EDTF, such as 2021, 2020-09, 2020-09-23, 2022/2023, "
                     "2024-11~ or 2018/..");
    }
    const int offset = era == Era::buddhist ? buddhist_offset : 0;
    date->year -= offset;
    if (date->year > last_year && era == Era::common) {
        return wrong(whole, "looks like a Buddhist year; write " +
                                std::to_string(date->year - buddhist_offset) + " or `era=BE`.");
    }
    if (date->year < first_year || date->year > last_year) {
        return wrong(whole, "has a year outside " + std::to_string(first_year + offset) + " to " +
                                std::to_string(last_year + offset) + ".");
    }
    const bool has_month = date->precision != DatePrecision::year;
    const bool has_day = date->precision == DatePrecision::day;
    if ((has_month && (date->month < 1 || date->month > 12)) ||
        (has_day && (date->day < 1 || date->day > days_in(date->year, date->month)))) {
        return wrong(whole, "names a day that does not exist.");
    }
    return *date;
}

Date first_day_of(const EdtfDate& date) {
    return day(date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day);
}

Date last_day_of(const EdtfDate& date) {
    const int month = date.month == 0 ? 12 : date.month;
    return day(date.year, month, date.day == 0 ? days_in(date.year, month) : date.day);
}

Result<EdtfTime> parse(std::string_view text, Era era) {
    EdtfTime time;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return parse_date(text, text, era).map([&](const EdtfDate& date) {
            time.begin = time.end = date;
            return time;
        });
    }
    time.interval = true;
    const auto first = text.substr(0, slash);
    const auto second = text.substr(slash + 1);
    if (first == ".." && second == "..") {
        return wrong(text, "is open at both ends; leave it empty instead.");
    }
    for (const auto& [part, end] : {std::pair{first, &time.begin}, std::pair{second, &time.end}}) {
        if (part != "..") {
            const auto date = parse_date(text, part, era);
            if (!date) {
                return tl::unexpected(date.error());
            }
            *end = *date;
        }
    }
    if (time.begin && time.end && last_day_of(*time.end).days < first_day_of(*time.begin).days) {
        return wrong(text, "ends before it begins.");
    }
    return time;
}

std::string spelling(const EdtfDate& date) {
    std::array<char, 64> text{};
    const char* mark =
        date.approximate ? (date.uncertain ? "%" : "~") : (date.uncertain ? "?" : "");
    int length = 0;
    switch (date.precision) {
        case DatePrecision::year:
            length = std::snprintf(text.data(), text.size(), "%04d%s", date.year, mark);
            break;
        case DatePrecision::month:
            length =
                std::snprintf(text.data(), text.size(), "%04d-%02d%s", date.year, date.month, mark);
            break;
        case DatePrecision::day:
            length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d%s", date.year,
                                   date.month, date.day, mark);
            break;
    }
    return {text.data(), static_cast<std::size_t>(length)};
}

/// One end of a window: a single date.
Result<std::optional<EdtfTime>> window_end(const char* parameter, std::string_view text) {
    if (text.empty()) {
        return std::optional<EdtfTime>();
    }
    auto time = parse(text, Era::common);
    if (time && time->interval) {
        return refuse_parameter(parameter,
                                "'" + std::string(text) + "' is an interval; give one date.");
    }
    if (!time) {
        time.error().parameter = parameter;
        return tl::unexpected(time.error());
    }
    return std::optional(*time);
}

}  // namespace

std::optional<Date> EdtfTime::first_day() const {
    return begin ? std::optional(first_day_of(*begin)) : std::nullopt;
}

std::optional<Date> EdtfTime::last_day() const {
    return end ? std::optional(last_day_of(*end)) : std::nullopt;
}

Result<EdtfTime> parse_edtf(std::string_view text) {
    return parse(text, Era::common);
}

Result<std::string> edtf_from_buddhist(std::string_view text) {
    return parse(text, Era::buddhist).map([](const EdtfTime& time) {
        const auto one = [](const std::optional<EdtfDate>& date) {
            return date ? spelling(*date) : std::string("..");
        };
        return time.interval ? one(time.begin) + "/" + one(time.end) : one(time.begin);
    });
}

Result<TimeWindow> parse_window(std::string_view from, std::string_view to) {
    const auto begin = window_end("from", from);
    if (!begin) {
        return tl::unexpected(begin.error());
    }
    const auto end = window_end("to", to);
    if (!end) {
        return tl::unexpected(end.error());
    }
    TimeWindow window;
    window.from = *begin ? (*begin)->first_day() : std::nullopt;
    window.to = *end ? (*end)->last_day() : std::nullopt;
    if (window.from && window.to && window.to->days < window.from->days) {
        return refuse_parameter("to", "The window ends ('" + std::string(to) +
                                          "') before it begins ('" + std::string(from) + "').");
    }
    return window;
}

bool overlaps(const EdtfTime& time, const TimeWindow& window) {
    const auto first = time.first_day();
    const auto last = time.last_day();
    return !(first && window.to && first->days > window.to->days) &&
           !(last && window.from && last->days < window.from->days);
}

DaySpan days_of(std::string_view edtf) {
    using Limits = std::numeric_limits<std::int32_t>;
    const auto time = parse_edtf(edtf);
    if (!time) {
        return {};
    }
    const auto number = [](const std::optional<Date>& day, std::int32_t open) {
        return day ? static_cast<std::int32_t>(day->days) : open;
    };
    return {number(time->first_day(), Limits::min()), number(time->last_day(), Limits::max())};
}

bool overlaps(const DaySpan& days, const TimeWindow& window) {
    return !(window.to && days.first > window.to->days) &&
           !(window.from && days.last < window.from->days);
}

}  // namespace khom::graph
