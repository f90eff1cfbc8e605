// Points and tiles. WGS84 degrees outside, EPSG:25832 (UTM 32N) metres where distances matter (PROJ). Everything
// here is pure: the same input gives the same output on every thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mitwirken::geo {

struct Point {
    double lon = 0, lat = 0;
};
struct Metres {
    double east = 0, north = 0;
};
struct Box {
    double west = 0, south = 0, east = 0, north = 0;
};

// Not finite where the projection has no answer (far outside Europe).
Metres to_utm32(Point point);
Point from_utm32(Metres metres);
// Along the ellipsoid (GRS80), not on the grid: right on both sides of a zone's border.
double distance_metres(Point a, Point b);
// "51.5136", "7.4653" or with a decimal comma; nothing when it is not a point in Germany.
std::optional<Point> parse_point(const std::string& lat, const std::string& lon);
// The border belongs to the inside. The ring may be closed or not; fewer than three corners hold nothing.
bool inside(Point point, const std::vector<Point>& ring);

// Groups points that lie within `pixels` of each other at a zoom (Web Mercator, 256 px tiles); deterministic and
// independent of the order of the input: a smaller id leads, so new points do not reshuffle old groups.
struct Cluster {
    Point centre;
    std::int64_t count = 0, only = 0;
    Box box;
};  // only: the id when count == 1
struct Marked {
    std::int64_t id = 0;
    Point point;
};
std::vector<Cluster> cluster(const std::vector<Marked>& points, int zoom, double pixels = 60);
// The same for groups that somebody else has made (the database); `only` is the smallest id of each, also of several.
std::vector<Cluster> join_clusters(const std::vector<Cluster>& groups, int zoom, double pixels = 60);

// Web-Mercator pixels of a zoom's whole world, x to the east, y to the south; latitudes end at 85.0511 degrees.
struct Pixel {
    double x = 0, y = 0;
};
Pixel to_pixel(Point point, int zoom);
Point from_pixel(Pixel pixel, int zoom);

// Web-Mercator tile arithmetic, zoom 0 to 22.
struct Tile {
    int zoom = 0, x = 0, y = 0;
};
Box bounds(Tile tile);
bool is_valid(Tile tile);

// A PNG tile we draw ourselves (Cairo): land, a metric grid, and the outlines given. For the example and the tests, so
// that a map needs no network; the same input gives the same bytes (on one machine: the font is the system's). Empty
// when the tile is not valid.
struct Outline {
    std::string label;
    std::vector<Point> ring;
};
std::string draw_tile(Tile tile, const std::vector<Outline>& outlines, bool dark);

}  // namespace mitwirken::geo
