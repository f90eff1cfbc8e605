// Pages of the news, on the example.
#include <doctest/doctest.h>

#include "core/people/people.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

TEST_CASE("news stand newest first, and a topic narrows them") {
    TestHouse house;
    const auto page = house.visitor().get("/neuigkeiten");
    CHECK(page.status == 200);
    const auto newer = page.body.find("/neuigkeiten/sachstandsbericht-drei-arbeitspakete");
    const auto older = page.body.find("/neuigkeiten/vorlage-digitale-formate-2020");
    REQUIRE(newer != std::string::npos);
    REQUIRE(older != std::string::npos);
    CHECK(newer < older);
    const auto narrow = house.visitor().get("/neuigkeiten?thema=stadtentwicklung");
    CHECK(narrow.has("/neuigkeiten/pilot-beteiligungsportal-nrw"));
    CHECK_FALSE(narrow.has("/neuigkeiten/vorlage-digitale-formate-2020"));
    CHECK(house.visitor().get("/neuigkeiten/gibt-es-nicht").status == 404);
    CHECK(house.visitor().get("/neuigkeiten.rss").has("<item>"));
    CHECK(house.visitor().get("/api/v1/news/vorlage-digitale-formate-2020").has("\"day\":\"2020-08-11\""));
}

TEST_CASE("an article with a schedule appears and vanishes by the clock alone") {
    TestHouse house;
    auto office = house.as(core::Role::coordinator);
    const auto saved = office.post("/verwaltung/neuigkeiten/neu", {{"_version", "0"},
                                                                   {"title", "Haushalt zum Mitreden"},
                                                                   {"lead", "Ab Dezember."},
                                                                   {"day", "2026-11-30"},
                                                                   {"publish_at_day", "2026-12-01"},
                                                                   {"publish_at_time", "08:00"},
                                                                   {"unpublish_at_day", "2026-12-02"}});
    REQUIRE(saved.status == 303);
    REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
    const std::string path = "/neuigkeiten/haushalt-zum-mitreden";
    CHECK(house.visitor().get(path).status == 404);
    CHECK(office.get(path).has("nicht öffentlich"));
    CHECK_FALSE(house.visitor().get("/neuigkeiten").has(path));
    CHECK(office.get(saved.location()).has("Geplant für 1. Dezember 2026"));
    CHECK(office.get("/verwaltung/neuigkeiten").has("Geplant für 1. Dezember 2026"));
    house.clock().set(*parse_instant("2026-12-01T07:00:00Z"));
    CHECK(house.visitor().get(path).status == 200);
    CHECK(house.visitor().get("/neuigkeiten").has(path));
    house.clock().set(*parse_instant("2026-12-01T23:00:00Z"));
    CHECK(house.visitor().get(path).status == 404);
    CHECK_FALSE(house.visitor().get("/neuigkeiten").has(path));
    CHECK(house.as(core::Role::coordinator).get(saved.location()).has("War öffentlich bis"));
}

TEST_CASE("an article without a title is shown again with what was typed") {
    TestHouse house;
    const auto again = house.as(core::Role::coordinator)
                           .post("/verwaltung/neuigkeiten/neu", {{"lead", "Nur ein Vorspann"}, {"day", "2026-11-30"}});
    CHECK(again.status == 422);
    CHECK(again.has("Nur ein Vorspann"));
}

TEST_CASE("an editor cannot publish news") {
    TestHouse house;
    auto editor = house.as(core::Role::editor);
    const auto saved = editor.post("/verwaltung/neuigkeiten/neu",
                                   {{"_version", "0"}, {"title", "Entwurf"}, {"lead", "Text"}, {"day", "2026-11-30"}});
    REQUIRE(saved.status == 303);
    CHECK(editor.post(saved.location() + "/stand", {{"step", "publish"}}).status == 403);
}

