// What was entered for others in the example's running procedure: two calls and one sheet of paper, invented.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/procedures/records.h"
#include "modules/channels/pages.h"
#include "platform/search/search.h"

namespace mitwirken::channels {

namespace {

// Everything of a contribution that came in on this day; the office's number is kept, so that the list can be read in
// once more.
void add(core::House& house, db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
         const core::Activity& activity, const nlohmann::json& e) {
    const auto kind = kind_of_texts(house.module(activity.module));
    const auto channel = entered_channel(e.at("channel").get<std::string>());
    const auto day = parse_date(e.at("received").get<std::string>());
    if (!kind || !channel || !day) return;
    const Timestamp at = from_berlin({*day, 12, 0, 0});
    core::NewContribution c{.module = activity.module, .kind = *kind, .title = e.at("title"), .body = e.at("body")};
    c.author_name = e.value("name", "");
    c.channel = *channel;
    c.participant = core::add_participant_without_browser(tx, tenant, at);
    if (e.contains("lon")) {
        c.lon = e.at("lon").get<double>();
        c.lat = e.at("lat").get<double>();
        c.place = nlohmann::json{{"type", "Point"}, {"coordinates", {*c.lon, *c.lat}}}.dump();
    }
    c.original = e.dump();
    const auto id = core::hand_in(tx, {tenant, procedure.id, activity.id, {}}, c, at);
    std::vector<core::TermId> topics;
    for (const auto& key : e.value("topics", std::vector<std::string>{}))
        if (const auto term = core::find_term(tx, tenant, "topic", key)) topics.push_back(term->id);
    core::classify(tx, tenant, {activity.module, id.value}, topics);
    add_entry(tx, tenant, procedure.id, {id, activity.id, e.value("number", ""), *day, false, {}, at});
    search::put(
        tx, {.tenant = tenant.value,
             .module = activity.module,
             .item = id.value,
             .audience = "public",
             .title = c.title,
             .summary = "",
             .body = c.body,
             .url = "/verfahren/" + procedure.key + "/" + std::string(house.module(activity.module).activity->path) +
                    "/" + activity.key + "/" + std::to_string(id.value),
             .facet = c.kind,
             .at = at});
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp) {
    const auto data = core::example_file("procedures/entered.json");
    for (const auto& e : data.at("entered")) {
        const auto procedure = core::find_procedure(tx, tenant, e.at("procedure").get<std::string>());
        if (!procedure) continue;
        const auto plan = core::load_plan(tx, *procedure);
        for (const auto& activity : plan.activities)
            if (activity.key == e.at("activity")) add(house, tx, tenant, *procedure, activity, e);
    }
}

}  // namespace mitwirken::channels
