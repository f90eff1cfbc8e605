// Topics to talk about, and agreeing with comments, as people do it.
#include <doctest/doctest.h>

#include "core/procedures/records.h"
#include "modules/discussion/topics.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;

constexpr const char* base = "/verfahren/smart-rhino/gespraeche/gespraech";

void set_settings(TestHouse& house, const std::string& settings) {
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        auto plan = core::load_plan(tx, procedure);
        for (auto& activity : plan.activities)
            if (activity.key == "gespraech") activity.settings = settings;
        core::save_plan(tx, house.tenant(), procedure.id, plan);
        house.house().versions.raise_at_commit(tx, house.tenant(), procedure.scope());
    });
}

std::string value_on(const std::string& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) return "";
    const auto begin = at + mark.size();
    return page.substr(begin, page.find('"', begin) - begin);
}

// What a browser would send after some seconds: the form's hidden fields and the person's words.
Answer send(TestHouse& house, Client& client, const std::string& form_page, const std::string& to, Fields fields) {
    const auto page = client.get(form_page);
    REQUIRE(page.status == 200);
    for (const char* name : {"_shown", "_key"})
        if (const auto value = value_on(page.body, name); !value.empty()) fields.emplace_back(name, value);
    house.clock().set(house.clock().now() + 20s);
    return client.post(to, fields);
}

std::string first_topic(const std::string& list) {
    const std::string mark = std::string("href=\"") + base + "/";
    for (auto at = list.find(mark); at != std::string::npos; at = list.find(mark, at + 1)) {
        const auto begin = at + mark.size();
        const auto id = list.substr(begin, list.find('"', begin) - begin);
        if (!id.empty() && id.find_first_not_of("0123456789") == std::string::npos) return std::string(base) + "/" + id;
    }
    FAIL("no topic in the list");
    return "";
}

std::string comments_of(const std::string& topic) {
    return "/verfahren/smart-rhino/gespraech/gespraech/" + topic.substr(topic.rfind('/') + 1);
}

}  // namespace

TEST_CASE("a topic needs a title and a text that are not too long") {
    CHECK(discussion::check_topic(Form(Fields{{"title", " Lärm "}, {"body", "x"}}))->title == "Lärm");
    CHECK_FALSE(discussion::check_topic(Form(Fields{{"title", ""}, {"body", "x"}})));
    CHECK_FALSE(discussion::check_topic(Form(Fields{{"title", "x"}, {"body", " "}})));
    CHECK_FALSE(discussion::check_topic(Form(Fields{{"title", std::string(151, 'x')}, {"body", "x"}})));
}

TEST_CASE("people open a topic where the setting lets them; elsewhere the office does") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        const std::string form = std::string(base) + "/neu";
        const auto saved = send(house, anna, form, form, {{"title", "Wohin mit dem Wochenmarkt?"}, {"body", "Hm."}});
        REQUIRE(saved.status == 303);
        CHECK(house.visitor().get(saved.location()).has("Wochenmarkt"));
        CHECK(house.visitor().get(base).has("Wochenmarkt"));
        CHECK(send(house, anna, form, form, {{"title", ""}, {"body", "Mein Text bleibt."}}).has("Mein Text bleibt."));
        set_settings(house, R"({"topics_by": "staff"})");
        CHECK(anna.get(form).status == 403);
        CHECK(anna.post(form, {{"title", "x"}, {"body", "y"}}).status == 403);
        auto staff = house.as(core::Role::coordinator);
        const auto opened = staff.post(form, {{"title", "Vom Amt"}, {"body", "Was meinen Sie?"}});
        REQUIRE(opened.status == 303);
        CHECK(house.visitor().get(opened.location()).has("Vom Amt"));
        CHECK(house.visitor().get("/suche?q=Wochenmarkt").has("Wochenmarkt"));
    });
}

