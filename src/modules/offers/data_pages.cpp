// Everything published as data: JSON, API, RSS, GeoJSON for the map.
#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "modules/offers/pages.h"
#include "offers/templates.h"

namespace mitwirken::offers {

namespace {

using core::Visit;
using nlohmann::ordered_json;

ordered_json to_json(Visit& visit, const Offer& o) {
    note_changes(visit, o);
    auto topics = ordered_json::array(), districts = ordered_json::array(), links = ordered_json::array();
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(o.id)))
        (term.tree == "district" ? districts : topics).push_back(term.key);
    for (const auto& link : links_of(o.links))
        links.push_back({{"kind", link.kind}, {"title", link.title}, {"url", link.url}});
    const auto day = [](const std::optional<Date>& d) {
        return d ? ordered_json(mitwirken::to_iso(*d)) : ordered_json(nullptr);
    };
    ordered_json json{{"key", o.key},
                      {"title", o.title},
                      {"title_en", o.title_en},
                      {"summary", o.summary},
                      {"summary_en", o.summary_en},
                      {"body", o.body},
                      {"results", o.results},
                      {"kind", api_word(kind_of(o, visit.now))},
                      {"how", how_words(o.how)},
                      {"topics", topics},
                      {"districts", districts},
                      {"starts", day(o.starts())},
                      {"ends", day(o.ends())},
                      {"external_url", o.external_url},
                      {"place", o.place},
                      {"contact", {{"office", o.contact_office}, {"email", o.contact_email}}},
                      {"links", links},
                      {"url", visit.absolute("/angebote/" + o.key)},
                      {"changed_at", mitwirken::to_iso(o.changed_at)}};
    if (o.lon && o.lat) json["position"] = {{"lon", *o.lon}, {"lat", *o.lat}};
    return json;
}

http::Response shared(http::Response response) {
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace

http::Response api_list(Visit& visit) {
    Filter filter;
    filter.sort = Sort::newest;
    filter.after = OfferId{to_int(visit.query["after"]).value_or(0)};
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, 50);
    auto items = ordered_json::array();
    for (const auto& o : page.offers) items.push_back(to_json(visit, o));
    ordered_json answer{{"items", items}, {"next", nullptr}};
    if (page.has_later) answer["next"] = "/api/v1/offers?after=" + std::to_string(page.offers.back().id.value);
    return shared(http::Response::json(200, answer.dump()));
}

http::Response json_list(Visit& visit) { return api_list(visit); }

http::Response api_one(Visit& visit) {
    const auto o = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!o || !is_visible(*o, visit.now)) throw NotFound();
    return shared(http::Response::json(200, to_json(visit, *o).dump()));
}

http::Response geojson(Visit& visit) {
    Filter filter;
    filter.with_place = true;
    for (const auto& word : visit.query.all("stand"))
        if (const auto kind = kind_from(word)) filter.kinds.push_back(*kind);
    auto features = ordered_json::array();
    for (const auto& o : public_list(visit.tx, visit.tenant.id, filter, visit.now, map_limit).offers) {
        note_changes(visit, o);
        features.push_back(
            {{"type", "Feature"},
             {"id", o.id.value},
             {"geometry", {{"type", "Point"}, {"coordinates", {*o.lon, *o.lat}}}},
             {"properties", {{"title", o.title}, {"text", o.summary}, {"href", visit.url("/angebote/" + o.key)}}}});
    }
    http::Response response =
        http::Response::json(200, ordered_json{{"type", "FeatureCollection"}, {"features", features}}.dump());
    response.headers.set("Content-Type", "application/geo+json");
    return shared(std::move(response));
}

http::Response rss(Visit& visit) {
    namespace t = tpl::rss;
    html::Values values;
    values.set(t::TITLE, visit.tr("Ways to take part") + " – " + visit.tenant.site_name)
        .set(t::URL, visit.absolute("/angebote"))
        .set(t::SELF, visit.absolute("/angebote.rss"));
    values.set(t::WORDS,
               visit.tr("Everything you can take part in – current, permanent and past, here and on other sites."));
    Filter filter;
    filter.sort = Sort::newest;
    for (const auto& o : public_list(visit.tx, visit.tenant.id, filter, visit.now, 30).offers) {
        note_changes(visit, o);
        values.add(t::ITEM)
            .set(t::TITLE, o.title)
            .set(t::URL, visit.absolute("/angebote/" + o.key))
            .set(t::WORDS, o.summary)
            .set(t::AT, to_mail_date(o.changed_at));
    }
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
}

}  // namespace mitwirken::offers
