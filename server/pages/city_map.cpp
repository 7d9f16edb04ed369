// The map is drawn here, in metres from its north-west corner, so that it is there without scripts
// and on paper. Its base is our own small GeoJSON; tiles lie below it only where whoever runs the
// server named whose.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <rapidjson/document.h>

#include "server/pages/parts.h"

namespace khom::embedded {
extern const std::string_view city_geojson;
}

namespace khom::server {

namespace {

constexpr double reach_m = 9'000;  // beyond this a place is not in the city
constexpr double inner_m =
    3'300;  // a map of many places begins with these; the rest is farther out

struct Feature {
    std::string id;
    graph::Wording name;
    bool closed = false;
    std::vector<Spot> line;
    std::vector<Spot> labels;  // where its name may begin, the best first
};

std::vector<Feature> read_base() {
    rapidjson::Document document;
    document.Parse(embedded::city_geojson.data(), embedded::city_geojson.size());
    std::vector<Feature> features;
    for (const auto& item : document["features"].GetArray()) {
        const auto& properties = item["properties"];
        const auto& geometry = item["geometry"];
        Feature feature;
        feature.id = properties["id"].GetString();
        feature.name = {properties["name"]["en"].GetString(), properties["name"]["th"].GetString()};
        feature.closed = std::string_view(geometry["type"].GetString()) == "Polygon";
        const auto& line = feature.closed ? geometry["coordinates"][0] : geometry["coordinates"];
        for (const auto& pair : line.GetArray()) {
            feature.line.push_back(spot(pair[1].GetDouble(), pair[0].GetDouble()));
        }
        for (const auto& label : properties["labels"].GetArray()) {
            feature.labels.push_back(spot(label[1].GetDouble(), label[0].GetDouble()));
        }
        features.push_back(std::move(feature));
    }
    return features;
}

void hold(MapBox& box, Spot at, double margin) {
    box.left = std::min(box.left, at.x - margin);
    box.right = std::max(box.right, at.x + margin);
    box.top = std::min(box.top, at.y - margin);
    box.bottom = std::max(box.bottom, at.y + margin);
}

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.0f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

const std::vector<Feature>& base() {
    static const std::vector<Feature> features = read_base();
    return features;
}

/// The room of a mark.
Room room_of(const MapPoint& point, double unit) {
    const auto at = spot(point.lat, point.lon);
    return {at.x - 7 * unit, at.y - 7 * unit, at.x + 7 * unit, at.y + 7 * unit};
}

/// A name of the base, whole on the map and free of marks if it can be.
struct BaseName {
    std::string words;
    Spot at;
    Room room;
};

std::vector<BaseName> base_names(const PageLanguage& language, const std::vector<MapPoint>& points,
                                 double unit, const MapBox& box) {
    std::vector<BaseName> names;
    for (const auto& feature : base()) {
        const auto& words = language.of(feature.name);
        std::vector<BaseName> whole;
        for (const auto& at : feature.labels) {
            const Room room{at.x, at.y - 14 * unit, at.x + letters(words) * 8 * unit,
                            at.y + 4 * unit};
            if (room.left > box.left && room.right < box.right && room.top > box.top &&
                at.y < box.bottom) {
                whole.push_back({words, at, room});
            }
        }
        const auto free = std::ranges::find_if(whole, [&](const BaseName& name) {
            return std::ranges::none_of(points, [&](const MapPoint& point) {
                return name.room.meets(room_of(point, unit));
            });
        });
        if (!whole.empty()) names.push_back(free == whole.end() ? whole.front() : *free);
    }
    return names;
}

std::string base_html(const std::vector<BaseName>& names, double unit) {
    std::string html;
    for (const auto& feature : base()) {
        std::string path;
        for (const auto& at : feature.line) {
            path += (path.empty() ? "M" : "L") + number(at.x) + " " + number(at.y);
        }
        html += "<path class=\"water " + feature.id + "\" d=\"" + path +
                (feature.closed ? "Z" : "") + "\"/>";
    }
    for (const auto& name : names) {
        html += "<text class=\"water-name\" x=\"" + number(name.at.x) + "\" y=\"" +
                number(name.at.y) + "\" font-size=\"" + number(13 * unit) + "\">" +
                escaped(name.words) + "</text>\n";
    }
    return html;
}

/// Whose name can stand without covering a mark or another name, and whole; the others show theirs
/// when they are pointed at.
std::vector<bool> named(const PageLanguage& language, const std::vector<MapPoint>& points,
                        const std::vector<BaseName>& base_names, double unit, const MapBox& box) {
    std::vector<Room> taken;
    taken.reserve(points.size() + base_names.size());
    for (const auto& point : points) taken.push_back(room_of(point, unit));
    for (const auto& name : base_names) taken.push_back(name.room);
    std::vector<bool> result;
    for (const auto& point : points) {
        const auto at = spot(point.lat, point.lon);
        const double half = letters(language.of(point.entity.name)) * 4 * unit;
        const Room room{at.x - half, at.y - 26 * unit, at.x + half, at.y - 8 * unit};
        const bool whole = room.left > box.left && room.right < box.right && room.top > box.top;
        const bool free = whole && std::none_of(taken.begin(), taken.end(), [&](const Room& other) {
                              return room.meets(other);
                          });
        if (free) taken.push_back(room);
        result.push_back(free);
    }
    return result;
}

std::string point_html(const PageLanguage& language, const MapPoint& point, double unit,
                       bool is_named) {
    const auto at = spot(point.lat, point.lon);
    const auto& name = language.of(point.entity.name);
    return "<a class=\"" + std::string(point.exact ? "exact" : "approx") +
           (is_named ? " named" : "") + " kind-" + escaped(point.entity.kind) + "\" href=\"" +
           escaped(entity_link(language, point.entity.id)) + "\" aria-label=\"" + escaped(name) +
           "\"><circle cx=\"" + number(at.x) + "\" cy=\"" + number(at.y) + "\" r=\"" +
           number(7 * unit) + "\"/><text x=\"" + number(at.x) + "\" y=\"" +
           number(at.y - 11 * unit) + "\" font-size=\"" + number(14 * unit) + "\">" +
           escaped(name) + "</text></a>\n";
}

/// The script, which draws nearer as one zooms, is told how wide the map was meant to be, where
/// tiles are and how the plane lies.
std::string tag_html(const std::optional<MapTiles>& tiles, double pixels) {
    auto html = "<khom-map data-width=\"" + number(pixels) + "\"";
    if (!tiles) return html + ">";
    std::array<char, 64> plane{};
    const int length = std::snprintf(plane.data(), plane.size(), "%.4f %.4f %.0f", middle_lat,
                                     middle_lon, metres_per_degree);
    return html + " data-tiles=\"" + escaped(tiles->address) + "\" data-plane=\"" +
           std::string(plane.data(), static_cast<std::size_t>(length)) + "\">";
}

}  // namespace

double letters(std::string_view text) {
    double count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte & 0xC0U) == 0x80U) continue;
        const bool thai = byte == 0xE0 && at + 2 < text.size();
        const auto second = thai ? static_cast<unsigned char>(text[at + 1]) : 0U;
        const auto third = thai ? static_cast<unsigned char>(text[at + 2]) : 0U;
        const bool above = second == 0xB8 && (third == 0xB1 || third >= 0xB4);
        const bool tone = second == 0xB9 && third >= 0x87 && third <= 0x8E;
        count += above || tone ? 0 : 1;
    }
    return count;
}

