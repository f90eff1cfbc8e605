// Writing calendars with libical; see ical.h.
// What must stay true: every property is made by libical, and the tree of components frees itself in every case.
#include "platform/calendar/ical.h"

#include <libical/ical.h>

#include <memory>

namespace mitwirken::calendar {

namespace {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

icaltimetype day_of(Timestamp instant) {
    const Date day = berlin_day(instant);
    icaltimetype time = icaltime_null_date();
    time.year = int(day.year()), time.month = int(unsigned(day.month())), time.day = int(unsigned(day.day()));
    return time;
}

icaltimetype utc_of(Timestamp instant) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
    return icaltime_from_timet_with_zone(time_t(seconds), 0, icaltimezone_get_utc_timezone());
}

// Control characters have no form in a calendar; a tab becomes a blank.
std::string plain(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\t')
            result += ' ';
        else if (c == '\n' || static_cast<unsigned char>(c) >= 0x20)
            result += c;
    }
    return result;
}

icalproperty* named(const char* name, const std::string& value) {
    icalproperty* property = icalproperty_new_x(plain(value).c_str());
    icalproperty_set_x_name(property, name);
    return property;
}

icalcomponent* component_of(const IcalEvent& event) {
    icalcomponent* c = icalcomponent_new_vevent();
    const auto add = [c](icalproperty* property) { icalcomponent_add_property(c, property); };
    add(icalproperty_new_uid(plain(event.uid).c_str()));
    add(icalproperty_new_dtstamp(utc_of(event.changed)));
    add(icalproperty_new_lastmodified(utc_of(event.changed)));
    add(icalproperty_new_sequence(event.sequence));
    add(icalproperty_new_dtstart(event.all_day ? day_of(event.starts) : utc_of(event.starts)));
    if (event.ends && *event.ends > event.starts)
        add(icalproperty_new_dtend(event.all_day ? day_of(*event.ends) : utc_of(*event.ends)));
    add(icalproperty_new_summary(plain(event.summary).c_str()));
    if (!event.description.empty()) add(icalproperty_new_description(plain(event.description).c_str()));
    if (!event.location.empty()) add(icalproperty_new_location(plain(event.location).c_str()));
    if (!event.url.empty()) add(icalproperty_new_url(plain(event.url).c_str()));
    add(icalproperty_new_status(event.cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    return c;
}

}  // namespace

namespace {

std::string text_of(icalcomponent* component) {
    const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(
        reinterpret_cast<char*>(icalcomponent_as_ical_string_r(component)),
        [](void* buffer) { icalmemory_free_buffer(buffer); });
    return text ? text.get() : "";
}

}  // namespace

std::string ical_end() { return "END:VCALENDAR\r\n"; }

std::string ical_head(const std::string& name) {
    const Component calendar(icalcomponent_new_vcalendar(), &icalcomponent_free);
    icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Mitwirken//Calendar//DE"));
    icalcomponent_add_property(calendar.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
    icalcomponent_add_property(calendar.get(), named("X-WR-CALNAME", name));
    icalcomponent_add_property(calendar.get(), named("X-PUBLISHED-TTL", "PT6H"));
    std::string text = text_of(calendar.get());
    text.resize(text.size() - std::min(text.size(), ical_end().size()));
    return text;
}

std::string ical_events(const std::vector<IcalEvent>& events) {
    std::string text;
    for (const auto& event : events) text += text_of(Component(component_of(event), &icalcomponent_free).get());
    return text;
}

std::string write_ical(const std::string& name, const std::vector<IcalEvent>& events) {
    return ical_head(name) + ical_events(events) + ical_end();
}

}  // namespace mitwirken::calendar
