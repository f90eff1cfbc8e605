// The example's dates: the sittings of the city's papers, and dates that always lie ahead.
// What must stay true: what the papers leave open stays open; no day or time is made up for them.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using nlohmann::json;

std::string text_of(const json& e, const char* name) {
    return e.contains(name) && e[name].is_string() ? e[name].get<std::string>() : "";
}

std::optional<Date> day_of(const json& e, Timestamp now) {
    if (e.contains("in_days")) return add_days(berlin_day(now), e["in_days"].get<int>());
    return parse_date(text_of(e, "date"));
}

void read_time(const json& e, Event& event, Timestamp now) {
    event.approximate = text_of(e, "approximate");
    const auto day = day_of(e, now);
    if (!day) {
        // "August 2020" is over when its year is.
        const auto year = event.approximate.size() < 4 ? std::optional<std::int64_t>()
                                                       : to_int(event.approximate.substr(event.approximate.size() - 4));
        if (year) event.ends_at = start_of(Date{std::chrono::year{int(*year) + 1} / 1 / 1});
        return;
    }
    const auto start = parse_clock_time(text_of(e, "start")), end = parse_clock_time(text_of(e, "end"));
    event.all_day = !start;
    event.starts_at = start ? from_berlin({*day, *start / 60, *start % 60, 0}) : start_of(*day);
    if (event.all_day) event.ends_at = start_of(add_days(*day, 1));
    if (start && end) event.ends_at = from_berlin({*day, *end / 60, *end % 60, 0}, Ambiguous::second);
}

Event event_of(const json& e, Timestamp now) {
    Event event;
    event.key = e.at("key");
    event.state = State::published;
    event.title = e.at("title");
    event.summary = text_of(e, "summary");
    event.body = text_of(e, "body");
    event.registration = text_of(e, "registration");
    event.accessibility = text_of(e, "accessibility");
    event.organiser = text_of(e, "organiser");
    event.credit = text_of(e, "source");
    event.procedure = text_of(e, "procedure");
    event.online = text_of(e, "place") == "online";
    if (e.contains("place") && e["place"].is_object()) {
        event.place = text_of(e["place"], "label");
        if (e["place"].contains("lon"))
            event.lon = e["place"]["lon"].get<double>(), event.lat = e["place"]["lat"].get<double>();
    }
    read_time(e, event, now);
    return event;
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("events.json");
    for (const auto& e : data.at("events")) {
        Event event = event_of(e, now);
        event.id = add(tx, tenant, event, {}, now);
        std::vector<core::TermId> terms;
        std::vector<std::string> names;
        for (const auto& [field, tree] : {std::pair{"topics", "topic"}, std::pair{"districts", "district"}})
            for (const auto& key : e.value(field, std::vector<std::string>{}))
                if (const auto term = core::find_term(tx, tenant, tree, key))
                    terms.push_back(term->id), names.push_back(term->name);
        core::classify(tx, tenant, ref_of(event.id), terms);
        core::add_revision(tx, tenant, ref_of(event.id), snapshot(event, names, ""), {}, "", now);
        index(tx, tenant, *find(tx, tenant, event.id), now);
    }
}

}  // namespace mitwirken::calendar
