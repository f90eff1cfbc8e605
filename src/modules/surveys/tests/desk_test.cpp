// Surveys as staff build, read and export them.
#include <doctest/doctest.h>

#include "modules/surveys/tests/small_survey.h"
#include "platform/base/text.h"

namespace mitwirken::tests {

using namespace std::chrono_literals;
using namespace survey;
using surveys::Json;

TEST_CASE("surveys: an export holds no formula, every answer, and what its keys mean") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house);
    to_the_end(house, anna);
    REQUIRE(hand_in(anna).status == 303);
    auto office = house.as(core::Role::admin);
    const auto csv = office.get(std::string(desk) + "/export.csv");
    CHECK(csv.has("'=SUM(A1)"));
    CHECK_FALSE(csv.has(";=SUM"));
    CHECK(office.get(std::string(desk) + "/export.csv?werte=schluessel").has(";bus;"));
    const auto xlsx = office.get(std::string(desk) + "/export.xlsx");
    CHECK(xlsx.body.substr(0, 2) == "PK");
    CHECK(office.get(std::string(desk) + "/codebuch.csv").has("bus"));
    CHECK(office.get(std::string(desk) + "/codebuch").has("Rad"));
    CHECK(somebody(house).get(std::string(desk) + "/export.csv").status == 303);
}

TEST_CASE("surveys: sheets of paper are entered one after the other, and stand in the results by their channel") {
    TestHouse house;
    set_up(house);
    auto office = house.as(core::Role::admin);
    const auto form = form_on(office, std::string(desk) + "/eingabe", std::string(desk) + "/eingabe");
    CHECK(send(office, form, form.sent()).status == 422);
    auto fields = form.sent();
    PageForm::set(fields, "channel", "paper");
    fields.emplace_back("a-q3", "a");
    CHECK(send(office, form, fields).location().find("kanal=paper") != std::string::npos);
    fields = form_on(office, std::string(desk) + "/eingabe", std::string(desk) + "/eingabe").sent();
    for (const char* key : {"a", "b", "c"}) fields.emplace_back("a-q3", key);
    CHECK(send(office, form, fields).status == 422);
    REQUIRE(stored(house).size() == 1);
    CHECK(stored(house)[0].channel == core::Channel::paper);
    const auto few = somebody(house).get(std::string(base) + "/ergebnisse?kanal=paper");
    CHECK(few.has("Weniger als 5 Antworten"));
    CHECK(office.get(std::string(desk) + "/ergebnisse?kanal=paper").has("<b>1 Antwort</b>"));
}

TEST_CASE("surveys: results at the end, or never; staff see them always") {
    TestHouse house;
    set_up(house, core::Who::anyone, R"({"results":"end"})");
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse").status == 404);
    CHECK(house.as(core::Role::analyst).get(std::string(desk) + "/ergebnisse").status == 200);
    CHECK(house.as(core::Role::analyst).get(std::string(desk) + "/bearbeiten").status == 403);
    house.clock().set(start_of(*parse_date("2027-02-01")) + 1s);
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse").status == 200);
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse/kreuztabelle").status == 404);
    set_up(house, core::Who::anyone, R"({"results":"never"})");
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse").status == 404);
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse.csv").status == 404);
    CHECK(somebody(house).get("/api/v1/surveys/smart-rhino.umfrage").has("\"answers\":null"));
}

TEST_CASE("surveys: free texts get tags, and stand in public only when they are released") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house);
    to_the_end(house, anna);
    REQUIRE(hand_in(anna).status == 303);
    auto office = house.as(core::Role::admin);
    const std::string path = std::string(desk) + "/texte?frage=q4";
    CHECK(office.post(path, {{"name", ""}}).status == 422);
    REQUIRE(office.post(path, {{"name", "Sitzen"}}).status == 303);
    auto id = std::to_string(stored(house)[0].id.value);
    std::vector<surveys::Tag> tags;
    const auto read_tags = [&] {
        house.read([&](db::Tx& tx) { tags = surveys::tags(tx, activity_of(house, tx), "q4"); });
    };
    read_tags();
    REQUIRE(tags.size() == 1);
    const auto tag = std::to_string(tags[0].id.value);
    REQUIRE(office.post(path, {{"do", "code"}, {"text", id}, {"tag-" + id, tag}, {"released-" + id, "on"}}).status ==
            303);
    read_tags();
    CHECK(tags[0].texts == 1);
    CHECK(office.get(path + "&stichwort=" + tag).has("Bänke"));
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse").has("Bänke"));
    REQUIRE(office.post(path, {{"do", "code"}, {"text", id}}).status == 303);
    CHECK_FALSE(somebody(house).get(std::string(base) + "/ergebnisse").has("Bänke"));
    REQUIRE(office.post(path, {{"drop", tag}}).status == 303);
    read_tags();
    CHECK(tags.empty());
}

