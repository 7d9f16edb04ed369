#pragma once

#include <string>

#include "query/search.h"
#include "server/pages/html.h"

namespace khom::server {

/// The address of this search with one parameter put, replaced or taken away; paging starts again.
enum class Change { add, remove, replace };
std::string changed(const Request& request, const std::string& name, const std::string& value,
                    Change change);

/// What narrows these results now, each with the way to take it off again; empty if nothing does.
std::string chosen_html(const Request& request, const PageLanguage& language,
                        const query::Reading& reading, const query::SearchQuestion& question);
/// "320 m", "1.2 km".
std::string distance_words(const PageLanguage& language, double metres);

/// Why this was found and stands here: where the words stood, how they matched, what counted.
std::string explained_html(const PageLanguage& language, const query::SearchHit& hit);
/// The index's reason for another spelling, in the reader's language.
std::string reason_html(const PageLanguage& language, std::string_view why);

/// What the results can be narrowed by, each with how many remain; empty if by nothing.
std::string facets_html(const Request& request, const PageLanguage& language,
                        const query::SearchResult& result);

}  // namespace khom::server
