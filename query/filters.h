#pragma once

#include <functional>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/reading.h"

namespace khom::query {

/// Whether an entity passes.
using Accept = std::function<bool(graph::NodeId)>;

/// Reads filters: `field:value`, `field:a|b` (either), `field:[a,b]`, `field:>=n` (also `<=`, `>`,
/// `<`). A field is a facet, an attribute of the ontology, or `degree`; all filters must hold.
/// Letters' case makes no difference in text.
///
/// Refuses: argument_error naming `filter`: no field, an unknown field (with the nearest one), a
/// value that is not in a closed list, no number where one is compared, a Buddhist year.
graph::Result<std::vector<Accept>> read_filters(const Reading& reading,
                                                const std::vector<std::string>& filters);

}  // namespace khom::query
