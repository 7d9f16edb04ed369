#pragma once

#include <vector>

#include "graph/edtf.h"
#include "graph/failure.h"
#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

/// Whether a statement may back a claim about a window of valid time.
enum class Standing {
    counts,      ///< dated within the window, done, not doubtful
    to_confirm,  ///< shown, but not counted: see Judgement::why
    outside,     ///< its time does not touch the window
};

/// Why a statement is only to be confirmed.
enum class Doubt {
    undated,       ///< neither it nor its programme has a time
    planned,       ///< planned or in preparation: not done yet
    doubtful,      ///< its sources disagree, or the reading is unsure
    not_surely_in  ///< its time may lie outside the window: "2020" for a window from 2020-09-24
};

/// How a time must lie to a window in order to count.
enum class Fit {
    overlaps,      ///< it touches the window: networks, timelines
    lasting,       ///< the same, and what has no date holds at any time: where a thing stands
    surely_within  ///< every day it may mean begins in the window: the award's "only progress after
                   ///< joining counts"
};

struct Judgement {
    Standing standing = Standing::outside;
    std::vector<Doubt> why;  ///< empty where it counts; in the order of Doubt
};

/// Judges one statement by its valid time (query/valid_time.h), status and certainty. An undated
/// one is never outside. Cost: a few look-ups and one parse of its time.
Judgement judge(const graph::Snapshot& graph, graph::RelationshipId statement,
                const graph::TimeWindow& window, Fit fit = Fit::overlaps);

/// The same for a time alone: what has no time is to be confirmed.
Judgement judge(std::string_view edtf, const graph::TimeWindow& window, Fit fit);

/// The words of a doubt, in both languages: "undated" / "ไม่ระบุเวลา".
Wording wording(Doubt doubt);

/// Whether a partner is a whole sector named as the actor ("the private sector"): never counted as
/// a partner.
bool is_sector_group(const graph::Snapshot& graph, graph::NodeId node);

}  // namespace khom::query
