// Ideas of the example's running procedure: invented, as people write them; each from a pseudonym of its own.
#include "core/example/example.h"
#include "core/attachments/attachments.h"
#include "core/house.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/pages.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

namespace {

void add_picture(core::House& house, db::Tx& tx, core::TenantId tenant, const core::Ref& ref, const nlohmann::json& e,
                 Timestamp at) {
    const std::string file = e.value("picture", "");
    if (file.empty()) return;
    const auto stored = house.files->take_bytes(std::string(core::example_bytes(file)), "photos");
    if (!stored) throw std::runtime_error("the example's picture is refused: " + file);
    core::attach(tx, tenant, ref, {*stored, "bild" + stored->extension, "", e.value("picture_alt", ""), "photo"}, {},
                 at);
}

void add_idea(core::House& house, db::Tx& tx, const core::Occasion& occasion, const core::ProcedureRecord& procedure,
              const nlohmann::json& e, Timestamp at) {
    core::NewContribution c{.module = "ideas", .kind = std::string(kind), .title = e.at("title"), .body = e.at("body")};
    c.participant = core::add_participant_without_browser(tx, occasion.tenant, at);
    c.author_name = e.value("name", "");
    c.channel = e.value("channel", "online") == "paper" ? core::Channel::paper : core::Channel::online;
    if (e.contains("lon")) {
        c.lon = e.at("lon").get<double>();
        c.lat = e.at("lat").get<double>();
        const nlohmann::json point{{"type", "Point"}, {"coordinates", {*c.lon, *c.lat}}};
        c.place = e.value("place", point).dump();
    }
    const auto wording = [&](const std::string& body) {
        return nlohmann::json{{"title", c.title}, {"body", body}, {"place", c.place}}.dump();
    };
    const std::string last = c.body;
    c.body = e.value("first_body", last);
    c.original = wording(c.body);
    const auto id = core::hand_in(tx, occasion, c, at);
    auto stored = *core::find_contribution(tx, occasion.tenant, id);
    if (c.body != last) {
        c.body = last;
        core::reword(tx, stored, {c.title, last, c.place, c.lon, c.lat, wording(last)}, at + std::chrono::minutes{12});
        stored = *core::find_contribution(tx, occasion.tenant, id);
    }
    add_picture(house, tx, occasion.tenant, stored.ref(), e, at);
    std::vector<core::TermId> topics;
    for (const auto& key : e.value("topics", std::vector<std::string>{}))
        if (const auto term = core::find_term(tx, occasion.tenant, "topic", key)) topics.push_back(term->id);
    core::classify(tx, occasion.tenant, stored.ref(), topics);
    for (int i = 0; i < e.value("supports", 0); ++i)
        core::support(tx, occasion, stored, core::add_participant_without_browser(tx, occasion.tenant, at), at);
    search::put(tx, {.tenant = occasion.tenant.value,
                     .module = "ideas",
                     .item = id.value,
                     .audience = "public",
                     .title = c.title,
                     .summary = "",
                     .body = c.body,
                     .url = "/verfahren/" + procedure.key + "/ideen/" + e.at("activity").get<std::string>() + "/" +
                            std::to_string(id.value),
                     .facet = "idea",
                     .at = at});
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("procedures/ideas.json");
    int age = 0;
    for (const auto& e : data.at("ideas")) {
        const auto procedure = core::find_procedure(tx, tenant, e.at("procedure").get<std::string>());
        if (!procedure) continue;
        const auto plan = core::load_plan(tx, *procedure);
        for (const auto& activity : plan.activities)
            if (activity.key == e.at("activity"))
                add_idea(house, tx, {tenant, procedure->id, activity.id, {}}, *procedure, e,
                         now - std::chrono::hours{7 * ++age});
    }
}

}  // namespace mitwirken::ideas
