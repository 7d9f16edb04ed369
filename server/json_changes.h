#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/change_log.h"

namespace khom::server {

/// One committed batch as the change feed shows it: its changes as JSON objects, joined by commas.
/// What a merge deletes is said by the merge alone. Who wrote it stays in the log.
std::string changes_json(const graph::LogEntry& entry);

/// How one batch changed one entity: {"rev", "at", "batch", "changes": [{op, id, changed: {name:
/// {before, after}}}]}; empty if it did not touch it. `ids` are the entity's, also those merged
/// into it.
std::string history_json(const graph::LogEntry& entry, const std::vector<std::string>& ids);

/// "2026-11-20T04:10:00Z".
std::string utc_text(std::chrono::system_clock::time_point at);

}  // namespace khom::server
