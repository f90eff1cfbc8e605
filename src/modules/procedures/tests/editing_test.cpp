// The administration of procedures through its pages, on both databases.
#include <doctest/doctest.h>

#include "core/contributions/contributions.h"
#include "core/house.h"
#include "core/procedures/records.h"
#include "core/tenants/tenants.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

const std::string base = "/verwaltung/verfahren";

// A hidden field of the page's form.
std::string version(Client& client, const std::string& path) {
    const auto page = client.get(path).body;
    const std::string mark = "name=\"_version\" value=\"";
    const auto at = page.find(mark);
    REQUIRE(at != std::string::npos);
    return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

Answer post(Client& client, const std::string& path, Fields fields) {
    fields.emplace_back("_version", version(client, path));
    return client.post(path, fields);
}

Fields whole_texts() {
    return {{"title", "Der neue Park"}, {"summary", "Worum es geht."}, {"body", "Text."},
            {"influence", "Viel."},     {"next_steps", "Dann."},       {"contact", "Das Amt."},
            {"listed", "on"},           {"organisation", "1"},         {"promise_days", "42"}};
}

// A procedure with everything that publishing asks for; its address in the administration.
std::string complete_procedure(Client& office) {
    const auto made = office.post(base + "-neu", {{"title", "Der neue Park"}, {"organisation", "1"}});
    REQUIRE(made.status == 303);
    const std::string at = made.location();
    REQUIRE(post(office, at, whole_texts()).status == 303);
    REQUIRE(office.post(at + "/ablauf", {{"label", "Alle"}}).status == 303);
    REQUIRE(post(office, at + "/ablauf/alle",
                 {{"label", "Alle"},
                  {"audience", "everyone"},
                  {"step-1-label", "Sammeln"},
                  {"step-1-first_day", "2026-11-20"},
                  {"step-1-last_day", "2026-12-20"}})
                .status == 303);
    REQUIRE(office.post(at + "/bausteine", {{"module", "ideas"}, {"title", "Ideen"}}).status == 303);
    REQUIRE(post(office, at + "/raster",
                 {{"cell-5-ideen-4-alle-sammeln", "there"},
                  {"cell-5-ideen-4-alle-sammeln", "visible"},
                  {"cell-5-ideen-4-alle-sammeln", "contribute"}})
                .status == 303);
    return at;
}

}  // namespace

TEST_CASE("from nothing to a public procedure in which people can take part") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        auto visitor = house.visitor();
        const auto at = complete_procedure(office);
        CHECK(visitor.get("/verfahren/der-neue-park").status == 404);
        CHECK(office.get("/verfahren/der-neue-park").has("Vorschau"));
        CHECK(office.get(at).has("Es fehlt nichts."));
        REQUIRE(office.post(at + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(visitor.get("/verfahren/der-neue-park").has("Sammeln"));
        CHECK(visitor.get("/verfahren").has("Der neue Park"));
        CHECK(visitor.get("/angebote").has("Der neue Park"));
        CHECK(visitor.get("/verfahren/der-neue-park/ideen/ideen/neu").status == 200);
        // What is changed shows at once, also in pages that were kept.
        for (int i = 0; i < 2; ++i) visitor.get("/verfahren/der-neue-park");
        auto texts = whole_texts();
        texts[0].second = "Der alte Park";
        REQUIRE(post(office, at, texts).status == 303);
        CHECK(visitor.get("/verfahren/der-neue-park").has("Der alte Park"));
        CHECK(visitor.get("/angebote").has("Der alte Park"));
        REQUIRE(office.post(at + "/stand", {{"step", "pause"}}).status == 303);
        CHECK(visitor.get("/verfahren/der-neue-park").has("Unterbrochen"));
        CHECK_FALSE(visitor.get("/angebote").has("Der alte Park"));
        REQUIRE(office.post(at + "/stand", {{"step", "resume"}}).status == 303);
        CHECK(visitor.get("/angebote").has("Der alte Park"));
        CHECK(office.get(at + "/versionen").has("?von=1&amp;bis=2"));
        CHECK(office.get(at + "/versionen?von=1&bis=2").status == 200);
        for (const char* below : {"", "/ablauf", "/ablauf/alle", "/bausteine", "/bausteine/ideen", "/raster"})
            CHECK(office.get(at + below).status == 200);
    });
}

TEST_CASE("nothing incomplete is published, and the list says what is missing") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto at = office.post(base + "-neu", {{"title", "Leer"}}).location();
    CHECK(office.get(at).has("Die Zusammenfassung fehlt."));
    const auto refused = office.post(at + "/stand", {{"step", "publish"}});
    CHECK(refused.status == 422);
    CHECK(refused.has("mindestens einer"));
    CHECK(house.visitor().get("/verfahren/leer").status == 404);
    CHECK(office.post(at + "/stand", {{"step", "resume"}}).status >= 400);
    CHECK(office.post(at + "/stand", {{"step", "unfug"}}).status == 409);
    CHECK(house.as(Role::editor).post(at + "/stand", {{"step", "publish"}}).status == 403);
}

