// Rows of layers and of procedures' areas; see layers.h.
#include "core/maps/layers.h"

namespace mitwirken::core {

namespace {

#define MITWIRKEN_LAYER_COLUMNS                                                                                 \
    "id, title, kind, url, layer, pictures, attribution, attribution_url, overlay, shown, min_zoom, max_zoom, " \
    "position "

const db::Query select_layers{"core.map_layers", "SELECT " MITWIRKEN_LAYER_COLUMNS R"(
    FROM core_map_layer WHERE tenant_id = :tenant ORDER BY position, id LIMIT 100)"};
const db::Query select_layer{"core.map_layer", "SELECT " MITWIRKEN_LAYER_COLUMNS R"(
    FROM core_map_layer WHERE tenant_id = :tenant AND id = :id)"};
const db::Query insert_layer{"core.map_layer_add", R"(
    INSERT INTO core_map_layer (tenant_id, title, kind, url, layer, pictures, attribution, attribution_url, overlay,
      shown, min_zoom, max_zoom, position)
    VALUES (:tenant, :title, :kind, :url, :layer, :pictures, :attribution, :attribution_url, :overlay, :shown,
      :min_zoom, :max_zoom, :position) RETURNING id)"};
const db::Query update_layer{"core.map_layer_save", R"(
    UPDATE core_map_layer SET title = :title, kind = :kind, url = :url, layer = :layer, pictures = :pictures,
      attribution = :attribution, attribution_url = :attribution_url, overlay = :overlay, shown = :shown,
      min_zoom = :min_zoom, max_zoom = :max_zoom, position = :position
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query delete_layer{"core.map_layer_remove",
                             "DELETE FROM core_map_layer WHERE tenant_id = :tenant AND id = :id"};
const db::Query select_areas{"core.procedure_areas", R"(
    SELECT id, procedure_id, title, geometry FROM core_procedure_area
    WHERE procedure_id = :procedure AND tenant_id = :tenant ORDER BY position, id LIMIT 100)"};
const db::Query select_area{"core.procedure_area", R"(
    SELECT id, procedure_id, title, geometry FROM core_procedure_area WHERE tenant_id = :tenant AND id = :id)"};
const db::Query insert_area{"core.procedure_area_add", R"(
    INSERT INTO core_procedure_area (tenant_id, procedure_id, title, geometry, position)
    VALUES (:tenant, :procedure, :title, :geometry, 0) RETURNING id)"};
const db::Query delete_area{"core.procedure_area_remove",
                            "DELETE FROM core_procedure_area WHERE tenant_id = :tenant AND id = :id"};

}  // namespace

std::vector<MapLayer> map_layers(db::Tx& tx, TenantId tenant) { return tx.all<MapLayer>(select_layers, tenant); }

std::optional<MapLayer> find_map_layer(db::Tx& tx, TenantId tenant, MapLayerId id) {
    return tx.one<MapLayer>(select_layer, tenant, id);
}

MapLayerId add_map_layer(db::Tx& tx, TenantId tenant, const MapLayer& l) {
    return tx.value<MapLayerId>(insert_layer, tenant, l.title, l.kind, l.url, l.layer, l.pictures, l.attribution,
                                l.attribution_url, l.overlay, l.shown, l.min_zoom, l.max_zoom, l.position);
}

void save_map_layer(db::Tx& tx, TenantId tenant, const MapLayer& l) {
    tx.exec(update_layer, l.title, l.kind, l.url, l.layer, l.pictures, l.attribution, l.attribution_url, l.overlay,
            l.shown, l.min_zoom, l.max_zoom, l.position, tenant, l.id);
}

void remove_map_layer(db::Tx& tx, TenantId tenant, MapLayerId id) { tx.exec(delete_layer, tenant, id); }

std::vector<ProcedureArea> procedure_areas(db::Tx& tx, TenantId tenant, ProcedureId procedure) {
    return tx.all<ProcedureArea>(select_areas, procedure, tenant);
}

std::optional<ProcedureArea> find_procedure_area(db::Tx& tx, TenantId tenant, ProcedureAreaId id) {
    return tx.one<ProcedureArea>(select_area, tenant, id);
}

ProcedureAreaId add_procedure_area(db::Tx& tx, TenantId tenant, const ProcedureArea& area) {
    return tx.value<ProcedureAreaId>(insert_area, tenant, area.procedure, area.title, area.geometry);
}

void remove_procedure_area(db::Tx& tx, TenantId tenant, ProcedureAreaId id) { tx.exec(delete_area, tenant, id); }

}  // namespace mitwirken::core
