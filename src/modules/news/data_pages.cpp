// Everything published as data: API and RSS.
#include "core/api/api.h"
#include "core/feeds/feeds.h"
#include "modules/news/pages.h"

namespace mitwirken::news {

namespace {

using core::Json;
using core::Visit;
namespace schema = core::schema;

Json to_json(Visit& visit, const Article& a) {
    Json json{{"key", a.key},
              {"title", a.title},
              {"kicker", a.kicker},
              {"lead", a.lead},
              {"body", a.body},
              {"source", a.source},
              {"day", mitwirken::to_iso(a.day)},
              {"url", visit.absolute("/neuigkeiten/" + a.key)},
              {"changed_at", mitwirken::to_iso(a.changed_at)}};
    core::add_api_terms(json, core::terms_of(visit.tx, visit.tenant.id, ref_of(a.id)));
    return json;
}

Json article_schema() {
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"kicker", schema::text("A word above the title")},
                           {"lead", schema::text()},
                           {"body", schema::markdown()},
                           {"source", schema::text()},
                           {"day", schema::day()},
                           {"url", schema::address()},
                           {"changed_at", schema::instant()},
                           {"topics", schema::list(schema::ref("Term"))},
                           {"districts", schema::list(schema::ref("Term"))}});
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() { return {{"Article", article_schema}}; }

void describe_api(core::Route& all, core::Route& one) {
    all.api = {.summary = tr_noop("Published news, newest first"),
               .query = {core::topic_parameter(), core::district_parameter(), core::after_parameter(),
                         core::limit_parameter()},
               .schema = [] { return schema::page_of("Article"); }};
    one.api = {.summary = tr_noop("One published article"), .schema = [] { return schema::ref("Article"); }};
}

http::Response api_list(Visit& visit) {
    const auto limit = std::size_t(core::api_limit(visit));
    auto list = listed(visit, {core::api_terms(visit), core::api_after<ArticleId>(visit)}, int(limit) + 1);
    const bool more = list.size() > limit;
    if (more) list.pop_back();
    auto items = Json::array();
    for (const auto& a : list) items.push_back(to_json(visit, a));
    return core::api_page(visit, std::move(items), more ? std::to_string(list.back().id.value) : "");
}

http::Response api_one(Visit& visit) {
    const auto a = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!a || !is_visible(*a, visit.now)) throw NotFound();
    if (const auto at = core::next_change(a->schedule(), visit.now)) visit.right_until(*at);
    return core::api_answer(to_json(visit, *a));
}

http::Response rss(Visit& visit) {
    core::Feed feed{
        .title = visit.tr("News"), .words = visit.tr("What is new about taking part."), .page = "/neuigkeiten"};
    for (const auto& a : listed(visit, {core::terms_in_address(visit), {}}, 30))
        feed.items.push_back({"/neuigkeiten/" + a.key, a.title, a.lead, start_of(a.day)});
    return core::feed_answer(visit, feed);
}

}  // namespace mitwirken::news
