#pragma once

#include <string>

#include "query/search.h"
#include "server/pages/html.h"

namespace khom::server {

/// The address of this search with one parameter put, replaced or taken away; paging starts again.
enum class Change { add, remove, replace };
std::string changed(const Request& request, const std::string& name, const std::string& value,
                    Change change);

/// What the results can be narrowed by, each with how many remain; empty if by nothing.
std::string facets_html(const Request& request, const PageLanguage& language,
                        const query::SearchResult& result);

}  // namespace khom::server
