#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/entity.h"

namespace khom::graph {

/// One node before and after: no `before` is a creation, no `after` a deletion, both a change.
struct NodeChange {
    NodeId id{};
    std::optional<Node> before;
    std::optional<Node> after;
    bool operator==(const NodeChange&) const = default;
};

/// One relationship before and after; its ends and type never change.
struct RelationshipChange {
    RelationshipId id{};
    std::optional<Relationship> before;
    std::optional<Relationship> after;
    bool operator==(const RelationshipChange&) const = default;
};

/// A public id that now answers to another: `from` was merged into `into`. An empty `into` takes
/// that back.
struct Redirect {
    std::string from;
    std::string into;
    bool operator==(const Redirect&) const = default;
};

/// A set of changes, applied whole or not at all; each node and relationship occurs once.
struct Batch {
    std::vector<NodeChange> nodes;
    std::vector<RelationshipChange> relationships;
    std::vector<Redirect> redirects;
    bool empty() const { return nodes.empty() && relationships.empty() && redirects.empty(); }
    bool operator==(const Batch&) const = default;
};

/// What takes `batch` back: every before is an after. Redirects are taken back, not restored to an
/// older target.
Batch turned(const Batch& batch);

}  // namespace khom::graph
