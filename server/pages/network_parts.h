#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/networks.h"
#include "server/pages/html.h"

namespace khom::server {

/// A sector's shape, as a small picture; colour and shape say the same.
std::string sector_mark(std::string_view sector);
std::string sector_legend_html(const PageLanguage& language, const graph::Ontology& ontology);
/// The partners where the layout puts them, joined by what they share.
std::string network_svg(const PageLanguage& language, const query::NetworkResult& network);
/// What is shared, each with the statements that say so; these are found on the page of what is
/// shared.
std::string evidence_html(const PageLanguage& language, const query::Reading& reading,
                          const std::vector<query::SharedEvidence>& evidence);
/// Which network, period, comparison and, of partners, sectors; what else was asked for stays.
std::string network_form_html(const PageLanguage& language, const graph::Ontology& ontology,
                              const query::NetworkQuestion& question, const query::Lens& lens);
/// "Partners": a kind in the plural.
std::string plural_of(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind);
/// "2021–2022 · พ.ศ. 2564–2565"
std::string period_words(const PageLanguage& language, const query::Period& period);

/// At most so many characters of a name, cut between clusters of Thai: before no mark and after no
/// leading vowel.
std::string shortened(const std::string& name, std::size_t most);

}  // namespace khom::server
