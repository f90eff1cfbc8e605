// The manifest of maps (Karten und Adressen).
#include "core/manifest.h"

#include "core/house.h"
#include "core/maps/place_field.h"
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

}  // namespace

core::Manifest manifest() {
    using core::Role;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "maps";
    m.title = tr_noop("Maps and addresses");
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
    m.navigation = {{Place::admin, "/verwaltung/adressen", tr_noop("Addresses"), 640, edit_action, "pin", "Settings"}};
    m.import_data = [](const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                       bool dry_run) {
        return core::import_addresses(house, tenant, by, "mitwirken import", bytes, dry_run);
    };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::maps
