// Ideas: rules, then the pages as a resident uses them.
#include <doctest/doctest.h>

#include "core/procedures/transfer.h"
#include "modules/ideas/ideas.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;

constexpr const char* base = "/verfahren/smart-rhino/ideen/ideen";

// What a browser would send: the hidden fields of the form that is shown, and the person's text.
Fields filled(TestHouse& house, Client& client, const std::string& form_page, Fields fields) {
    const auto page = client.get(form_page);
    REQUIRE(page.status == 200);
    for (const char* name : {"_shown", "_key"}) {
        const std::string mark = std::string("name=\"") + name + "\" value=\"";
        const auto at = page.body.find(mark);
        if (at == std::string::npos) continue;
        const auto begin = at + mark.size();
        fields.emplace_back(name, page.body.substr(begin, page.body.find('"', begin) - begin));
    }
    house.clock().set(house.clock().now() + 20s);
    return fields;
}

Answer hand_in(TestHouse& house, Client& client, Fields fields = {{"title", "Bänke"}, {"body", "Am Wasser."}}) {
    return client.post(std::string(base) + "/neu",
                       filled(house, client, std::string(base) + "/neu", std::move(fields)));
}

}  // namespace

TEST_CASE("an idea needs a title and a text, and an answer that was offered") {
    ideas::Settings settings;
    settings.fields = {{ideas::OwnField::Kind::choice, "fuer", "Für wen?", {"Kinder", "Alle"}, true}};
    const auto problems = ideas::check(Form({{"title", " "}, {"field-fuer", "Hunde"}}), settings);
    REQUIRE_FALSE(problems);
    for (const char* field : {"title", "body", "field-fuer"}) CHECK(problems.problems().of(field) != nullptr);
    const auto idea = ideas::check(Form({{"title", " Bänke "}, {"body", "x"}, {"field-fuer", "Alle"}}), settings);
    REQUIRE(idea);
    CHECK(idea->title == "Bänke");
    CHECK(idea->fields.at("fuer") == "Alle");
}

TEST_CASE("a resident without an account hands in an idea, sees it, supports another and takes it back") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        CHECK(anna.get(base).has("Ihre Ideen"));
        const auto saved = hand_in(house, anna);
        REQUIRE(saved.status == 303);
        const auto page = anna.follow(saved);
        CHECK(page.has("Bänke"));
        CHECK(page.has("/bearbeiten"));
        CHECK_FALSE(anna.cookie("mw_participant").empty());

        auto ben = house.visitor();
        const std::string path = saved.location();
        CHECK(ben.get(path).has("Bänke"));
        CHECK_FALSE(ben.get(path).has("/bearbeiten"));
        CHECK(ben.post(path + "/unterstuetzung").status == 303);
        CHECK(ben.post(path + "/unterstuetzung").status == 303);
        CHECK(anna.get(path).has("<b>1</b>"));
        CHECK(ben.post(path + "/unterstuetzung", {{"zuruecknehmen", "ja"}}).status == 303);
        CHECK(anna.get(path).has("<b>0</b>"));
        CHECK(ben.post(path + "/zurueckziehen").status == 403);
        CHECK(ben.get(path + "/bearbeiten").status == 403);
    });
}

TEST_CASE("one second after midnight of the last day nothing can be handed in, and what was typed is shown") {
    TestHouse house;
    auto anna = house.visitor();
    const auto fields =
        filled(house, anna, std::string(base) + "/neu", {{"title", "Bänke"}, {"body", "Mein langer Text über Bänke."}});
    const Timestamp end = start_of(*parse_date("2027-02-01"));
    house.clock().set(end - 1s);
    CHECK(house.visitor().get(base).has("/neu"));
    house.clock().set(end + 1s);
    const auto refused = anna.post(std::string(base) + "/neu", fields);
    CHECK(refused.status == 403);
    CHECK(refused.has("31. Januar"));
    CHECK(refused.has("Mein langer Text über Bänke."));
    CHECK_FALSE(house.visitor().get(base).has("/neu\""));
}

