// Web-Mercator pixels and tiles (the sphere of EPSG:3857), as every web map counts them.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "platform/geo/geo.h"

namespace mitwirken::geo {
namespace {
constexpr double pi = std::numbers::pi;
constexpr double last_latitude = 85.05112877980659;  // where the world is a square
constexpr int last_zoom = 22;
double world(int zoom) { return std::ldexp(256.0, zoom); }
}  // namespace

Pixel to_pixel(Point point, int zoom) {
    const double phi = std::clamp(point.lat, -last_latitude, last_latitude) * pi / 180;
    return {(point.lon + 180) / 360 * world(zoom), (0.5 - std::asinh(std::tan(phi)) / (2 * pi)) * world(zoom)};
}

Point from_pixel(Pixel pixel, int zoom) {
    const double size = world(zoom);
    return {pixel.x / size * 360 - 180, std::atan(std::sinh(pi * (1 - 2 * pixel.y / size))) * 180 / pi};
}

Box bounds(Tile tile) {
    const Point north_west = from_pixel({tile.x * 256.0, tile.y * 256.0}, tile.zoom);
    const Point south_east = from_pixel({(tile.x + 1) * 256.0, (tile.y + 1) * 256.0}, tile.zoom);
    return {north_west.lon, south_east.lat, south_east.lon, north_west.lat};
}

bool is_valid(Tile tile) {
    if (tile.zoom < 0 || tile.zoom > last_zoom) return false;
    const int count = 1 << tile.zoom;
    return tile.x >= 0 && tile.y >= 0 && tile.x < count && tile.y < count;
}

}  // namespace mitwirken::geo
