// Uses the reentrant C interface of GEOS; each call has its own handle, so threads do not meet. Degrees of longitude
// are shrunk to the length of degrees of latitude first, or the circle would be an ellipse.
#include "platform/geo/label.h"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace mitwirken::geo {
namespace {

struct Geos {
    GEOSContextHandle_t handle = GEOS_init_r();  // without a message handler: errors are answered by null
    Geos() = default;
    Geos(const Geos&) = delete;
    Geos& operator=(const Geos&) = delete;
    ~Geos() { GEOS_finish_r(handle); }
    auto own(GEOSGeometry* geometry) const {
        const auto free = [handle = handle](GEOSGeometry* old) { GEOSGeom_destroy_r(handle, old); };
        return std::unique_ptr<GEOSGeometry, decltype(free)>(geometry, free);
    }
};

GEOSGeometry* polygon(const Geos& geos, const std::vector<Point>& ring, double squeeze) {
    const bool closed = ring.front().lon == ring.back().lon && ring.front().lat == ring.back().lat;
    const auto count = static_cast<unsigned>(ring.size() + (closed ? 0 : 1));
    GEOSCoordSequence* corners = GEOSCoordSeq_create_r(geos.handle, count, 2);
    for (unsigned i = 0; i < count; ++i) {
        const Point point = ring[i % ring.size()];
        GEOSCoordSeq_setXY_r(geos.handle, corners, i, point.lon * squeeze, point.lat);
    }
    GEOSGeometry* shell = GEOSGeom_createLinearRing_r(geos.handle, corners);
    return shell ? GEOSGeom_createPolygon_r(geos.handle, shell, nullptr, 0) : nullptr;
}

}  // namespace

bool is_area(const std::vector<Point>& ring) {
    return ring.size() >= 3 && std::all_of(ring.begin(), ring.end(), [](Point point) {
               return std::isfinite(point.lon) && std::isfinite(point.lat);
           });
}

Box box_of(const std::vector<Point>& ring) {
    constexpr double far = std::numeric_limits<double>::max();
    Box box{far, far, -far, -far};
    for (const Point point : ring) {
        box.west = std::min(box.west, point.lon), box.east = std::max(box.east, point.lon);
        box.south = std::min(box.south, point.lat), box.north = std::max(box.north, point.lat);
    }
    return box;
}

Label label_of(const std::vector<Point>& ring) {
    if (!is_area(ring)) return {};
    const Box box = box_of(ring);
    const Label middle{{(box.west + box.east) / 2, (box.south + box.north) / 2}, 0};
    const double size = std::max(box.east - box.west, box.north - box.south);
    if (size <= 0) return middle;
    const double squeeze = std::max(0.01, std::cos(middle.at.lat * 3.141592653589793 / 180));
    const Geos geos;
    const auto area = geos.own(polygon(geos, ring, squeeze));
    if (!area) return middle;
    const auto line = geos.own(GEOSMaximumInscribedCircle_r(geos.handle, area.get(), size / 100));
    if (!line) return middle;
    Label label;
    double radius = 0;
    const auto centre = geos.own(GEOSGeomGetStartPoint_r(geos.handle, line.get()));
    if (!centre || GEOSGeomGetX_r(geos.handle, centre.get(), &label.at.lon) != 1 ||
        GEOSGeomGetY_r(geos.handle, centre.get(), &label.at.lat) != 1 ||
        GEOSGeomGetLength_r(geos.handle, line.get(), &radius) != 1) {
        return middle;
    }
    label.at.lon /= squeeze;
    label.radius = radius;
    return label;
}

}  // namespace mitwirken::geo
