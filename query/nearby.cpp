#include "query/nearby.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <vector>

namespace khom::query {

namespace {

/// A number of the list, by what it is called.
struct Part {
    const char* name;
    double least, most;
};

constexpr double no_radius = -1;

/// Reads `least_count` or more numbers; those that are not given are `no_radius`.
graph::Result<std::vector<double>> numbers(const std::string& parameter, const std::string& text,
                                           const std::vector<Part>& parts, std::size_t least_count,
                                           const std::string& expected) {
    const auto wrong = [&](const std::string& what) {
        return graph::refuse_parameter(
            parameter, parameter + " is '" + text + "': " + what + " Write " + expected + ".");
    };
    std::vector<double> all;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto part = text.substr(begin, end - begin);
        begin = end + 1;
        if (all.size() == parts.size()) {
            return wrong("it has more than " + std::to_string(parts.size()) + " numbers.");
        }
        const auto& [name, least, most] = parts[all.size()];
        double number = 0;
        const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), number,
                                                   std::chars_format::fixed);
        if (part.empty() || error != std::errc() || stop != part.data() + part.size()) {
            return wrong("its " + std::string(name) + " '" + part + "' is no number.");
        }
        if (!(number >= least && number <= most)) {
            return wrong("its " + std::string(name) + " is not from " +
                         std::to_string(static_cast<int>(least)) + " to " +
                         std::to_string(static_cast<int>(most)) + ".");
        }
        all.push_back(number);
    }
    if (all.size() < least_count) {
        return wrong("it has " + std::to_string(all.size()) + " numbers of " +
                     std::to_string(least_count) + ".");
    }
    all.resize(parts.size(), no_radius);
    return all;
}

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

}  // namespace

bool Box::contains(const Point& point) const {
    const bool between = least_lon <= most_lon ? point.lon >= least_lon && point.lon <= most_lon
                                               : point.lon >= least_lon || point.lon <= most_lon;
    return between && point.lat >= least_lat && point.lat <= most_lat;
}

graph::Result<std::optional<Circle>> circle_of(const std::string& near) {
    if (near.empty()) {
        return std::optional<Circle>();
    }
    return numbers("near", near,
                   {{"latitude", -90, 90}, {"longitude", -180, 180}, {"radius", 1, 999'999}}, 2,
                   "lat,lon or lat,lon,radius_m, such as 18.79,98.99,500")
        .map([](const std::vector<double>& all) {
            Circle circle{all[0], all[1]};
            circle.radius_m = all[2] == no_radius ? circle.radius_m : all[2];
            return std::optional(circle);
        });
}

graph::Result<std::optional<Box>> box_of(const std::string& bbox) {
    if (bbox.empty()) {
        return std::optional<Box>();
    }
    return numbers("bbox", bbox,
                   {{"min_lon", -180, 180},
                    {"min_lat", -90, 90},
                    {"max_lon", -180, 180},
                    {"max_lat", -90, 90}},
                   4, "min_lon,min_lat,max_lon,max_lat, such as 98.97,18.77,99.01,18.80")
        .and_then([&](const std::vector<double>& all) -> graph::Result<std::optional<Box>> {
            if (all[1] > all[3]) {
                return graph::refuse_parameter("bbox", "bbox is '" + bbox +
                                                           "': its min_lat is above its max_lat. "
                                                           "Longitude stands before latitude.");
            }
            return std::optional(Box{all[0], all[1], all[2], all[3]});
        });
}

double distance_m(const Circle& from, const Point& to) {
    constexpr double earth_m = 6'371'008.8;
    const auto half_lat = std::sin(radians(to.lat - from.lat) / 2);
    const auto half_lon = std::sin(radians(to.lon - from.lon) / 2);
    const auto h = half_lat * half_lat +
                   std::cos(radians(from.lat)) * std::cos(radians(to.lat)) * half_lon * half_lon;
    return 2 * earth_m * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace khom::query
