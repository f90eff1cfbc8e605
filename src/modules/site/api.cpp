// The site's own part of the API: topics, districts, and the search over everything.
#include "core/api/api.h"
#include "core/house.h"
#include "modules/site/pages.h"
#include "platform/search/search.h"

namespace mitwirken::site {

namespace {

namespace schema = core::schema;
using core::Json;
using core::Visit;

constexpr const char* outline_words = "A closed line of [longitude, latitude]; null when it has no area.";

Json term_json(const Visit& visit, const core::Term& term) {
    const bool district = term.tree == "district";
    Json json{{"key", term.key},
              {"name", term.name},
              {"name_en", core::api_text(term.name_en)},
              {"retired", term.retired != 0},
              {"url", visit.absolute((district ? "/bezirke/" : "/themen/") + term.key)}};
    if (!district) return json;
    json["centre"] = term.lon && term.lat ? Json{{"lon", *term.lon}, {"lat", *term.lat}} : Json(nullptr);
    json["outline"] = nullptr;
    auto ring = core::outline_of(term);
    if (ring.size() < 3) return json;
    ring.push_back(ring.front());
    json["outline"] = Json::array();
    for (const auto& point : ring) json["outline"].push_back(Json::array({point.lon, point.lat}));
    return json;
}

Json topic_schema() {
    return schema::object({{"key", schema::text()},
                           {"name", schema::text()},
                           {"name_en", schema::or_null(schema::text())},
                           {"retired", schema::boolean()},
                           {"url", schema::address()}});
}

Json district_schema() {
    auto json = topic_schema();
    auto point = schema::list(schema::number());
    point["minItems"] = point["maxItems"] = 2;
    auto outline = schema::or_null(schema::list(point));
    outline["description"] = outline_words;
    json["properties"]["centre"] =
        schema::or_null(schema::object({{"lon", schema::number()}, {"lat", schema::number()}}));
    json["properties"]["outline"] = outline;
    json["required"].push_back("centre");
    json["required"].push_back("outline");
    return json;
}

Json hit_schema() {
    return schema::object({{"kind", schema::text("format, offer, event, news, documentation, page …")},
                           {"title", schema::text()},
                           {"snippet", schema::text("Words around what was found")},
                           {"url", schema::address()},
                           {"at", schema::instant()}});
}

Json search_schema() {
    auto json = schema::page_of("Hit");
    auto count = schema::integer();
    count["description"] = "Exact up to 200; 201 says that there are more.";
    json["properties"]["count"] = count;
    json["properties"]["kinds"] =
        schema::list(schema::object({{"kind", schema::text()}, {"count", schema::integer()}}));
    json["required"].push_back("count");
    json["required"].push_back("kinds");
    return json;
}

// A tree has some dozens of terms at most, so the list is cut in memory.
http::Response terms_page(Visit& visit, const std::string& tree) {
    const std::string& after = visit.query["after"];
    const auto limit = std::size_t(core::api_limit(visit));
    const auto terms = core::terms(visit.tx, visit.tenant.id, tree);
    auto at = terms.begin();
    if (!after.empty()) {
        at = std::find_if(terms.begin(), terms.end(), [&](const core::Term& term) { return term.key == after; });
        if (at == terms.end()) throw BadRequest(tr_noop("“after” is not a place of this list."));
        ++at;
    }
    auto items = Json::array();
    for (; at != terms.end() && items.size() < limit; ++at) items.push_back(term_json(visit, *at));
    return core::api_page(visit, std::move(items), at == terms.end() ? "" : std::prev(at)->key);
}

http::Response one_term(Visit& visit, const std::string& tree) {
    const auto term = core::find_term(visit.tx, visit.tenant.id, tree, visit.parameter("key"));
    if (!term) throw NotFound();
    return core::api_answer(term_json(visit, *term));
}

http::Response api_search(Visit& visit) {
    visit.reads_everything();
    const std::string text = first_letters(trimmed(visit.query["q"]), 200);
    if (text.empty()) throw BadRequest(tr_noop("Please state in “q” what to search for."));
    if (!visit.query["after"].empty() && !search::is_cursor(visit.query["after"]))
        throw BadRequest(tr_noop("“after” is not a place of this list."));
    const auto hits = search::find(visit.tx, {.tenant = visit.tenant.id.value,
                                              .audiences = {"public"},
                                              .text = text,
                                              .facet = visit.query["kind"],
                                              .limit = core::api_limit(visit),
                                              .after = visit.query["after"]});
    auto items = Json::array();
    for (const auto& hit : hits.list) {
        std::string snippet;
        for (const char c : hit.snippet)
            if (c != '\x01' && c != '\x02') snippet += c;
        items.push_back({{"kind", hit.facet},
                         {"title", hit.title},
                         {"snippet", snippet},
                         {"url", visit.absolute(hit.url)},
                         {"at", to_iso(hit.at)}});
    }
    auto kinds = Json::array();
    for (const auto& [kind, count] : hits.facets) kinds.push_back({{"kind", kind}, {"count", count}});
    return core::api_page(visit, std::move(items), hits.next, {{"count", hits.count}, {"kinds", kinds}});
}

core::Route route(std::string_view pattern, std::function<http::Response(Visit&)> handler, core::ApiDescription api) {
    return {.method = http::Method::get,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = std::move(handler),
            .kind = core::RouteKind::api,
            .api = std::move(api)};
}

}  // namespace

void add_api(core::Manifest& m) {
    m.api_schemas = {
        {"Topic", topic_schema}, {"District", district_schema}, {"Hit", hit_schema}, {"HitPage", search_schema}};
    const std::vector<core::ApiParameter> paging = {core::after_parameter(), core::limit_parameter()};
    const auto add = [&m](core::Route one) { m.routes.push_back(std::move(one)); };
    add(route("/api/v1/topics", [](Visit& visit) { return terms_page(visit, "topic"); },
              {.summary = tr_noop("Topics, in the order of the site"), .query = paging, .schema = [] {
                   return schema::page_of("Topic");
               }}));
    add(route("/api/v1/topics/{key}", [](Visit& visit) { return one_term(visit, "topic"); },
              {.summary = tr_noop("One topic"), .schema = [] { return schema::ref("Topic"); }}));
    add(route("/api/v1/districts", [](Visit& visit) { return terms_page(visit, "district"); },
              {.summary = tr_noop("Districts with their outlines"), .query = paging, .schema = [] {
                   return schema::page_of("District");
               }}));
    add(route("/api/v1/districts/{key}", [](Visit& visit) { return one_term(visit, "district"); },
              {.summary = tr_noop("One district"), .schema = [] { return schema::ref("District"); }}));
    core::ApiDescription everything{
        .summary = tr_noop("Search over everything that is public, the best hit first"),
        .query = {{.name = "q",
                   .type = "string",
                   .words = tr_noop("Words to search for"),
                   .required = true,
                   .example = "Dialog"},
                  {.name = "kind", .type = "string", .words = tr_noop("One of the kinds that the answer counts")}},
        .schema = [] { return schema::ref("HitPage"); }};
    everything.query.insert(everything.query.end(), paging.begin(), paging.end());
    add(route("/api/v1/search", api_search, std::move(everything)));
}

}  // namespace mitwirken::site
