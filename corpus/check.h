#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/ontology.h"
#include "graph/store.h"

namespace khom::corpus {

/// One kind of gap, and where it is.
struct Gap {
    std::string name;      ///< "programmes_without_organiser"
    graph::Wording words;  ///< what is missing, for a reader
    std::size_t of = 0;    ///< how many were looked at
    std::vector<std::string>
        ids;  ///< those with the gap: public ids of entities or statements, or kinds
};

/// What a planner should know before counting on the data.
struct CheckReport {
    graph::Revision revision{};
    std::vector<Gap> gaps;
    std::vector<std::string> damage;  ///< only by `check_deep`: where state and log disagree
};

/// Gaps in the data: programmes without organiser, place or date; partners and programmes with
/// nothing said of them; statements with one source or of doubtful certainty; entities without a
/// Thai name; kinds and key-feature areas that nothing is in. Cost: linear in the graph.
CheckReport check(const graph::Store& store, const graph::Ontology& ontology);

/// Reads the whole log and compares what it says with the state. Throws: graph::Fault if an entry
/// does not decode.
std::vector<std::string> compare_with_log(const graph::Store& store);

}  // namespace khom::corpus
