#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/evidence.h"
#include "query/reading.h"

namespace khom::query {

struct TimelineQuestion {
    std::vector<std::string> entities;  ///< public ids; empty: the whole city
    std::vector<std::string> kinds;     ///< of the entities shown; empty: all
    std::string bucket = "year";        ///< year, quarter, month, none
    std::string from, to;               ///< valid time, EDTF dates; empty is open
    std::size_t limit = 20;             ///< items, 0 to 250
    std::string cursor;
};

/// Something that happened or was so: an entity with a time of its own, or a dated statement about
/// an entity asked for.
struct TimelineItem {
    EntityRef entity;
    std::string subtype;
    TimeLabel time;
    Wording summary;                 ///< the entity's own words, or the statement as a sentence
    std::string statement;           ///< "s-…"; empty where the item is the entity itself
    std::optional<EntityRef> other;  ///< the statement's other end
    std::string certainty, status;
    std::vector<Doubt> why;  ///< why it would not back a claim; empty where it would
};

struct TimelineBucket {
    std::string edtf;       ///< "2021", "2021-01/2021-03", "2021-05"; "2021" among months where the
                            ///< month is not known
    Wording label;          ///< both calendars
    std::size_t count = 0;  ///< items that begin here
    std::vector<std::string> ids;  ///< of the items, `count` of them: statement ids, or entity ids
};

struct TimelineResult {
    std::uint64_t revision = 0;
    std::vector<TimelineBucket> buckets;  ///< of all pages, oldest first
    std::vector<TimelineItem> items;  ///< oldest first; coarser before finer where they begin alike
    std::vector<TimelineItem>
        undated;            ///< to confirm: shown in every window, in no bucket; the first 250
    std::size_t total = 0;  ///< items over all pages
    std::string next_cursor;
};

/// What happened when. An item that began before the window stands in a bucket of its own, the
/// first: "../2020-12-31". Refuses: entity_not_found; argument_error naming the parameter.
graph::Result<TimelineResult> timeline(const Reading& reading, const TimelineQuestion& question);

}  // namespace khom::query
