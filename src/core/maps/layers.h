// What lies on the maps of a municipality: the plan we draw, basemap.de where it is switched on, layers of other map
// servers that staff have set up, and areas of a procedure.
// Invariant: nothing is fetched that does not stand here; pictures come through our own server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"
#include "platform/geo/geo.h"
#include "platform/geo/service.h"

namespace mitwirken::core {

using MapLayerId = Id<struct MapLayerTag>;
using ProcedureAreaId = Id<struct ProcedureAreaTag>;

enum class LayerShown { everywhere, procedures, nowhere };

// The fields stand in the order of the SELECT in layers_store.cpp.
struct MapLayer {
    MapLayerId id;
    std::string title;
    geo::ServiceKind kind = geo::ServiceKind::wms;
    std::string url, layer;  // of the service; the layer's name in it
    std::string pictures;    // what geo::picture_address() has made of it
    std::string attribution, attribution_url;
    bool overlay = false;
    LayerShown shown = LayerShown::everywhere;
    std::int64_t min_zoom = 5, max_zoom = 18, position = 100;

    std::string key() const { return "ebene-" + std::to_string(id.value); }  // in /karten/{layer}/…
};
std::vector<MapLayer> map_layers(db::Tx& tx, TenantId tenant);
std::optional<MapLayer> find_map_layer(db::Tx& tx, TenantId tenant, MapLayerId id);
MapLayerId add_map_layer(db::Tx& tx, TenantId tenant, const MapLayer& layer);
void save_map_layer(db::Tx& tx, TenantId tenant, const MapLayer& layer);
void remove_map_layer(db::Tx& tx, TenantId tenant, MapLayerId id);

// An area of a procedure besides its own one; GeoJSON FeatureCollection.
struct ProcedureArea {
    ProcedureAreaId id;
    ProcedureId procedure;
    std::string title, geometry;
};
std::vector<ProcedureArea> procedure_areas(db::Tx& tx, TenantId tenant, ProcedureId procedure);
std::optional<ProcedureArea> find_procedure_area(db::Tx& tx, TenantId tenant, ProcedureAreaId id);
ProcedureAreaId add_procedure_area(db::Tx& tx, TenantId tenant, const ProcedureArea& area);
void remove_procedure_area(db::Tx& tx, TenantId tenant, ProcedureAreaId id);

// ---- the map itself, as an element of a page; the list of the same places is the page's own business
struct MapView {
    std::string id = "map";
    std::string label;                           // what it shows: "Karte der Ideen"
    std::string points, clusters, areas;         // addresses of GeoJSON; "" = none
    std::string bounds;                          // "w,s,e,n"; "" = the municipality
    std::string draw, kinds;                     // id of the field that is drawn into, "point line area"
    const ProcedureRecord* procedure = nullptr;  // its area and its further ones lie on the map
};
html::SafeHtml map_view(Visit& visit, const MapView& view);
// data-layers of a <place-map>.
std::string map_layers_json(Visit& visit, const ProcedureRecord* procedure = nullptr);
// Around the districts; nothing when they have no outlines.
std::optional<geo::Box> municipal_box(Visit& visit);
std::optional<geo::Box> municipal_box(const std::vector<Term>& districts);
std::string bounds_words(const geo::Box& box);
// Where the procedure's own area is served.
std::string area_address(const ProcedureRecord& procedure);

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::LayerShown> {
    static constexpr std::string_view words[] = {"everywhere", "procedures", "nowhere"};
};
template <>
struct mitwirken::db::Names<mitwirken::geo::ServiceKind> {
    static constexpr std::string_view words[] = {"xyz", "wms", "wmts"};
};
