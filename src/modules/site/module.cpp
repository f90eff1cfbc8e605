// The home page and what belongs to the whole site: districts, topics, open data, site map, map tiles.
// Nothing here knows another module: everything comes from the manifests' teasers.
#include "core/manifest.h"

#include "modules/site/pages.h"

namespace mitwirken::site {

core::Manifest manifest() {
    using core::everyone;
    const auto page = [](std::string_view pattern, http::Response (*handler)(core::Visit&),
                         core::RouteKind kind = core::RouteKind::page) {
        core::Route route{
            .method = http::Method::get, .pattern = pattern, .permission = everyone, .handler = handler, .kind = kind};
        route.reads = {"offers", "toolbox", "news", "calendar", "documentation"};
        return route;
    };
    core::Manifest m;
    m.name = "site";
    m.title = tr_noop("Home page");
    core::Route tiles = page("/karten/{layer}/{zoom}/{x}/{y}", tile, core::RouteKind::data);
    tiles.embeddable = true;
    m.routes = {page("/", home),
                page("/bezirke/{key}", district),
                page("/themen/{key}", topic),
                page("/suche", search_page),
                page("/offene-daten", open_data),
                page("/sitemap.xml", site_map, core::RouteKind::data),
                page("/robots.txt", robots, core::RouteKind::data),
                tiles,
                page("/api/v1/openapi.json", openapi, core::RouteKind::data)};
    using Place = core::Navigation::Place;
    m.navigation = {{Place::footer, "/offene-daten", tr_noop("Open data and embedding"), 90, "", "", "data"}};
    return m;
}

}  // namespace mitwirken::site
