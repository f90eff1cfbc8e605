// Words and choices that pages and data share.
// What must stay true: days and times are those of Europe/Berlin.
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

using core::Visit;

namespace {

int minutes_of(Timestamp instant) {
    const LocalTime local = to_berlin(instant);
    return local.hour * 60 + local.minute;
}

// "16:00–18:00 Uhr", "4:00 pm – 6:00 pm"
std::string times_words(const Visit& visit, int from, int to) {
    const std::string first = visit.language.clock_time(from), last = visit.language.clock_time(to);
    const std::string_view unit = " Uhr";
    const bool german = first.size() > unit.size() && first.compare(first.size() - unit.size(), unit.size(), unit) == 0;
    return german ? first.substr(0, first.size() - unit.size()) + "–" + last : first + " – " + last;
}

}  // namespace

std::string when_words(const Visit& visit, const Event& event) {
    const auto first = first_day(event), last = last_day(event);
    if (!first) return event.approximate.empty() ? visit.tr("not fixed yet") : event.approximate;
    std::string words = visit.language.weekday(*first) + ", " + visit.language.date(*first);
    const bool one_day = *last == *first, timed = !event.all_day;
    if (timed && one_day && event.ends_at)
        return words + ", " + times_words(visit, minutes_of(*event.starts_at), minutes_of(*event.ends_at));
    if (timed) words += ", " + visit.language.clock_time(minutes_of(*event.starts_at));
    if (!one_day) words += " – " + visit.language.weekday(*last) + ", " + visit.language.date(*last);
    if (timed && event.ends_at) words += ", " + visit.language.clock_time(minutes_of(*event.ends_at));
    return words;
}

std::string place_words(const Visit& visit, const Event& event) {
    if (!event.online) return event.place;
    return event.place.empty() ? visit.tr("Online") : event.place + ", " + visit.tr("Online");
}

void note_changes(Visit& visit, const Event& event) {
    for (const auto& at : {std::optional(over_at(event)), event.publish_at, event.unpublish_at})
        if (at && *at > visit.now && *at != never) visit.right_until(*at);
}

std::optional<Cursor> read_cursor(const std::string& text) {
    const auto dot = text.find('.');
    if (dot == std::string::npos) return {};
    const auto at = to_int(text.substr(0, dot)), id = to_int(text.substr(dot + 1));
    if (!at || !id) return {};
    return Cursor{*at, *id};
}

std::string write_cursor(const Event& event) {
    return std::to_string(sort_at(event).time_since_epoch().count()) + "." + std::to_string(event.id.value);
}

Event shown_event(Visit& visit) {
    const auto event = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!event || (!is_visible(*event, visit.now) && !visit.may(edit_action, event->organisation))) throw NotFound();
    note_changes(visit, *event);
    return *event;
}

}  // namespace mitwirken::calendar
