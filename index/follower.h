#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graph/change_log.h"
#include "graph/snapshot.h"
#include "index/text_index.h"

namespace khom::index {

/// What happened to a graph between two revisions, as far as the index must know.
struct Changes {
    bool all = false;                 ///< too much, or not known: index everything again
    bool names_changed = false;       ///< a name or alias came, went or changed
    std::set<graph::NodeId> nodes;    ///< created, changed, deleted, or linked otherwise
    std::set<graph::NodeId> renamed;  ///< whose name their neighbours carry
    std::set<std::string> names;      ///< canonical, that came or went: texts may speak of them
    std::set<std::string> words;      ///< canonical, of the dictionary, that came or went
    std::map<graph::NodeId, std::size_t> linked;  ///< how many relationships came or went
};

/// The changes after revision `from` up to that of `to`, read from the log.
Changes changes_since(std::optional<graph::Revision> from, const graph::Snapshot& to,
                      const graph::ChangeLog& log);

/// The nodes whose document may be another now: those that changed, their neighbours where they
/// show the name or may have become a hub, and those whose text has all the words of a name that
/// came or went, or is cut by a word of the dictionary that did. Rising.
std::set<graph::NodeId> affected(const Changes& changes, const graph::Snapshot& graph,
                                 const TextIndex& before);

}  // namespace khom::index
