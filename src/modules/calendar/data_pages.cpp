// Dates as data: iCal and feeds. The API is in api.cpp.
// What must stay true: only what the public sees now goes out; a date without a day is in no calendar file.
#include "core/feeds/feeds.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
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

}  // namespace

Event public_event(Visit& visit) {
    const auto event = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!event || !is_visible(*event, visit.now)) throw NotFound();
    return *event;
}

// Thirty days back as well: who subscribes keeps what has just been.
http::Response ics_list(Visit& visit) {
    return calendar_file(visit, public_list(visit.tx, visit.tenant.id,
                                            {.terms = core::terms_in_address(visit),
                                             .from = start_of(add_days(berlin_day(visit.now), -30))},
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

http::Response rss(Visit& visit) {
    core::Feed feed{.title = visit.tr("Dates"),
                    .words = visit.tr("Events to take part in, and sittings in which participation is discussed."),
                    .page = "/termine"};
    const Filter filter{.terms = core::terms_in_address(visit)};
    for (const auto& event : public_list(visit.tx, visit.tenant.id, filter, visit.now, 30).events) {
        note_changes(visit, event);
        feed.items.push_back(
            {"/termine/" + event.key, event.title, when_words(visit, event) + ": " + event.summary, event.changed_at});
    }
    return core::feed_answer(visit, feed);
}

}  // namespace mitwirken::calendar
