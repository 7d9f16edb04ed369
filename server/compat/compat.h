#pragma once

#include <string>

#include "query/reading.h"
#include "server/router.h"
#include "server/routes.h"
#include "server/routes/answers.h"

namespace khom::server {

/// The dialects of other programs: Typesense's searches, the Reconciliation API.
void add_ecosystems(Router& router, const Services& services);

/// Typesense: POST /compat/typesense/multi_search, GET
/// /compat/typesense/collections/{name}/documents/search.
Answer typesense_multi_search(const Request& request, const query::Reading& reading,
                              const std::string& base_url);
Answer typesense_search(const Request& request, const query::Reading& reading,
                        const std::string& collection, const std::string& base_url);

/// The W3C Reconciliation API 0.2: the manifest without `queries` and `extend`, else their answers;
/// GET or POST form.
Answer reconcile(const Request& request, const query::Reading& reading,
                 const std::string& base_url);
/// `/reconcile/match` of its draft 1.0: JSON in and out.
Answer reconcile_match(const Request& request, const query::Reading& reading);
/// `/reconcile/suggest/{entity|type|property}?prefix=…`.
Answer reconcile_suggest(const Request& request, const query::Reading& reading,
                         const std::string& what);
/// `/reconcile/properties?type=…`: what a column can be extended by.
Answer reconcile_properties(const Request& request, const query::Reading& reading);
/// `/reconcile/preview?id=…`: a small page about one candidate.
Answer reconcile_preview(const Request& request, const query::Reading& reading);

}  // namespace khom::server
