#pragma once

#include <string>
#include <string_view>

#include "query/timeline.h"

namespace khom::server {

/// The dated items of a timeline as an iCalendar file of whole-day events, summaries in `language`
/// ("th" or "en"), both languages in the descriptions. A time given as a year or month covers all
/// its days, and the description says how it was given. `base_url` begins the links. The same
/// timeline gives the same bytes. Source: RFC 5545; a line is at most 75 bytes and is never folded
/// within a character.
std::string icalendar(const query::TimelineResult& timeline, std::string_view language,
                      std::string_view base_url);

}  // namespace khom::server
