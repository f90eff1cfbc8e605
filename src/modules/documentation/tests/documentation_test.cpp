// Documentations: rules, the store on both databases, and the pages of readers and editors.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/tenants/tenants.h"
#include "modules/documentation/documentation.h"
#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::documentation;
using namespace mitwirken::tests;
using core::Role;

namespace {

std::string version_in(const Answer& page) {
    const std::string mark = "name=\"_version\" value=\"";
    const auto at = page.body.find(mark);
    REQUIRE(at != std::string::npos);
    return page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
}

Whole sample() {
    Whole whole;
    whole.document.title = "Dialog";
    whole.questions = {{"Was belastet Sie?", 2, {{"Lärm", 12}, {"Verkehr", 8}, {"Nichts", {}}}}};
    Session first{"Runde 1", "Wie war es?", "", {}}, input{"Input", "", "Ein **Vortrag**.", {}};
    Group group{"", "Ruhe // Nähe", "Mehr Bänke", {}};
    group.notes[std::size_t(Board::quote)] = {"Es war still", "Es war still"};
    group.notes[std::size_t(Board::novel)] = {"Bänke"};
    first.groups = {group, group};
    whole.sessions = {first, input};
    return whole;
}

}  // namespace

TEST_CASE("thoughts are separated by line breaks and by two slashes with space around, not by addresses") {
    CHECK(thoughts_of("eins // zwei\ndrei") == std::vector<std::string>{"eins", "zwei", "drei"});
    CHECK(thoughts_of("siehe https://example.org") == std::vector<std::string>{"siehe https://example.org"});
    CHECK(thoughts_of(" // \n").empty());
}

TEST_CASE("each form of a documentation says what is missing") {
    CHECK(check_head(Form{}).problems().of("title") != nullptr);
    CHECK(check_head(Form{{{"title", "A"}, {"day", "2026-02-30"}}}).problems().of("day") != nullptr);
    CHECK(check_head(Form{{{"title", "A"}, {"links-1-title", "Übel"}, {"links-1-url", "javascript:1"}}})
              .problems()
              .of("links") != nullptr);
    CHECK(check_question(Form{{{"text", "Was?"}, {"choose", "1"}, {"options-1-text", "Nur eine"}}})
              .problems()
              .of("options") != nullptr);
    const Form votes{{{"text", "Was?"},
                      {"choose", "3"},
                      {"options-1-text", "A"},
                      {"options-1-votes", "viele"},
                      {"options-2-text", "B"}}};
    CHECK(check_question(votes).problems().of("options") != nullptr);
    CHECK(check_question(votes).problems().of("choose") != nullptr);
    CHECK(check_session(Form{}).problems().of("title") != nullptr);
    CHECK_FALSE(check_group(Form{{{"title", "Leer"}}}));
}

TEST_CASE("what was said goes through the form line by line and comes back in the same order") {
    const auto group =
        check_group(Form{{{"notes_quote", "eins\n\n  zwei  \ndrei"}, {"notes_new", "Bänke"}, {"quintessence", "q"}}});
    REQUIRE(group);
    CHECK(group->of(Board::quote) == std::vector<std::string>{"eins", "zwei", "drei"});
    const auto again = check_group(to_form(*group));
    REQUIRE(again);
    CHECK(again->notes == group->notes);
    CHECK(again->quintessence == "q");
    const auto question = check_question(to_form(sample().questions.front()));
    REQUIRE(question);
    CHECK(question->options == sample().questions.front().options);
    CHECK(votes_of(*question) == 20);
}

TEST_CASE("parts move up and down, stop at the ends, and can be taken out") {
    std::vector<int> parts = {1, 2, 3};
    CHECK(move_part(parts, 3, Move::up));
    CHECK(parts == std::vector<int>{1, 3, 2});
    CHECK(move_part(parts, 1, Move::up));
    CHECK(parts == std::vector<int>{1, 3, 2});
    CHECK(move_part(parts, 1, Move::remove));
    CHECK(parts == std::vector<int>{3, 2});
    CHECK_FALSE(move_part(parts, 3, Move::down));
    CHECK_FALSE(move_part(parts, 0, Move::remove));
}

