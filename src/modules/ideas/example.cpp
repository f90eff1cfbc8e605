// Ideas of the example's running procedure: invented, as people write them; each from a pseudonym of its own. And what
// was said in the small groups of the first digital dialogue, word for word.
#include "core/example/example.h"
#include "core/attachments/attachments.h"
#include "core/house.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

namespace {

constexpr std::size_t most_title = 110;

core::Channel channel_of(const nlohmann::json& e) {
    const std::string word = e.value("channel", "online");
    return word == "paper" ? core::Channel::paper : word == "live" ? core::Channel::live : core::Channel::online;
}

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
    c.channel = channel_of(e);
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
    if (e.contains("fields")) save_fields(tx, occasion.tenant, occasion.activity, id, e.at("fields").get<Fields>());
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

// A long one is shortened in the title; the text has all of it.
nlohmann::json quote(const std::string& words, const std::string& group, const std::string& heading) {
    nlohmann::json e{{"title", words}, {"body", ""}, {"name", group}, {"channel", "live"}};
    if (letters(words) > most_title) {
        const std::string cut = first_letters(words, most_title);
        e["title"] = cut.substr(0, cut.rfind(' ')) + " …";
        for (const char letter : words) e["body"] = e["body"].get<std::string>() + (letter == '*' ? "\\" : "") + letter;
    }
    e["fields"]["gruppe"] = group;
    if (!heading.empty()) e["fields"]["rubrik"] = heading;
    return e;
}

std::vector<nlohmann::json> quotes_of(const nlohmann::json& session) {
    constexpr std::pair<const char*, const char*> headings[] = {{"quotes", ""},
                                                                {"helpful", "Hilfreiche Angebote"},
                                                                {"improve", "Verbesserungswürdige Angebote"},
                                                                {"new", "Neue Angebote"}};
    std::vector<nlohmann::json> list;
    for (const auto& group : session.at("groups"))
        for (const auto& [member, heading] : headings)
            for (const auto& words : group.value(member, std::vector<std::string>{}))
                list.push_back(quote(words, "Kleingruppe " + std::to_string(group.at("no").get<int>()), heading));
    return list;
}

void load_dialogue(core::House& house, db::Tx& tx, core::TenantId tenant) {
    const auto procedure = core::find_procedure(tx, tenant, "digitaler-buergerdialog-2020");
    if (!procedure) return;
    const auto dialogue = core::example_file("dialogue-2020.json");
    // The papers name the month only: everything stands on its last day, in the order of the documentation.
    const Timestamp last_day = from_berlin({Date{std::chrono::year{2020} / 8 / 31}, 12, 0, 0});
    const auto plan = core::load_plan(tx, *procedure);
    for (const auto& activity : plan.activities) {
        if (activity.module != "ideas") continue;
        const int wanted = activity.key == "erfahrungen" ? 1 : 2;
        int count = 0;
        for (const auto& session : dialogue.at("sessions")) {
            if (session.value("no", 0) != wanted) continue;
            for (auto& e : quotes_of(session)) {
                e["activity"] = activity.key;
                add_idea(house, tx, {tenant, procedure->id, activity.id, plan.tracks.front().steps.front().id},
                         *procedure, e, last_day - std::chrono::seconds{++count});
            }
        }
    }
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
    load_dialogue(house, tx, tenant);
}

}  // namespace mitwirken::ideas
