// Geometries people draw: one point, line or area in WGS84, as GeoJSON. By GEOS.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/geo/geo.h"

namespace mitwirken::geo {

inline constexpr std::size_t most_corners = 2000;

struct Geometry {
    std::string json;  // {"type", "coordinates"}, seven decimals (about a centimetre), nothing else
    Point inside;      // a point that lies in it
    Box box;
};
// Refused with words a person can act on (field "place"): no GeoJSON, another kind than Point, LineString and Polygon,
// a position that is none, too many corners, an area whose border crosses itself or that is empty.
Result<Geometry> read_geometry(std::string_view geojson);
// Does `outer` hold the whole of `inner`? Both as made by read_geometry.
bool contains(const std::string& outer, const std::string& inner);

}  // namespace mitwirken::geo
