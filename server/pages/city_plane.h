#pragma once

#include <cmath>
#include <numbers>

namespace khom::server {

/// A place on the city's map: metres east and south of the middle of the Old City. The city is
/// small enough to be flat.
struct Spot {
    double x = 0, y = 0;
};

inline constexpr double middle_lat = 18.7883, middle_lon = 98.9890;
inline constexpr double metres_per_degree = 111'320;

/// A degree of longitude is shorter than one of latitude by this.
inline double shrink() {
    return std::cos(middle_lat * std::numbers::pi / 180);
}

inline Spot spot(double lat, double lon) {
    return {(lon - middle_lon) * metres_per_degree * shrink(),
            (middle_lat - lat) * metres_per_degree};
}

/// What the map shows of the plane.
struct MapBox {
    double left = -1'400, top = -1'100, right = 1'900, bottom = 1'000;

    double width() const { return right - left; }
    double height() const { return bottom - top; }
};

}  // namespace khom::server
