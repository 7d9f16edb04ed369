#pragma once

#include <string>

#include "graph/edtf.h"
#include "graph/snapshot.h"
#include "graph/statement_time.h"

namespace khom::query {

/// When a statement holds, by the one rule there is for it.
using graph::days_of;
using graph::StatementTime;
using graph::time_of;

/// The EDTF text of an entity's own time, empty where it has none.
std::string time_of(const graph::Snapshot& graph, graph::NodeId node);

/// Whether a time touches the window. What has no time is in every window.
bool is_within(const graph::DaySpan& days, const graph::TimeWindow& window);
bool is_within(std::string_view edtf, const graph::TimeWindow& window);

/// As graph::parse_window, with the hint a request needs: a year above 2400 looks Buddhist.
/// Refuses: argument_error naming `from` or `to`.
graph::Result<graph::TimeWindow> window_of(const std::string& from, const std::string& to);

}  // namespace khom::query