TEST_CASE("a form filled in by a program, too fast or with the hidden field, is told so and keeps its text") {
    TestHouse house;
    auto robot = house.visitor();
    auto fields = filled(house, robot, std::string(base) + "/neu", {{"title", "Kauf"}, {"body", "Billig"}});
    fields.emplace_back("homepage", "https://spam.example");
    const auto refused = robot.post(std::string(base) + "/neu", fields);
    CHECK(refused.status == 422);
    CHECK(refused.has("Billig"));
    CHECK(robot.post(std::string(base) + "/neu", {{"title", "Kauf"}, {"body", "Billig"}}).status == 422);
}

TEST_CASE("an author changes the text for an hour; each wording is kept; withdrawing is always possible") {
    TestHouse house;
    auto anna = house.visitor();
    const std::string path = hand_in(house, anna).location();
    CHECK(anna.post(path + "/bearbeiten", {{"title", "Bänke und Tische"}, {"body", "Am Wasser."}}).status == 303);
    CHECK(house.visitor().get(path).has("Bänke und Tische"));
    CHECK(anna.get("/meine-beitraege/daten.json").has("B\xC3\xA4nke\""));
    house.clock().set(house.clock().now() + 61min);
    CHECK(anna.get(path + "/bearbeiten").status == 403);
    CHECK(anna.post(path + "/zurueckziehen").status == 303);
    CHECK(house.visitor().get(path).status == 404);
    CHECK(anna.get(path).status == 200);
    CHECK_FALSE(house.visitor().get(base).has("href=\"" + path + "\""));
}

TEST_CASE("script, mark-up and HTML in every field stay text") {
    TestHouse house;
    auto attacker = house.visitor();
    const std::string evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>[x](javascript:alert(1))";
    const auto saved = hand_in(house, attacker, {{"title", evil}, {"body", evil}, {"name", "<b>Ich</b>"}});
    REQUIRE(saved.status == 303);
    for (const std::string& path : {saved.location(), std::string(base), std::string("/meine-beitraege")}) {
        const auto page = attacker.get(path);
        INFO(path);
        CHECK_FALSE(page.has("<script>alert"));
        CHECK_FALSE(page.has("<img src=x"));
        CHECK_FALSE(page.has("href=\"javascript:"));
    }
}

TEST_CASE("a contribution with words from the list waits for the desk; only its author sees it") {
    TestHouse house;
    auto admin = house.as(core::Role::admin);
    house.write(
        [&](db::Tx& tx) { core::set_setting(tx, house.tenant(), "discussion.blocked_words", "depp\ntrottel*"); });
    house.house().versions.raise({}, "tenants");
    auto anna = house.visitor();
    const auto saved = hand_in(house, anna, {{"title", "Ihr Deppe"}, {"body", "Alles Trottelei"}});
    REQUIRE(saved.status == 303);
    CHECK(anna.get(saved.location()).status == 200);
    CHECK(house.visitor().get(saved.location()).status == 404);
    CHECK_FALSE(house.visitor().get(base).has("Trottelei"));
}

TEST_CASE("what is written in one procedure leaves the pages of others in the cache, and its own are never old") {
    TestHouse house;
    auto reader = house.visitor(), anna = house.visitor();
    CHECK_FALSE(reader.get(base).has("Lange Bänke"));
    const auto saved = hand_in(house, anna, {{"title", "Lange Bänke"}, {"body", "Am Wasser."}});
    CHECK(reader.get(base).has("Lange Bänke"));
    const auto hits = house.program().cache().figures().hits;
    reader.get(base);
    CHECK(house.program().cache().figures().hits == hits + 1);
    auto ben = house.visitor();
    ben.post(saved.location() + "/unterstuetzung");
    CHECK(reader.get(base).has("1 "));
}

}  // namespace mitwirken::tests
