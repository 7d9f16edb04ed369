#pragma once

#include <string>
#include <string_view>

#include "corpus/check.h"
#include "corpus/import.h"
#include "query/connections.h"
#include "query/entity.h"
#include "query/neighbours.h"
#include "query/networks.h"
#include "query/search.h"
#include "query/timeline.h"

namespace khom::server {

/// The JSON of each answer, as openapi.yaml describes it: what the HTTP routes send and `--json`
/// prints.
std::string search_json(const query::SearchResult& result, double took_ms);
std::string suggest_json(const query::SuggestResult& result);
/// The format that browsers' address bars read: [query, [completions]] (OpenSearch
/// Suggestions 1.1).
std::string opensearch_json(std::string_view text, const query::SuggestResult& result);
/// `base_url` is what entities' URIs begin with: "http://127.0.0.1:8080".
std::string entity_json(const query::EntityView& entity, std::string_view base_url);
std::string subgraph_json(const query::Subgraph& graph);
std::string connections_json(const query::ConnectionsResult& result);
std::string networks_json(const std::vector<query::Lens>& lenses, std::uint64_t revision);
/// `metrics` are those to show; empty: all.
std::string network_json(const query::NetworkResult& network,
                         const std::vector<std::string>& metrics);
std::string timeline_json(const query::TimelineResult& timeline);
std::string analysis_json(const index::Analysis& analysis);
std::string check_json(const corpus::CheckReport& report);
std::string import_json(const corpus::ImportReport& report);

}  // namespace khom::server