TEST_CASE("where four eyes are wanted, the one who asked cannot publish, and a change asks anew") {
    TestHouse house;
    auto office = house.as(Role::coordinator), admin = house.as(Role::admin);
    house.write([&](db::Tx& tx) {
        core::set_setting(tx, house.tenant(), "procedures.four_eyes", "on");
        house.house().versions.raise_at_commit(tx, {}, "tenants");
    });
    const auto at = complete_procedure(office);
    CHECK(office.post(at + "/stand", {{"step", "publish"}}).status == 403);
    REQUIRE(office.post(at + "/stand", {{"step", "submit"}}).status == 303);
    CHECK(office.post(at + "/stand", {{"step", "publish"}}).status == 403);
    CHECK(admin.get(base).has("Veröffentlichung erbeten"));
    REQUIRE(post(admin, at, whole_texts()).status == 303);
    CHECK(admin.post(at + "/stand", {{"step", "publish"}}).status == 403);
    REQUIRE(office.post(at + "/stand", {{"step", "submit"}}).status == 303);
    CHECK(admin.post(at + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(house.visitor().get("/verfahren/der-neue-park").status == 200);
}

TEST_CASE("dates that do not fit stand at their field, and what was typed is kept") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto at = complete_procedure(office);
    const auto again = post(office, at + "/ablauf/alle",
                            {{"label", "Alle"},
                             {"step-1-key", "sammeln"},
                             {"step-1-label", "Sammeln und mehr"},
                             {"step-1-first_day", "2026-11-20"},
                             {"step-1-last_day", "2026-10-20"}});
    CHECK(again.status == 422);
    CHECK(again.has("Sammeln und mehr"));
    CHECK(again.has("id=\"f-step-1-last_day-error\""));
    CHECK(again.has("Das Ende liegt vor dem Beginn."));
    const auto overlap = post(office, at + "/ablauf/alle",
                              {{"label", "Alle"},
                               {"step-1-key", "sammeln"},
                               {"step-1-label", "Sammeln"},
                               {"step-1-first_day", "2026-11-20"},
                               {"step-1-last_day", "2026-12-20"},
                               {"step-2-label", "Abstimmen"},
                               {"step-2-first_day", "2026-12-01"}});
    CHECK(overlap.status == 422);
    CHECK(overlap.has("id=\"f-step-2-first_day-error\""));
    CHECK_FALSE(office.get(at + "/ablauf").has("Abstimmen"));
    const auto bad = post(office, at + "/bausteine/ideen",
                          {{"title", "Ideen"},
                           {"who", "everyone"},
                           {"position", "1"},
                           {"setting-place", "überall"},
                           {"setting-most_letters", "viele"},
                           {"setting-moderation", "after"}});
    CHECK(bad.status == 422);
    CHECK(bad.has("viele"));
}

TEST_CASE("settings of a building block are kept as it declares them") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto at = complete_procedure(office);
    REQUIRE(post(office, at + "/bausteine/ideen",
                 {{"title", "Ideen"},
                  {"who", "email"},
                  {"position", "1"},
                  {"setting-place", "none"},
                  {"setting-place_kinds", "point"},
                  {"setting-most_letters", "500"},
                  {"setting-most_photos", "3"},
                  {"setting-edit_minutes", "60"},
                  {"setting-moderation", "after"}})
                .status == 303);
    const auto file = office.get(at + "/verfahren.json");
    CHECK(file.has("\"most_letters\": 500"));
    CHECK(file.has("\"topics\": false"));
    CHECK(file.has("\"place\": \"none\""));
    CHECK_FALSE(file.has("edit_minutes"));
    CHECK(office.get("/verfahren/der-neue-park/ideen/ideen/neu").status == 200);
}

TEST_CASE("two who edit at once: the second sees what the first wrote, also from another screen") {
    on_both_houses([](TestHouse& house) {
        auto first = house.as(Role::coordinator), second = house.as(Role::admin);
        const auto at = complete_procedure(first);
        const auto seen = version(second, at + "/ablauf/alle");
        auto texts = whole_texts();
        texts[1].second = "Zitronenfalter.";
        REQUIRE(post(first, at, texts).status == 303);
        const auto answer = second.post(at + "/ablauf/alle", {{"_version", seen},
                                                              {"label", "Alle miteinander"},
                                                              {"audience", "everyone"},
                                                              {"step-1-key", "sammeln"},
                                                              {"step-1-label", "Sammeln"},
                                                              {"step-1-first_day", "2026-11-20"},
                                                              {"step-1-last_day", "2026-12-20"}});
        CHECK(answer.status == 422);
        CHECK(answer.has("Zitronenfalter"));
        CHECK(answer.has("Alle miteinander"));
    });
}