std::optional<MapPoint> map_point(const query::Reading& reading, const query::EntityRef& entity) {
    const auto node = reading.graph().find(entity.id);
    if (!node) return std::nullopt;
    const auto lat = reading.graph().property(*node, "lat");
    const auto lon = reading.graph().property(*node, "lon");
    if (!lat.is_number() || !lon.is_number()) return std::nullopt;
    const auto value = [](const graph::Value& number) {
        return number.is(graph::ValueKind::integer) ? static_cast<double>(number.integer())
                                                    : number.floating();
    };
    const auto certainty = reading.graph().property(*node, "geo_certainty");
    return MapPoint{entity, value(lat), value(lon), graph::string_or_empty(certainty) != "approx"};
}

std::string city_map_html(const PageLanguage& language, const std::vector<MapPoint>& points,
                          MapSize size, const std::optional<MapTiles>& tiles) {
    MapBox box;
    std::vector<MapPoint> shown;
    for (const auto& point : points) {
        const auto at = spot(point.lat, point.lon);
        if (std::hypot(at.x, at.y) > reach_m) continue;
        if (points.size() < 12 || std::hypot(at.x, at.y) < inner_m) hold(box, at, 250);
        shown.push_back(point);
    }
    if (shown.empty()) return {};
    // Units are metres; a mark has the size on the screen that it would have 760 (420) pixels wide.
    const double pixels = size == MapSize::large ? 760 : 420;
    const double unit = box.width() / pixels;
    const auto of_base = base_names(language, shown, unit, box);
    std::string html =
        tag_html(tiles, pixels) + "<svg class=\"city-map\" role=\"group\" aria-label=\"" +
        std::string(language.say("Map", "แผนที่")) + "\" viewBox=\"" + number(box.left) + " " +
        number(box.top) + " " + number(box.width()) + " " + number(box.height()) + "\">\n" +
        (tiles ? tiles_html(*tiles, box) : "") + base_html(of_base, unit);
    const auto names = named(language, shown, of_base, unit, box);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        html += point_html(language, shown[i], unit, names[i]);
    }
    return html + "</svg><p class=\"quiet map-note\">" +
           std::string(language.say(
               "North is up. Hollow marks are approximate. Points © OpenStreetMap contributors, "
               "ODbL 1.0; walls and water are drawn through them by hand.",
               "ทิศเหนืออยู่ด้านบน วงโปร่งคือตำแหน่งโดยประมาณ จุด © ผู้มีส่วนร่วม OpenStreetMap, ODbL 1.0 "
               "แนวคูเมืองและทางน้ำวาดผ่านจุดเหล่านั้นโดยสังเขป")) +
           (tiles ? std::string(language.say(" Background: ", " ภาพพื้นหลัง: ")) +
                        escaped(tiles->attribution)
                  : "") +
           "</p></khom-map>\n";
}

}  // namespace khom::server
