// Standing pages as visitors and the administration meet them, on the example.
#include <doctest/doctest.h>

#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

Fields page_form(const std::string& title, const std::string& version = "0") {
    return {{"_version", version},
            {"title", title},
            {"body", "## Anfang\n\nErster Text."},
            {"place", "none"},
            {"position", "50"}};
}

void set(Fields& fields, const std::string& name, const std::string& value) {
    for (auto& field : fields)
        if (field.first == name) return void(field.second = value);
    fields.emplace_back(name, value);
}

// The administration's address of an example page.
std::string edit_of(TestHouse& house, const std::string& path) {
    const auto page = house.as(Role::coordinator).get(path);
    const auto at = page.body.find("/verwaltung/seiten/");
    REQUIRE(at != std::string::npos);
    return page.body.substr(at, page.body.find('"', at) - at);
}

}  // namespace

TEST_CASE("standing pages are found by their German words and by their key") {
    TestHouse house;
    for (const char* path : {"/ueber", "/so-funktionierts", "/impressum", "/datenschutz", "/barrierefreiheit",
                             "/netiquette", "/seiten/documentation"})
        CHECK_MESSAGE(house.visitor().get(path).status == 200, path);
    CHECK(house.visitor().get("/en/ueber").has("About MitWIRken"));
    CHECK(house.visitor().get("/seiten/gibt-es-nicht").status == 404);
}

TEST_CASE("a new page is written, put into a menu, published, and taken off again") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        Fields fields = page_form("Häufige Fragen");
        set(fields, "place", "main"), set(fields, "menu", "Fragen"), set(fields, "title_en", "Questions");
        set(fields, "body_en", "First text."), set(fields, "menu_en", "FAQ");
        const auto saved = office.post("/verwaltung/seiten/neu", fields);
        REQUIRE(saved.status == 303);
        auto visitor = house.visitor();
        CHECK(visitor.get("/seiten/haeufige-fragen").status == 404);
        CHECK_FALSE(visitor.get("/").has("/seiten/haeufige-fragen"));
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(visitor.get("/seiten/haeufige-fragen").has("Erster Text."));
        // The cached home page follows, in both languages.
        CHECK(visitor.get("/").has("<a href=\"/seiten/haeufige-fragen\">Fragen</a>"));
        CHECK(visitor.get("/en").has("<a href=\"/en/seiten/haeufige-fragen\">FAQ</a>"));
        CHECK(visitor.get("/sitemap.xml").has("/seiten/haeufige-fragen"));
        CHECK(visitor.get("/suche?q=H%C3%A4ufige").has("/seiten/haeufige-fragen"));
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "archive"}}).status == 303);
        CHECK(visitor.get("/seiten/haeufige-fragen").status == 404);
        CHECK_FALSE(visitor.get("/").has("/seiten/haeufige-fragen"));
        CHECK_FALSE(visitor.get("/sitemap.xml").has("/seiten/haeufige-fragen"));
    });
}

TEST_CASE("a scheduled page and its menu entry appear and vanish by the clock alone") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    Fields fields = page_form("Wahltag");
    set(fields, "place", "footer");
    set(fields, "publish_at_day", "2026-12-01"), set(fields, "publish_at_time", "08:00");
    set(fields, "unpublish_at_day", "2026-12-02");
    const auto saved = office.post("/verwaltung/seiten/neu", fields);
    REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
    auto visitor = house.visitor();
    CHECK(visitor.get("/seiten/wahltag").status == 404);
    CHECK_FALSE(visitor.get("/impressum").has("/seiten/wahltag"));
    house.clock().set(*parse_instant("2026-12-01T07:00:00Z"));
    CHECK(visitor.get("/seiten/wahltag").status == 200);
    CHECK(visitor.get("/impressum").has("/seiten/wahltag"));
    house.run_jobs();
    CHECK(visitor.get("/suche?q=Wahltag").has("/seiten/wahltag"));
    house.clock().set(*parse_instant("2026-12-01T23:00:00Z"));
    CHECK(visitor.get("/seiten/wahltag").status == 404);
    CHECK_FALSE(visitor.get("/impressum").has("/seiten/wahltag"));
    house.run_jobs();
    CHECK_FALSE(visitor.get("/suche?q=Wahltag").has("/seiten/wahltag"));
}

