// Dates in words. The Buddhist year is the common year + 543, as Thailand counts since 1941;
// earlier Thai years began in April, so a date from January to March before 1941 bore a year one
// lower than shown here.

#include <array>

#include "graph/edtf.h"
#include "query/entity.h"

namespace khom::query {

namespace {

constexpr std::int32_t buddhist_offset = 543;

constexpr std::array<std::string_view, 12> english_months = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 12> thai_months = {
    "มกราคม",  "กุมภาพันธ์", "มีนาคม",  "เมษายน", "พฤษภาคม",  "มิถุนายน",
    "กรกฎาคม", "สิงหาคม",  "กันยายน", "ตุลาคม",  "พฤศจิกายน", "ธันวาคม"};

/// "23 September 2020", "23 กันยายน พ.ศ. 2563": as finely as it is given.
Wording plain_words(const graph::EdtfDate& date) {
    Wording words{std::to_string(date.year), "พ.ศ. " + std::to_string(date.year + buddhist_offset)};
    if (date.month > 0) {
        const auto month = static_cast<std::size_t>(date.month - 1);
        words.en = std::string(english_months.at(month)) + " " + words.en;
        words.th = std::string(thai_months.at(month)) + " " + words.th;
    }
    if (date.day > 0) {
        words.en = std::to_string(date.day) + " " + words.en;
        words.th = std::to_string(date.day) + " " + words.th;
    }
    return words;
}

Wording date_words(const graph::EdtfDate& date) {
    auto words = plain_words(date);
    if (date.approximate) {
        words = {"about " + words.en, "ประมาณ " + words.th};
    }
    if (date.uncertain) {
        words = {words.en + " (uncertain)", words.th + " (ไม่แน่ชัด)"};
    }
    return words;
}

bool is_plain_year(const graph::EdtfDate& date) {
    return date.precision == graph::DatePrecision::year && !date.approximate && !date.uncertain;
}

bool is_plain_day(const graph::EdtfDate& date) {
    return date.precision == graph::DatePrecision::day && !date.approximate && !date.uncertain;
}

/// "5–6 November 2025", "30 November to 1 December 2025": of two days in one year the year is said
/// once.
Wording days_words(const graph::EdtfDate& begin, const graph::EdtfDate& end) {
    const auto whole = plain_words(end);
    const auto day = std::to_string(begin.day);
    if (begin.month == end.month) {
        return {day + "–" + whole.en, day + "–" + whole.th};
    }
    const auto month = static_cast<std::size_t>(begin.month - 1);
    return {day + " " + std::string(english_months.at(month)) + " to " + whole.en,
            day + " " + std::string(thai_months.at(month)) + " ถึง " + whole.th};
}

Wording interval_words(const graph::EdtfTime& time) {
    if (!time.begin) {
        const auto end = date_words(*time.end);
        return {"until " + end.en, "จนถึง " + end.th};
    }
    const auto begin = date_words(*time.begin);
    if (!time.end) {
        return {"since " + begin.en, "ตั้งแต่ " + begin.th};
    }
    if (is_plain_year(*time.begin) && is_plain_year(*time.end)) {
        return {begin.en + "–" + std::to_string(time.end->year),
                begin.th + "–" + std::to_string(time.end->year + buddhist_offset)};
    }
    if (is_plain_day(*time.begin) && is_plain_day(*time.end) &&
        time.begin->year == time.end->year) {
        return days_words(*time.begin, *time.end);
    }
    const auto end = date_words(*time.end);
    return {begin.en + " to " + end.en, begin.th + " ถึง " + end.th};
}

}  // namespace

TimeLabel time_label(std::string_view edtf) {
    const auto time = graph::parse_edtf(edtf);
    if (!time) {  // an import refuses such; shown as it stands
        return {std::string(edtf), {std::string(edtf), std::string(edtf)}, false};
    }
    return {std::string(edtf), time->interval ? interval_words(*time) : date_words(*time->begin),
            false};
}

}  // namespace khom::query
