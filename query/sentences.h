#pragma once

#include <vector>

#include "query/connections.h"

namespace khom::query {

/// A statement as a whole sentence in both languages, read from `from` to `to` (`view` is seen from
/// `from`): the ontology's wording, the time, and what keeps it from being a plain fact. "Planned,
/// not yet done: X is held at Y (2024; inferred)." A name that is missing in one language is taken
/// from the other.
Wording sentence(const graph::Ontology& ontology, const EntityRef& from, const EntityRef& to,
                 const StatementView& view);

/// A chain of at least one step as one sentence: "A organises B (2021), which is part of C
/// (inferred)."
Wording chain_sentence(const graph::Ontology& ontology, const std::vector<ConnectionStep>& steps);

}  // namespace khom::query
