// Projection, distance and "inside". PROJ contexts must not be shared between threads, so each thread has its own, made
// from parameters instead of proj.db: nothing to install, nothing to fail at run time.
#include "platform/geo/geo.h"

#include <geodesic.h>
#include <proj.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::geo {
namespace {

// EPSG:25832 without its name: UTM zone 32 on GRS80.
class Utm32 {
public:
    Utm32()
        : context_(proj_context_create()), projection_(proj_create(context_.get(), "+proj=utm +zone=32 +ellps=GRS80")) {
        if (!projection_) throw std::runtime_error("PROJ cannot make UTM 32");
    }
    PJ* get() const { return projection_.get(); }

private:
    struct Free {
        void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
        void operator()(PJ* projection) const { proj_destroy(projection); }
    };
    std::unique_ptr<PJ_CONTEXT, Free> context_;
    std::unique_ptr<PJ, Free> projection_;
};

PJ* utm32() {
    thread_local const Utm32 projection;
    return projection.get();
}

std::optional<double> decimal(const std::string& typed) {
    std::string text = trimmed(typed);
    if (const auto comma = text.find(','); comma != std::string::npos) text[comma] = '.';
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

// Twice the signed area of a, b, p; zero when p lies on the line.
double turn(Point a, Point b, Point p) { return (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon); }

bool on_edge(Point a, Point b, Point p) {
    return turn(a, b, p) == 0 && p.lon >= std::min(a.lon, b.lon) && p.lon <= std::max(a.lon, b.lon) &&
           p.lat >= std::min(a.lat, b.lat) && p.lat <= std::max(a.lat, b.lat);
}

}  // namespace

Metres to_utm32(Point point) {
    const PJ_COORD out = proj_trans(utm32(), PJ_FWD, proj_coord(proj_torad(point.lon), proj_torad(point.lat), 0, 0));
    return {out.enu.e, out.enu.n};
}

Point from_utm32(Metres metres) {
    const PJ_COORD out = proj_trans(utm32(), PJ_INV, proj_coord(metres.east, metres.north, 0, 0));
    return {proj_todeg(out.lp.lam), proj_todeg(out.lp.phi)};
}

double distance_metres(Point a, Point b) {
    static const geod_geodesic grs80 = [] {
        geod_geodesic ellipsoid;
        geod_init(&ellipsoid, 6378137.0, 1 / 298.257222101);
        return ellipsoid;
    }();
    double metres = 0;
    geod_inverse(&grs80, a.lat, a.lon, b.lat, b.lon, &metres, nullptr, nullptr);
    return metres;
}

std::optional<Point> parse_point(const std::string& lat, const std::string& lon) {
    constexpr Box germany{5.8, 47.2, 15.1, 55.1};
    const auto y = decimal(lat);
    const auto x = decimal(lon);
    if (!x || !y) return std::nullopt;
    // Written so that NaN is outside as well.
    const bool fits = *x >= germany.west && *x <= germany.east && *y >= germany.south && *y <= germany.north;
    return fits ? std::optional<Point>({*x, *y}) : std::nullopt;
}

bool inside(Point point, const std::vector<Point>& ring) {
    if (ring.size() < 3) return false;
    bool in = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[j], b = ring[i];
        if (on_edge(a, b, point)) return true;
        // A ray to the east crosses the edge; the half-open test counts a corner once.
        if ((a.lat > point.lat) != (b.lat > point.lat) && (turn(a, b, point) > 0) == (b.lat > a.lat)) in = !in;
    }
    return in;
}

}  // namespace mitwirken::geo
