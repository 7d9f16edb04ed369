#pragma once

#include <string>
#include <string_view>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

/// The node with a public id. A merged entity's old id leads to the new one.
/// Refuses: entity_not_found naming `parameter` (which may be empty), with ids that look near in
/// the message.
graph::Result<graph::NodeId> find_entity(const Reading& reading, std::string_view id,
                                         std::string_view parameter);

/// The public id of a node.
std::string id_of(const graph::Snapshot& graph, graph::NodeId node);
/// The kind of a node, "place".
std::string kind_of(const graph::Snapshot& graph, graph::NodeId node);
/// A property that is text, else empty.
std::string text_of(const graph::Snapshot& graph, graph::NodeId node, std::string_view key);

/// Where an entity lies, if it says so.
std::optional<Point> point_of(const graph::Snapshot& graph, graph::NodeId node);

/// Refuses what is not among the ontology's kinds, naming the parameter `kind`.
graph::Result<void> check_kinds(const Reading& reading, const std::vector<std::string>& kinds);

}  // namespace khom::query
