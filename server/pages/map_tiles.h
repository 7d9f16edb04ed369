#pragma once

#include <optional>
#include <string>

#include "graph/failure.h"
#include "server/pages/city_plane.h"

namespace khom::server {

/// Pictures of the ground from another host, where whoever runs the server named one. Without it,
/// pages ask nobody else for anything.
struct MapTiles {
    std::string address;      ///< "https://tiles.example/{z}/{x}/{y}.png"
    std::string origin;       ///< "https://tiles.example": what the content policy must allow
    std::string attribution;  ///< as their owner asks for it, plain text
};

/// Reads both options; empty is none.
/// Refuses: argument_error naming `tiles` (no such address) or `tiles-attribution` (one without the
/// other).
graph::Result<std::optional<MapTiles>> read_tiles(const std::string& address,
                                                  const std::string& attribution);

/// `<image>`s that cover the box, as many as fit a screen, in Web Mercator (EPSG:3857).
std::string tiles_html(const MapTiles& tiles, const MapBox& box);

}  // namespace khom::server
