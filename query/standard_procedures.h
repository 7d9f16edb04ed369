#pragma once

#include "query/procedures.h"

namespace khom::query {

/// The procedures of every engine that serves a real graph:
///   db.labels() · db.relationshipTypes() · db.propertyKeys() · db.schema()
///   khom.search(text, {limit, kinds}) YIELD node, score, field, highlight
///   and those over traversals and analytics (graph_procedures.h)
///
/// Those of `khom` refuse graphs without an index or options they do not know (procedure_error,
/// argument_error).
Procedures standard_procedures();

}  // namespace khom::query
