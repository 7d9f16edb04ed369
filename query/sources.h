#pragma once

#include <vector>

#include "query/entity.h"

namespace khom::query {

/// The sources that the parallel lists `sources` (ids) and `locators` name, with the data of each.
std::vector<SourceRef> cited(const graph::Snapshot& graph, const graph::Value& sources,
                             const graph::Value& locators);

}  // namespace khom::query
