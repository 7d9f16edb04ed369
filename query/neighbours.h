#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

struct NeighboursQuestion {
    std::string id;
    int depth = 1;                   ///< 1 to 3
    std::vector<std::string> types;  ///< relationship types, any of these; empty: all
    std::string direction = "both";  ///< out, in, both
    std::vector<std::string>
        kinds;               ///< of the neighbours; what is filtered out is not walked through
    std::string from, to;    ///< valid time
    std::size_t limit = 20;  ///< nodes besides the start, 0 to 250
    std::string cursor;
};

struct GraphNode {
    EntityRef entity;
    std::string subtype, sector;
    int hops = 0;
};

struct GraphEdge {
    std::string id;      ///< the statement's
    std::string source;  ///< public id it starts from
    std::string target;
    std::string type;
    std::optional<TimeLabel> time;
    std::string certainty, status;
};

struct Subgraph {
    std::uint64_t revision = 0;
    std::vector<GraphNode>
        nodes;  ///< the start first, then by hops, then by degree, falling; then by id
    std::vector<GraphEdge> edges;  ///< all statements among `nodes` that pass the filters
    std::size_t total = 0;         ///< nodes within reach besides the start
    bool truncated = false;
    std::string next_cursor;
};

/// What lies within `depth` hops. Sources (documented_in) are reached only if asked for by type or
/// kind. Refuses: entity_not_found; argument_error naming the parameter.
graph::Result<Subgraph> neighbours(const Reading& reading, const NeighboursQuestion& question);

}  // namespace khom::query
