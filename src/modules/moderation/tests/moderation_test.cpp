// The desk: its rules, then cases as a moderator, an author and a reader meet them, on both databases.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/audit/audit.h"
#include "core/procedures/records.h"
#include "core/tenants/tenants.h"
#include "modules/moderation/moderation.h"
#include "platform/base/text.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using core::RulingKind;
using namespace moderation;

constexpr const char* ideas_path = "/verfahren/smart-rhino/ideen/ideen";
constexpr const char* desk = "/verwaltung/moderation";

Answer send(TestHouse& house, Client& client, const std::string& page, Fields fields) {
    const auto shown = client.get(page);
    REQUIRE(shown.status == 200);
    for (const char* name : {"_shown", "_key"}) {
        const std::string mark = std::string("name=\"") + name + "\" value=\"";
        const auto at = shown.body.find(mark);
        if (at == std::string::npos) continue;
        const auto begin = at + mark.size();
        fields.emplace_back(name, shown.body.substr(begin, shown.body.find('"', begin) - begin));
    }
    house.clock().set(house.clock().now() + 20s);
    return client.post(page.substr(0, page.find('?')), fields);
}

// An idea of this person; its path.
std::string idea(TestHouse& house, Client& client, const std::string& title, const std::string& body) {
    const auto saved = send(house, client, std::string(ideas_path) + "/neu",
                            {{"title", title}, {"body", body}, {"name", "Anna Probe"}});
    REQUIRE(saved.status == 303);
    return saved.location();
}

Answer report(TestHouse& house, Client& client, const std::string& path, const std::string& words = "") {
    static int number = 0;
    client.from("2001:db8:1::" + std::to_string(++number));  // how many one address may report is a test of its own
    const std::string id = path.substr(path.rfind('/') + 1);
    return send(house, client, "/verfahren/smart-rhino/gespraech/ideen/" + id + "/melden",
                {{"beitrag", id}, {"reason", "insult"}, {"words", words}});
}

std::string only_case(TestHouse& house) {
    std::string path;
    house.read([&](db::Tx& tx) {
        const auto open = core::cases(tx, house.tenant(), {}, 10);
        REQUIRE(open.size() == 1);
        path = std::string(desk) + "/" + std::to_string(open[0].id.value);
    });
    return path;
}

void set(TestHouse& house, const char* key, const char* value) {
    house.write([&](db::Tx& tx) { core::set_setting(tx, house.tenant(), key, value); });
    house.house().versions.raise({}, "tenants");
}

// Anna's address, as if she had pressed the button.
void confirm_address(TestHouse& house, const std::string& path) {
    house.write([&](db::Tx& tx) {
        const auto id = core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
        const auto who = core::find_contribution(tx, house.tenant(), id)->participant;
        const Timestamp now = house.clock().now();
        const auto token = core::add_confirmation(tx, house.tenant(), {who, {}, "anna@example.org"}, now);
        REQUIRE(core::use_confirmation(tx, house.tenant(), token, now));
    });
}

Form form(const Fields& fields) {
    Form made;
    for (const auto& [name, value] : fields) made.add(name, value);
    return made;
}

core::Contribution text(const std::string& title, const std::string& body) {
    core::Contribution c;
    c.title = title;
    c.body = body;
    return c;
}

const std::string respect = "Respekt";

}  // namespace

TEST_CASE("rules are lines with a name; text blocks are paragraphs whose first line is the name") {
    const auto rules = rules_from("Respekt: Kein: Spott\r\n\r\nThema\n: ohne Namen\n");
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].name == "Respekt");
    CHECK(rules[0].words == "Kein: Spott");
    CHECK(rules[1].words.empty());
    const auto blocks = blocks_from("Ton\r\nBitte sachlich.\r\nDanke.\r\n\r\nNur ein Name\n\nDaten\nKeine Nummern.");
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].words == "Bitte sachlich.\nDanke.");
    CHECK(blocks[1].name == "Daten");
}

TEST_CASE("a passage goes everywhere it stands, and only what stands there can go") {
    const auto c = text("Ruf 0231 555 an", "Meine Nummer: 0231 555. Oder 0231 555-12.");
    const auto wording = redact(c, "0231 555\n0231 555-12\n");
    REQUIRE(wording);
    CHECK(wording->title == "Ruf […] an");
    CHECK(wording->body == "Meine Nummer: […]. Oder […].");
    CHECK(wording->original.empty());
    CHECK(redact(c, "").problems().of("passages"));
    CHECK(redact(c, "steht hier nicht").problems().of("passages"));
    CHECK(redact(c, "e").problems().of("passages"));
}

