// The home page and what belongs to the whole site: districts, topics, open data, embedding, site map, map tiles.
// Nothing here knows another module: everything comes from the manifests.
#include "core/manifest.h"

#include "modules/site/pages.h"

namespace mitwirken::site {

namespace {

using core::Route;
using core::RouteKind;
using Handler = http::Response (*)(core::Visit&);

Route get(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = http::Method::get,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .kind = kind};
}

Route staff(http::Method method, std::string_view pattern, Handler handler) {
    return {
        .method = method, .pattern = pattern, .permission = embedding_action, .handler = handler, .cacheable = false};
}

}  // namespace

core::Manifest manifest() {
    using http::Method;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "site";
    m.title = tr_noop("Home page");
    m.recorded = {{"site.embedding", tr_noop("Sites that may embed changed")}};
    m.actions = {{embedding_action, {core::Role::admin}}};
    m.settings = {{.key = "site.slogan",
                   .label = tr_noop("Heading of the home page"),
                   .hint = tr_noop("One line, for example “Dortmund gestalten. Gemeinsam.”"),
                   .initial = ""},
                  {.key = "site.dortmund",
                   .kind = core::Setting::Kind::on_off,
                   .label = tr_noop("The home page shows the drawing of Dortmund"),
                   .hint = tr_noop("Otherwise it shows a drawing that suits every town."),
                   .initial = "off"},
                  {.key = "site.basemap",
                   .kind = core::Setting::Kind::on_off,
                   .label = tr_noop("Maps may show basemap.de"),
                   .hint = tr_noop("Our server fetches and keeps the pictures; visitors’ addresses stay here."),
                   .initial = "off"}};
    m.routes = {get("/", home),
                get("/bezirke/{key}", district),
                get("/themen/{key}", topic),
                get("/suche", search_page),
                get("/offene-daten", open_data),
                get("/offene-daten/api", api_page),
                get("/sitemap.xml", site_map, RouteKind::data),
                get("/robots.txt", robots, RouteKind::data),
                get("/bezirke.geojson", districts_geojson, RouteKind::data),
                get("/api/v1/openapi.json", openapi, RouteKind::data),
                staff(Method::get, "/verwaltung/einbetten", embedding_page),
                staff(Method::post, "/verwaltung/einbetten", save_embedding)};
    add_api(m);
    m.navigation = {{Place::footer, "/offene-daten", tr_noop("Open data and embedding"), 90, "", "", "data"},
                    {Place::admin, "/verwaltung/einbetten", tr_noop("Embedding"), 920, embedding_action, "puzzle",
                     tr_noop("Settings").id}};
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths{"/"};
        for (const auto& [tree, path] : {std::pair{"district", "/bezirke/"}, std::pair{"topic", "/themen/"}})
            for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
                if (!term.retired) paths.push_back(path + term.key);
        return paths;
    };
    m.example = [](core::House&, db::Tx& tx, core::TenantId tenant, Timestamp) {
        core::set_setting(tx, tenant, "site.slogan", "Dortmund gestalten. Gemeinsam.");
        core::set_setting(tx, tenant, "site.dortmund", "on");
    };
    return m;
}

}  // namespace mitwirken::site
