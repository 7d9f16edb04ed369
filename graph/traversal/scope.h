#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/edtf.h"
#include "graph/id.h"
#include "graph/snapshot.h"

namespace khom::graph {

/// What becomes of a relationship without a time where a window is asked for.
enum class Undated { pass, stop };

/// Which relationships are followed, and which nodes are walked to. The start is never filtered.
struct TraversalFilter {
    std::vector<TypeId> types;  ///< any of these; empty: all
    Direction direction = Direction::both;
    std::vector<LabelId> labels;  ///< a node needs one of these to be walked to; empty: all
    std::vector<std::string>
        certainties;    ///< property `certainty` is one of these (absent: "stated"); empty: all
    TimeWindow window;  ///< its time overlaps it (statement_time.h)
    Undated undated = Undated::pass;
    std::vector<NodeId> avoid;  ///< not walked to
};

/// What one traversal may use. Reaching a limit is a refusal: limit_exceeded, deadline_exceeded,
/// cancelled.
struct Budget {
    std::uint64_t hops = 50'000'000;  ///< relationships looked at
    std::optional<std::chrono::steady_clock::time_point> deadline;
    const std::atomic<bool>* cancelled =
        nullptr;  ///< set by whoever knows that nobody waits any more; may be null
};

}  // namespace khom::graph
