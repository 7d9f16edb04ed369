#pragma once

#include <set>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/cypher/statement.h"
#include "query/procedures.h"

namespace khom::query::semantics {

/// What the binder found out about a whole statement.
struct Binding {
    int slot_count = 0;     ///< places in the frame
    int subplan_count = 0;  ///< subqueries and pattern comprehensions within expressions
    bool writes = false;
    std::vector<std::string> parameters;  ///< names that are read, by number
    std::set<cypher::Slot> read;          ///< slots of the variables that expressions read
    std::vector<std::string> keys;        ///< property keys that expressions read, by number
};

/// Gives every variable its slot and every call its function, lifts aggregations out of
/// expressions, and decides nine of ten errors that openCypher wants at compile time. The statement
/// is changed in place and afterwards only read.
///
/// Refuses:  syntax_error and others with the TCK's detail and the span.
/// Cost:     linear in the statement, but for ORDER BY against projected expressions.
graph::Result<Binding> bind(cypher::Statement& statement, const Procedures& procedures);

}  // namespace khom::query::semantics