TEST_CASE("a ruling must be offered; hiding and removing need a published rule and words") {
    core::Case reported, held;
    held.reason = core::CaseReason::before_publication;
    CHECK(offered(reported, false) == std::vector{RulingKind::dismiss, RulingKind::redact, RulingKind::hide});
    CHECK(offered(held, true) == std::vector{RulingKind::publish, RulingKind::redact, RulingKind::propose_hide});
    held.state = core::CaseState::second_opinion;
    CHECK(offered(held, true).back() == RulingKind::hide);
    held.state = core::CaseState::decided;
    CHECK(offered(held, true).empty());

    const auto kinds = offered(reported, false);
    const std::vector<Rule> rules = {{respect, ""}};
    const std::vector<TextBlock> blocks = {{"Ton", "Bitte sachlich."}};
    const auto c = text("", "Depp");
    CHECK(check(form({{"ruling", "dismiss"}}), c, kinds, rules, blocks));
    CHECK(check(form({{"ruling", "publish"}}), c, kinds, rules, blocks).problems().of("ruling"));
    const auto bare = check(form({{"ruling", "hide"}}), c, kinds, rules, blocks);
    CHECK(bare.problems().of("rule"));
    CHECK(bare.problems().of("words"));
    CHECK(check(form({{"ruling", "dismiss"}, {"rule", "Erfunden"}}), c, kinds, rules, blocks).problems().of("rule"));
    const auto whole = check(form({{"ruling", "hide"}, {"rule", respect}, {"block", "Ton"}, {"words", "Gruß"}}), c,
                             kinds, rules, blocks);
    REQUIRE(whole);
    CHECK(whole->words == "Bitte sachlich.\n\nGruß");
}

TEST_CASE("a report becomes a case; hiding takes the idea from page, list and search and tells its author why") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor(), reader = house.visitor();
        auto office = house.as(core::Role::moderator);
        const std::string path = idea(house, anna, "Zebrastreifen", "Ihr seid alle Deppen, baut Zebrastreifen!");
        CHECK(reader.get(ideas_path).has("Zebrastreifen"));
        CHECK(reader.get("/suche?q=Zebrastreifen").has(path));
        REQUIRE(report(house, ben, path, "Das beleidigt uns").status == 303);
        CHECK(office.get("/verwaltung").has("Offene Fälle der Moderation"));
        CHECK(office.get(desk).has("Zebrastreifen"));
        CHECK_FALSE(office.get(std::string(desk) + "?grund=links").has("Zebrastreifen"));

        const std::string one = only_case(house);
        const auto page = office.get(one);
        for (const char* words : {"Das beleidigt uns", "Es beleidigt oder bedroht jemanden", "Wie er abgegeben wurde",
                                  "Anna Probe", "Noch nichts."})
            CHECK_MESSAGE(page.has(words), words);
        confirm_address(house, path);
        const Fields hide = {{"ruling", "hide"}, {"rule", respect}, {"block", "Ton"}, {"words", "Ihre Stadt"}};
        const auto incomplete = office.post(one, {{"ruling", "hide"}, {"words", "Mein getippter Text"}});
        CHECK(incomplete.status == 422);
        CHECK(incomplete.has("Mein getippter Text"));
        REQUIRE(office.post(one, hide).status == 303);
        CHECK(reader.get(path).status == 404);
        CHECK_FALSE(reader.get(ideas_path).has("Zebrastreifen"));
        CHECK_FALSE(reader.get("/suche?q=Zebrastreifen").has(path));
        CHECK(office.post(one, hide).status == 409);
        CHECK_FALSE(office.get(desk).has("Zebrastreifen"));
        CHECK(office.get(std::string(desk) + "?stand=entschieden").has("Zebrastreifen"));
        const auto mine = anna.get("/meine-beitraege");
        CHECK(mine.has("Ihre Stadt"));
        CHECK(mine.has(respect));
        house.run_jobs();
        const auto mails = house.mails();
        REQUIRE_FALSE(mails.empty());
        CHECK(mails[0].find("Ihr Beitrag ist nicht öffentlich") != std::string::npos);
        CHECK(mails[0].find("Ihre Stadt") != std::string::npos);
        CHECK(mails[0].find("/meine-beitraege") != std::string::npos);
        house.read([&](db::Tx& tx) {
            const auto lines = core::audit_entries(tx, house.tenant(), {.module = "moderation"}, 10);
            REQUIRE(lines.size() == 1);
            CHECK(lines[0].action == "moderation.hide");
        });
    });
}

