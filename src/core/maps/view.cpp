// A map as part of a page; see layers.h.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/maps/layers.h"
#include "core/templates.h"
#include "platform/geo/geometry.h"

namespace mitwirken::core {

namespace {

constexpr double around = 0.01;  // degrees: districts' outlines are simpler than the town's border

// A map of a procedure opens at its area, with a tenth of it around.
std::string area_bounds(const ProcedureRecord& procedure) {
    if (procedure.area.empty()) return "";
    const auto area = geo::read_geometry(procedure.area);
    if (!area) return "";
    const double wide = (area->box.east - area->box.west) / 10, high = (area->box.north - area->box.south) / 10;
    return bounds_words({area->box.west - wide, area->box.south - high, area->box.east + wide, area->box.north + high});
}

}  // namespace

std::optional<geo::Box> municipal_box(Visit& visit) { return municipal_box(*terms(visit, "district")); }

std::optional<geo::Box> municipal_box(const std::vector<Term>& districts) {
    geo::Box box{180, 90, -180, -90};
    for (const auto& district : districts)
        for (const auto& point : outline_of(district))
            box = {std::min(box.west, point.lon), std::min(box.south, point.lat), std::max(box.east, point.lon),
                   std::max(box.north, point.lat)};
    if (box.west > box.east) return {};
    return geo::Box{box.west - around, box.south - around, box.east + around, box.north + around};
}

std::string bounds_words(const geo::Box& box) {
    return fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", box.west, box.south, box.east, box.north);
}

std::string area_address(const ProcedureRecord& procedure) { return "/verfahren/" + procedure.key + "/gebiet.geojson"; }

std::string map_layers_json(Visit& visit, const ProcedureRecord* procedure) {
    auto layers = nlohmann::json::array();
    layers.push_back({{"key", "plan"},
                      {"title", visit.tr("Plan")},
                      {"attribution", visit.tr("Schematic plan, own drawing")},
                      {"dark_url", "/karten/plan/{z}/{x}/{y}.dark.png"}});
    if (visit.setting_on("site.basemap"))
        layers.push_back({{"key", "basemap"},
                          {"title", visit.tr("Base map")},
                          {"attribution", "© basemap.de / BKG"},
                          {"attribution_url", "https://basemap.de/"}});
    for (const auto& layer : map_layers(visit.tx, visit.tenant.id)) {
        if (layer.shown == LayerShown::nowhere || (layer.shown == LayerShown::procedures && !procedure)) continue;
        nlohmann::json one{{"key", layer.key()},
                           {"title", layer.title},
                           {"attribution", layer.attribution},
                           {"min", layer.min_zoom},
                           {"max", layer.max_zoom}};
        if (!layer.attribution_url.empty()) one["attribution_url"] = layer.attribution_url;
        if (layer.overlay) one["overlay"] = true;
        layers.push_back(std::move(one));
    }
    if (procedure)
        for (const auto& area : procedure_areas(visit.tx, visit.tenant.id, procedure->id)) {
            const std::string id = std::to_string(area.id.value);
            layers.push_back({{"key", "gebiet-" + id},
                              {"title", area.title},
                              {"overlay", true},
                              {"on", true},
                              {"areas", "/verfahren/" + procedure->key + "/gebiete/" + id}});
        }
    return layers.dump();
}

html::SafeHtml map_view(Visit& visit, const MapView& view) {
    namespace t = tpl::map;
    html::Values map;
    map.set(t::ID, view.id).set(t::LABEL, view.label).set(t::LAYERS, map_layers_json(visit, view.procedure));
    std::string bounds = view.bounds;
    if (bounds.empty() && view.procedure) bounds = area_bounds(*view.procedure);
    if (const auto box = bounds.empty() ? municipal_box(visit) : std::nullopt) bounds = bounds_words(*box);
    const auto say = [&](html::Section section, const std::string& value) {
        if (!value.empty()) map.add(section).set(t::VALUE, value);
    };
    say(t::BOUNDS, bounds);
    say(t::POINTS, view.points);
    say(t::CLUSTERS, view.clusters);
    const bool own = view.procedure && !view.procedure->area.empty();
    say(t::AREAS, view.areas.empty() && own ? area_address(*view.procedure) : view.areas);
    if (!view.draw.empty()) map.add(t::DRAW).set(t::VALUE, view.draw).set(t::KINDS, view.kinds);
    return html::render_part(t::file, map, visit.language);
}

}  // namespace mitwirken::core
