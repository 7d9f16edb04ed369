#pragma once

#include <string>
#include <vector>

#include "graph/id.h"
#include "graph/value.h"

namespace khom::graph {

/// A node as a plain value: `labels` sorted, without repeats; no property is null.
struct Node {
    NodeId id{};
    std::vector<std::string> labels;
    Map properties;
    bool operator==(const Node&) const = default;
};

/// A relationship as a plain value, from `from` to `to`; no property is null.
struct Relationship {
    RelationshipId id{};
    NodeId from{};
    std::string type;
    NodeId to{};
    Map properties;
    bool operator==(const Relationship&) const = default;
};

/// The property that names a node or relationship to the world ("place:mae-kha-canal",
/// "s-0123456789abcdef"). Where it is present it is unique among the nodes, and among the
/// relationships; the store sees to that.
inline constexpr const char* public_id_key = "id";
/// The property that says, in EDTF, when something is or holds.
inline constexpr const char* valid_time_key = "time";

}  // namespace khom::graph
