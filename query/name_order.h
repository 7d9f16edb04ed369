#pragma once

#include <string>

#include "graph/ontology.h"

namespace khom::query {

/// A key that sorts names as a reader of `lang` ("th", "en") expects; a name missing there sorts by
/// the other language's, after all others. Thai follows the Royal Society's dictionary: by
/// consonant, then vowel; marks only break ties.
std::string name_order(const graph::Wording& name, std::string_view lang);

}  // namespace khom::query
