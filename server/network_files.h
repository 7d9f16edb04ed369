#pragma once

#include <string>

#include "query/networks.h"

namespace khom::server {

/// The edges of a network as CSV for a spreadsheet or R, one a line, with what is shared and the
/// statements behind it (joined by blanks; of one thing by `+`). UTF-8, with a header.
std::string network_csv(const query::NetworkResult& network);

/// Nodes and edges as GraphML 1.0, every attribute a scalar, for Gephi, networkx and igraph. Nodes
/// carry their position.
std::string network_graphml(const query::NetworkResult& network);

/// The same as GEXF 1.3, for Gephi.
std::string network_gexf(const query::NetworkResult& network);

/// The same as Cytoscape.js' elements JSON, which Cytoscape reads as .cyjs.
std::string network_cytoscape(const query::NetworkResult& network);

}  // namespace khom::server
