// Dates as data: iCal, RSS, API.
// What must stay true: only what the public sees now goes out; a date without a day is in no calendar file.
#include <nlohmann/json.hpp>

#include "calendar/templates.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
using nlohmann::ordered_json;
constexpr int calendar_limit = 500;

http::Response shared(http::Response response) {
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

http::Response calendar_file(Visit& visit, const std::vector<Event>& events) {
    const std::string& host = visit.tenant.hosts.empty() ? visit.tenant.key : visit.tenant.hosts.front();
    std::vector<IcalEvent> list;
    for (const auto& event : events) {
        note_changes(visit, event);
        if (event.starts_at) list.push_back(to_ical(event, visit.absolute("/termine/" + event.key), host));
    }
    auto response = http::Response::text(200, write_ical(visit.tr("Dates") + " – " + visit.tenant.site_name, list));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return shared(std::move(response));
}

ordered_json to_json(Visit& visit, const Event& event) {
    note_changes(visit, event);
    auto topics = ordered_json::array(), districts = ordered_json::array();
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(event.id)))
        (term.tree == "district" ? districts : topics).push_back(term.key);
    const auto instant = [](const std::optional<Timestamp>& at) {
        return at ? ordered_json(to_iso(*at)) : ordered_json(nullptr);
    };
    ordered_json json{{"key", event.key},
                      {"title", event.title},
                      {"summary", event.summary},
                      {"body", event.body},
                      {"starts_at", instant(event.starts_at)},
                      {"ends_at", instant(event.ends_at)},
                      {"all_day", event.all_day},
                      {"approximate", event.approximate},
                      {"place", event.place},
                      {"online", event.online},
                      {"registration", event.registration},
                      {"accessibility", event.accessibility},
                      {"organiser", event.organiser},
                      {"cancelled", event.cancelled},
                      {"cancelled_reason", event.cancelled_reason},
                      {"topics", topics},
                      {"districts", districts},
                      {"url", visit.absolute("/termine/" + event.key)},
                      {"changed_at", to_iso(event.changed_at)}};
    if (event.lon && event.lat) json["position"] = {{"lon", *event.lon}, {"lat", *event.lat}};
    return json;
}

Event public_event(Visit& visit) {
    const auto event = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!event || !is_visible(*event, visit.now)) throw NotFound();
    return *event;
}

}  // namespace

// Thirty days back as well: who subscribes keeps what has just been.
http::Response ics_list(Visit& visit) {
    return calendar_file(
        visit, public_list(visit.tx, visit.tenant.id,
                           {.terms = chosen_terms(visit), .from = start_of(add_days(berlin_day(visit.now), -30))},
                           visit.now, calendar_limit)
                   .events);
}

http::Response ics_one(Visit& visit) {
    const Event event = public_event(visit);
    if (!event.starts_at) throw NotFound();
    auto response = calendar_file(visit, {event});
    response.headers.set("Content-Disposition", "attachment; filename=\"" + event.key + ".ics\"");
    return response;
}

http::Response api_list(Visit& visit) {
    Filter filter{.past = visit.query["past"] == "true", .after = read_cursor(visit.query["after"])};
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, 50);
    auto items = ordered_json::array();
    for (const auto& event : page.events) items.push_back(to_json(visit, event));
    ordered_json answer{{"items", items}, {"next", nullptr}};
    if (page.has_later && !page.events.empty())
        answer["next"] = std::string("/api/v1/events?") + (filter.past ? "past=true&" : "") +
                         "after=" + write_cursor(page.events.back());
    return shared(http::Response::json(200, answer.dump()));
}

http::Response api_one(Visit& visit) {
    return shared(http::Response::json(200, to_json(visit, public_event(visit)).dump()));
}

http::Response rss(Visit& visit) {
    namespace t = tpl::rss;
    html::Values values;
    values.set(t::TITLE, visit.tr("Dates") + " – " + visit.tenant.site_name)
        .set(t::URL, visit.absolute("/termine"))
        .set(t::SELF, visit.absolute("/termine.rss"))
        .set(t::WORDS, visit.tr("Events to take part in, and sittings in which participation is discussed."));
    for (const auto& event : public_list(visit.tx, visit.tenant.id, {}, visit.now, 30).events) {
        note_changes(visit, event);
        values.add(t::ITEM)
            .set(t::TITLE, event.title)
            .set(t::URL, visit.absolute("/termine/" + event.key))
            .set(t::WORDS, when_words(visit, event) + ": " + event.summary)
            .set(t::AT, to_mail_date(event.changed_at));
    }
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
}

}  // namespace mitwirken::calendar
