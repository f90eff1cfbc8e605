// Two topics of the example's running procedure, with a few comments: invented, as people write them.
#include "core/example/example.h"
#include "core/procedures/records.h"
#include "modules/discussion/topics.h"

#include <nlohmann/json.hpp>

namespace mitwirken::discussion {

namespace {

core::ContributionId add_comment(db::Tx& tx, const core::Occasion& occasion, const core::Contribution& topic,
                                 core::ContributionId parent, core::OrganisationId office, const nlohmann::json& e,
                                 Timestamp at) {
    core::NewContribution c{.module = "discussion", .kind = "comment", .title = "", .body = e.at("body")};
    c.target = topic.id;
    c.parent = parent;
    if (e.value("official", false))
        c.organisation = office;
    else
        c.participant = core::add_participant_without_browser(tx, occasion.tenant, at);
    c.author_name = e.value("name", "");
    c.original = e.dump();
    const auto id = core::hand_in(tx, occasion, c, at);
    const auto stored = *core::find_contribution(tx, occasion.tenant, id);
    for (int i = 0; i < e.value("agree", 0); ++i)
        core::support(tx, occasion, stored, core::add_participant_without_browser(tx, occasion.tenant, at), at);
    return id;
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("procedures/topics.json");
    const auto procedure = core::find_procedure(tx, tenant, data.at("procedure").get<std::string>());
    if (!procedure) return;
    for (const auto& activity : core::load_plan(tx, *procedure).activities) {
        if (activity.key != data.at("activity")) continue;
        const core::Occasion occasion{tenant, procedure->id, activity.id, {}};
        int age = 120;
        for (const auto& e : data.at("topics")) {
            auto at = now - std::chrono::hours{age -= 30};
            core::NewContribution c{
                .module = "discussion", .kind = std::string(topic_kind), .title = e.at("title"), .body = e.at("body")};
            c.organisation = procedure->organisation;
            c.original = nlohmann::json{{"title", c.title}, {"body", c.body}}.dump();
            const auto id = core::hand_in(tx, occasion, c, at);
            add_topic(tx, tenant, activity.id, id, at);
            const auto topic = *core::find_contribution(tx, tenant, id);
            for (const auto& one : e.at("comments")) {
                at += std::chrono::hours{3};
                const auto parent = add_comment(tx, occasion, topic, {}, procedure->organisation, one, at);
                for (const auto& answer : one.value("answers", nlohmann::json::array()))
                    add_comment(tx, occasion, topic, parent, procedure->organisation, answer,
                                at + std::chrono::hours{1});
            }
            note_activity(tx, tenant, id, at);
        }
    }
}

}  // namespace mitwirken::discussion
