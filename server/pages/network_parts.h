#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/networks.h"
#include "server/pages/html.h"

namespace khom::server {

/// A sector's shape around 0,0 within a picture, about 11 units in each direction; colour and shape
/// say the same.
std::string sector_glyph(std::string_view sector);
/// A kind's shape, drawn likewise.
std::string kind_glyph(std::string_view kind);
/// A sector's shape as a small picture among words.
std::string sector_mark(std::string_view sector);
/// What the shapes of the picture mean.
std::string sector_legend_html(const PageLanguage& language, const graph::Ontology& ontology,
                               const query::NetworkResult& network);
/// Sectors, and who works with whom, are of partners; other networks are of what is linked.
bool is_of_partners(const query::NetworkResult& network);
/// "12 %"
std::string percent(double share);
/// How many there are and how they hang together; each number leads to its part of the page.
std::string network_figures_html(const PageLanguage& language, const graph::Ontology& ontology,
                                 const query::NetworkResult& network);
/// All where the layout puts them, joined by what they share; where nothing is joined, words.
std::string network_picture_html(const PageLanguage& language, const query::NetworkResult& network);
/// What is shared, each with the statements that say so; these are found on the page of what is
/// shared.
std::string evidence_html(const PageLanguage& language, const query::Reading& reading,
                          const std::vector<query::SharedEvidence>& evidence);
/// Which network, period, comparison and, of partners, sectors; what else was asked for stays.
std::string network_form_html(const PageLanguage& language, const graph::Ontology& ontology,
                              const query::NetworkQuestion& question, const query::Lens& lens);
/// What the network is narrowed to, in words: paper has no form. Empty where it is whole.
std::string network_asked_html(const PageLanguage& language, const graph::Ontology& ontology,
                               const query::NetworkQuestion& question);
/// "Partners": a kind in the plural.
std::string plural_of(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind);
/// "2021–2022 · พ.ศ. 2564–2565"
std::string period_words(const PageLanguage& language, const query::Period& period);

/// At most so many characters of a name, cut after a word where one ends in time, else between
/// clusters of Thai.
std::string shortened(const std::string& name, std::size_t most);

}  // namespace khom::server
