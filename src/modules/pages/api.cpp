// Standing pages in the API.
#include "core/api/api.h"
#include "modules/pages/pages.h"

namespace mitwirken::pages {

namespace {

namespace schema = core::schema;
using core::Json;
using core::Visit;

Json to_json(const Visit& visit, const Page& p) {
    return {{"key", p.key},
            {"title", p.title},
            {"title_en", core::api_text(p.title_en)},
            {"body", p.body},
            {"body_en", core::api_text(p.body_en)},
            {"url", visit.absolute(path_of(p.key))}};
}

Json page_schema() {
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"title_en", schema::or_null(schema::text())},
                           {"body", schema::markdown()},
                           {"body_en", schema::or_null(schema::markdown())},
                           {"url", schema::address()}});
}

bool shown(Visit& visit, const Page& p) {
    if (const auto at = core::next_change(p.schedule(), visit.now)) visit.right_until(*at);
    return core::is_public(p.schedule(), visit.now);
}

// A site has a dozen of these, so the list is cut in memory.
http::Response api_list(Visit& visit) {
    const auto after = core::api_after<PageId>(visit);
    const auto limit = std::size_t(core::api_limit(visit));
    auto items = Json::array();
    PageId last;
    bool more = false;
    for (const auto& p : all(visit.tx, visit.tenant.id)) {
        if (p.id <= after || !shown(visit, p)) continue;
        more = items.size() == limit;
        if (more) break;
        items.push_back(to_json(visit, p));
        last = p.id;
    }
    return core::api_page(visit, std::move(items), more ? std::to_string(last.value) : "");
}

http::Response api_one(Visit& visit) {
    const auto p = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!p || !shown(visit, *p)) throw NotFound();
    return core::api_answer(to_json(visit, *p));
}

}  // namespace

void add_api(core::Manifest& m) {
    m.api_schemas = {{"Page", page_schema}};
    m.routes.push_back({.method = http::Method::get,
                        .pattern = "/api/v1/pages",
                        .permission = core::everyone,
                        .handler = api_list,
                        .kind = core::RouteKind::api,
                        .api = {.summary = tr_noop("Standing pages of the site"),
                                .query = {core::after_parameter(), core::limit_parameter()},
                                .schema = [] { return schema::page_of("Page"); }}});
    m.routes.push_back(
        {.method = http::Method::get,
         .pattern = "/api/v1/pages/{key}",
         .permission = core::everyone,
         .handler = api_one,
         .kind = core::RouteKind::api,
         .api = {.summary = tr_noop("One standing page"), .schema = [] { return schema::ref("Page"); }}});
}

}  // namespace mitwirken::pages
