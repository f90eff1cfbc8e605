// Everything published as data: API and RSS.
#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "modules/news/pages.h"
#include "news/templates.h"

namespace mitwirken::news {

namespace {

using core::Visit;
using nlohmann::ordered_json;

ordered_json to_json(Visit& visit, const Article& a) {
    auto topics = ordered_json::array(), districts = ordered_json::array();
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(a.id)))
        (term.tree == "district" ? districts : topics).push_back(term.key);
    return {{"key", a.key},
            {"title", a.title},
            {"kicker", a.kicker},
            {"lead", a.lead},
            {"body", a.body},
            {"source", a.source},
            {"day", mitwirken::to_iso(a.day)},
            {"topics", topics},
            {"districts", districts},
            {"url", visit.absolute("/neuigkeiten/" + a.key)},
            {"changed_at", mitwirken::to_iso(a.changed_at)}};
}

http::Response shared(http::Response response) {
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace

http::Response api_list(Visit& visit) {
    constexpr std::size_t most = 50;
    Filter filter;
    filter.after = ArticleId{to_int(visit.query["after"]).value_or(0)};
    auto list = listed(visit, filter, most + 1);
    const bool more = list.size() > most;
    if (more) list.pop_back();
    auto items = ordered_json::array();
    for (const auto& a : list) items.push_back(to_json(visit, a));
    ordered_json answer{{"items", items}, {"next", nullptr}};
    if (more) answer["next"] = "/api/v1/news?after=" + std::to_string(list.back().id.value);
    return shared(http::Response::json(200, answer.dump()));
}

http::Response api_one(Visit& visit) {
    const auto a = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!a || !is_visible(*a, visit.now)) throw NotFound();
    if (const auto at = core::next_change(a->schedule(), visit.now)) visit.right_until(*at);
    return shared(http::Response::json(200, to_json(visit, *a).dump()));
}

http::Response rss(Visit& visit) {
    namespace t = tpl::rss;
    html::Values values;
    values.set(t::TITLE, visit.tr("News") + " – " + visit.tenant.site_name)
        .set(t::URL, visit.absolute("/neuigkeiten"))
        .set(t::SELF, visit.absolute("/neuigkeiten.rss"))
        .set(t::WORDS, visit.tr("What is new about taking part."));
    for (const auto& a : listed(visit, {}, 30))
        values.add(t::ITEM)
            .set(t::TITLE, a.title)
            .set(t::URL, visit.absolute("/neuigkeiten/" + a.key))
            .set(t::WORDS, a.lead)
            .set(t::AT, to_mail_date(start_of(a.day)));
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
}

}  // namespace mitwirken::news
