// The handlers of this module, for module.cpp, and what its pages share.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"

namespace mitwirken::site {

inline constexpr std::string_view embedding_action = "site.embedding";

// ---- home_pages.cpp
http::Response home(core::Visit& visit);
http::Response district(core::Visit& visit);
http::Response topic(core::Visit& visit);
// ---- data_pages.cpp
http::Response search_page(core::Visit& visit);
http::Response site_map(core::Visit& visit);
http::Response robots(core::Visit& visit);
// ---- openapi.cpp
http::Response openapi(core::Visit& visit);
std::vector<std::string> path_parameters(std::string_view pattern);  // the names in {…}
// ---- api_page.cpp
http::Response api_page(core::Visit& visit);
// ---- api.cpp
void add_api(core::Manifest& manifest);
// ---- open_data.cpp
http::Response open_data(core::Visit& visit);
http::Response embedding_page(core::Visit& visit);
http::Response save_embedding(core::Visit& visit);
// ---- districts_geojson.cpp
http::Response districts_geojson(core::Visit& visit);

// ---- district_map.cpp: outlines as paths of an SVG of this width; heights follow from the ground.
inline constexpr double map_width = 640;
struct Area {
    const core::Term* district = nullptr;
    std::string path;     // "M12.5 8 …Z"
    double x = 0, y = 0;  // where its name stands
};
struct DistrictMap {
    std::vector<Area> areas;  // of districts that have an outline
    double height = 0;
};
DistrictMap draw_districts(const std::vector<core::Term>& districts);

}  // namespace mitwirken::site
