#pragma once

#include "graph/store.h"

namespace khom::graph {

/// Takes one batch back by a new one that restores its before-images; both stay in the log.
/// Refuses: entity_not_found (no such revision), gone (the log does not reach back), conflict (what
/// the batch left was changed since; the message names it), and as Store::write.
Result<Commit> undo(Store& store, Revision revision, const Authorship& by);

}  // namespace khom::graph
