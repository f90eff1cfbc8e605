// The rules of dates: pure functions, no database, no clock of their own.
// What must stay true: to_form() and check() are each other's inverse.
#include "modules/calendar/events.h"

#include <algorithm>

#include <fmt/format.h>

#include "platform/base/text.h"
#include "platform/geo/geo.h"
#include "platform/html/html.h"

namespace mitwirken::calendar {

namespace {

std::optional<Date> read_day(const Form& form, const char* field, Problems& problems) {
    const std::string text = trimmed(form[field]);
    if (text.empty()) return {};
    const auto day = parse_date(text);
    if (!day) problems.add(field, tr_noop("Please give a day that exists, for example 2027-03-31."));
    return day;
}

std::optional<int> read_time(const Form& form, const char* field, Problems& problems) {
    const std::string text = trimmed(form[field]);
    if (text.empty()) return {};
    const auto minutes = parse_clock_time(text);
    if (!minutes) problems.add(field, tr_noop("Please give a time such as 18:30."));
    return minutes;
}

Timestamp at(Date day, int minutes, Ambiguous choice = Ambiguous::first) {
    return from_berlin({day, minutes / 60, minutes % 60, 0}, choice);
}

void read_time_span(const Form& form, Event& event, Problems& problems) {
    const auto day = read_day(form, "day", problems), last = read_day(form, "last_day", problems);
    const auto start = read_time(form, "start_time", problems), end = read_time(form, "end_time", problems);
    if (problems.any()) return;
    if (!day) {
        if (start || end) problems.add("day", tr_noop("Please give the day as well."));
        if (event.approximate.empty())
            problems.add("day", tr_noop("Please give a day, or say in words when it will be."));
        if (last) event.ends_at = start_of(add_days(*last, 1));
        return;
    }
    event.all_day = !start;
    if (event.all_day) {
        if (end) problems.add("start_time", tr_noop("Please say when it begins as well."));
        event.starts_at = start_of(*day);
        event.ends_at = start_of(add_days(last.value_or(*day), 1));
    } else {
        event.starts_at = at(*day, *start);
        if (end)
            event.ends_at = at(last.value_or(*day), *end, Ambiguous::second);
        else if (last)
            problems.add("end_time", tr_noop("Please say when it ends as well."));
    }
    if (event.ends_at && *event.ends_at <= *event.starts_at)
        problems.add("end_time", tr_noop("The end must be after the beginning."));
}

void read_place(const Form& form, Event& event, Problems& problems) {
    event.place = trimmed(form["place"]);
    const std::string lat = trimmed(form["lat"]), lon = trimmed(form["lon"]);
    if (lat.empty() && lon.empty()) return;
    const auto point = geo::parse_point(lat, lon);
    if (!point)
        return problems.add("lat",
                            tr_noop("This is no place in Germany. Latitude is about 51.5, longitude about 7.5."));
    event.lat = point->lat;
    event.lon = point->lon;
}

std::string clock_text(Timestamp instant) {
    const LocalTime local = to_berlin(instant);
    return fmt::format("{:02}:{:02}", local.hour, local.minute);
}

}  // namespace

bool is_visible(const Event& event, Timestamp now) { return core::is_public(event.schedule(), now); }

Timestamp sort_at(const Event& event) {
    return event.starts_at ? *event.starts_at : event.ends_at ? *event.ends_at : never;
}

Timestamp over_at(const Event& event) {
    if (event.ends_at) return *event.ends_at;
    return event.starts_at ? start_of(add_days(berlin_day(*event.starts_at), 1)) : never;
}

int span_of(const Event& event) {
    const auto lasts = over_at(event) - sort_at(event);
    const auto* at = std::find_if(span_lengths.begin(), span_lengths.end(), [&](auto most) { return lasts <= most; });
    return int(at - span_lengths.begin());
}

std::optional<Date> first_day(const Event& event) {
    if (!event.starts_at) return {};
    return berlin_day(*event.starts_at);
}

std::optional<Date> last_day(const Event& event) {
    if (!event.starts_at) return {};
    return berlin_day(event.ends_at ? *event.ends_at - std::chrono::milliseconds{1} : *event.starts_at);
}

Result<Event> check(const Form& form) {
    Problems problems;
    Event event;
    event.title = trimmed(form["title"]);
    event.summary = trimmed(form["summary"]);
    event.body = trimmed(form["body"]);
    event.approximate = trimmed(form["approximate"]);
    event.online = form["online"] == "on";
    event.registration = trimmed(form["registration"]);
    event.accessibility = trimmed(form["accessibility"]);
    event.organiser = trimmed(form["organiser"]);
    event.credit = trimmed(form["credit"]);
    event.procedure = trimmed(form["procedure"]);
    event.organisation = core::OrganisationId{to_int(form["organisation"]).value_or(0)};
    if (event.title.empty()) problems.add("title", tr_noop("Please give the date a title."));
    if (event.summary.empty()) problems.add("summary", tr_noop("Please say in one or two sentences what it is about."));
    static const std::pair<const char*, std::size_t> limits[] = {
        {"title", 200},        {"summary", 400},       {"body", 20000},    {"approximate", 200}, {"place", 200},
        {"registration", 500}, {"accessibility", 500}, {"organiser", 200}, {"credit", 400}};
    for (const auto& [field, limit] : limits)
        if (letters(form[field]) > limit)
            problems.add(field, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
    read_place(form, event, problems);
    const auto schedule = core::read_schedule(form, problems);
    event.publish_at = schedule.publish_at, event.unpublish_at = schedule.unpublish_at;
    Problems of_time;
    read_time_span(form, event, of_time);
    problems.append(of_time);
    if (problems.any()) return problems;
    return event;
}

Form to_form(const Event& event) {
    Form form;
    form.add("title", event.title), form.add("summary", event.summary), form.add("body", event.body);
    const auto first = first_day(event), last = last_day(event);
    if (first) form.add("day", to_iso(*first));
    if (first && last && *first != *last) form.add("last_day", to_iso(*last));
    if (!first && event.ends_at)
        form.add("last_day", to_iso(berlin_day(*event.ends_at - std::chrono::milliseconds{1})));
    if (first && !event.all_day) {
        form.add("start_time", clock_text(*event.starts_at));
        if (event.ends_at) form.add("end_time", clock_text(*event.ends_at));
    }
    form.add("approximate", event.approximate), form.add("place", event.place);
    form.add("lat", event.lat ? fmt::format("{:.5f}", *event.lat) : "");
    form.add("lon", event.lon ? fmt::format("{:.5f}", *event.lon) : "");
    if (event.online) form.add("online", "on");
    form.add("registration", event.registration), form.add("accessibility", event.accessibility);
    form.add("organiser", event.organiser), form.add("credit", event.credit);
    form.add("organisation", std::to_string(event.organisation.value));
    form.add("procedure", event.procedure);
    core::write_schedule(form, event.schedule());
    return form;
}

std::optional<State> next_state(State from, const std::string& step) {
    if (step == "hand_in" && from == State::draft) return State::handed_in;
    if (step == "return" && from != State::draft && from != State::archived) return State::draft;
    if (step == "agree" && from == State::handed_in) return State::agreed;
    if (step == "publish" && from != State::published && from != State::archived) return State::published;
    if (step == "archive" && from != State::archived) return State::archived;
    if (step == "restore" && from == State::archived) return State::draft;
    return {};
}

core::Snapshot snapshot(const Event& event, const std::vector<std::string>& terms, const std::string& organisation) {
    const Form form = to_form(event);
    return {{"Title", event.title},
            {"Summary", event.summary},
            {"Text", event.body},
            {"Day", form["day"]},
            {"Begins at", form["start_time"]},
            {"Last day", form["last_day"]},
            {"Ends at", form["end_time"]},
            {"When, in words", event.approximate},
            {"Place", event.place},
            {"Online", event.online ? "✓" : ""},
            {"Registration", event.registration},
            {"Accessibility", event.accessibility},
            {"Organiser", event.organiser},
            {"Topics and districts", join(terms, ", ")},
            {"Department", organisation},
            {std::string(tr_noop("Procedure").id), event.procedure},
            {std::string(tr_noop("Cancelled because").id), event.cancelled ? event.cancelled_reason : ""},
            {"Source", event.credit}};
}

IcalEvent to_ical(const Event& event, const std::string& address, const std::string& host) {
    std::string words = event.summary;
    if (event.cancelled && !event.cancelled_reason.empty()) words = event.cancelled_reason + "\n\n" + words;
    if (!event.body.empty()) words += "\n\n" + html::markdown_to_text(event.body);
    return {.uid = "event-" + std::to_string(event.id.value) + "@" + host,
            .summary = event.title,
            .description = words,
            .location = event.place.empty() && event.online ? "Online" : event.place,
            .url = address,
            .starts = *event.starts_at,
            .ends = event.ends_at,
            .all_day = event.all_day,
            .cancelled = event.cancelled,
            .sequence = int(event.sequence),
            .changed = event.changed_at};
}

}  // namespace mitwirken::calendar
