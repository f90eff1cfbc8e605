// Invented votes on the example's running poll, so that its bars can be seen.
#include "core/example/example.h"
#include "core/procedures/records.h"
#include "modules/polls/pages.h"

namespace mitwirken::polls {

void load_example(core::House&, db::Tx& tx, TenantId tenant, Timestamp now) {
    const auto data = core::example_file("procedures/poll-votes.json");
    const auto procedure = core::find_procedure(tx, tenant, data.at("procedure").get<std::string>());
    if (!procedure) return;
    for (const auto& activity : core::load_plan(tx, *procedure).activities) {
        if (activity.key != data.at("activity")) continue;
        for (const auto& question : questions(tx, activity.id)) {
            int age = 0;
            for (const auto& option : question.options)
                for (int n = data.at("votes").at(question.key).at(option.key); n > 0; --n) {
                    const auto at = now - std::chrono::minutes{50 * ++age};
                    const auto who = core::add_participant_without_browser(tx, tenant, at);
                    cast(tx, tenant, activity.id, question, who, {option.key}, at);
                }
        }
    }
}

}  // namespace mitwirken::polls
