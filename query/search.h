#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

struct SearchQuestion {
    std::string text;                  ///< empty browses
    std::vector<std::string> kinds;    ///< any of these; empty: all
    std::vector<std::string> filters;  ///< `field:value`, `field:[a,b]`, `field:>=n`; all must hold
    std::vector<std::string>
        facets;             ///< kind, subtype, sector, theme, place, partner, year, criterion
    std::string from, to;   ///< valid time, EDTF dates; empty is open
    std::string near;       ///< "lat,lon[,radius_m]": only there, with distances
    std::string bbox;       ///< "min_lon,min_lat,max_lon,max_lat": only there
    std::string linked_to;  ///< an entity's id: only what is linked to it, near ones first
    std::size_t linked_depth = 1;    ///< 1 to 3 statements away
    std::string sort = "relevance";  ///< relevance, name, start, -start, distance, degree
    std::string lang = "en";
    std::size_t limit = 20;  ///< 0 to 250
    std::string cursor;      ///< from next_cursor
    bool explain = false;
};

struct SearchHit {
    EntityRef entity;
    std::string subtype;
    double score = 0;
    std::string field, how;
    std::map<std::string, std::string> highlights;
    std::map<std::string, double> explain;
    Wording summary;
    std::string url;  ///< "/id/place:…": where a person reads on
    std::optional<TimeLabel> time;
    std::optional<std::uint32_t> hops;  ///< to what it was to be linked to
    std::optional<double> distance_m;   ///< to where it was to be near
};

struct FacetValue {
    std::string value;
    Wording label;
    std::size_t count = 0;
};

struct SearchResult {
    std::uint64_t revision = 0;
    std::string text;
    std::size_t total = 0;
    std::vector<SearchHit> hits;
    std::map<std::string, std::vector<FacetValue>> facets;  ///< most counted first
    std::optional<index::DidYouMean> did_you_mean;
    std::string next_cursor;   ///< empty at the end
    index::Analysis analysis;  ///< of the text, where an explanation is asked for
};

/// Ranked full-text search, or browsing where the text is empty.
/// Refuses: argument_error naming the parameter: an unknown kind, filter field (with the nearest
/// one), facet, sort; a place or a box that does not read; an entity to be linked to that is not
/// there; an order by distance from nowhere; a Buddhist year in the window; a cursor that is not
/// ours or of another question.
graph::Result<SearchResult> search(const Reading& reading, const SearchQuestion& question);

struct SuggestQuestion {
    std::string text;
    std::vector<std::string> kinds;
    std::string lang = "en";
    std::size_t limit = 8;  ///< 1 to 20
};

struct SuggestResult {
    std::uint64_t revision = 0;
    std::vector<SearchHit> entities;
    std::vector<std::string> queries;
};

/// Completion while typing. Refuses: argument_error as `search`.
graph::Result<SuggestResult> suggest(const Reading& reading, const SuggestQuestion& question);

}  // namespace khom::query
