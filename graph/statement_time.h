#pragma once

#include <string>

#include "graph/snapshot.h"

namespace khom::graph {

/// The EDTF text of when a statement holds: its own time, else that of its programme, the one it
/// begins at (`from_programme`); empty where there is neither. That a programme stands at its other
/// end dates nothing: a memory that refers to a festival of 2024 need not be of 2024, and who aims
/// at a programme to come does so now.
struct StatementTime {
    std::string edtf;
    bool from_programme = false;
};
StatementTime time_of(const Snapshot& graph, RelationshipId statement);

/// The days that time may cover, for filters: nothing is parsed of what is settled. Not known where
/// there is no time, or it does not read.
DaySpan days_of(const Snapshot& graph, RelationshipId statement);

}  // namespace khom::graph