TEST_CASE("a documentation is stored and read as a whole, saying the same thing twice included") {
    testing::on_both([](testing::TestDatabase& database) {
        const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "documentation"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            Whole whole = sample();
            whole.document.state = core::State::published;
            whole.document.id = add(tx, tenant, whole.document, {}, now);
            whole.document = *find(tx, tenant, whole.document.id);
            save_parts(tx, whole);
            save_parts(tx, whole);  // replaces, does not add
            const Whole stored = load(tx, whole.document);
            CHECK(to_json(stored) == to_json(whole));
            CHECK(stored.questions.front().options == whole.questions.front().options);
            CHECK(public_list(tx, tenant, {}, now, 10).size() == 1);
            whole.document.publish_at = now + std::chrono::hours{1};
            save(tx, tenant, whole.document, {}, now);
            CHECK(public_list(tx, tenant, {}, now, 10).empty());
            CHECK(next_publication(tx, tenant, now) == whole.document.publish_at);
            CHECK(public_list(tx, tenant, {}, now + std::chrono::hours{1}, 10).size() == 1);
            CHECK(add(tx, tenant, sample().document, {}, now) != whole.document.id);
            CHECK(find(tx, tenant, std::string("dialog-2")).has_value());
        });
    });
}

TEST_CASE("lists of documentations page by key, newest first") {
    testing::on_both([](testing::TestDatabase& database) {
        const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "documentation"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            for (const char* day : {"2024-05-01", "2026-05-01", "2025-05-01", "2025-05-01"}) {
                Document document;
                document.title = day, document.day = parse_date(day), document.state = core::State::published;
                add(tx, tenant, document, {}, now);
            }
            const auto first = public_list(tx, tenant, {}, now, 2),
                       second = public_list(tx, tenant, first.back().id, now, 2);
            REQUIRE(second.size() == 2);
            CHECK(first[0].title == "2026-05-01");
            CHECK(first[1].title == "2025-05-01");
            CHECK(second[0].title == "2025-05-01");
            CHECK(second[1].title == "2024-05-01");
            CHECK(first[1].id != second[0].id);
        });
    });
}

TEST_CASE("the example's dialogue is there word for word, with its guides to download") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const auto page = visitor.get("/ergebnisse/dialogue-2020");
        REQUIRE(page.status == 200);
        for (const char* text : {"Unsere Nachbarschaft ist zusammengerückt", "„Es war eine aufregende Zeit“",
                                 "Foodsharing war ein sehr positives Angebot", "Kontaktsperren – meine Verwandten",
                                 "Leitfaden: Ergebnisse dokumentieren", "Input der Stadt Dortmund"}) {
            INFO(text);
            CHECK(page.has(text));
        }
        const auto data = nlohmann::json::parse(visitor.get("/api/v1/documentations/dialogue-2020").body);
        CHECK(data["sessions"].size() == 3);
        CHECK(data["sessions"][0]["groups"][1]["quotes"].size() == 18);
        CHECK(data["key_points"]["groups"].size() == 4);
        CHECK(data["questions"][0]["options"][0]["votes"].is_null());
        CHECK(visitor.get("/ergebnisse").has("/ergebnisse/dialogue-2020"));
        CHECK(visitor.get("/ergebnisse").has("/angebote/digitaler-buergerinnendialog-2020"));
        CHECK(visitor.get("/ergebnisse/dialogue-2020/druck").status == 200);
        CHECK(visitor.get("/suche?q=Foodsharing").has("/ergebnisse/dialogue-2020"));
    });
}

