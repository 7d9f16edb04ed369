#pragma once

#include <optional>
#include <string>

#include "graph/failure.h"
#include "query/entity.h"

namespace khom::query {

/// A circle on the ground.
struct Circle {
    double lat = 0, lon = 0;  ///< WGS 84 degrees
    double radius_m = 1000;
};

/// A box of degrees; over the 180th meridian where it begins east of where it ends.
struct Box {
    double least_lon = 0, least_lat = 0, most_lon = 0, most_lat = 0;
    bool contains(const Point& point) const;
};

/// Reads "lat,lon" or "lat,lon,radius_m" (1 to 999,999; 1,000 where none is given); empty is none.
/// Refuses: argument_error naming `near`, with what stands where and what is expected.
graph::Result<std::optional<Circle>> circle_of(const std::string& near);

/// Reads "min_lon,min_lat,max_lon,max_lat", the order of GeoJSON; empty is none.
/// Refuses: argument_error naming `bbox`, likewise.
graph::Result<std::optional<Box>> box_of(const std::string& bbox);

/// Metres along the ground, on a sphere: within 0.5 % of the ellipsoid.
/// Source: haversine formula; mean radius of the earth 6,371,008.8 m (IUGG).
double distance_m(const Circle& from, const Point& to);

}  // namespace khom::query
