#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/evidence.h"
#include "query/reading.h"

namespace khom::query {

/// What is linked through what: entities of kind `node` that share an entity of kind `via`.
struct Lens {
    std::string id;                  ///< "partners-by-programme"
    Wording name;                    ///< "Partners that share programmes"
    std::string node, via;           ///< kinds
    std::vector<std::string> types;  ///< relationship types between the two, in either direction
};

/// The lenses that have a name. Others of the form `<kinds>-by-<kind>` are answered too, over all
/// types that the ontology allows between the two kinds.
std::vector<Lens> lenses(const graph::Ontology& ontology);

struct NetworkQuestion {
    std::string lens;
    double min_weight = 1;                 ///< edges that share less are left out
    std::vector<std::string> sectors;      ///< partners of these only; empty: all
    std::vector<std::string> themes;       ///< public ids; only what is shared under one of these
                                           ///< (addresses, aims_at, evidences)
    std::vector<std::string> metrics;      ///< degree, strength, betweenness, closeness, pagerank,
                                           ///< core, community, bridge; empty: all
    std::string from, to;                  ///< valid time, EDTF dates; empty is open
    std::string compare_from, compare_to;  ///< a second period; both empty: no comparison
    std::size_t limit = 250;               ///< nodes, 1 to 1000: those of the greatest strength
};

/// One thing two nodes share, and what says so: the statement of each end.
struct SharedEvidence {
    std::string via;  ///< public id of what is shared
    std::vector<std::string>
        statements;          ///< "s-…" of the one end, then of the other; at least one of each
    std::vector<Doubt> why;  ///< empty where it counts
};

struct NetworkNode {
    EntityRef entity;
    std::string subtype, sector;
    /// What it takes part in: one entry for each `via`, with its statements; `shares.size()` is a
    /// count that backs a claim.
    std::vector<SharedEvidence> shares;
    std::vector<SharedEvidence> to_confirm;
    std::size_t degree = 0;
    double strength = 0, betweenness = 0, closeness = 0, pagerank = 0;
    std::size_t core = 0;
    std::string community;      ///< "c1" is the largest; empty for a node on its own
    bool articulation = false;  ///< without it the network falls apart
    std::string change;         ///< gained, lost, kept; empty without comparison
    double x = 0, y = 0;        ///< for drawing, 0 to 1; the same on every run
};

struct NetworkEdge {
    std::string id;                          ///< "n-…", the same for the same pair and lens
    std::string source, target;              ///< public ids, source below target
    double weight = 0;                       ///< what they share: `evidence.size()`
    std::vector<SharedEvidence> evidence;    ///< one for each thing shared, by id of `via`
    std::vector<SharedEvidence> to_confirm;  ///< undated, planned, doubtful: not in `weight`
    bool bridge = false;                     ///< the only link between two parts of the network
    std::string change;                      ///< gained, lost, kept; empty without comparison
    std::vector<SharedEvidence> before;      ///< a kept edge's evidence of the earlier period
};

/// How often two sectors meet; `count` is `evidence.size()`.
struct SectorMeeting {
    std::string one, other;  ///< sectors in the ontology's order; may be the same
    std::size_t count = 0;   ///< shared things, over all edges between the two
    std::vector<SharedEvidence> evidence;
    std::vector<std::string> through;  ///< public ids of the partners that meet, strongest first
    bool bridge = false;               ///< they meet through one edge only
    Wording sentence;  ///< "Government and community meet in 2 programmes, through …"
};

/// A partner that others of several sectors meet; `count` of a claim is `evidence.size()`.
struct SectorBridge {
    EntityRef partner;
    std::string sector;
    std::vector<std::string>
        links;  ///< the other sectors it meets, in the ontology's order; two or more
    std::vector<SharedEvidence> evidence;
    Wording sentence;  ///< "X (government) links community and academia."
};

/// Something that is missing, in words, with what it speaks of.
struct NetworkGap {
    std::string kind;  ///< alone, absent, sectors_never_meet, area_without_partners
    Wording sentence;
    std::vector<EntityRef> entities;
    std::vector<std::string> sectors;
};

struct Period {
    std::string from, to;
};

struct NetworkResult {
    std::uint64_t revision = 0;
    Lens lens;
    Period period;  ///< what nodes, edges and figures are of; with a comparison the later one
    std::optional<Period> earlier;   ///< what it is compared with
    std::vector<NetworkNode> nodes;  ///< strongest first, then by id
    std::vector<NetworkEdge>
        edges;  ///< heaviest first, then by ids; without a comparison `change` is empty
    std::vector<NetworkEdge>
        to_confirm;  ///< links that nothing certain supports; weight 0, not measured
    std::size_t total_nodes = 0, total_edges = 0;
    bool truncated = false;
    double density = 0;
    double modularity = 0;          ///< of the communities, by weight
    double cross_sector_share = 0;  ///< of the weight between partners of a known sector
    double assortativity = 0;       ///< by sector, -1 to 1 (Newman 2003); 0 where it says nothing
    std::vector<SectorMeeting> mixing;  ///< partners only
    std::vector<SectorBridge> bridges;  ///< partners only: most sectors first, at most 10
    std::vector<NetworkGap> gaps;
};

/// What is linked through what, with the statements behind every edge and count. A sector-group is
/// no partner.
///
/// Gained and lost read forward in time, whichever of the two periods is named first.
/// Refuses: entity_not_found for a lens that does not exist (naming near ones) and a theme;
/// argument_error naming the parameter. Cost: linear in the statements of the lens and the pairs
/// that share something; at most 200,000 edges (limit_exceeded).
graph::Result<NetworkResult> network(const Reading& reading, const NetworkQuestion& question);

}  // namespace khom::query
