// What waits on the example's desk: one contribution with a word from a list, one comment that somebody has reported.
#include "core/example/example.h"
#include "core/procedures/records.h"
#include "modules/moderation/pages.h"

namespace mitwirken::moderation {

namespace {

core::NewContribution written(db::Tx& tx, core::TenantId tenant, const nlohmann::json& e,
                              const core::Contribution& like, Timestamp at) {
    core::NewContribution c{
        .module = like.module, .kind = like.kind, .title = e.value("title", ""), .body = e.at("body")};
    c.participant = core::add_participant_without_browser(tx, tenant, at);
    c.author_name = e.value("name", "");
    c.original = e.dump();
    return c;
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("procedures/moderation.json");
    const auto procedure = core::find_procedure(tx, tenant, data.at("procedure").get<std::string>());
    if (!procedure) return;
    for (const auto& activity : core::load_plan(tx, *procedure).activities) {
        if (activity.key != data.at("activity")) continue;
        const auto shown = core::contributions(tx, tenant, {.activity = activity.id, .kind = data.at("kind")}, 1);
        if (shown.empty()) return;
        const core::Occasion occasion{tenant, procedure->id, activity.id, {}};
        const Timestamp yesterday = now - std::chrono::hours{26}, today = now - std::chrono::hours{3};
        auto held = written(tx, tenant, data.at("held"), shown.front(), yesterday);
        held.state = core::ContributionState::held;
        const auto id = core::hand_in(tx, occasion, held, yesterday);
        core::open_case(tx, tenant, *core::find_contribution(tx, tenant, id), core::CaseReason::links, yesterday);

        auto comment = written(tx, tenant, data.at("comment"), shown.front(), yesterday);
        comment.module = "discussion";
        comment.kind = "comment";
        comment.target = shown.front().id;
        const auto said = core::hand_in(tx, occasion, comment, yesterday);
        core::flag(tx, tenant, *core::find_contribution(tx, tenant, said),
                   core::add_participant_without_browser(tx, tenant, today), "insult", data.at("report"), today);
        return;
    }
}

}  // namespace mitwirken::moderation
