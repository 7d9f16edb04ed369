#pragma once

#include "corpus/known_names.h"
#include "corpus/record.h"
#include "graph/ontology.h"

namespace khom::corpus {

/// Turns rows of the form that a planner has, one an activity, into entities and statements, which
/// then go through the same checks as any other row. Columns: README.md. Names are looked up in
/// either script; what is not found, or fits several entities, is a finding that lists candidates.
/// A source that is not known yet is made from the cell.
void expand_activities(const graph::Ontology& ontology, const KnownNames& known, Records& records);

}  // namespace khom::corpus