TEST_CASE("versions of an article are listed and compared word by word, with schedule and topics") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(core::Role::coordinator);
        Fields first{{"_version", "0"}, {"title", "Alter Titel"}, {"lead", "Gleicher Vorspann"}, {"day", "2026-11-30"}};
        const auto saved = office.post("/verwaltung/neuigkeiten/neu", first);
        REQUIRE(saved.status == 303);
        CHECK_FALSE(office.get(saved.location() + "/versionen").has("?von="));
        Fields second{{"_version", "1"},     {"title", "Neuer Titel"}, {"lead", "Gleicher Vorspann"},
                      {"day", "2026-12-01"}, {"topics", "mitwirkung"}, {"publish_at_day", "2026-12-01"}};
        REQUIRE(office.post(saved.location(), second).status == 303);
        CHECK(office.get(saved.location() + "/versionen").has("?von=1&amp;bis=2"));
        const auto compared = office.get(saved.location() + "/versionen?von=1&bis=2");
        CHECK(compared.status == 200);
        CHECK(compared.has("Fassung 1 verglichen mit Fassung 2"));
        CHECK(compared.has("<del><span class=\"sr-only\">gelöscht: </span>Alter "));
        CHECK(compared.has("<ins><span class=\"sr-only\">eingefügt: </span>Neuer "));
        for (const char* field : {"Titel", "Tag", "Themen und Stadtbezirke", "Öffentlich ab (Tag)"})
            CHECK_MESSAGE(compared.has("diff__name\">" + std::string(field) + "<"), field);
        CHECK_FALSE(compared.has("diff__name\">Vorspann<"));
        CHECK(office.get(saved.location() + "/versionen?von=2&bis=2").has("Es gibt keinen Unterschied."));
        CHECK(office.get(saved.location() + "/versionen?von=1&bis=3").status == 404);
        CHECK(house.visitor().get(saved.location() + "/versionen?von=1&bis=2").status == 303);
    });
}

TEST_CASE("of two who edit an article at once the second sees the change and keeps the own words") {
    TestHouse house;
    auto one = house.as(core::Role::coordinator), other = house.as(core::Role::admin);
    const auto with = [](const char* version, const char* lead) {
        return Fields{{"_version", version}, {"title", "Artikel"}, {"lead", lead}, {"day", "2026-11-30"}};
    };
    const auto saved = one.post("/verwaltung/neuigkeiten/neu", with("0", "Anfang"));
    REQUIRE(other.post(saved.location(), with("1", "Ihre Fassung")).status == 303);
    const auto late = one.post(saved.location(), with("1", "Meine Fassung"));
    CHECK(late.status == 422);
    CHECK(late.has("Meine Fassung"));
    CHECK(late.has("Ihre "));
    CHECK(one.post(saved.location(), with("2", "Meine Fassung")).status == 303);
}

TEST_CASE("published news is changed or put away only by those who may publish, until they give it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields{{"_version", "0"}, {"title", "Vom Fachbereich"}, {"lead", "Text"}, {"day", "2026-11-30"}};
    const std::string path = editor.post("/verwaltung/neuigkeiten/neu", fields).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(editor.get(path).has("Das ist veröffentlicht"));
    fields[0].second = "1", fields[2].second = "Heimlich geändert";
    const auto refused = editor.post(path, fields);
    CHECK(refused.status == 422);
    CHECK(refused.has("Heimlich geändert"));
    CHECK_FALSE(house.visitor().get("/neuigkeiten/vom-fachbereich").has("Heimlich"));
    CHECK(editor.post(path + "/stand", {{"step", "archive"}}).status == 403);
    REQUIRE(office.post(path + "/stand", {{"step", "return"}}).status == 303);
    CHECK(editor.post(path, fields).status == 303);
}

TEST_CASE("the department of an article exists, and is the editor's own") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields{{"_version", "0"}, {"title", "A"}, {"lead", "B"}, {"day", "2026-11-30"}, {"organisation", "99999"}};
    CHECK(office.post("/verwaltung/neuigkeiten/neu", fields).has("Bitte wählen Sie einen der Fachbereiche"));
    fields.back().second = "unsinn";
    CHECK(office.post("/verwaltung/neuigkeiten/neu", fields).status == 422);
    core::OrganisationId foreign;
    house.write([&](db::Tx& tx) { foreign = core::add_organisation(tx, house.tenant(), "f", "Fremd", "department"); });
    fields.back().second = std::to_string(foreign.value);
    CHECK(editor.post("/verwaltung/neuigkeiten/neu", fields).status == 422);
    CHECK(office.post("/verwaltung/neuigkeiten/neu", fields).status == 303);
}

TEST_CASE("an article of a procedure stands on its page and leads back to it") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(core::Role::coordinator);
        const Fields fields{{"_version", "0"},
                            {"title", "Die Karte ist offen"},
                            {"lead", "Ideen kommen an."},
                            {"day", "2026-11-20"},
                            {"procedure", "1"}};
        const auto saved = office.post("/verwaltung/neuigkeiten/neu", fields);
        REQUIRE(saved.status == 303);
        CHECK_FALSE(house.visitor().get("/verfahren/smart-rhino").has("Die Karte ist offen"));
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(house.visitor().get("/verfahren/smart-rhino").has("Die Karte ist offen"));
        CHECK(house.visitor().get("/neuigkeiten/die-karte-ist-offen").has("/verfahren/smart-rhino\""));
        auto wrong = fields;
        wrong.back().second = "x";
        CHECK(office.post("/verwaltung/neuigkeiten/neu", wrong).status == 422);
    });
}
