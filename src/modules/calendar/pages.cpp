// Public pages: list and month with filters, one date, the widget, teasers for the home page.
// What must stay true: the month is a table that reads well by ear; every view has an address of its own.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "calendar/templates.h"
#include "core/desk/procedure_field.h"
#include "core/forms/forms.h"
#include "core/taxonomy/taxonomy.h"
#include "core/widgets/widgets.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
namespace t = tpl::list;
constexpr int month_limit = 500;

std::string address(const Visit& visit, std::initializer_list<std::pair<const char*, std::string>> fields) {
    Form query;
    for (const char* kept : {"bezirk", "thema"})
        if (!visit.query[kept].empty()) query.add(kept, visit.query[kept]);
    for (const auto& [name, value] : fields) query.add(name, value);
    const std::string text = to_query(query);
    return text.empty() ? "" : "?" + text;
}

void fill_line(Visit& visit, html::Values& box, const Event& event) {
    note_changes(visit, event);
    auto line = box.add(t::LINE).set(t::URL, visit.url("/termine/" + event.key)).set(t::TITLE, event.title);
    std::string meta = when_words(visit, event);
    if (const auto place = place_words(visit, event); !place.empty()) meta += " · " + place;
    line.show_if(visit.in_german(), t::GERMAN);
    line.set(t::META, meta).show_if(event.cancelled, t::CANCELLED);
    if (const auto day = first_day(event))
        line.add(t::TILE).set(t::NUMBER, int(unsigned(day->day()))).set(t::LABEL, visit.language.month_short(*day));
}

void fill_list(Visit& visit, html::Values& values, bool past) {
    Filter filter{.past = past, .terms = core::terms_in_address(visit)};
    filter.after = read_cursor(visit.query["nach"]), filter.before = read_cursor(visit.query["vor"]);
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, page_size);
    values.show_if(page.events.empty(), t::EMPTY);
    if (!page.events.empty()) {
        auto lines = values.add(t::LINES);
        for (const auto& event : page.events) fill_line(visit, lines, event);
    }
    const auto turn = [&](const char* name, const Event& edge) {
        return visit.url("/termine") + (past ? address(visit, {{"vergangen", "ja"}, {name, write_cursor(edge)}})
                                             : address(visit, {{name, write_cursor(edge)}}));
    };
    const bool some = !page.events.empty();
    values.set(t::PAGER, core::pager(visit, some && page.has_earlier ? turn("vor", page.events.front()) : "",
                                     some && page.has_later ? turn("nach", page.events.back()) : "", ""));
}

// The first date that is not over at this instant, with the filters of the address; one that runs already counts for
// the day of the instant.
std::optional<Date> next_day(Visit& visit, Timestamp from) {
    const auto next =
        public_list(visit.tx, visit.tenant.id, {.terms = core::terms_in_address(visit), .from = from}, visit.now, 1)
            .events;
    const auto day = next.empty() ? std::nullopt : first_day(next.front());
    if (!day) return {};
    note_changes(visit, next.front());
    return std::max(*day, berlin_day(from));
}

// The month that was asked for, else the one with the next date: nobody begins with an empty one.
std::chrono::year_month month_of(Visit& visit) {
    const auto asked = parse_date(visit.query["monat"] + "-01");
    const Date chosen = asked ? *asked : next_day(visit, visit.now).value_or(berlin_day(visit.now));
    return chosen.year() / chosen.month();
}

std::string month_word(std::chrono::year_month month) { return to_iso(Date{month / 1}).substr(0, 7); }

void fill_cell(Visit& visit, html::Values& week, Date day, std::chrono::year_month month,
               const std::vector<Event>& events) {
    const bool today = day == berlin_day(visit.now);
    auto cell = week.add(t::CELL)
                    .set(t::ISO, to_iso(day))
                    .set(t::NUMBER, int(unsigned(day.day())))
                    .set(t::CLASS, today                               ? "calendar__today"
                                   : day.year() / day.month() == month ? ""
                                                                       : "calendar__other")
                    .show_if(today, t::TODAY);
    std::optional<html::Values> list;
    for (const auto& event : events) {
        const auto first = first_day(event), last = last_day(event);
        if (!first || day < *first || *last < day) continue;
        if (!list) list = cell.add(t::EVENTS);
        list->add(t::EVENT)
            .set(t::URL, visit.url("/termine/" + event.key))
            .set(t::TITLE, event.title)
            .show_if(visit.in_german(), t::GERMAN)
            .show_if(event.cancelled, t::CANCELLED);
    }
}

