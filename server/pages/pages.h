#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/store.h"
#include "query/dossier.h"
#include "query/reading.h"
#include "server/dossier_versions.h"
#include "server/pages/map_tiles.h"
#include "server/routes/answers.h"

namespace khom::server {

/// The pages that people read, without scripts: each a function of its address, as the API's routes
/// are.
Answer home_page(const Request& request, const query::Reading& reading);
/// What whoever runs the server decided about pages.
struct PageSetting {
    std::string base_url;           ///< begins the addresses by which others find a page again
    std::optional<MapTiles> tiles;  ///< below the city's map
};
Answer search_page(const Request& request, const query::Reading& reading,
                   const PageSetting& setting);
Answer entity_page(const Request& request, const query::Reading& reading, const std::string& id,
                   const PageSetting& setting);
Answer connections_page(const Request& request, const query::Reading& reading);
/// The same connections as a GraphML file.
Answer connections_file(const Request& request, const query::Reading& reading);
Answer graph_page(const Request& request, const query::Reading& reading);
/// The planners' view: partners that share programmes.
Answer network_page(const Request& request, const query::Reading& reading);
Answer timeline_page(const Request& request, const query::Reading& reading);
Answer map_page(const Request& request, const query::Reading& reading, const PageSetting& setting);
/// Cypher, run on the server where scripts do not run.
Answer cypher_page(const Request& request, const query::Reading& reading,
                   const query::Engine& engine);
/// The search box for other people's pages, with live examples.
Answer widget_page(const Request& request, const std::string& base_url);
/// What the data lacks, with the way to each gap, and the workshop for importing.
Answer curate_page(const Request& request, const query::Reading& reading,
                   const graph::Store& store);
/// Which dossiers there are, for which period one is wanted, and which versions can be cited.
Answer dossiers_page(const Request& request, const KeptTexts& kept);
Answer about_page(const Request& request, const query::Reading& reading);

/// What stands on the page of a dossier beside its own words.
struct DossierRecord {
    std::vector<DossierVersionName> kept;      ///< versions that can be cited
    std::map<std::string, std::string> notes;  ///< a planner's, by section
    std::string base_url;                      ///< begins the addresses to cite
};
/// A dossier to read, to print and to cite.
Response dossier_page(const Request& request, const graph::Ontology& ontology,
                      const DossierVersion& version, const DossierRecord& record);

/// The newest published state, pinned when it is asked for.
using ReadingNow = std::function<query::Reading()>;

/// What a refusal looks like to a person, with the way to what was probably meant; problem details
/// to a program.
Response refusal_page(const Request& request, const graph::Refusal& refusal,
                      const ReadingNow& reading);
/// What a problem's `type` leads to.
Answer problem_page(const Request& request, const std::string& slug);

/// Style, fonts and pictures from memory, by an allow-list of names.
Answer asset_route(const Request& request, const std::string& name);
/// The description that lets a browser's address bar search here.
Response opensearch_description(const std::string& base_url);

}  // namespace khom::server
