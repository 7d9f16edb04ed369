#pragma once

#include <string>

#include "graph/failure.h"
#include "graph/store.h"

namespace khom::corpus {

/// Takes back one batch by a compensating one: what it created goes, what it changed or deleted is
/// as it was before.
///
/// Refuses: entity_not_found for a revision that never was, gone where the log no longer reaches
/// back, conflict where something was built on it since (an entity changed again, a statement added
/// to what would go) or where it took a merge back itself; otherwise as Store::commit. What a merge
/// made one is two again, and the old id stands for its own entity. Undoing what is
/// undone already changes nothing: the revision stays.
graph::Result<graph::Commit> undo(graph::Store& store, graph::Revision revision,
                                  const graph::Authorship& by);

/// Makes one entity of two: the statements, names, aliases and sources of `from` go to `into`, what
/// both say is said once, and the id `from` leads to `into` from then on.
///
/// Refuses: entity_not_found naming which, argument_error for two kinds or the same entity twice;
/// as Store::commit.
graph::Result<graph::Commit> merge(graph::Store& store, const std::string& from,
                                   const std::string& into, const graph::Authorship& by);

/// Where an id leads now: itself, or what it was merged into, however often.
std::string current_id(const graph::Snapshot& snapshot, std::string id);

}  // namespace khom::corpus
