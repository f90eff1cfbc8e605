// The districts as GeoJSON, for maps and for others.
#include <nlohmann/json.hpp>

#include "modules/site/pages.h"

namespace mitwirken::site {

// The districts' outlines as areas of a map.
http::Response districts_geojson(core::Visit& visit) {
    auto features = nlohmann::json::array();
    for (const auto& district : core::terms(visit.tx, visit.tenant.id, "district")) {
        auto ring = core::outline_of(district);
        if (ring.size() < 3 || district.retired) continue;
        ring.push_back(ring.front());
        auto coordinates = nlohmann::json::array();
        for (const auto& point : ring) coordinates.push_back({point.lon, point.lat});
        features.push_back(
            {{"type", "Feature"},
             {"geometry", {{"type", "Polygon"}, {"coordinates", {coordinates}}}},
             {"properties",
              {{"key", district.key}, {"name", district.name}, {"href", visit.url("/bezirke/" + district.key)}}}});
    }
    auto response =
        http::Response::json(200, nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump());
    response.headers.set("Content-Type", "application/geo+json");
    return response;
}

}  // namespace mitwirken::site
