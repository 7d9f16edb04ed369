#pragma once

#include <string>

#include "graph/store.h"

namespace khom::graph {

/// What tells the state at `revision` of this store from that of any other: the number drawn when
/// the store was made, and when the revision was committed. What is derived from a store keeps it
/// beside the revision it stands at. A copy of a store that went another way differs in the time.
std::string identity_at(const Store& store, Revision revision);

/// Whether two identities may be of one state. A time that is not known any more, since the log was
/// trimmed, fits any.
bool is_same_state(const std::string& one, const std::string& other);

}  // namespace khom::graph
