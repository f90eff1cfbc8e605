// The manifest of maps (Karten und Adressen).
#include "core/manifest.h"

#include "core/house.h"
#include "core/maps/place_field.h"
#include "core/procedures/place.h"
#include "modules/maps/pages.h"

namespace mitwirken::maps {

namespace {

using core::Route;
using core::RouteKind;
using http::Method;
using Handler = http::Response (*)(core::Visit&);

Route open(std::string_view pattern, Handler handler, RouteKind kind) {
    return {.pattern = pattern, .permission = core::everyone, .handler = handler, .kind = kind};
}

Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}

void add_layers(core::Manifest& m) {
    Route add = staff(Method::post, "/verwaltung/karten-neu", add_layer);
    Route save = staff(Method::post, "/verwaltung/karten/{layer}", save_layer);
    add.prepare = save.prepare = ask_service;
    for (Route route : {staff(Method::get, "/verwaltung/karten", layers_page),
                        staff(Method::get, "/verwaltung/karten-neu", new_layer_page), add,
                        staff(Method::get, "/verwaltung/karten/{layer}", layer_page), save,
                        staff(Method::post, "/verwaltung/karten/{layer}/loeschen", remove_layer)})
        m.routes.push_back(std::move(route));
}

void add_areas(core::Manifest& m) {
    const auto desk = [](Method method, std::string_view pattern, Handler handler) {
        Route route = staff(method, pattern, handler);
        route.permission = core::edit_procedures_action;
        return route;
    };
    Route save = desk(Method::post, "/verwaltung/verfahren/{key}/gebiet", save_area);
    Route add = desk(Method::post, "/verwaltung/verfahren/{key}/gebiet/weitere", add_further);
    save.prepare = add.prepare = read_area_file;
    for (Route route : {open("/verfahren/{procedure}/gebiet.geojson", area_geojson, RouteKind::data),
                        open("/verfahren/{procedure}/gebiete/{area}", further_geojson, RouteKind::data),
                        desk(Method::get, "/verwaltung/verfahren/{key}/gebiet", areas_page), save, add,
                        desk(Method::post, "/verwaltung/verfahren/{key}/gebiet/{area}/loeschen", remove_further)})
        m.routes.push_back(std::move(route));
    m.procedure_screens = {{"/gebiet", tr_noop("Area of the procedure"), 50, core::edit_procedures_action}};
}

}  // namespace

core::Manifest manifest() {
    using core::Role;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "maps";
    m.title = tr_noop("Maps and addresses");
    m.recorded = {{"maps.addresses", tr_noop("List of addresses replaced")},
                  {"maps.area", tr_noop("Area of a procedure changed")},
                  {"maps.layer", tr_noop("Map layer changed")}};
    m.actions = {{edit_action, {Role::admin, Role::coordinator}}};
    Route tiles = open("/karten/{layer}/{zoom}/{x}/{y}", tile, RouteKind::data);
    tiles.embeddable = true;
    Route search = open("/adressen.json", addresses_json, RouteKind::data);
    search.prepare = core::prepare_place;
    search.cacheable = false;
    Route list = staff(Method::get, "/verwaltung/adressen/liste.csv", addresses_csv);
    list.kind = RouteKind::data;
    Route import = staff(Method::post, "/verwaltung/adressen", import_page);
    import.prepare = read_upload;
    m.routes = {tiles, search, staff(Method::get, "/verwaltung/adressen", addresses_page), import, list};
    add_layers(m);
    add_areas(m);
    m.navigation = {
        {Place::admin, "/verwaltung/adressen", tr_noop("Addresses"), 640, edit_action, "pin", "Settings"},
        {Place::admin, "/verwaltung/karten", tr_noop("Map layers"), 641, edit_action, "layers", "Settings"}};
    m.import_data = [](const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                       const core::ImportOptions& options) {
        return core::import_addresses(house, tenant, by, "mitwirken import", bytes, options.dry_run);
    };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::maps
