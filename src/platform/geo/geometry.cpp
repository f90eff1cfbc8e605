// See geometry.h.
#include "platform/geo/geometry.h"

#include <geos_c.h>

#include <cmath>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

namespace mitwirken::geo {

namespace {

using nlohmann::json;
using Handle = std::unique_ptr<std::remove_pointer_t<GEOSContextHandle_t>, void (*)(GEOSContextHandle_t)>;

Handle context() { return {GEOS_init_r(), GEOS_finish_r}; }

struct Destroy {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using Shape = std::unique_ptr<GEOSGeometry, Destroy>;

using Ring = std::vector<Point>;

Problems refusal(Message message) {
    Problems problems;
    problems.add("place", std::move(message));
    return problems;
}

// Nothing when it is not a list of two (or three) numbers that is a place on earth.
std::optional<Point> read_point(const json& pair) {
    if (!pair.is_array() || pair.size() < 2 || pair.size() > 3 || !pair[0].is_number() || !pair[1].is_number())
        return {};
    const Point p{std::round(pair[0].get<double>() * 1e7) / 1e7, std::round(pair[1].get<double>() * 1e7) / 1e7};
    if (!std::isfinite(p.lon) || !std::isfinite(p.lat) || std::abs(p.lon) > 180 || std::abs(p.lat) > 90) return {};
    return p;
}

std::optional<Ring> read_ring(const json& list) {
    if (!list.is_array()) return {};
    Ring ring;
    for (const auto& pair : list) {
        const auto point = read_point(pair);
        if (!point || ring.size() > most_corners) return {};
        ring.push_back(*point);
    }
    return ring;
}

// Takes ownership by GEOS as soon as a geometry is made of it.
GEOSCoordSequence* sequence(GEOSContextHandle_t handle, const Ring& ring) {
    auto* coordinates = GEOSCoordSeq_create_r(handle, unsigned(ring.size()), 2);
    for (unsigned i = 0; i < ring.size(); ++i) GEOSCoordSeq_setXY_r(handle, coordinates, i, ring[i].lon, ring[i].lat);
    return coordinates;
}

Shape polygon(GEOSContextHandle_t handle, const std::vector<Ring>& rings) {
    std::vector<GEOSGeometry*> holes;
    for (std::size_t i = 1; i < rings.size(); ++i)
        holes.push_back(GEOSGeom_createLinearRing_r(handle, sequence(handle, rings[i])));
    auto* shell = GEOSGeom_createLinearRing_r(handle, sequence(handle, rings[0]));
    return {GEOSGeom_createPolygon_r(handle, shell, holes.data(), unsigned(holes.size())), {handle}};
}

json written(const Ring& ring) {
    json list = json::array();
    for (const auto& point : ring) list.push_back({point.lon, point.lat});
    return list;
}

Box box_of(const Ring& ring) {
    Box box{ring[0].lon, ring[0].lat, ring[0].lon, ring[0].lat};
    for (const auto& p : ring)
        box = {std::min(box.west, p.lon), std::min(box.south, p.lat), std::max(box.east, p.lon),
               std::max(box.north, p.lat)};
    return box;
}

Point point_inside(GEOSContextHandle_t handle, const GEOSGeometry* shape) {
    const Shape point{GEOSPointOnSurface_r(handle, shape), {handle}};
    Point found;
    GEOSGeomGetX_r(handle, point.get(), &found.lon);
    GEOSGeomGetY_r(handle, point.get(), &found.lat);
    return found;
}

const Message no_position = tr_noop("A position in this drawing is not a place on earth.");

Result<Geometry> read_line(const json& coordinates) {
    auto ring = read_ring(coordinates);
    if (!ring) return refusal(tr_noop("This line cannot be used: it has too many corners or one that is no position."));
    if (ring->size() < 2) return refusal(tr_noop("A line needs at least two points."));
    const Point middle = (*ring)[ring->size() / 2];
    return Geometry{json{{"type", "LineString"}, {"coordinates", written(*ring)}}.dump(), middle, box_of(*ring)};
}

Result<Geometry> read_area(const json& coordinates) {
    if (!coordinates.is_array() || coordinates.empty() || coordinates.size() > 50)
        return refusal(tr_noop("An area needs at least three corners."));
    std::vector<Ring> rings;
    std::size_t corners = 0;
    for (const auto& list : coordinates) {
        auto ring = read_ring(list);
        if (!ring)
            return refusal(tr_noop("This area cannot be used: it has too many corners or one that is no position."));
        if (ring->size() < 3) return refusal(tr_noop("An area needs at least three corners."));
        const bool closed = ring->front().lon == ring->back().lon && ring->front().lat == ring->back().lat;
        if (!closed) ring->push_back(ring->front());
        if (ring->size() < 4) return refusal(tr_noop("An area needs at least three corners."));
        corners += ring->size();
        rings.push_back(std::move(*ring));
    }
    if (corners > most_corners)
        return refusal(tr_noop("This area has too many corners; {most} are allowed. Please draw it more simply.",
                               {{"most", std::to_string(most_corners)}}));
    const auto handle = context();
    const Shape shape = polygon(handle.get(), rings);
    if (!shape || GEOSisValid_r(handle.get(), shape.get()) != 1)
        return refusal(tr_noop("The border of this area crosses itself. Please draw it again without crossing lines."));
    double size = 0;
    GEOSArea_r(handle.get(), shape.get(), &size);
    if (size <= 0) return refusal(tr_noop("This area is empty."));
    json all = json::array();
    for (const auto& ring : rings) all.push_back(written(ring));
    return Geometry{json{{"type", "Polygon"}, {"coordinates", all}}.dump(), point_inside(handle.get(), shape.get()),
                    box_of(rings[0])};
}

Shape shape_of(GEOSContextHandle_t handle, const std::string& geojson) {
    const auto read = json::parse(geojson);
    const auto& coordinates = read["coordinates"];
    if (read["type"] == "Polygon") {
        std::vector<Ring> rings;
        for (const auto& list : coordinates) rings.push_back(*read_ring(list));
        return polygon(handle, rings);
    }
    if (read["type"] == "LineString")
        return {GEOSGeom_createLineString_r(handle, sequence(handle, *read_ring(coordinates))), {handle}};
    return {GEOSGeom_createPoint_r(handle, sequence(handle, {*read_point(coordinates)})), {handle}};
}

}  // namespace

Result<Geometry> read_geometry(std::string_view geojson) {
    if (geojson.size() > 200'000) return refusal(tr_noop("This drawing is too large. Please draw it more simply."));
    const auto read = json::parse(geojson, nullptr, false);
    if (!read.is_object() || !read.contains("type") || !read.contains("coordinates") || !read["type"].is_string())
        return refusal(tr_noop("This is not a drawing that can be read. Please draw it again."));
    const auto type = read["type"].get<std::string>();
    if (type == "LineString") return read_line(read["coordinates"]);
    if (type == "Polygon") return read_area(read["coordinates"]);
    if (type != "Point") return refusal(tr_noop("Please draw a point, a line or an area."));
    const auto point = read_point(read["coordinates"]);
    if (!point) return refusal(no_position);
    return Geometry{json{{"type", "Point"}, {"coordinates", {point->lon, point->lat}}}.dump(),
                    *point,
                    {point->lon, point->lat, point->lon, point->lat}};
}

bool contains(const std::string& outer, const std::string& inner) {
    const auto handle = context();
    const Shape a = shape_of(handle.get(), outer), b = shape_of(handle.get(), inner);
    return GEOSCovers_r(handle.get(), a.get(), b.get()) == 1;
}

}  // namespace mitwirken::geo
