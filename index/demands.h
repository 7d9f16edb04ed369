#pragma once

#include <set>
#include <string>
#include <vector>

#include "graph/snapshot.h"
#include "index/search_text.h"
#include "index/text_index.h"

namespace khom::index {

/// What a question demands of a node besides its words: phrases as they are, properties, words in
/// its names, and nothing that was excluded. For one question over one snapshot.
class DemandsView {
  public:
    DemandsView(const graph::Snapshot& graph, const TextIndex& texts, const SearchWords& words);

    /// Throws: graph::Fault if the index cannot be read.
    bool met_by(graph::NodeId node) const;
    /// Whether texts of the node have every phrase as it is.
    bool has_phrases(graph::NodeId node, const std::vector<std::string>& phrases) const;

  private:
    bool meets(graph::NodeId node, const PropertyFilter& filter) const;

    const graph::Snapshot& graph_;
    const SearchWords& words_;
    std::set<graph::NodeId> excluded_;
    std::vector<std::set<graph::NodeId>> named_;  ///< for each word of `in_names` who has it
};

}  // namespace khom::index
