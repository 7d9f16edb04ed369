#include <algorithm>
#include <chrono>

#include "server/pages/html.h"
#include "server/pages/parts.h"

namespace khom::server {

namespace {

constexpr int first_year = 2015;
constexpr int buddhist_era = 543;

/// The year of a date that may be empty or malformed; 0 if there is none.
int year_of(std::string_view date) {
    int year = 0;
    for (std::size_t at = 0; at < 4 && at < date.size(); ++at) {
        if (date[at] < '0' || date[at] > '9') return 0;
        year = year * 10 + (date[at] - '0');
    }
    return year;
}

int this_year() {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return static_cast<int>(std::chrono::year_month_day(today).year());
}

std::string year_words(const PageLanguage& language, int year) {
    const auto common = std::to_string(year);
    const auto buddhist = "พ.ศ. " + std::to_string(year + buddhist_era);
    return language.thai() ? buddhist + " · " + common : common + " · " + buddhist;
}

struct YearSpan {
    int first = 0, last = 0;
};

/// The years one may choose from: the city's own, and those that are chosen.
YearSpan span_around(int from, int to) {
    YearSpan span{std::min(first_year, from == 0 ? first_year : from), std::max(this_year(), to)};
    // A window of centuries is not chosen by a slider.
    span.first = std::max(span.first, span.last - 120);
    return span;
}

std::string select_html(const PageLanguage& language, std::string_view name, std::string_view label,
                        const YearSpan& span, int chosen) {
    std::string html = "<label>" + std::string(label) + " <select name=\"" + std::string(name) +
                       "\"><option value=\"\">" + std::string(language.say("any", "ไม่จำกัด")) +
                       "</option>";
    for (int year = span.first; year <= span.last; ++year) {
        html += "<option value=\"" + std::to_string(year) + "\"" +
                (year == chosen ? " selected" : "") + ">" + year_words(language, year) +
                "</option>";
    }
    return html + "</select></label>\n";
}

}  // namespace

std::string hidden_inputs(const Pairs& pairs) {
    std::string html;
    for (const auto& [name, value] : pairs) {
        html += "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) +
                "\">";
    }
    return html;
}

std::string year_select_html(const PageLanguage& language, std::string_view name,
                             std::string_view label, const std::string& chosen) {
    const int year = year_of(chosen);
    return select_html(language, name, label, span_around(year, year), year);
}

std::string year_window_html(const PageLanguage& language, const YearWindow& window) {
    const int from = year_of(window.from);
    const int to = year_of(window.to);
    const auto span = span_around(from, to);
    std::string counts;
    for (const auto& [year, count] : window.counts) {
        if (year < span.first || year > span.last) continue;
        counts += (counts.empty() ? "" : " ") + std::to_string(year) + ":" + std::to_string(count);
    }
    return "<khom-window data-counts=\"" + counts + "\">" +
           select_html(language, "from", language.say("From", "ตั้งแต่"), span, from) +
           select_html(language, "to", language.say("to", "ถึง"), span, to) + "</khom-window>";
}

}  // namespace khom::server
