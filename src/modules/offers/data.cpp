// Offers as data for other programs: JSON, RSS, GeoJSON and the API. Every answer pages by key and holds only what the
// public sees at this moment.
#include <fmt/format.h>

#include <algorithm>

#include "core/api/api.h"
#include "core/attachments/attachments.h"
#include "core/feeds/feeds.h"
#include "modules/offers/pages.h"
#include "platform/calendar/ical.h"

namespace mitwirken::offers {

namespace {

using json = core::Json;

// A version number for calendars that rises with every change: seconds since then.
const Timestamp sequence_zero = *parse_instant("2025-01-01T00:00:00Z");

json terms_json(const std::vector<const core::Term*>& terms) {
    json list = json::array();
    for (const auto* term : terms) list.push_back(core::api_term(*term));
    return list;
}

http::Response answer(const json& value, const std::string& type = "application/json; charset=utf-8") {
    auto response = http::Response::json(200, value.dump());
    response.headers.set("Content-Type", type);
    return response;
}

// One page of the list; `next` is the address of the following one or null.
json page_json(core::Visit& visit, ListView& view, int count, const std::string& next_field) {
    view.page = public_list(visit.tx, visit.tenant.id, view.filter, visit.now, count);
    view.terms = load_terms(visit, view.page.offers);
    json items = json::array();
    for (const auto& offer : view.page.offers) items.push_back(public_json(visit, offer, view.terms, false));
    json next = nullptr;
    if (view.page.has_later) {
        Form form = visit.query;
        form.remove(next_field);
        form.add(next_field, std::to_string(view.page.offers.back().id.value));
        next = visit.absolute(visit.path) + "?" + to_query(form);
    }
    return {{"items", items}, {"next", next}};
}

// The English parameters of the API in the words the filter reads.
Form translated(const Form& query) {
    static const std::map<std::string, std::string> names = {
        {"state", "stand"}, {"topic", "thema"}, {"district", "bezirk"}, {"how", "art"}, {"q", "q"}, {"after", "nach"}};
    Form form;
    for (const auto& [name, value] : query.fields())
        if (const auto at = names.find(name); at != names.end()) form.add(at->second, value == "all" ? "alle" : value);
    if (!form.has("stand")) form.add("stand", "alle");
    return form;
}

}  // namespace

json public_json(core::Visit& visit, const Offer& offer, const Terms& terms, bool whole) {
    json item = {{"key", offer.key},
                 {"title", offer.title},
                 {"summary", offer.summary},
                 {"url", visit.absolute(url_of(offer))},
                 {"external_url", core::api_text(offer.external_url)},
                 {"state", api_word(kind_of(offer, visit.now))},
                 {"starts", core::api_day(offer.starts())},
                 {"ends", core::api_day(offer.ends())},
                 {"when", when_in(visit, offer)},
                 {"how", how_words(offer.how)},
                 {"topics", terms_json(terms.topics_of(offer.id))},
                 {"districts", terms_json(terms.districts_of(offer.id))},
                 {"place", core::api_text(offer.place)},
                 {"lon", offer.lon ? json(*offer.lon) : json(nullptr)},
                 {"lat", offer.lat ? json(*offer.lat) : json(nullptr)},
                 {"changed", to_iso(offer.changed_at)}};
    if (!offer.title_en.empty()) item["title_en"] = offer.title_en;
    if (!offer.summary_en.empty()) item["summary_en"] = offer.summary_en;
    if (!whole) return item;
    item["text"] = offer.body;
    item["results"] = offer.results;
    item["contact"] = {
        {"office", offer.contact_office}, {"email", offer.contact_email}, {"phone", offer.contact_phone}};
    item["links"] = json::array();
    for (const auto& link : links_of(offer.links))
        item["links"].push_back({{"kind", link.kind},
                                 {"title", link.title},
                                 {"url", link.url.empty() ? json(nullptr) : json(visit.absolute(link.url))}});
    item["files"] = json::array();
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref(offer.id)))
        if (file.role == "document")
            item["files"].push_back({{"title", file.title.empty() ? file.name : file.title},
                                     {"url", visit.absolute(file.url())},
                                     {"type", file.type},
                                     {"size", file.size}});
    if (!offer.credit.empty()) item["source"] = offer.credit;
    return item;
}

http::Response json_feed(core::Visit& visit) {
    ListView view = read_view(visit);
    if (!visit.query.has("stand")) view.filter.kinds.clear();
    return answer(page_json(visit, view, 100, "nach"));
}

http::Response api_list(core::Visit& visit) {
    core::api_terms(visit);
    core::api_after<OfferId>(visit);
    Form query = translated(visit.query);
    core::Visit asked(visit.house, visit.tx, visit.request, visit.tenant, visit.language, visit.actor, visit.now,
                      visit.path, query, visit.form, visit.route, visit.parameters);
    ListView view = read_view(asked);
    right_until_midnight(visit);
    return answer(page_json(visit, view, core::api_limit(visit), "after"));
}

http::Response api_one(core::Visit& visit) {
    const auto offer = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!offer || !is_visible(*offer, visit.now)) throw NotFound();
    right_until_midnight(visit);
    return answer(public_json(visit, *offer, load_terms(visit, {*offer}), true));
}

