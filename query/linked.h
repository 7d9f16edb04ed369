#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "graph/edtf.h"
#include "query/reading.h"

namespace khom::query {

/// How many statements lie between an entity and each that is linked to it; itself is not among
/// them.
using Hops = std::unordered_map<graph::NodeId, std::uint32_t>;

/// All entities within `depth` statements of `id`, both ways, over statements of the window. What
/// documents what is passed over, unless `id` is a source: a source of everything links nothing.
///
/// Refuses: argument_error naming `linked_to` if there is no such entity, or if it is not 1 to 3;
///          limit_exceeded.
/// Cost:    linear in the statements of the entities nearer than `depth`.
graph::Result<Hops> linked_to(const Reading& reading, const std::string& id, std::size_t depth,
                              const graph::TimeWindow& window);

/// What being linked is worth in a ranking, where a name is worth 100 at most.
double worth_of(std::uint32_t hops);

}  // namespace khom::query
