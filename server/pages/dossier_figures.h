#pragma once

#include <string>

#include "query/dossier.h"
#include "server/pages/html.h"

namespace khom::server {

/// Pictures of a dossier as inline SVG with a title and a description; the same for the same
/// dossier. Empty where there is nothing to draw.

/// Partners on a circle, by sector; a line where two share a counting programme, thicker for more.
std::string partner_figure(const PageLanguage& language, const graph::Ontology& ontology,
                           const query::Dossier& dossier);
/// Programmes that begin in each year.
std::string year_figure(const PageLanguage& language, const query::Dossier& dossier);

}  // namespace khom::server
