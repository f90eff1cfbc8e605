// Dates as data: iCal and feeds. The API is in api.cpp.
// What must stay true: only what the public sees now goes out; a date without a day is in no calendar file.
#include <utility>

#include "core/feeds/feeds.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
constexpr int piece = 500;
constexpr int days_back = 365;

http::Response shared(http::Response response) {
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

// Dates as a calendar writes them; `below` is the address of all of them.
struct Written {
    std::string below, host;
    std::string operator()(const std::vector<Event>& events) const {
        std::vector<IcalEvent> list;
        for (const auto& event : events)
            if (event.starts_at) list.push_back(to_ical(event, below + event.key, host));
        return ical_events(list);
    }
};

Written writer(const Visit& visit) {
    return {visit.absolute("/termine/"), visit.tenant.hosts.empty() ? visit.tenant.key : visit.tenant.hosts.front()};
}

std::string name_of(const Visit& visit) { return visit.tr("Dates") + " – " + visit.tenant.site_name; }

http::Response calendar_file(Visit& visit, const std::vector<Event>& events) {
    for (const auto& event : events) note_changes(visit, event);
    auto response = http::Response::text(200, ical_head(name_of(visit)) + writer(visit)(events) + ical_end());
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return shared(std::move(response));
}

// A calendar that is longer than one piece goes out as it is read, in as much memory as one piece takes.
http::Response long_calendar(const Visit& visit, Filter filter, const ListPage& first) {
    http::Response response;
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    filter.after = Cursor{sort_at(first.events.back()).time_since_epoch().count(), first.events.back().id.value};
    const auto write = writer(visit);
    response.producer = [database = visit.house.database, tenant = visit.tenant.id, now = visit.now, write, filter,
                         begin = ical_head(name_of(visit)) + write(first.events)](std::string& out) mutable {
        out += std::exchange(begin, "");
        ListPage page;
        database->read([&](db::Tx& tx) { page = public_list(tx, tenant, filter, now, piece); });
        out += write(page.events);
        if (page.has_later)
            filter.after = Cursor{sort_at(page.events.back()).time_since_epoch().count(), page.events.back().id.value};
        else
            out += ical_end();
        return page.has_later;
    };
    return shared(std::move(response));
}

}  // namespace

Event public_event(Visit& visit) {
    const auto event = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!event || !is_visible(*event, visit.now)) throw NotFound();
    return *event;
}

// Everything from a year ago onwards: who subscribes keeps what has been, and misses nothing of what comes.
http::Response ics_list(Visit& visit) {
    const Filter filter{.terms = core::terms_in_address(visit),
                        .from = start_of(add_days(berlin_day(visit.now), -days_back))};
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, piece);
    return page.has_later ? long_calendar(visit, filter, page) : calendar_file(visit, page.events);
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
