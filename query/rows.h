#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/value.h"

namespace khom::query {

/// What a write statement did, as openCypher counts it.
struct Effects {
    std::uint64_t nodes_created = 0, nodes_deleted = 0;
    std::uint64_t relationships_created = 0, relationships_deleted = 0;
    std::uint64_t properties_set = 0;
    std::uint64_t labels_added = 0, labels_removed = 0;
    bool operator==(const Effects&) const = default;
};

/// An answer: each row has one value a column. Nodes, relationships and paths are ids of the
/// snapshot that was read.
struct Rows {
    std::vector<std::string> columns;
    std::vector<std::vector<graph::Value>> rows;
    Effects effects;
    bool truncated = false;  ///< there are more rows than were asked for
    std::uint64_t hits = 0;  ///< relationships that were looked at
};

}  // namespace khom::query