TEST_CASE("an exported procedure is taken over as a draft and exported again is the same") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto before = office.get(base + "/smart-rhino/verfahren.json");
        REQUIRE(before.status == 200);
        const auto made = office.upload(base + "-einlesen", {{"organisation", "1"}},
                                        {{"file", "v.json", "application/json", before.body}});
        REQUIRE(made.status == 303);
        CHECK(house.visitor().get("/verfahren/smart-rhino-2").status == 404);
        auto after = office.get(made.location() + "/verfahren.json").body;
        const auto put = [&](const std::string& from, const std::string& to) {
            const auto at = after.find(from);
            REQUIRE(at != std::string::npos);
            after.replace(at, from.size(), to);
        };
        put("\"state\": \"draft\"", "\"state\": \"published\"");
        put("\"key\": \"smart-rhino-2\"", "\"key\": \"smart-rhino\"");
        CHECK(after == before.body);
    });
}

TEST_CASE("a file that is refused names its places, and nothing is changed") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto refused = [&](const std::string& bytes, const char* words) {
        const auto answer = office.upload(base + "-einlesen", {}, {{"file", "v.json", "application/json", bytes}});
        INFO(words);
        CHECK(answer.status == 422);
        CHECK(answer.has(words));
    };
    const std::string head = R"({"format":"mitwirken/procedure","version":1,"title":"Kaputt","state":"draft",)";
    refused("kein JSON", "Die Datei wird nicht angenommen.");
    refused(head + R"("tracks":[{"key":"a","label":"A","steps":[{"key":"s","label":"S","first_day":"2027-02-30",)"
                   R"("last_day":null}]}],"activities":[],"grid":[]})",
            "track a, step s, first_day");
    refused(head + R"("tracks":[],"activities":[{"key":"x","module":"zauberei","title":"X"}],"grid":[]})",
            "activity x, module");
    refused(head + R"("tracks":[],"activities":[{"key":"x","module":"ideas","title":"X",)"
                   R"("settings":{"most_letters":"viele"}}],"grid":[]})",
            "activity x, settings, most_letters");
    CHECK_FALSE(office.get(base).has("Kaputt"));
    CHECK(office.post(base + "-einlesen", {}).status == 422);
}

TEST_CASE("a copy is a draft with its dates moved, of the same dossier") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        CHECK(office.get(base + "-neu?von=smart-rhino").has("Kopie von"));
        const auto made = office.post(
            base + "-neu",
            {{"von", "smart-rhino"}, {"title", "Noch einmal"}, {"first_day", "2028-10-05"}, {"organisation", "1"}});
        REQUIRE(made.status == 303);
        const auto file = office.get(made.location() + "/verfahren.json");
        CHECK(file.has("\"first_day\": \"2028-10-05\""));
        CHECK_FALSE(file.has("2026-10-05"));
        CHECK(house.visitor().get("/verfahren/noch-einmal").status == 404);
        CHECK(
            office.post(base + "-neu", {{"von", "smart-rhino"}, {"title", "X"}, {"first_day", "9999-12-31"}}).status ==
            422);
        CHECK(office.post(base + "-neu", {{"von", "gibt-es-nicht"}, {"title", "X"}}).status == 404);
    });
}

TEST_CASE("an activity with contributions cannot be removed") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto at = complete_procedure(office);
    REQUIRE(office.post(at + "/stand", {{"step", "publish"}}).status == 303);
    REQUIRE(post(office, at + "/bausteine/ideen", {{"remove", "1"}}).status == 303);
    REQUIRE(office.post(at + "/bausteine", {{"module", "ideas"}, {"title", "Ideen"}}).status == 303);
    house.write([&](db::Tx& tx) {
        const auto record = *core::find_procedure(tx, house.tenant(), "der-neue-park");
        const auto plan = core::load_plan(tx, record);
        core::NewContribution idea;
        idea.module = "ideas", idea.kind = "idea", idea.title = "Baum";
        core::hand_in(tx, {house.tenant(), record.id, plan.activities[0].id, {}}, idea, house.clock().now());
    });
    const auto refused = post(office, at + "/bausteine/ideen", {{"remove", "1"}});
    CHECK(refused.status == 422);
    CHECK(refused.has("kann nicht entfernt werden"));
}

TEST_CASE("editors have the procedures of their own department only") {
    TestHouse house;
    auto office = house.as(Role::coordinator), editor = house.as(Role::editor);
    const auto foreign = office.post(base + "-neu", {{"title", "Fremd"}}).location();
    CHECK(editor.get(foreign).status == 403);
    CHECK(editor.post(foreign, {{"title", "Meins"}}).status == 403);
    CHECK(editor.get(base + "-neu?von=fremd").status == 403);
    CHECK_FALSE(editor.get(base).has("Fremd"));
    CHECK(editor.post(base + "-neu", {{"title", "Eigen"}, {"organisation", "999"}}).status == 422);
    const auto own = editor.post(base + "-neu", {{"title", "Eigen"}});
    REQUIRE(own.status == 303);
    CHECK(editor.get(own.location()).status == 200);
    CHECK(editor.get(base).has("Eigen"));
}