void fill_month(Visit& visit, html::Values& values, std::chrono::year_month month) {
    const Date first{month / 1};
    const Date end{(month + std::chrono::months{1}) / 1};
    const auto events =
        public_list(visit.tx, visit.tenant.id,
                    {.terms = core::terms_in_address(visit), .from = start_of(first), .until = start_of(end)},
                    visit.now, month_limit)
            .events;
    for (const auto& event : events) note_changes(visit, event);
    visit.right_until(start_of(add_days(berlin_day(visit.now), 1)));
    const auto to_month = [&](std::chrono::year_month other) {
        return visit.url("/termine") + address(visit, {{"ansicht", "monat"}, {"monat", month_word(other)}});
    };
    const auto earlier = month - std::chrono::months{1}, later = month + std::chrono::months{1};
    values.add(t::MONTH)
        .set(t::NAME, visit.language.month(first))
        .set(t::EARLIER, visit.language.month(Date{earlier / 1}))
        .set(t::EARLIER_URL, to_month(earlier))
        .set(t::LATER, visit.language.month(Date{later / 1}))
        .set(t::LATER_URL, to_month(later));
    if (events.empty()) {
        auto none = values.add(t::EMPTY_MONTH);
        // Behind the last date the way leads back to the next one from today.
        const auto later_on = next_day(visit, start_of(end));
        if (const auto next = later_on ? later_on : next_day(visit, visit.now))
            none.add(t::NEXT)
                .set(t::URL, to_month(next->year() / next->month()))
                .set(t::LABEL,
                     visit.tr(tr_noop("To the next date, in {month}",
                                      {{"month", visit.language.month(Date{next->year() / next->month() / 1})}})));
    }
    auto table = values.add(t::TABLE).set(
        t::CAPTION, visit.tr(tr_noop("Dates in {month}, Monday to Sunday", {{"month", visit.language.month(first)}})));
    const int before = int(std::chrono::weekday{std::chrono::sys_days{first}}.iso_encoding()) - 1;
    Date day = add_days(first, -before);
    for (int i = 0; i < 7; ++i) table.add(t::WEEKDAY).set(t::LABEL, visit.language.weekday(add_days(day, i)));
    while (day < end) {
        auto week = table.add(t::WEEK);
        for (int i = 0; i < 7; ++i, day = add_days(day, 1)) fill_cell(visit, week, day, month, events);
    }
}

void fill_filters(Visit& visit, html::Values& values, const std::optional<std::chrono::year_month>& month, bool past) {
    for (const auto& [name, tree, label] :
         {std::tuple{"bezirk", "district", tr_noop("District")}, std::tuple{"thema", "topic", tr_noop("Topic")}}) {
        auto group = values.add(t::GROUP).set(t::NAME, name).set(t::LABEL, visit.tr(label));
        const auto terms = core::terms(visit, tree);
        for (const auto& term : *terms)
            group.add(t::CHOICE)
                .set(t::VALUE, term.key)
                .set(t::LABEL, term.name_in(visit.language.code()))
                .show_if(visit.query[name] == term.key, t::CHOSEN);
    }
    if (month) {
        values.add(t::KEEP).set(t::NAME, "ansicht").set(t::VALUE, "monat");
        values.add(t::KEEP).set(t::NAME, "monat").set(t::VALUE, month_word(*month));
    }
    if (past) values.add(t::KEEP).set(t::NAME, "vergangen").set(t::VALUE, "ja");
    values.set(t::ACTION, visit.url("/termine"))
        .set(t::ICS_URL, visit.absolute("/termine.ics") + address(visit, {}))
        .set(t::LIST_URL, visit.url("/termine") + address(visit, {}))
        .set(t::MONTH_URL, visit.url("/termine") + address(visit, {{"ansicht", "monat"}}))
        .set(t::PAST_URL, visit.url("/termine") + address(visit, {{"vergangen", "ja"}}));
}

nlohmann::ordered_json schema_org(const Visit& visit, const Event& event) {
    nlohmann::ordered_json json{
        {"@context", "https://schema.org"},
        {"@type", "Event"},
        {"name", event.title},
        {"description", event.summary},
        {"url", visit.absolute("/termine/" + event.key)},
        {"eventStatus", event.cancelled ? "https://schema.org/EventCancelled" : "https://schema.org/EventScheduled"}};
    const auto instant = [&](Timestamp at, const std::optional<Date>& day) {
        return event.all_day && day ? to_iso(*day) : to_iso(at);
    };
    json["startDate"] = instant(*event.starts_at, first_day(event));
    if (event.ends_at) json["endDate"] = instant(*event.ends_at, last_day(event));
    const bool only_online = event.online && event.place.empty();
    json["eventAttendanceMode"] = std::string("https://schema.org/") +
                                  (only_online    ? "Online"
                                   : event.online ? "Mixed"
                                                  : "Offline") +
                                  "EventAttendanceMode";
    // A place is asked for; where none is said it is the municipality.
    const std::string& place = event.place.empty() ? visit.tenant.name : event.place;
    if (only_online)
        json["location"] = {{"@type", "VirtualLocation"}, {"url", visit.absolute("/termine/" + event.key)}};
    else
        json["location"] = {{"@type", "Place"}, {"name", place}, {"address", place}};
    if (!event.organiser.empty()) json["organizer"] = {{"@type", "Organization"}, {"name", event.organiser}};
    return json;
}

}  // namespace

