#pragma once

#include <functional>
#include <optional>
#include <string>

#include "corpus/writers/export.h"
#include "graph/failure.h"
#include "graph/store.h"
#include "query/connections.h"
#include "query/engine.h"
#include "query/neighbours.h"
#include "query/reading.h"
#include "query/search.h"
#include "server/dossier_versions.h"
#include "server/http.h"
#include "server/kept.h"
#include "server/parameters.h"

namespace khom::server {

/// The functions behind the routes: a request and what is read, in; an answer or a refusal, out.
using Answer = graph::Result<Response>;

/// A format of export as a route offers it by `format` and `Accept`.
inline MediaFormat offered(corpus::Format format) {
    const auto& names = corpus::names_of(format);
    return {names.name, names.media_type};
}

/// Which entities are wanted, as the API and a saved view read it: q, filter, from, to, near, bbox,
/// linked_to, linked_depth.
void read_search_filters(Parameters& parameters, query::SearchQuestion& question);
Answer search_route(const Request& request, const query::Reading& reading);
Answer suggest_route(const Request& request, const query::Reading& reading);
/// `base_url` begins the URIs. A merged entity's old id answers 301.
Answer entity_route(const Request& request, const query::Reading& reading, const std::string& id,
                    const std::string& base_url);
/// JSON, or a file where `format` or `Accept` asks for one. `base_url` begins its URIs.
Answer neighbours_route(const Request& request, const query::Reading& reading,
                        const std::string& id, const std::string& base_url);
/// Which chains are wanted, as the API, the page and its file read it: max_hops, k, rank, from, to.
void read_chain_options(Parameters& parameters, query::ConnectionsQuestion& question);
Answer connections_route(const Request& request, const query::Reading& reading);
/// The lenses that have a name.
Answer networks_route(const Request& request, const query::Reading& reading);
Answer network_route(const Request& request, const query::Reading& reading,
                     const std::string& lens);
/// JSON, or iCalendar where `format=ical` or `Accept` asks for it. `base_url` begins its links.
Answer timeline_route(const Request& request, const query::Reading& reading,
                      const std::string& base_url);
Answer analyze_route(const Request& request, const query::Reading& reading);
/// POST: openCypher; what writes needs a key with that scope and a `store` to write to. JSON,
/// NDJSON or CSV, as `Accept` asks.
Answer query_route(const Request& request, const query::Reading& reading,
                   const query::Engine& engine, graph::Store* store);

/// The graph or a part of it as a file, streamed; `view` names one of `views`.
Answer export_route(const Request& request, const query::Reading& reading,
                    const std::string& base_url, const KeptTexts& views);
/// Neighbours as a file to take away.
Response subgraph_file(const query::Reading& reading, const query::Subgraph& graph,
                       corpus::Format format, const std::string& base_url);
/// An entity with its statements in the `format` that is asked for, or as JSON-LD or Turtle if
/// `Accept` prefers one of them.
std::optional<Response> linked_data(const Request& request, const query::Reading& reading,
                                    graph::NodeId node, const std::string& base_url);
/// The JSON-LD context of our terms.
Response context_route(const query::Reading& reading, const std::string& base_url);

/// What changed since a revision: a page, a page that waits, or server-sent events.
Answer changes_route(const Request& request, const graph::Store& store,
                     std::function<query::Reading()> reading);
/// What changed about one entity, oldest first.
Answer history_route(const Request& request, const graph::Store& store,
                     const query::Reading& reading, const std::string& id);

/// Which dossier is wanted, as the API, the page and a saved view read it: from, to, fiscal_year,
/// rev. A form sends its empty fields, too.
DossierWanted read_dossier_wanted(Parameters& parameters);
/// A dossier as JSON, page, Markdown or CSV, as `format` or `Accept` asks; `rev` names a kept one.
Answer dossier_route(const Request& request, const query::Reading& reading, const std::string& id,
                     const KeptTexts* kept);
/// POST: keeps today's dossier to be cited, with a key; 201, or 200 where it was kept already.
Answer keep_dossier_route(const Request& request, const query::Reading& reading,
                          const std::string& id, KeptTexts& kept);
/// What dossiers are read from beside the graph, and what begins the addresses to cite them by.
struct DossierPlaces {
    std::shared_ptr<KeptTexts> kept;         ///< versions
    std::shared_ptr<const KeptTexts> views;  ///< with notes
    std::string base_url;
};
/// The page; `view` names a saved view whose notes stand on it.
Answer dossier_page_route(const Request& request, const query::Reading& reading,
                          const std::string& id, const DossierPlaces& places);
/// GET: which versions were kept.
Answer dossier_versions_route(const query::Reading& reading, const std::string& id,
                              const KeptTexts& kept);

/// POST: saves what somebody sees, to come back to or cite; 201 with its address.
Answer save_view_route(const Request& request, const query::Reading& reading, KeptTexts& kept);
Answer view_route(const std::string& id, const KeptTexts& kept);
/// 303 to the page that shows it, in the language that is asked for.
Answer view_page(const Request& request, const std::string& id, const KeptTexts& kept);

/// `/id/{id}`: 303 to the page, or to the JSON for who asks for it; 301 for a merged entity.
Answer id_route(const Request& request, const query::Reading& reading, const std::string& id);

/// The description of this API, as JSON.
Response openapi_route();

/// A weak validator: the revision, and what of the request decides the answer.
std::string etag(const Request& request, const query::Reading& reading,
                 std::string_view setting = {});

/// 304 if the client has this very answer already, else what `make` answers, with its ETag.
/// `setting` is what else decides the answer.
Answer unless_known(const Request& request, const query::Reading& reading,
                    const std::function<Answer()>& make, std::string_view setting = {});

/// 200 with JSON.
Response json_response(std::string body);

}  // namespace khom::server
