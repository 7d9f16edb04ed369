#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "graph/snapshot.h"

namespace khom::index {

/// How an index on disk compares with the graph.
struct Comparison {
    std::string notice;               ///< why nothing was compared; empty if all was
    std::vector<std::string> damage;  ///< a sentence each, at most 100; empty if they are equal
};

/// Compares the index in folder `path` with the graph, whole: it reads cleanly, stands at the
/// graph's revision, and has of each entity, and of nothing else, exactly the terms that indexing
/// it now would give, names that its text mentions included. One that is missing, of an older
/// format or behind is no damage: opening it brings it up. Writes nothing. Cost: that of indexing
/// all.
Comparison compare(const std::filesystem::path& path, const graph::Snapshot& graph);

}  // namespace khom::index