http::Response rss_feed(core::Visit& visit) {
    ListView view = read_view(visit);
    if (!visit.query.has("stand")) view.filter.kinds.clear();
    view.filter.sort = Sort::newest;
    view.page = public_list(visit.tx, visit.tenant.id, view.filter, visit.now, 50);
    view.terms = load_terms(visit, view.page.offers);
    core::Feed feed{
        .title = visit.tr("Ways to take part"), .words = visit.tr("New ways to take part"), .page = "/angebote"};
    for (const auto& offer : view.page.offers) {
        core::FeedItem item{url_of(offer), title_in(visit, offer), summary_in(visit, offer), offer.publish_at};
        for (const auto* topic : view.terms.topics_of(offer.id))
            item.categories.push_back(topic->name_in(visit.language.code()));
        feed.items.push_back(std::move(item));
    }
    return core::feed_answer(visit, feed);
}

// Calendars show days, not months: the first day of what is coming and the last day of what ends.
http::Response ical(core::Visit& visit) {
    ListView view = read_view(visit);
    if (!visit.query.has("stand")) view.filter.kinds = {Kind::running, Kind::planned};
    view.filter.after = view.filter.before = {};
    std::vector<calendar::IcalEvent> events;
    const auto add = [&](const Offer& offer, const char* which, const Message& words, Timestamp day) {
        calendar::IcalEvent event;
        event.uid = fmt::format("offer-{}-{}@{}", offer.id.value, which, visit.request.host);
        event.summary = visit.tr(words) + ": " + title_in(visit, offer);
        event.description = summary_in(visit, offer);
        event.location = place_in(visit, offer, view.terms);
        event.url = visit.absolute(url_of(offer));
        event.starts = day;
        event.ends = start_of(add_days(berlin_day(day), 1));
        event.all_day = true;
        event.sequence = int(std::chrono::floor<std::chrono::seconds>(offer.changed_at - sequence_zero).count());
        event.changed = offer.changed_at;
        events.push_back(std::move(event));
    };
    const auto add_days_of = [&](const Offer& offer) {
        if (kind_of(offer, visit.now) == Kind::planned) add(offer, "begin", tr_noop("First day"), offer.starts_at);
        if (const auto last = offer.ends()) add(offer, "end", tr_noop("Last day"), start_of(*last));
    };
    // Page after page until the end: what is left out of a calendar is missed.
    for (bool more = true; more;) {
        view.page = public_list(visit.tx, visit.tenant.id, view.filter, visit.now, 500);
        view.terms = load_terms(visit, view.page.offers);
        for (const auto& offer : view.page.offers) add_days_of(offer);
        more = view.page.has_later;
        if (more) view.filter.after = view.page.offers.back().id;
    }
    auto response = http::Response::text(
        200, calendar::write_ical(visit.tr("Ways to take part") + " – " + visit.tenant.site_name, events));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return response;
}

http::Response geojson(core::Visit& visit) {
    ListView view = read_view(visit);
    if (const std::string& key = visit.query["angebot"]; !key.empty()) {
        const auto offer = find(visit.tx, visit.tenant.id, key);
        if (offer && is_visible(*offer, visit.now)) view.page.offers = {*offer};
    } else {
        view.filter.after = view.filter.before = {};
        view.page = public_list(visit.tx, visit.tenant.id, view.filter, visit.now, map_limit);
    }
    view.terms = load_terms(visit, view.page.offers);
    static constexpr std::string_view shapes[] = {"circle", "square", "diamond", "triangle"};
    json features = json::array();
    for (const auto& offer : view.page.offers) {
        const auto point = point_of(offer, view.terms);
        if (!point) continue;
        const Kind kind = kind_of(offer, visit.now);
        features.push_back({{"type", "Feature"},
                            {"geometry", {{"type", "Point"}, {"coordinates", {point->lon, point->lat}}}},
                            {"properties",
                             {{"title", title_in(visit, offer)},
                              {"href", visit.url(url_of(offer))},
                              {"state", state_name(visit, kind)},
                              {"text", place_in(visit, offer, view.terms)},
                              {"shape", shapes[std::size_t(kind)]}}}});
    }
    return answer({{"type", "FeatureCollection"}, {"features", features}}, "application/geo+json");
}

void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write) {
    bool first = true;
    write("[");
    std::vector<std::int64_t> items;
    std::map<std::int64_t, std::vector<std::string>> keys;
    std::map<std::int64_t, std::string> names;
    for (const char* tree : {"topic", "district"})
        for (const auto& term : core::terms(tx, tenant, tree)) names[term.id.value] = term.key;
    each(tx, tenant, [&](Offer&& offer) {
        if (offer.state == State::published) items.push_back(offer.id.value);
        return true;
    });
    for (const auto id : items) {
        const auto offer = find(tx, tenant, OfferId{id});
        json terms = json::array();
        for (const auto& row : core::terms_of(tx, tenant, "offers", {id})) terms.push_back(names[row.term.value]);
        const json item = {{"key", offer->key},
                           {"title", offer->title},
                           {"summary", offer->summary},
                           {"body", offer->body},
                           {"results", offer->results},
                           {"permanent", offer->permanent},
                           {"starts", core::api_day(offer->starts())},
                           {"ends", core::api_day(offer->ends())},
                           {"when", offer->when_text},
                           {"how", how_words(offer->how)},
                           {"external_url", offer->external_url},
                           {"place", offer->place},
                           {"links", json::parse(offer->links)},
                           {"terms", terms},
                           {"office", offer->contact_office},
                           {"source", offer->credit}};
        write((first ? "" : ",\n") + item.dump());
        first = false;
    }
    write("]");
}

}  // namespace mitwirken::offers
