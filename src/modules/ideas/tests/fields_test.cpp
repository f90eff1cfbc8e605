// Own fields: the editor's screen, the form, who sees the answers, settings that change while somebody writes.
#include "modules/ideas/ideas.h"
#include "modules/ideas/tests/support.h"

namespace mitwirken::tests {

namespace {

const std::string editor = "/verwaltung/verfahren/smart-rhino/ideen/ideen/bearbeiten";

// Of a form that was opened before there was any field.
Fields editor_fields(Fields fields) {
    fields.emplace_back("_before", "[]");
    return fields;
}

}  // namespace

TEST_CASE("own fields are checked by their kind, and settings of a wrong kind are not believed") {
    ideas::Settings s;
    s.fields = ideas::fields_from_json({own_field("zahl", "Wie viele?", "number"), own_field("ja", "Neu?", "yes_no"),
                                        own_field("wer", "Für wen?", "choice", true)});
    const auto bad =
        ideas::check(Form({{"title", "x"}, {"body", "x"}, {"field-zahl", "12 Stück"}, {"field-ja", "vielleicht"}}), s);
    REQUIRE_FALSE(bad);
    for (const char* field : {"field-zahl", "field-ja", "field-wer"}) CHECK(bad.problems().of(field) != nullptr);
    CHECK(ideas::check(
        Form({{"title", "x"}, {"body", "x"}, {"field-zahl", "3,5"}, {"field-ja", "ja"}, {"field-wer", "Kinder"}}), s));
    const auto odd = ideas::settings_of(R"({"most_letters": "viele", "most_photos": 900, "fields": {"a": 1}})");
    CHECK(odd.most_letters == 2000);
    CHECK(odd.most_photos == 10);
    CHECK(odd.fields.empty());
    CHECK(ideas::settings_of(R"({"fields": [1, {"label": "ohne"}, {"key": "k", "options": [1, "zwei"]}]})")
              .fields.size() == 1);
}

TEST_CASE("an editor adds, orders, words anew and removes fields; answers keep their place") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(core::Role::admin);
        REQUIRE(office.get(editor).status == 200);
        const auto more = office.post(editor, editor_fields({{"add", "field"}}));
        CHECK(more.status == 200);
        CHECK(more.has("name=\"f1-label\""));
        const auto refused = office.post(
            editor,
            editor_fields(
                {{"f1-label", "Für wen?"}, {"f1-kind", "choice"}, {"f1-options", "Kinder"}, {"f1-place", "0"}}));
        CHECK(refused.status == 422);
        CHECK(refused.has("mindestens zwei Antworten"));
        CHECK(refused.has("Für wen?"));
        REQUIRE(office
                    .post(editor, editor_fields({{"f1-label", "Für wen?"},
                                                 {"f1-kind", "choice"},
                                                 {"f1-options", "Kinder\nAlle\nKinder"},
                                                 {"f1-place", "2"},
                                                 {"f1-required", "on"},
                                                 {"f2-label", "Telefon"},
                                                 {"f2-kind", "text"},
                                                 {"f2-who", "office"},
                                                 {"f2-place", "1"}}))
                    .status == 303);
        auto anna = someone(house);
        const auto form = anna.get(ideas_form);
        CHECK(form.body.find("field-telefon") < form.body.find("field-fuer-wen"));
        const auto saved = send_idea(
            house, anna,
            {{"title", "Bänke"}, {"body", "Am Wasser."}, {"field-fuer-wen", "Alle"}, {"field-telefon", "0231 1234"}});
        REQUIRE(saved.status == 303);
        CHECK(house.visitor().get(saved.location()).has("Für wen?"));
        CHECK_FALSE(house.visitor().get(saved.location()).has("0231 1234"));
        CHECK(office.get(saved.location()).has("0231 1234"));
        CHECK(anna.get(saved.location()).has("0231 1234"));
        CHECK_FALSE(house.visitor().get(ideas_list + "/ideen.csv").has("0231 1234"));
        CHECK(office.get(ideas_list + "/ideen.csv?alle=ja").has("0231 1234"));
        CHECK_FALSE(house.visitor().get(ideas_list + "/ideen.csv?alle=ja").has("0231 1234"));
        // Another window that has not seen this.
        const auto late =
            office.post(editor, editor_fields({{"f1-label", "Ganz anders"}, {"f1-kind", "text"}, {"f1-place", "1"}}));
        CHECK(late.status == 422);
        CHECK(late.has("Ganz anders"));
        CHECK(house.visitor().get(editor).status != 200);
    });
}