TEST_CASE("a passage is removed from the public text, the original stays for desk and author, nobody else") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::coordinator);
        const std::string path = idea(house, anna, "Bänke", "Fragen an Herrn Muster, Weg 7. Bänke bitte.");
        REQUIRE(report(house, ben, path).status == 303);
        const std::string one = only_case(house);
        const Fields wrong = {{"ruling", "redact"}, {"rule", respect}, {"words", "x"}, {"passages", "Frau Muster"}};
        CHECK(office.post(one, wrong).status == 422);
        REQUIRE(office
                    .post(one, {{"ruling", "redact"},
                                {"rule", respect},
                                {"words", "Keine Anschriften, bitte."},
                                {"passages", "Herrn Muster, Weg 7\r\n"}})
                    .status == 303);
        const auto seen = house.visitor().get(path);
        CHECK(seen.has("Fragen an […]. Bänke bitte."));
        CHECK_FALSE(seen.has("Muster"));
        CHECK(office.get(one).has("Herrn Muster, Weg 7"));
        CHECK(anna.get("/meine-beitraege/daten.json").has("Herrn Muster"));
        CHECK_FALSE(house.visitor().get("/suche?q=Muster").has(path));
    });
}

TEST_CASE("where two persons are wanted, one proposes to hide and another decides") {
    on_both_houses([](TestHouse& house) {
        set(house, "moderation.two_persons", "on");
        auto anna = house.visitor(), ben = house.visitor();
        auto first = house.as(core::Role::moderator), second = house.as(core::Role::coordinator);
        const std::string path = idea(house, anna, "Bänke", "Ihr Deppen");
        REQUIRE(report(house, ben, path).status == 303);
        const std::string one = only_case(house);
        const auto with = [](const char* ruling) {
            return Fields{{"ruling", ruling}, {"rule", respect}, {"words", "Bitte sachlich."}};
        };
        CHECK(first.post(one, with("hide")).status == 422);
        REQUIRE(first.post(one, with("propose_hide")).status == 303);
        CHECK(house.visitor().get(path).status == 200);
        CHECK_FALSE(anna.get("/meine-beitraege").has("Bitte sachlich."));
        CHECK(first.get(one).has("Es entscheidet eine zweite Person"));
        CHECK_FALSE(first.get(one).has("name=\"ruling\""));
        CHECK(first.post(one, with("hide")).status == 409);
        CHECK(second.get(one).has("Bitte sachlich."));
        REQUIRE(second.post(one, with("hide")).status == 303);
        CHECK(house.visitor().get(path).status == 404);
        CHECK(anna.get("/meine-beitraege").has("Bitte sachlich."));
    });
}

TEST_CASE("an author asks once for a hidden contribution to be looked at again; granted, it is public as before") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator), other = house.as(core::Role::admin);
        const std::string path = idea(house, anna, "Bänke", "Ihr Deppen");
        const std::string id = path.substr(path.rfind('/') + 1);
        const std::string appeal = "/meine-beitraege/" + id + "/widerspruch";
        CHECK(anna.get(appeal).status == 409);  // it is not hidden
        REQUIRE(report(house, ben, path).status == 303);
        const Fields hide = {{"ruling", "hide"}, {"rule", respect}, {"words", "Bitte sachlich."}};
        REQUIRE(office.post(only_case(house), hide).status == 303);
        CHECK(anna.get("/meine-beitraege").has(appeal));
        CHECK(ben.get(appeal).status == 404);
        CHECK(ben.post(appeal, {{"words", "x"}}).status == 404);
        REQUIRE(anna.post(appeal, {{"words", "Das war ein Zitat."}}).status == 303);
        CHECK(anna.post(appeal, {{"words", "Noch einmal."}}).status == 409);
        CHECK_FALSE(anna.get("/meine-beitraege").has(appeal));
        const std::string one = only_case(house);
        CHECK(other.get(one).has("Das war ein Zitat."));
        CHECK(office.get(one).has("haben Sie selbst verborgen"));
        REQUIRE(other.post(one, {{"ruling", "publish"}, {"words", "Sie haben recht."}}).status == 303);
        CHECK(house.visitor().get(path).status == 200);
        CHECK(house.visitor().get(ideas_path).has("Bänke"));
        CHECK(house.visitor().get("/suche?q=B%C3%A4nke").has(path));
        house.read([&](db::Tx& tx) {
            const auto c = core::find_contribution(tx, house.tenant(), core::ContributionId{*to_int(id)});
            CHECK(core::find_participant(tx, house.tenant(), c->participant)->trust == 1);
        });
        // Hidden once more, there is no second appeal.
        REQUIRE(report(house, ben, path).status == 303);
        REQUIRE(office.post(only_case(house), hide).status == 303);
        CHECK_FALSE(anna.get("/meine-beitraege").has(appeal));
        CHECK(anna.get(appeal).status == 409);
    });
}

