#pragma once

#include <string_view>

#include "query/functions/function.h"

namespace khom::query::functions {

/// Refuses a node or relationship that this statement deleted: entity_not_found
/// (DeletedEntityAccess).
void require_alive(const Environment& environment, const graph::Value& entity);

/// The ends and type of a relationship, also of one that this statement deleted.
graph::Endpoints endpoints(const Environment& environment, graph::RelationshipId relationship);

/// The properties of a node or relationship, or the map itself; `function` is named where it is
/// none of them.
graph::Map property_map(const Environment& environment, const graph::Value& subject,
                        std::string_view function);

}  // namespace khom::query::functions