TEST_CASE("topics are sorted by what happened last, and a comment brings one to the front") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        const auto first = first_topic(house.visitor().get(std::string(base) + "?sortierung=aktiv").body);
        const auto newest = first_topic(house.visitor().get(base).body);
        std::string other;  // the one that is not in front
        const auto list = house.visitor().get(base).body;
        for (auto at = list.find(std::string("href=\"") + base + "/"); at != std::string::npos;
             at = list.find(std::string("href=\"") + base + "/", at + 1)) {
            const auto begin = at + 6;
            const auto path = list.substr(begin, list.find('"', begin) - begin);
            if (path != first && path != std::string(base) + "/neu") other = path;
        }
        REQUIRE_FALSE(other.empty());
        REQUIRE(send(house, anna, other, comments_of(other), {{"body", "Dazu noch etwas."}}).status == 303);
        CHECK(first_topic(house.visitor().get(std::string(base) + "?sortierung=aktiv").body) == other);
        CHECK(first_topic(house.visitor().get(base).body) == newest);
        CHECK(house.visitor().get(other + "/neues.rss").has("Dazu noch etwas."));
    });
}

TEST_CASE("agreeing with a comment counts once, can be taken back, and ends with the step") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        const auto topic = first_topic(house.visitor().get(base).body);
        const auto saved = send(house, anna, topic, comments_of(topic), {{"body", "Ein Satz, dem man zustimmt."}});
        REQUIRE(saved.status == 303);
        const std::string id = saved.location().substr(saved.location().rfind('-') + 1);
        const std::string to = comments_of(topic) + "/zustimmung";
        auto ben = house.visitor();
        const auto supports = [&] {
            std::int64_t n = -1;
            house.read([&](db::Tx& tx) {
                n = core::find_contribution(tx, house.tenant(), core::ContributionId{*to_int(id)})->supports;
            });
            return n;
        };
        CHECK(ben.post(to, {{"beitrag", id}}).status == 303);
        CHECK(ben.post(to, {{"beitrag", id}}).status == 303);
        CHECK(supports() == 1);
        CHECK(ben.get(topic).has("aria-pressed=\"true\""));
        CHECK(ben.post(to, {{"beitrag", id}, {"zuruecknehmen", "ja"}}).status == 303);
        CHECK(supports() == 0);
        CHECK(ben.post(to, {{"beitrag", "99999999"}}).status == 404);
        house.clock().set(start_of(*parse_date("2027-02-01")) + 1s);
        CHECK(ben.post(to, {{"beitrag", id}}).status == 403);
        CHECK(supports() == 0);
    });
}

TEST_CASE("comments stand oldest first, newest first or by agreement, answers with what they answer") {
    TestHouse house;
    auto anna = house.visitor();
    const std::string form = std::string(base) + "/neu";
    const auto opened = send(house, anna, form, form, {{"title", "Reihe"}, {"body", "x"}});
    const auto topic = opened.location();
    std::vector<std::string> ids;
    for (const char* text : {"Erster Satz", "Zweiter Satz", "Dritter Satz"}) {
        const auto saved = send(house, anna, topic, comments_of(topic), {{"body", text}});
        ids.push_back(saved.location().substr(saved.location().rfind('-') + 1));
    }
    send(house, anna, topic, comments_of(topic), {{"body", "Antwort auf den ersten"}, {"antwort", ids[0]}});
    auto ben = house.visitor();
    REQUIRE(ben.post(comments_of(topic) + "/zustimmung", {{"beitrag", ids[1]}}).status == 303);
    const auto at = [&](const std::string& query, const char* text) {
        return house.visitor().get(topic + query).body.find(text);
    };
    CHECK(at("", "Erster Satz") < at("", "Zweiter Satz"));
    CHECK(at("?reihe=neueste", "Dritter Satz") < at("?reihe=neueste", "Zweiter Satz"));
    CHECK(at("?reihe=neueste", "Erster Satz") < at("?reihe=neueste", "Antwort auf den ersten"));
    CHECK(at("?reihe=zustimmung", "Zweiter Satz") < at("?reihe=zustimmung", "Dritter Satz"));
}

}  // namespace mitwirken::tests