TEST_CASE("the public record says day, kind, reason, decision and rule, and neither a text nor a name") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator);
        const std::string path = idea(house, anna, "Geheimer Titel", "Geheimer Text");
        REQUIRE(report(house, ben, path, "Geheime Meldung").status == 303);
        CHECK(house.visitor().get("/moderation/protokoll").has("noch nichts entschieden"));
        REQUIRE(
            office.post(only_case(house), {{"ruling", "hide"}, {"rule", respect}, {"words", "Geheime Worte"}}).status ==
            303);
        for (const char* address : {"/moderation/protokoll", "/moderation/protokoll.csv"}) {
            const auto page = house.visitor().get(address);
            INFO(address);
            CHECK(page.status == 200);
            for (const char* words : {"Verborgen", "Gemeldet", "Respekt", "Ideen"})
                CHECK_MESSAGE(page.has(words), words);
            for (const char* words : {"Geheim", "Anna Probe", "09:00"}) CHECK_FALSE_MESSAGE(page.has(words), words);
        }
        CHECK(house.visitor().get("/moderation/protokoll.csv").has("2026-11-23;Ideen;Gemeldet;Verborgen;Respekt"));
        const auto rules = house.visitor().get("/moderation");
        CHECK(rules.has("Schutz persönlicher Daten"));
        CHECK(rules.has("/moderation/protokoll"));
    });
}

TEST_CASE("what its author has not confirmed is no case yet; mark-up in texts, reports and rulings stays text") {
    TestHouse house;
    auto anna = house.visitor(), ben = house.visitor();
    auto office = house.as(core::Role::moderator);
    const std::string evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    const std::string path = idea(house, anna, evil, evil);
    REQUIRE(report(house, ben, path, evil).status == 303);
    const std::string one = only_case(house);
    for (const std::string& address : {one, std::string(desk)}) {
        const auto page = office.get(address);
        CHECK_FALSE(page.has("<script>alert"));
        CHECK_FALSE(page.has("<img src=x"));
    }
    house.write([&](db::Tx& tx) {
        const auto id = core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
        core::set_state(tx, *core::find_contribution(tx, house.tenant(), id), core::ContributionState::waiting,
                        house.clock().now());
        CHECK(core::cases(tx, house.tenant(), {}, 10).empty());
        CHECK(core::open_cases(tx, house.tenant()) == 0);
    });
    CHECK(office.get(one).status == 404);
    CHECK(office.post(one, {{"ruling", "dismiss"}}).status == 404);
}

TEST_CASE("the list of cases pages by key, oldest first, decided ones newest first") {
    TestHouse house;
    auto office = house.as(core::Role::moderator);
    house.write([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), "smart-rhino");
        const auto plan = core::load_plan(tx, *procedure);
        const core::Occasion occasion{house.tenant(), procedure->id, plan.activities[0].id, {}};
        for (int i = 1; i <= 55; ++i) {
            core::NewContribution c{.module = "ideas", .kind = "idea", .title = "Idee Nummer " + std::to_string(i)};
            c.original = "{}";
            const auto id = core::hand_in(tx, occasion, c, house.clock().now());
            core::open_case(tx, house.tenant(), *core::find_contribution(tx, house.tenant(), id),
                            core::CaseReason::links, house.clock().now());
        }
    });
    const auto first = office.get(desk);
    CHECK(first.has("Idee Nummer 50<"));
    CHECK_FALSE(first.has("Idee Nummer 51<"));
    const auto at = first.body.find("nach=");
    REQUIRE(at != std::string::npos);
    const auto second = office.get(std::string(desk) + "?" + first.body.substr(at, first.body.find('"', at) - at));
    CHECK(second.has("Idee Nummer 51<"));
    CHECK_FALSE(second.has("Idee Nummer 50<"));
}

}  // namespace mitwirken::tests
