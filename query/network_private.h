#pragma once

// How a network is made, in steps: the lens (network_lenses.cpp), who takes part in what
// (network_parts.cpp), edges (networks.cpp), figures (network_measures.cpp), and what they say in
// words (network_words.cpp).

#include <set>
#include <string>
#include <vector>

#include "graph/analytics/projection.h"
#include "graph/edtf.h"
#include "graph/traversal/scope.h"
#include "query/networks.h"

namespace khom::query {

graph::Result<Lens> find_lens(const graph::Ontology& ontology, std::string_view id);

/// One statement by which a node takes part in something.
struct Part {
    std::uint32_t node = 0, via = 0;  ///< places in Parts::nodes and Parts::vias
    graph::RelationshipId statement{};
    Judgement judgement;
};

/// Who takes part in what in one period.
struct Parts {
    std::vector<graph::NodeId> nodes, vias;  ///< by public id, so that the same city gives the same
                                             ///< network whatever order it was imported in
    std::vector<std::string> node_ids, via_ids;
    std::vector<Part> all;  ///< by node, then via, then statement; none that is outside

    /// The statements of a node and a thing shared.
    std::vector<const Part*> of(std::uint32_t node, std::uint32_t via) const;
};

/// The parts that a question's filters let pass, for one period. Refuses: entity_not_found for a
/// theme.
graph::Result<Parts> parts_of(const Reading& reading, const Lens& lens,
                              const NetworkQuestion& question, const graph::TimeWindow& period);

/// What two nodes share, or one takes part in: the statements that count, or those to confirm and
/// why.
SharedEvidence shared_evidence(const Reading& reading, const Parts& parts,
                               const std::vector<std::uint32_t>& nodes, std::uint32_t via);

/// The figures of the shown period: nodes, edges and whole.
graph::Result<void> measure_network(NetworkResult& network, const std::set<std::string>& metrics,
                                    const graph::Budget& budget);

/// One picture for both periods: what was lost has its place in it, too.
graph::Result<void> lay_out_network(NetworkResult& network, const graph::Budget& budget);

/// Mixing, bridges and gaps of a network of partners.
void put_words(const Reading& reading, const Parts& parts, NetworkResult& network);

}  // namespace khom::query