TEST_CASE("a field that became required while somebody wrote: the form again, with everything in it") {
    TestHouse house;
    set_ideas(house, {{"fields", {own_field("wer", "Für wen?", "text")}}});
    auto anna = someone(house);
    const auto fields =
        with_marks(house, anna, ideas_form, {{"title", "Bänke"}, {"body", "Ein langer Text."}, {"name", "Anna"}});
    set_ideas(house, {{"fields", {own_field("wer", "Für wen?", "text", true)}}});
    const auto refused = anna.post(ideas_form, fields);
    CHECK(refused.status == 422);
    for (const char* words : {"Ein langer Text.", "Bänke", "Anna", "Für wen?"}) CHECK(refused.has(words));
}

TEST_CASE("mark-up in own fields, options and alt texts is text, in the page, the table and the map file") {
    TestHouse house;
    const std::string evil = "<svg onload=alert(1)>[x](javascript:alert(1))";
    set_ideas(house, {{"fields", {own_field("wer", "<i>Wer</i>", "text")}}});
    auto anna = someone(house);
    const auto saved =
        send_idea(house, anna, {{"title", "=1+1"}, {"body", evil}, {"field-wer", "=cmd|' /C calc'!A0" + evil}});
    REQUIRE(saved.status == 303);
    for (const std::string& path : {saved.location(), ideas_list, saved.location() + "/fassungen"}) {
        INFO(path);
        CHECK_FALSE(anna.get(path).has("<svg onload"));
        CHECK_FALSE(anna.get(path).has("<i>Wer"));
        CHECK_FALSE(anna.get(path).has("href=\"javascript:"));
    }
    const auto csv = house.visitor().get(ideas_list + "/ideen.csv");
    CHECK(csv.has("'=1+1"));
    CHECK(csv.has("'=cmd"));
    CHECK(house.visitor().get(ideas_list + "/ideen.xlsx").body.substr(0, 2) == "PK");
    CHECK(nlohmann::json::parse(house.visitor().get(ideas_list + "/ideen.geojson").body).at("features").size() > 3);
}

TEST_CASE("somebody who goes leaves the public answers, not what they told the office") {
    TestHouse house;
    set_ideas(house, {{"fields", {own_field("tel", "Telefon", "text", false, false), own_field("x", "X", "text")}}});
    auto anna = someone(house);
    const auto saved = send_idea(
        house, anna, {{"title", "Bänke"}, {"body", "x"}, {"field-tel", "0231 1234"}, {"field-x", "Öffentlich"}});
    REQUIRE(saved.status == 303);
    core::ParticipantId who;
    house.read([&](db::Tx& tx) {
        const auto number = *to_int(saved.location().substr(saved.location().rfind('/') + 1));
        who = core::find_contribution(tx, house.tenant(), core::ContributionId{number})->participant;
    });
    house.write([&](db::Tx& tx) {
        for (const auto& module : house.house().modules)
            if (module.name == "ideas")
                module.erase_participant(tx, house.tenant(), who, core::Keep::anonymous, house.clock().now());
    });
    auto office = house.as(core::Role::admin);
    CHECK(office.get(saved.location()).has("Öffentlich"));
    CHECK_FALSE(office.get(saved.location()).has("0231 1234"));
}

}  // namespace mitwirken::tests
