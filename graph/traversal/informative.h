#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"
#include "graph/traversal/shortest.h"
#include "graph/value.h"

namespace khom::graph {

/// What a path costs: the sum over its steps of `hop + type · ln n(t) / ln n`, and over its inner
/// nodes of `degree · log2 deg(v)`; n is the number of relationships, n(t) of those of the step's
/// type.
///
/// A path through a hub, or over a type that is everywhere, says little: it costs more. Source: the
/// degree term is the path length of Moore, Steinke and Tresp, "A Novel Metric for Information
/// Retrieval in Semantic Networks" (ESWC workshops 2011), where an edge weighs log deg(u) + log
/// deg(v); along a path that is twice the sum over its inner nodes and a constant. The type term is
/// the inverse triple frequency of Pirró, "REWOrD: Semantic Relatedness in the Web of Data" (AAAI
/// 2012), log(n / n(t)), turned into a penalty between 0 and 1.
struct PathCost {
    double hop = 1;
    double type = 1;
    double degree = 1;
};

struct InformativePath {
    Path path;
    double cost = 0;
};

struct Informative {
    std::size_t k = 3;           ///< paths at most
    std::uint32_t max_hops = 4;  ///< 1 to 8
    PathCost cost;
};

/// The k cheapest paths that repeat no node, cheapest first, then by hops, then by the numbers of
/// their nodes. Of parallel relationships only the cheapest is walked (then the first), so that k
/// paths are k ways.
///
/// Refuses: argument_error for max_hops outside 1 to 8; as Budget says.
/// Cost: layers of lower bounds (the relationships between the two balls), then best first: exact,
/// as A* with a bound that never overestimates. Source: Hart, Nilsson and Raphael (1968).
Result<std::vector<InformativePath>> informative_paths(Scratch& scratch, const Snapshot& graph,
                                                       Ends ends, const TraversalFilter& filter,
                                                       const Informative& wanted,
                                                       const Budget& budget);

/// What one path costs by the formula.
double path_cost(const Snapshot& graph, const Path& path, const PathCost& cost);

}  // namespace khom::graph
