#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "query/dossier.h"

namespace khom::server {

/// The shipped forms, parsed once. Throws: graph::Fault if one does not parse.
const std::vector<query::DossierTemplate>& dossier_forms();

/// Refuses: entity_not_found, listing the forms there are.
graph::Result<const query::DossierTemplate*> dossier_form(std::string_view id);

/// A figure as a reader sees it: all its digits, in groups of three ("1.5", "12,000").
std::string figure_text(const graph::Value& value);

/// As openapi.yaml describes it. The digest is the SHA-256 of the same text without it, so that the
/// same revision and window give the same one.
std::string dossier_json(const query::Dossier& dossier);

/// The same for reading and editing: Markdown (CommonMark with tables) in one language, from which
/// pandoc makes DOCX. It ends with the revision and `digest`, by which it is cited; none if empty.
std::string dossier_markdown(const query::Dossier& dossier, const graph::Ontology& ontology,
                             std::string_view lang, std::string_view digest);

/// One row for each statement behind a claim: section, claim, what is counted, sentence, sources.
/// UTF-8 with a byte-order mark.
std::string dossier_csv(const query::Dossier& dossier);

}  // namespace khom::server
