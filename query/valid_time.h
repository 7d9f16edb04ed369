#pragma once

#include <string>

#include "graph/edtf.h"
#include "graph/snapshot.h"

namespace khom::query {

/// The EDTF text of when a statement holds: its own time, else that of the programme it speaks of
/// (`from_programme`); empty where there is neither.
struct StatementTime {
    std::string edtf;
    bool from_programme = false;
};
StatementTime time_of(const graph::Snapshot& graph, graph::RelationshipId relationship);

/// The EDTF text of an entity's own time, empty where it has none.
std::string time_of(const graph::Snapshot& graph, graph::NodeId node);

/// Whether a time touches the window. What has no time is in every window.
bool is_within(std::string_view edtf, const graph::TimeWindow& window);

/// As graph::parse_window, with the hint a request needs: a year above 2400 looks Buddhist.
/// Refuses: argument_error naming `from` or `to`.
graph::Result<graph::TimeWindow> window_of(const std::string& from, const std::string& to);

}  // namespace khom::query
