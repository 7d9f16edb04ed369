#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/failure.h"
#include "graph/value.h"

namespace khom::graph {

/// How finely a date is given.
enum class DatePrecision { year, month, day };

/// One end of an EDTF time as given: 2020, 2020-09, 2020-09-23.
struct EdtfDate {
    std::int32_t year = 0;
    std::int32_t month = 0;  ///< 1 to 12, 0 if not given
    std::int32_t day = 0;    ///< 1 to 31, 0 if not given
    DatePrecision precision = DatePrecision::year;
    bool approximate = false;  ///< `~`, and with `?` for `%`
    bool uncertain = false;    ///< `?`
    bool operator==(const EdtfDate&) const = default;
};

/// A time in the subset of EDTF (ISO 8601-2:2019, levels 0 and 1) that the data uses: a date, an
/// interval `2022/2023`, an open one `2018/..` or `../2020`.
struct EdtfTime {
    std::optional<EdtfDate> begin;  ///< none: open
    std::optional<EdtfDate> end;    ///< of a single date the same as begin; none: open
    bool interval = false;          ///< written with `/`

    /// The first and the last day it may cover; none where open. A year covers 1 January to 31
    /// December.
    std::optional<Date> first_day() const;
    std::optional<Date> last_day() const;
};

/// Parses one EDTF time, CE years 1000 to 2400.
/// Refuses: argument_error with span and a hint: a Buddhist year ("'2567' looks like a Buddhist
/// year; write 2024 or `era=BE`"), what a spreadsheet mangled (`Nov-24`, `2.565E3`), a day that
/// does not exist, an end before its begin.
Result<EdtfTime> parse_edtf(std::string_view text);

/// The same with Buddhist years (CE + 543) turned into CE; gives the CE spelling too.
Result<std::string> edtf_from_buddhist(std::string_view text);

/// A window of valid time, both ends inclusive; none is open.
struct TimeWindow {
    std::optional<Date> from;
    std::optional<Date> to;
    bool open() const { return !from && !to; }
};

/// A window from two EDTF dates as a request gives them (`from=2021&to=2022-06`); empty text is
/// open. Refuses: as parse_edtf, naming the parameter `from` or `to`; a begin after the end.
Result<TimeWindow> parse_window(std::string_view from, std::string_view to);

/// Whether a time overlaps a window.
bool overlaps(const EdtfTime& time, const TimeWindow& window);

/// The days a time may cover, first and last, in the numbers of Date; where it is open, as far as
/// they go. The default is no time at all.
struct DaySpan {
    std::int32_t first = 1, last = 0;
    bool is_known() const { return first <= last; }
    bool operator==(const DaySpan&) const = default;
};

/// Of an EDTF text; not known if it is no such.
DaySpan days_of(std::string_view edtf);

/// Whether a known span overlaps a window.
bool overlaps(const DaySpan& days, const TimeWindow& window);

}  // namespace khom::graph
