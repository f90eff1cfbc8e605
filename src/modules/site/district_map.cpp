// The schematic map of the districts: outlines in degrees become paths in a plane that keeps proportions
// (equirectangular around the middle of the town, which is exact enough for a drawing of thirty kilometres).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "modules/site/pages.h"

namespace mitwirken::site {

namespace {

constexpr double margin = 6;

}  // namespace

DistrictMap draw_districts(const std::vector<core::Term>& districts) {
    geo::Box box{180, 90, -180, -90};
    std::vector<std::pair<const core::Term*, std::vector<geo::Point>>> rings;
    for (const auto& district : districts) {
        auto ring = core::outline_of(district);
        if (ring.size() < 3 || district.retired) continue;
        for (const auto& point : ring) {
            box.west = std::min(box.west, point.lon), box.east = std::max(box.east, point.lon);
            box.south = std::min(box.south, point.lat), box.north = std::max(box.north, point.lat);
        }
        rings.emplace_back(&district, std::move(ring));
    }
    DistrictMap map;
    if (rings.empty() || box.east <= box.west || box.north <= box.south) return map;
    const double narrower = std::cos((box.south + box.north) / 2 * 3.14159265358979 / 180);
    const double scale = (map_width - 2 * margin) / ((box.east - box.west) * narrower);
    const auto x = [&](double lon) { return margin + (lon - box.west) * narrower * scale; };
    const auto y = [&](double lat) { return margin + (box.north - lat) * scale; };
    map.height = std::ceil(y(box.south) + margin);
    for (const auto& [district, ring] : rings) {
        Area area{district, "", 0, 0};
        for (const auto& point : ring) {
            area.path += fmt::format("{}{:.1f} {:.1f}", area.path.empty() ? "M" : "L", x(point.lon), y(point.lat));
            area.x += x(point.lon) / double(ring.size());
            area.y += y(point.lat) / double(ring.size());
        }
        area.path += "Z";
        if (district->lon && district->lat) area.x = x(*district->lon), area.y = y(*district->lat);
        map.areas.push_back(std::move(area));
    }
    return map;
}

}  // namespace mitwirken::site
