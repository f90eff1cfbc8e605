// The manifest of the dates (Termine).
// What must stay true: everything outside knows this module by this value only.
#include <nlohmann/json.hpp>

#include "core/editorial/refresh.h"
#include "core/house.h"
#include "core/item_names.h"
#include "core/manifest.h"
#include "modules/calendar/pages.h"
#include "platform/base/text.h"

namespace mitwirken::calendar {

namespace {

using core::everyone;
using core::Role;
using core::RouteKind;
using Handler = http::Response (*)(core::Visit&);

core::Route get(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = http::Method::get, .pattern = pattern, .permission = everyone, .handler = handler, .kind = kind};
}
core::Route staff(http::Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}

void bring(db::Tx& tx, core::TenantId tenant, EventId id, Timestamp now) {
    if (const auto event = find(tx, tenant, id)) index(tx, tenant, *event, now);
}

std::vector<core::Route> routes() {
    using http::Method;
    core::Route widget = get("/einbetten/termine", widget_page), card = get("/einbetten/termine/{key}", widget_card);
    widget.embeddable = card.embeddable = true;
    core::Route all = get("/api/v1/events", api_list, RouteKind::api),
                one = get("/api/v1/events/{key}", api_one, RouteKind::api);
    describe_api(all, one);
    return {get("/termine", list_page),
            get("/termine/{key}", detail_page),
            get("/termine/{key}/ics", ics_one, RouteKind::data),
            get("/termine.ics", ics_list, RouteKind::data),
            get("/termine.rss", rss, RouteKind::data),
            get("/termine.atom", rss, RouteKind::data),
            widget,
            card,
            all,
            one,
            staff(Method::get, "/verwaltung/termine", managed_page),
            staff(Method::get, "/verwaltung/termine/{id}", edit_page),
            staff(Method::post, "/verwaltung/termine/{id}", save_form),
            staff(Method::post, "/verwaltung/termine/{id}/stand", step),
            staff(Method::post, "/verwaltung/termine/{id}/absage", cancel),
            staff(Method::get, "/verwaltung/termine/{id}/versionen", versions)};
}

// What a procedure plans becomes a draft here; the day is its day from then on.
void planned(db::Tx& tx, core::TenantId tenant, const core::MeetingPlanned& meeting, Timestamp now) {
    Event event;
    event.organisation = meeting.organisation;
    if (const auto procedure = core::find_procedure(tx, tenant, meeting.procedure)) event.procedure = procedure->key;
    event.title = meeting.title;
    event.summary = meeting.text;
    event.place = meeting.place;
    event.online = meeting.online;
    const auto from = parse_clock_time(meeting.from), until = parse_clock_time(meeting.until);
    const auto at = [&](int minutes) { return from_berlin({meeting.day, minutes / 60, minutes % 60, 0}); };
    event.all_day = !from;
    event.starts_at = from ? at(*from) : start_of(meeting.day);
    if (!from)
        event.ends_at = start_of(add_days(meeting.day, 1));
    else if (until && *until > *from)
        event.ends_at = at(*until);
    add(tx, tenant, event, {}, now);
}

void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now) {
    if (const auto* meeting = std::get_if<core::MeetingPlanned>(&event)) planned(tx, tenant, *meeting, now);
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "calendar";
    m.title = tr_noop("Dates");
    m.recorded = {{"calendar.created", tr_noop("Date written")},
                  {"calendar.changed", tr_noop("Date changed")},
                  {"calendar.state", tr_noop("State of a date changed")},
                  {"calendar.cancelled", tr_noop("Cancellation of a date changed")}};
    m.name_items = core::names_by_number("calendar_event", "title", "/verwaltung/termine/", edit_action);
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.api_schemas = api_schemas();
    using Place = core::Navigation::Place;
    m.navigation = {{Place::main, "/termine", tr_noop("Dates"), 20},
                    {Place::admin, "/verwaltung/termine", tr_noop("Dates"), 55, edit_action, "calendar", "Contents"},
                    {Place::footer, "/termine.ics", tr_noop("Dates as a calendar"), 12, "", "", "data"},
                    {Place::footer, "/termine.rss", tr_noop("Dates as RSS"), 13, "", "", "data"}};
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto event = find(visit.tx, visit.tenant.id, EventId{item});
        return event && (is_visible(*event, visit.now) || visit.may(edit_action, event->organisation));
    };
    m.teasers = teasers;
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(publish_action)) return {};
        return {{tr_noop("Dates handed in"), count_of(visit.tx, visit.tenant.id, State::handed_in),
                 "/verwaltung/termine?stand=handed_in"}};
    };
    m.personal = {{"calendar_event", "changed_by", "who changed a date last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { forget_person(tx, id); };
    m.jobs = {{"calendar.refresh", core::refresh_job<EventId>("calendar", tenant_of, bring)}};
    m.on_event = on_event;
    m.procedure_sections = procedure_sections;
    m.example = load_example;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        each(tx, tenant, [&](Event&& event) {
            index(tx, tenant, event, now);
            return true;
        });
    };
    m.figures = [](core::Visit& visit) -> std::vector<core::Task> {
        return {{tr_noop("Published dates"), count_of(visit.tx, visit.tenant.id, State::published), "/termine"}};
    };
    return m;
}

}  // namespace mitwirken::calendar
