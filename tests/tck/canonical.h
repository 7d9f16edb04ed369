#pragma once

#include <string>

#include "graph/snapshot.h"
#include "tests/tck/scenario.h"

namespace khom::tck {

/// Values of the engine and of the kit in one spelling, so that equal text is equal value: 1
/// and 1.0 differ, labels are sorted, temporal values are their ISO text. With `unordered_lists`,
/// elements of lists are sorted by their text.
std::string canonical(const graph::Value& value, const graph::Snapshot& graph,
                      bool unordered_lists);
std::string canonical(const Json& value, bool unordered_lists);

/// A parameter or a cell of a mock procedure as a value of the engine.
graph::Value value_from(const Json& json);

}  // namespace khom::tck
