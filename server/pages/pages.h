#pragma once

#include <string>

#include "query/reading.h"
#include "server/routes/answers.h"

namespace khom::server {

/// The pages that people read, without scripts: each a function of its address, as the API's routes
/// are.
Answer home_page(const Request& request, const query::Reading& reading);
Answer search_page(const Request& request, const query::Reading& reading);
Answer entity_page(const Request& request, const query::Reading& reading, const std::string& id);
Answer connections_page(const Request& request, const query::Reading& reading);
Answer about_page(const Request& request, const query::Reading& reading);

/// What a refusal looks like to a person; problem details to a program.
Response refusal_page(const Request& request, const graph::Refusal& refusal);
/// What a problem's `type` leads to.
Answer problem_page(const Request& request, const std::string& slug);

/// Style, fonts and pictures from memory, by an allow-list of names.
Answer asset_route(const Request& request, const std::string& name);
/// The description that lets a browser's address bar search here.
Response opensearch_description(const std::string& base_url);

}  // namespace khom::server
