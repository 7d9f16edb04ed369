#pragma once

#include <functional>
#include <optional>
#include <string>

#include "query/reading.h"
#include "server/dataset.h"
#include "server/pages/map_tiles.h"
#include "server/router.h"
#include "server/search_log.h"

namespace khom::server {

/// What routes are given to answer from.
struct Services {
    std::function<query::Reading()> reading;                ///< the newest published state
    std::function<std::optional<std::string>()> not_ready;  ///< why not, if so
    std::function<std::string()> metrics;                   ///< Prometheus text
    std::string base_url = "http://127.0.0.1:8080";         ///< what entities' URIs begin with
    std::optional<MapTiles> tiles;                          ///< below the city's map; none: no host
    const SearchLog* search_log = nullptr;                  ///< null where none is kept
    Dataset* dataset = nullptr;  ///< for what reads the log or writes; outlives the routes
};

/// The table of all public routes: one line each, one file each in routes/ and pages/.
Router routes(const Services& services);

/// Those that only who runs the server should reach: `/metrics`, `/v1/admin/…`.
void add_admin_routes(Router& router, const Services& services);

/// Answers from memory, so the thread that reads may answer it: health must not wait for a worker,
/// and a page that was answered must not lack its style because all workers are busy.
bool is_immediate(const Request& request);

}  // namespace khom::server
