#pragma once

#include "query/procedures.h"

namespace khom::query {

/// The procedures over traversals and analytics, added to `procedures`:
///   khom.neighbours(node, {depth, types, direction, labels, limit}) YIELD node, hops
///   khom.connect(from, to, {k, maxHops, types, direction, labels}) YIELD path, cost
///   khom.reachable(from, to, {types, direction, labels}) YIELD reachable
///   khom.components({types, labels}) YIELD node, component
///   khom.pagerank({types, labels}), khom.betweenness(…), khom.closeness(…) YIELD node, score
///   khom.communities({types, labels}) YIELD node, community
///
/// Measures take relationships without direction, weighted by how many join two nodes; loops count
/// nothing. They refuse unknown options, more than the limits of graph/analytics, and more than
/// five seconds (argument_error, limit_exceeded, deadline_exceeded).
void add_graph_procedures(Procedures& procedures);

}  // namespace khom::query
