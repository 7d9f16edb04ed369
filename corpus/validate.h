#pragma once

#include <map>
#include <set>
#include <string>

#include "corpus/record.h"
#include "graph/ontology.h"

namespace khom::corpus {

/// An entity as it will be written: its public id, its label, its properties.
struct EntityRow {
    std::string id;
    std::string label;
    graph::Map properties;
};

/// A statement as it will be written; `id` is made from the five that identify it.
struct StatementRow {
    std::string id, from, type, to;  ///< type as in Cypher
    graph::Map properties;
};

/// The kind a public id begins with ("place" of "place:chiang-mai"); empty if it is no public id.
std::string kind_of(std::string_view id);

/// One entity from its joined cells. What is wrong goes to `findings`; the row is then not used.
EntityRow entity_row(const graph::Ontology& ontology, const Record& record,
                     std::vector<Finding>& findings);
StatementRow statement_row(const graph::Ontology& ontology, const Record& record,
                           std::vector<Finding>& findings);

}  // namespace khom::corpus
