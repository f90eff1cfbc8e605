// Dates in the API: what it answers, and what may be asked.
// What must stay true: the schema here describes every field of to_json, and no other.
#include "core/api/api.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

namespace schema = core::schema;
using core::Json;
using core::Visit;

Json to_json(Visit& visit, const Event& event) {
    note_changes(visit, event);
    Json json{{"key", event.key},
              {"title", event.title},
              {"summary", event.summary},
              {"body", event.body},
              {"starts_at", core::api_instant(event.starts_at)},
              {"ends_at", core::api_instant(event.ends_at)},
              {"all_day", event.all_day},
              {"approximate", event.approximate},
              {"place", event.place},
              {"online", event.online},
              {"registration", event.registration},
              {"accessibility", event.accessibility},
              {"organiser", event.organiser},
              {"cancelled", event.cancelled},
              {"cancelled_reason", event.cancelled_reason},
              {"url", visit.absolute("/termine/" + event.key)},
              {"changed_at", to_iso(event.changed_at)}};
    core::add_api_terms(json, core::terms_of(visit.tx, visit.tenant.id, ref_of(event.id)));
    json["position"] = event.lon && event.lat ? Json{{"lon", *event.lon}, {"lat", *event.lat}} : Json(nullptr);
    return json;
}

Json event_schema() {
    const auto point = schema::object({{"lon", schema::number()}, {"lat", schema::number()}});
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"summary", schema::text()},
                           {"body", schema::markdown()},
                           {"starts_at", schema::or_null(schema::instant())},
                           {"ends_at", schema::or_null(schema::instant())},
                           {"all_day", schema::boolean()},
                           {"approximate", schema::text("When, in words, while no day is known")},
                           {"place", schema::text()},
                           {"online", schema::boolean()},
                           {"registration", schema::text()},
                           {"accessibility", schema::text()},
                           {"organiser", schema::text()},
                           {"cancelled", schema::boolean()},
                           {"cancelled_reason", schema::text()},
                           {"url", schema::address()},
                           {"changed_at", schema::instant()},
                           {"topics", schema::list(schema::ref("Term"))},
                           {"districts", schema::list(schema::ref("Term"))},
                           {"position", schema::or_null(point)}});
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() { return {{"Event", event_schema}}; }

void describe_api(core::Route& all, core::Route& one) {
    all.api = {.summary = tr_noop("Published dates, the next one first"),
               .query = {{.name = "past",
                          .type = "boolean",
                          .words = tr_noop("Those that are over, the latest first; false if not stated")},
                         {.name = "from", .type = "date", .words = tr_noop("Dates on this day or later")},
                         {.name = "until", .type = "date", .words = tr_noop("Dates on this day or earlier")},
                         core::topic_parameter(),
                         core::district_parameter(),
                         core::after_parameter(),
                         core::limit_parameter()},
               .schema = [] { return schema::page_of("Event"); }};
    one.api = {.summary = tr_noop("One published date"), .schema = [] { return schema::ref("Event"); }};
}

http::Response api_list(Visit& visit) {
    const Form& query = visit.query;
    Filter filter{.past = query["past"] == "true", .terms = core::api_terms(visit)};
    if (const auto day = parse_date(query["from"])) filter.from = start_of(*day);
    if (const auto day = parse_date(query["until"])) filter.until = start_of(add_days(*day, 1));
    if (query.has("past") && (filter.from || filter.until))
        throw BadRequest(tr_noop("Please state either “past” or a period."));
    filter.after = read_cursor(query["after"]);
    if (!query["after"].empty() && !filter.after) throw BadRequest(tr_noop("“after” is not a place of this list."));
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, core::api_limit(visit));
    auto items = Json::array();
    for (const auto& event : page.events) items.push_back(to_json(visit, event));
    const bool more = page.has_later && !page.events.empty();
    return core::api_page(visit, std::move(items), more ? write_cursor(page.events.back()) : "");
}

http::Response api_one(Visit& visit) { return core::api_answer(to_json(visit, public_event(visit))); }

}  // namespace mitwirken::calendar