http::Response list_page(Visit& visit) {
    const bool monthly = visit.query["ansicht"] == "monat", past = !monthly && visit.query["vergangen"] == "ja";
    const std::string lead = visit.tr("Events to take part in, and sittings in which participation is discussed.");
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Dates"), .lead = lead}))
        .show(monthly ? t::IS_MONTH
              : past  ? t::IS_PAST
                      : t::IS_LIST);
    const auto month = monthly ? std::optional(month_of(visit)) : std::nullopt;
    fill_filters(visit, values, month, past);
    if (month)
        fill_month(visit, values, *month);
    else
        fill_list(visit, values, past);
    return visit.page({.title = visit.tr("Dates"),
                       .description = lead,
                       .navigation = "/termine",
                       .feeds = {{visit.tr("Dates"), "application/rss+xml", "/termine.rss"},
                                 {visit.tr("Dates"), "application/atom+xml", "/termine.atom"},
                                 {visit.tr("Dates"), "text/calendar", "/termine.ics"}},
                       .kind = "list"},
                      t::file, values);
}

http::Response detail_page(Visit& visit) {
    namespace d = tpl::detail;
    const Event event = shown_event(visit);
    const bool open = is_visible(event, visit.now);
    core::Heading heading{.title = event.title,
                          .lead = event.summary,
                          .eyebrow = event.cancelled ? visit.tr("cancelled") : "",
                          .crumbs = {{visit.tr("Dates"), "/termine"}},
                          .german = visit.in_german()};
    if (open)
        heading.links.push_back(
            {core::embedding_address("/einbetten/termine/" + event.key), visit.tr("Embed"), "puzzle"});
    if (visit.may(edit_action, event.organisation))
        heading.links.push_back({"/verwaltung/termine/" + std::to_string(event.id.value), visit.tr("Edit"), "edit"});
    html::Values values;
    values.set(d::HEAD, core::page_head(visit, heading))
        .set(d::BODY, html::markdown(event.body, {.first_heading = 2}))
        .show_if(visit.in_german(), d::GERMAN)
        .show_if(!open, d::NOT_PUBLIC);
    if (event.cancelled) values.add(d::CANCELLED).set(d::REASON, event.cancelled_reason);
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) values.add(d::FACT).set(d::LABEL, visit.tr(label)).set(d::TEXT, text);
    };
    std::vector<std::string> terms;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(event.id)))
        terms.push_back(term.name_in(visit.language.code()));
    fact(tr_noop("When"), when_words(visit, event));
    fact(tr_noop("Place"), place_words(visit, event));
    fact(tr_noop("Registration"), event.registration);
    fact(tr_noop("Accessibility"), event.accessibility);
    fact(tr_noop("Organiser"), event.organiser);
    fact(tr_noop("Topics and districts"), join(terms, ", "));
    core::PageHead head{.title = event.title, .description = event.summary, .navigation = "/termine", .index = open};
    if (event.starts_at) {
        values.add(d::ICS).set(d::URL, visit.url("/termine/" + event.key + "/ics"));
        const std::string json = schema_org(visit, event).dump();
        head.json_ld = html::json_script(std::string_view(json));
    }
    if (const auto procedure = core::procedure_link(visit, event.procedure))
        values.add(d::PROCEDURE).set(d::URL, visit.url(procedure->url)).set(d::LABEL, procedure->title);
    if (!event.credit.empty()) values.add(d::SOURCE).set(d::TEXT, event.credit);
    return visit.page(head, d::file, values);
}

namespace {

core::WidgetItem widget_item(Visit& visit, const Event& event) {
    note_changes(visit, event);
    std::string meta = when_words(visit, event);
    if (const auto place = place_words(visit, event); !place.empty()) meta += " · " + place;
    return {.url = "/termine/" + event.key,
            .title = event.title,
            .meta = meta,
            .text = event.summary,
            .state = event.cancelled ? visit.tr("cancelled") : "",
            .pill = "pill--failed",
            .day = first_day(event)};
}

}  // namespace

http::Response widget_page(Visit& visit) {
    const Filter filter{.terms = core::terms_in_address(visit)};
    core::Widget widget{.title = visit.tr("Dates"), .all_url = "/termine", .all_label = visit.tr("All dates")};
    for (const auto& event :
         public_list(visit.tx, visit.tenant.id, filter, visit.now, core::widget_count(visit)).events)
        widget.items.push_back(widget_item(visit, event));
    return core::widget_list(visit, widget);
}

http::Response widget_card(Visit& visit) { return core::widget_card(visit, widget_item(visit, public_event(visit))); }

std::vector<core::Teaser> teasers(Visit& visit, const core::TeaserQuery& query) {
    if (query.section != "coming") return {};
    std::vector<core::Teaser> list;
    for (const auto& event :
         public_list(visit.tx, visit.tenant.id, {.terms = query.terms}, visit.now, query.count).events) {
        note_changes(visit, event);
        core::Teaser teaser{.kind = "event",
                            .title = event.title,
                            .summary = event.summary,
                            .url = "/termine/" + event.key,
                            .state = event.cancelled ? visit.tr("cancelled") : "",
                            .day = first_day(event),
                            .when = when_words(visit, event)};
        for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(event.id)))
            teaser.terms.push_back(term.id);
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::calendar
