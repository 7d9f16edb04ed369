#pragma once

#include <string>
#include <vector>

#include "query/operators/execution.h"
#include "query/plan/plan.h"

namespace khom::query::operators {

/// Puts the nodes of a label that may have what a look-up asks for into `nodes`, in no order but
/// each once. More than those that do are given where there is no index (yet).
void look_up(const std::string& label, const plan::PropertyLookup& lookup, Execution& execution,
             std::vector<graph::NodeId>& nodes);

}  // namespace khom::query::operators