TEST_CASE("a documentation is written part by part, with its files, and seen by the public from release to archive") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto visitor = house.visitor();
    CHECK(office.post("/verwaltung/dokumentationen/neu", {{"title", ""}}).status == 422);
    const auto made =
        office.upload("/verwaltung/dokumentationen/neu", {{"title", "Dialog am Fluss"}, {"_version", "0"}},
                      {{"files", "plan.txt", "text/plain", "Ein Plan."}});
    REQUIRE(made.status == 303);
    const std::string path = made.location();
    auto page = office.get(path);
    REQUIRE(office.post(path + "/runden/neu", {{"title", "Runde 1"}, {"_version", version_in(page)}}).status == 303);
    page = office.get(path);
    const std::string version = version_in(page);
    REQUIRE(
        office.post(path + "/gruppen/1-neu", {{"notes_quote", "Hier fehlt Schatten"}, {"_version", version}}).status ==
        303);
    const auto late = office.post(path + "/gruppen/1-neu", {{"notes_quote", "Getippter Text"}, {"_version", version}});
    CHECK(late.status == 422);
    CHECK(late.has("Getippter Text"));
    CHECK(office.post(path + "/ordnen", {{"part", "runden-1"}, {"move", "remove"}, {"_version", version}}).status ==
          409);
    CHECK(visitor.get("/ergebnisse/dialog-am-fluss").status == 404);
    const auto preview = office.get(path + "/vorschau");
    CHECK(preview.has("Hier fehlt Schatten"));
    CHECK(preview.has("/plan.txt\""));
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(visitor.get("/ergebnisse/dialog-am-fluss").has("Hier fehlt Schatten"));
    CHECK(office.post(path + "/stand", {{"step", "publish"}}).status == 409);
    CHECK(office.get(path + "/versionen").has("?von="));
    REQUIRE(office.post(path + "/stand", {{"step", "archive"}}).status == 303);
    CHECK(visitor.get("/ergebnisse/dialog-am-fluss").status == 404);
    CHECK_FALSE(visitor.get("/ergebnisse").has("dialog-am-fluss"));
}

TEST_CASE("parts that are not there are not there, and other departments keep their hands off") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    for (const char* part :
         {"fragen/3", "fragen/0", "runden/9", "gruppen/2-1", "gruppen/1-9", "gruppen/x", "anderes/1"}) {
        INFO(part);
        CHECK(office.get(std::string("/verwaltung/dokumentationen/1/") + part).status == 404);
    }
    CHECK(office.get("/verwaltung/dokumentationen/1/gruppen/1-4").status == 200);
    auto editor = house.as(Role::editor);
    CHECK(editor.get("/verwaltung/dokumentationen/1").status == 403);
    CHECK(editor.post("/verwaltung/dokumentationen/1/fragen/1", {{"text", "x"}}).status == 403);
    CHECK(house.as(Role::analyst).get("/verwaltung/dokumentationen").status == 403);
}

TEST_CASE("the guides of the example can be downloaded") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/ergebnisse/dialogue-2020");
    const auto at = page.body.find("/dateien/");
    REQUIRE(at != std::string::npos);
    const auto file = visitor.get(page.body.substr(at, page.body.find('"', at) - at));
    CHECK(file.status == 200);
    CHECK(file.has("# "));
}

TEST_CASE(
    "a published documentation and its parts are changed only by those who may publish, until they give it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields = {{"title", "Vom Fachbereich"}, {"day", "2026-11-20"}, {"_version", "0"}};
    const std::string path = editor.post("/verwaltung/dokumentationen/neu", fields).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    fields.back().second = "1";
    CHECK(editor.post(path, fields).status == 422);
    const Fields question = {{"text", "Wie?"}, {"choose", "1"}, {"_version", "1"}};
    CHECK(editor.post(path + "/fragen/neu", question).status == 422);
    CHECK(editor.post(path + "/ordnen", {{"part", "fragen-1"}, {"move", "up"}, {"_version", "1"}}).status == 403);
    CHECK(editor.post(path + "/stand", {{"step", "archive"}}).status == 403);
    REQUIRE(office.post(path + "/stand", {{"step", "return"}}).status == 303);
    CHECK(editor.post(path, fields).status == 303);
}