TEST_CASE("legal notice, privacy and accessibility statement can be changed but not removed") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    for (const char* path : {"/impressum", "/datenschutz", "/barrierefreiheit"}) {
        const std::string edit = edit_of(house, path);
        INFO(path);
        CHECK(office.get(edit + "/loeschen").status == 409);
        CHECK(office.post(edit + "/loeschen").status == 409);
        CHECK(office.post(edit + "/stand", {{"step", "archive"}}).status == 409);
        CHECK(office.post(edit + "/stand", {{"step", "return"}}).status == 409);
        Fields fields = page_form("Neuer Titel", "1");
        set(fields, "unpublish_at_day", "2027-01-01");
        CHECK(office.post(edit, fields).status == 422);
        CHECK(house.visitor().get(path).status == 200);
        CHECK(office.post(edit, page_form("Neuer Titel", "1")).status == 303);
        CHECK(house.visitor().get(path).has("Neuer Titel"));
    }
}

TEST_CASE("another page is deleted after a question, and its address is free again") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto saved = office.post("/verwaltung/seiten/neu", page_form("Vorbei"));
    REQUIRE(saved.status == 303);
    CHECK(office.get(saved.location() + "/loeschen").has("„Vorbei“ löschen?"));
    CHECK(office.get(saved.location()).status == 200);
    CHECK(office.post(saved.location() + "/loeschen").status == 303);
    CHECK(office.get(saved.location()).status == 404);
    CHECK(office.post("/verwaltung/seiten/neu", page_form("Vorbei")).status == 303);
}

TEST_CASE("the preview shows what was typed in the visitors' layout, saves nothing and loses nothing") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string edit = edit_of(house, "/netiquette");
    Fields fields = page_form("Umgang <b>miteinander</b>", "1");
    set(fields, "body", "**Fett** & [ein Link](/ueber)\n\n<script>alert(1)</script>");
    set(fields, "do", "preview");
    const auto preview = office.post(edit, fields);
    CHECK(preview.status == 200);
    CHECK(preview.has("site-footer"));
    CHECK(preview.has("<strong>Fett</strong> &amp; <a href=\"/ueber\">ein Link</a>"));
    CHECK(preview.has("Umgang &lt;b&gt;miteinander&lt;/b&gt;"));
    CHECK_FALSE(preview.has("<script>alert"));
    CHECK_FALSE(house.visitor().get("/netiquette").has("Umgang &lt;b&gt;"));
    CHECK(office.get(edit + "/versionen").has("?von=") == false);
    // What travels along leads back to the same form, or saves it.
    set(fields, "do", "edit");
    const auto back = office.post(edit, fields);
    CHECK(back.status == 200);
    CHECK(back.has("**Fett** &amp; [ein Link](/ueber)"));
    set(fields, "do", "save");
    CHECK(office.post(edit, fields).status == 303);
    CHECK(house.visitor().get("/netiquette").has("<strong>Fett</strong>"));
}

TEST_CASE("versions of a page are listed and compared word by word, field by field") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto saved = office.post("/verwaltung/seiten/neu", page_form("Kontakt"));
    Fields fields = page_form("Kontakt", "1");
    set(fields, "body", "## Anfang\n\nZweiter Text."), set(fields, "place", "footer");
    REQUIRE(office.post(saved.location(), fields).status == 303);
    const auto list = office.get(saved.location() + "/versionen");
    CHECK(list.has("?von=1&amp;bis=2"));
    const auto compared = office.get(saved.location() + "/versionen?von=1&bis=2");
    CHECK(compared.has("Erster </del>") == false);
    CHECK(compared.has("<del><span class=\"sr-only\">gelöscht: </span>Erster "));
    CHECK(compared.has("<ins><span class=\"sr-only\">eingefügt: </span>Zweiter "));
    CHECK(compared.has("diff__name\">Text<"));
    CHECK(compared.has("diff__name\">Menü<"));
    CHECK_FALSE(compared.has("diff__name\">Titel<"));
    CHECK(office.get(saved.location() + "/versionen?von=1&bis=99").status == 404);
}

