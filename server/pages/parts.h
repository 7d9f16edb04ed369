#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ontology.h"
#include "query/entity.h"
#include "query/reading.h"
#include "server/http.h"
#include "server/pages/html.h"
#include "server/pages/map_tiles.h"

namespace khom::server {

/// `<input type="hidden">` for each pair.
std::string hidden_inputs(const Pairs& pairs);

/// A select of years in both calendars, "any" first. `chosen` is a date or empty; a year that lies
/// outside of what is offered is offered, too.
std::string year_select_html(const PageLanguage& language, std::string_view name,
                             std::string_view label, const std::string& chosen);

/// A window of valid time, chosen by year in both calendars.
struct YearWindow {
    std::string from, to;
    std::map<int, std::size_t> counts;  ///< how much there is of each year, if known
};
/// Two selects named `from` and `to`, for a form of the page; a slider where scripts run.
std::string year_window_html(const PageLanguage& language, const YearWindow& window);

/// A JSON block for the page's own scripts, or for machines that read pages. `type` is a media
/// type.
std::string data_block(std::string_view type, std::string_view id, std::string_view json);
/// The ontology's words for relations, as the scripts read them.
std::string wording_block(const graph::Ontology& ontology);
/// schema.org for search engines: name, description, place, time, sameAs.
std::string json_ld_block(const query::EntityView& entity, const graph::Ontology& ontology,
                          std::string_view base_url);

/// Letters that take room side by side: Thai marks above and below take none.
double letters(std::string_view text);

/// A part of a picture that a mark or a name takes.
struct Room {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool meets(const Room& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

/// A place to be drawn.
struct MapPoint {
    query::EntityRef entity;
    double lat = 0, lon = 0;
    bool exact = true;
};
/// Where an entity is, if that is known.
std::optional<MapPoint> map_point(const query::Reading& reading, const query::EntityRef& entity);
/// The city's water and walls and these places on them, as SVG; each point leads to its page.
enum class MapSize { small, large };
std::string city_map_html(const PageLanguage& language, const std::vector<MapPoint>& points,
                          MapSize size, const std::optional<MapTiles>& tiles);

}  // namespace khom::server
