// Tiles are squares of Web Mercator. Within a city that projection and our plane differ by less
// than a line's width, so each tile is drawn as the rectangle between its corners.

#include "server/pages/map_tiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "server/pages/html.h"

namespace khom::server {

namespace {

constexpr int finest_zoom = 19;
constexpr int most_tiles = 40;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

/// Where a place lies, in tiles from the north-west corner of the world.
Spot in_tiles(const Spot& at, int zoom) {
    const double lat = middle_lat - at.y / metres_per_degree;
    const double lon = middle_lon + at.x / (metres_per_degree * shrink());
    const double tiles = std::exp2(zoom);
    return {(lon + 180) / 360 * tiles,
            (1 - std::asinh(std::tan(radians(lat))) / std::numbers::pi) / 2 * tiles};
}

Spot corner_of_tile(int x, int y, int zoom) {
    const double tiles = std::exp2(zoom);
    const double lat =
        std::atan(std::sinh(std::numbers::pi * (1 - 2 * y / tiles))) * 180 / std::numbers::pi;
    return spot(lat, x / tiles * 360 - 180);
}

struct TileRange {
    int zoom = 0, left = 0, top = 0, right = 0, bottom = 0;
    int count() const { return (right - left + 1) * (bottom - top + 1); }
};

TileRange range_of(const MapBox& box, int zoom) {
    const auto from = in_tiles({box.left, box.top}, zoom);
    const auto to = in_tiles({box.right, box.bottom}, zoom);
    return {zoom, static_cast<int>(from.x), static_cast<int>(from.y), static_cast<int>(to.x),
            static_cast<int>(to.y)};
}

std::string filled(std::string address, const TileRange& range, int x, int y) {
    for (const auto& [name, value] :
         {std::pair("{z}", range.zoom), std::pair("{x}", x), std::pair("{y}", y)}) {
        address.replace(address.find(name), 3, std::to_string(value));
    }
    return address;
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
}

bool is_path_character(char c) {
    return c > ' ' && c < 0x7F && std::string_view("\"'<>\\`,;").find(c) == std::string_view::npos;
}

/// "https://tiles.example" of an address that has a host, a path, and each of the three blanks
/// once.
std::optional<std::string> origin_of(const std::string& address) {
    const auto scheme = address.starts_with("https://")  ? std::size_t{8}
                        : address.starts_with("http://") ? std::size_t{7}
                                                         : 0;
    const auto slash = scheme == 0 ? std::string::npos : address.find('/', scheme);
    if (slash == std::string::npos || slash == scheme) return std::nullopt;
    for (const auto* blank : {"{z}", "{x}", "{y}"}) {
        const auto at = address.find(blank, slash);
        if (at == std::string::npos || address.find(blank, at + 1) != std::string::npos) {
            return std::nullopt;
        }
    }
    const auto host = address.begin() + static_cast<std::ptrdiff_t>(scheme);
    const auto path = address.begin() + static_cast<std::ptrdiff_t>(slash);
    const bool proper = std::all_of(host, path, is_host_character) &&
                        std::all_of(path, address.end(), is_path_character);
    return proper ? std::optional(address.substr(0, slash)) : std::nullopt;
}

}  // namespace

graph::Result<std::optional<MapTiles>> read_tiles(const std::string& address,
                                                  const std::string& attribution) {
    if (address.empty() && attribution.empty()) return std::optional<MapTiles>();
    const auto origin = origin_of(address);
    if (!origin) {
        return graph::refuse_parameter(
            "tiles", "'" + address +
                         "' is no address of tiles. Write it as "
                         "https://tiles.example/{z}/{x}/{y}.png, the host in lower case.");
    }
    if (attribution.empty()) {
        return graph::refuse_parameter("tiles-attribution",
                                       "Tiles belong to somebody: name whom and under which "
                                       "licence, as their owner asks for it.");
    }
    return std::optional(MapTiles{address, *origin, attribution});
}

std::string tiles_html(const MapTiles& tiles, const MapBox& box) {
    auto range = range_of(box, 0);
    for (int zoom = 1; zoom <= finest_zoom; ++zoom) {
        const auto finer = range_of(box, zoom);
        if (finer.count() > most_tiles) break;
        range = finer;
    }
    std::string html = "<g class=\"tiles\">";
    for (int y = range.top; y <= range.bottom; ++y) {
        for (int x = range.left; x <= range.right; ++x) {
            const auto from = corner_of_tile(x, y, range.zoom);
            const auto to = corner_of_tile(x + 1, y + 1, range.zoom);
            std::array<char, 128> place{};
            const int length =
                std::snprintf(place.data(), place.size(),
                              "\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", from.x,
                              from.y, to.x - from.x, to.y - from.y);
            html += "<image preserveAspectRatio=\"none\" href=\"" +
                    escaped(filled(tiles.address, range, x, y)) +
                    std::string(place.data(), static_cast<std::size_t>(length)) + "/>";
        }
    }
    return html + "</g>\n";
}

}  // namespace khom::server