TEST_CASE("of two who edit a page at once the second sees the change and keeps the own text") {
    TestHouse house;
    auto one = house.as(Role::coordinator), other = house.as(Role::admin);
    const auto saved = one.post("/verwaltung/seiten/neu", page_form("Kontakt"));
    Fields theirs = page_form("Kontakt", "1"), mine = page_form("Kontakt", "1");
    set(theirs, "body", "Ihre Fassung"), set(mine, "body", "Meine Fassung");
    REQUIRE(other.post(saved.location(), theirs).status == 303);
    const auto late = one.post(saved.location(), mine);
    CHECK(late.status == 422);
    CHECK(late.has("Meine Fassung"));
    CHECK(late.has("Ihre Fassung"));
    CHECK(late.has("Inzwischen hat jemand anderes gespeichert"));
    CHECK(late.has("name=\"_version\" value=\"2\""));
    set(mine, "_version", "2");
    CHECK(one.post(saved.location(), mine).status == 303);
}

TEST_CASE("bad input to a page: missing, too long, mark-up, broken bytes, twice the same address, sent twice") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto empty = office.post("/verwaltung/seiten/neu", {{"_version", "0"}, {"body", "Nur \"Text\" <b>"}});
    CHECK(empty.status == 422);
    CHECK(empty.has("<title>Fehler: "));
    CHECK(empty.has("Bitte geben Sie der Seite einen Titel."));
    CHECK(empty.has("Nur &quot;Text&quot; &lt;b&gt;"));
    Fields fields = page_form(std::string(201, 'x'));
    CHECK(office.post("/verwaltung/seiten/neu", fields).has("Bitte kürzen"));
    fields = page_form("Kaputt \xff\xfe Bytes");
    set(fields, "key", "kaputt");
    const auto broken = office.post("/verwaltung/seiten/neu", fields);
    REQUIRE(broken.status == 303);
    CHECK(office.get(broken.location()).has("Kaputt  Bytes"));
    fields = page_form("Noch einmal");
    set(fields, "key", "kaputt");
    CHECK(office.post("/verwaltung/seiten/neu", fields).has("Unter dieser Adresse gibt es schon eine Seite."));
    fields = page_form("Zweimal gesendet");
    set(fields, "_key", "the-same-key-of-this-page");
    const auto first = office.post("/verwaltung/seiten/neu", fields);
    CHECK(office.post("/verwaltung/seiten/neu", fields).location() == first.location());
    const auto marked = office.post("/verwaltung/seiten/neu", page_form("<img src=x onerror=alert(1)>"));
    REQUIRE(marked.status == 303);
    REQUIRE(office.post(marked.location() + "/stand", {{"step", "publish"}}).status == 303);
    CHECK_FALSE(office.get(marked.location() + "/vorschau").has("<img src=x"));
}

TEST_CASE("department editors and visitors cannot write standing pages") {
    TestHouse house;
    CHECK(house.as(Role::editor).post("/verwaltung/seiten/neu", page_form("Nein")).status == 403);
    CHECK(house.visitor().post("/verwaltung/seiten/neu", page_form("Nein")).status == 303);
    CHECK(house.visitor().get("/seiten/nein").status == 404);
}

TEST_CASE("the accessibility statement names the way to report a barrier and the office that mediates") {
    TestHouse house;
    const auto page = house.visitor().get("/barrierefreiheit");
    CHECK(page.has("href=\"/barriere-melden\""));
    CHECK(page.has("Ombudsstelle für barrierefreie Informationstechnik NRW"));
    CHECK_FALSE(house.visitor().get("/impressum").has("Wenn unsere Antwort nicht hilft"));
}
