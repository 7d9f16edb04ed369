#include "server/icalendar.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "graph/edtf.h"
#include "server/url.h"

namespace khom::server {

namespace {

constexpr std::size_t most_bytes = 75;

/// TEXT of RFC 5545: backslash, semicolon, comma and line ends escaped.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else if (c != '\r') {
            out += c;
        }
    }
    return out;
}

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// One content line, folded.
void put(std::string& out, std::string_view line) {
    std::size_t room = most_bytes;
    while (line.size() > room) {
        auto cut = room;
        while (continues_character(line[cut])) --cut;
        out.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = most_bytes - 1;  // the blank that says "goes on"
    }
    out.append(line).append("\r\n");
}

/// "20200923" (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::string day(std::int64_t days) {
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const auto of_era = shifted - era * 146097;
    const auto year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const auto of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const auto month_shifted = (5 * of_year + 2) / 153;
    const auto day_of_month = of_year - (153 * month_shifted + 2) / 5 + 1;
    const auto month = month_shifted < 10 ? month_shifted + 3 : month_shifted - 9;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02d%02d",
                  static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
                  static_cast<int>(month), static_cast<int>(day_of_month));
    return text.data();
}

const std::string& said(const query::Wording& words, bool thai) {
    const auto& first = thai ? words.th : words.en;
    const auto& second = thai ? words.en : words.th;
    return first.empty() ? second : first;
}

std::string both_lines(const query::Wording& words) {
    if (words.th.empty() || words.en.empty()) return words.th + words.en;
    return words.th + "\n" + words.en;
}

void put_event(std::string& out, const query::TimelineItem& item, bool thai,
               std::string_view base_url) {
    const auto time = graph::parse_edtf(item.time.edtf);
    const auto first = time ? time->first_day() : std::nullopt;
    if (!first) return;  // a calendar needs a day to begin on
    const auto last = time->last_day();
    put(out, "BEGIN:VEVENT");
    put(out, "UID:" + (item.statement.empty() ? item.entity.id : item.statement) + "@khom");
    put(out,
        "DTSTAMP:" + day(first->days) + "T000000Z");  // of the thing, so that bytes stay the same
    put(out, "DTSTART;VALUE=DATE:" + day(first->days));
    if (last) put(out, "DTEND;VALUE=DATE:" + day(last->days + 1));  // the first day it is over
    const auto name = said(item.entity.name, thai);
    put(out, "SUMMARY:" + escaped(item.statement.empty() ? name : said(item.summary, thai)));
    put(out, "DESCRIPTION:" + escaped(both_lines(item.time.words) + " (EDTF " + item.time.edtf +
                                      ")\n" + both_lines(item.summary)));
    if (!base_url.empty())
        put(out, "URL:" + std::string(base_url) + "/id/" + percent_encoded(item.entity.id));
    put(out, "CATEGORIES:" + escaped(item.entity.kind));
    const bool planned = std::ranges::find(item.why, query::Doubt::planned) != item.why.end();
    put(out, item.why.empty() ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
    if (!item.why.empty()) {
        put(out, std::string("COMMENT:") + (planned ? "planned" : "to confirm"));
    }
    put(out, "TRANSP:TRANSPARENT");
    put(out, "END:VEVENT");
}

}  // namespace

std::string icalendar(const query::TimelineResult& timeline, std::string_view language,
                      std::string_view base_url) {
    std::string out;
    put(out, "BEGIN:VCALENDAR");
    put(out, "VERSION:2.0");
    put(out, "PRODID:-//Khom//Chiang Mai Learning City//EN");
    put(out, "CALSCALE:GREGORIAN");
    for (const auto& item : timeline.items) put_event(out, item, language == "th", base_url);
    put(out, "END:VCALENDAR");
    return out;
}

}  // namespace khom::server