TEST_CASE("surveys: the builder adds, edits, undoes, and releases what is complete; the public sees only that") {
    on_both_houses([](TestHouse& house) {
        set_up(house);
        auto office = house.as(core::Role::editor);
        auto admin = house.as(core::Role::admin);
        (void)office;
        const std::string edit = std::string(desk) + "/bearbeiten";
        REQUIRE(admin.get(edit).status == 200);
        CHECK(admin.post(std::string(desk) + "/frage", {{"title", ""}, {"kind", "single"}, {"page", "p2"}}).status ==
              422);
        const auto added =
            admin.post(std::string(desk) + "/frage", {{"title", "Noch etwas?"}, {"kind", "single"}, {"page", "p2"}});
        REQUIRE(added.status == 303);
        CHECK(admin.follow(added).has("Noch etwas?"));
        CHECK(admin.get(edit).has("mindestens zwei Antworten"));
        const auto form = form_on(admin, added.location(), added.location());
        auto fields = form.sent();
        PageForm::set(fields, "options-1-label", "Ja");
        PageForm::set(fields, "options-2-label", "Nein");
        PageForm::set(fields, "if-question-1", "q1");
        PageForm::set(fields, "if-value-1", "rad");
        REQUIRE(send(admin, form, fields).status == 303);
        // Somebody else's change in between is said, and the own text stays.
        PageForm::set(fields, "title", "Meine Fassung");
        const auto meanwhile = send(admin, form, fields);
        CHECK(meanwhile.status == 422);
        CHECK(meanwhile.has("Meine Fassung"));
        CHECK(admin.get(edit).has("Als neue Fassung freigeben"));
        CHECK_FALSE(somebody(house).get(std::string(base) + "/fragen").has("Noch etwas?"));
        CHECK(admin.get(std::string(desk) + "/vorschau?von=p1&a-q1=rad").has("Noch etwas?"));
        CHECK_FALSE(admin.get(std::string(desk) + "/vorschau?von=p1&a-q1=bus").has("Noch etwas?"));
        const auto release = form_on(admin, edit, std::string(desk) + "/freigeben");
        CHECK(admin.post(std::string(desk) + "/freigeben", {{"_version", "0"}}).status == 303);
        REQUIRE(send(admin, release, release.sent()).status == 303);
        CHECK(admin.get(edit).has("ist das, was beantwortet wird"));
        REQUIRE(admin.post(edit, {{"do", "remove:q1"}}).status == 303);
        CHECK_FALSE(admin.get(edit).has("Rad oder Bus?"));
        REQUIRE(admin.post(edit, {{"do", "undo"}}).status == 303);
        CHECK(admin.get(edit).has("Rad oder Bus?"));
        CHECK(somebody(house).get(std::string(base) + "/fragen").has("Rad oder Bus?"));
    });
}

TEST_CASE("surveys: a copy of a procedure brings its questions, and they are released with it") {
    TestHouse house;
    auto office = house.as(core::Role::admin);
    const auto file = office.get("/verwaltung/verfahren/smart-rhino/verfahren.json");
    CHECK(file.has("Was darf im neuen Quartier auf keinen Fall fehlen?"));
    CHECK(file.has("What must not be missing"));
}

TEST_CASE("surveys: the example's survey can be answered, printed, crossed and read as data") {
    TestHouse house;
    auto visitor = somebody(house);
    CHECK(visitor.get("/verfahren/smart-rhino").has("Umfrage: Ihr neues Quartier"));
    for (const char* path : {"", "/fragen", "/ergebnisse", "/ergebnisse.csv", "/ergebnisse/kreuztabelle"}) {
        INFO(std::string(path));
        CHECK(visitor.get(std::string(base) + path).status == 200);
    }
    CHECK(visitor.get(std::string(base) + "/ergebnisse").has("72 Antworten"));
    CHECK(visitor.get("/en" + std::string(base) + "/fragen").has("How often are you near the site?"));
    const auto api = nlohmann::json::parse(visitor.get("/api/v1/surveys/smart-rhino.umfrage").body);
    CHECK(api["answers"] == 72);
    CHECK(api["questions"].size() == 17);
    CHECK(house.as(core::Role::coordinator).get(std::string(desk) + "/kreuztabelle").status == 200);
}

TEST_CASE("surveys: a page of results reads as much after a thousand answers as after a hundred") {
    TestHouse house;
    set_up(house);
    auto reader = house.as(core::Role::admin);
    const auto answer = [&](int count) {
        house.write([&](db::Tx& tx) {
            const auto activity = activity_of(house, tx);
            const auto version = *surveys::current_version(tx, activity);
            const auto asked = surveys::parse_questionnaire(version.content);
            const auto procedure = *core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
            for (int i = 0; i < count; ++i) {
                core::NewContribution head{.module = "surveys", .kind = "answer"};
                head.original = "{}";
                const auto now = house.clock().now();
                const auto id = core::hand_in(tx, {house.tenant(), procedure.id, activity, {}}, head, now);
                const surveys::Values values{{"q1", {{i % 3 ? "rad" : "bus"}, "", {}, {}}},
                                             {"q3", {{"a", i % 2 ? "b" : "c"}, "", {}, {}}},
                                             {"q4", {{}, "Text", {}, {}}}};
                surveys::add_answer(
                    tx, house.tenant(), activity,
                    {id, version.id, core::Channel::online, surveys::write_values(values).dump(), true, now}, asked);
            }
            house.house().versions.raise_at_commit(tx, house.tenant(), procedure.scope());
        });
    };
    const auto steps = [&] {
        auto& database = house.program().database();
        const auto before = database.statistics().steps;
        CHECK(reader.get(std::string(desk) + "/ergebnisse").status == 200);
        return database.statistics().steps - before;
    };
    answer(100);
    const auto few = steps();
    answer(900);
    const auto many = steps();
    CHECK(many <= few + few / 10);
    CHECK(reader.get(std::string(desk) + "/ergebnisse").has("1.000 Antworten"));
}

}  // namespace mitwirken::tests
