// The toolbox as visitors and colleagues meet it.
#include <doctest/doctest.h>

#include "modules/toolbox/pages.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

Fields format_form(const std::string& title) {
    return {{"title", title},     {"summary", "Kurz."},     {"description", "Ein Text."}, {"purposes", "inform"},
            {"forms", "digital"}, {"group_sizes", "11-50"}, {"distance", "yes"},          {"cost", ""},
            {"publish", "on"},    {"_version", "0"}};
}

}  // namespace

TEST_CASE("the list shows what is published, with filters in the address and exact counts") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const auto all = visitor.get("/instrumente");
        CHECK(all.status == 200);
        CHECK(all.has("34 Formate"));
        CHECK(all.has("World Café") == false);  // it sorts behind the first page
        const auto some = visitor.get("/instrumente?form=digital&zweck=entscheiden");
        CHECK(some.status == 200);
        CHECK(some.has("Filter entfernen"));
        CHECK(visitor.get("/instrumente?form=unsinn&zweck=%00").status == 200);
        CHECK(visitor.get("/instrumente?q=%22%27%3B--").status == 200);
    });
}

TEST_CASE("the list pages by key, forwards and back, without losing or repeating a format") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto first = visitor.get("/instrumente");
    const std::string button = "name=\"ab\" value=\"";
    const auto at = first.body.find(button);
    REQUIRE(at != std::string::npos);
    const auto start = at + button.size();
    const auto second = visitor.get("/instrumente?ab=" + first.body.substr(start, first.body.find('"', start) - start));
    CHECK(second.status == 200);
    CHECK(second.has("World Café"));
    CHECK(second.has("name=\"bis\""));
}

TEST_CASE("an unpublished format is reachable by nobody without the right") {
    TestHouse house;
    auto visitor = house.visitor();
    for (const char* path : {"/instrumente/delphi-befragung", "/instrumente/delphi-befragung/drucken",
                             "/instrumente/delphi-befragung/pdf", "/api/v1/toolbox/formats/delphi-befragung"})
        CHECK_MESSAGE(visitor.get(path).status == 404, path);
    CHECK_FALSE(visitor.get("/instrumente.json").has("delphi-befragung"));
    CHECK_FALSE(visitor.get("/instrumente.csv").has("delphi-befragung"));
    CHECK_FALSE(visitor.get("/instrumente.rss").has("Delphi"));
    CHECK_FALSE(visitor.get("/suche?q=Delphi").has("/instrumente/delphi-befragung\""));
    CHECK(house.as(Role::coordinator).get("/instrumente/delphi-befragung").status == 200);
}

TEST_CASE("a format goes from draft to the web, and back off it") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto saved = office.post("/verwaltung/instrumente/neu", format_form("Rat der Dinge"));
        REQUIRE(saved.status == 303);
        CHECK(saved.location() == "/verwaltung/instrumente/rat-der-dinge");
        CHECK(house.visitor().get("/instrumente/rat-der-dinge").status == 404);
        for (const char* state : {"handed_in", "agreed", "published"})
            REQUIRE(office.post("/verwaltung/instrumente/rat-der-dinge/stand", {{"state", state}}).status == 303);
        CHECK(house.visitor().get("/instrumente/rat-der-dinge").status == 200);
        CHECK(house.visitor().get("/instrumente").has("35 Formate"));
        REQUIRE(office.post("/verwaltung/instrumente/rat-der-dinge/stand", {{"state", "archived"}}).status == 303);
        CHECK(house.visitor().get("/instrumente/rat-der-dinge").status == 404);
        CHECK(house.visitor().get("/instrumente").has("34 Formate"));
    });
}

TEST_CASE("missing fields are named, and what was typed stays") {
    TestHouse house;
    auto fields = format_form("");
    fields[1].second = "<script>alert(1)</script> & \"mehr\"";
    const auto page = house.as(Role::editor).post("/verwaltung/instrumente/neu", fields);
    CHECK(page.status == 422);
    CHECK(page.has("<title>Fehler: "));
    CHECK(page.has("Bitte geben Sie dem Format einen Namen."));
    CHECK(page.has("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"));
    CHECK_FALSE(page.has("<script>alert"));
}

TEST_CASE("of two editors the second sees what the first changed, and keeps the own text") {
    TestHouse house;
    auto office = house.as(Role::coordinator), admin = house.as(Role::admin);
    REQUIRE(office.post("/verwaltung/instrumente/neu", format_form("Zwei")).status == 303);
    auto mine = format_form("Zwei"), theirs = format_form("Zwei");
    mine.back().second = theirs.back().second = "1";
    mine[1].second = "Meine Fassung";
    theirs[1].second = "Ihre Fassung";
    REQUIRE(admin.post("/verwaltung/instrumente/zwei", theirs).status == 303);
    const auto page = office.post("/verwaltung/instrumente/zwei", mine);
    CHECK(page.status == 422);
    CHECK(page.has("Meine Fassung"));
    CHECK(page.has("Inzwischen hat jemand anderes gespeichert"));
    mine.back().second = "2";
    CHECK(office.post("/verwaltung/instrumente/zwei", mine).status == 303);
}

TEST_CASE("a form that is sent twice is done once") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto fields = format_form("Doppelt");
    fields.emplace_back("_key", "the-same-key-of-this-form");
    const auto first = office.post("/verwaltung/instrumente/neu", fields),
               second = office.post("/verwaltung/instrumente/neu", fields);
    CHECK(first.location() == second.location());
    CHECK(house.as(Role::coordinator).get("/verwaltung/instrumente/doppelt-2").status == 404);
}

TEST_CASE("a form from another site is refused") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    office.with("Sec-Fetch-Site", "cross-site");
    CHECK(office.post("/verwaltung/instrumente/neu", format_form("Fremd")).status == 403);
}

TEST_CASE("formulas in a table stay text") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto saved = office.post("/verwaltung/instrumente/neu", format_form("=HYPERLINK(\"http://boese\")"));
    REQUIRE(saved.status == 303);
    for (const char* state : {"handed_in", "agreed", "published"})
        REQUIRE(office.post(saved.location() + "/stand", {{"state", state}}).status == 303);
    CHECK(house.visitor().get("/instrumente.csv").has("'=HYPERLINK"));
}

TEST_CASE("the guided choice never suggests what misses the purpose, and says why") {
    toolbox::Listed inform, decide;
    inform.facets = 0b1 | (1 << 5) | (1 << 8) | (1 << 11);
    decide.facets = 0b1000 | (1 << 4) | (1 << 9) | (1 << 12);
    const auto found = toolbox::suggest({.purposes = 0b1, .forms = 0b10, .group_sizes = 0b10, .at_a_distance = true},
                                        {decide, inform}, 5);
    REQUIRE(found.size() == 1);
    CHECK(found[0].index == 1);
    CHECK(found[0].score == 4);
    CHECK(found[0].reasons.size() == 4);
}

TEST_CASE("a published format is changed only by those who may publish, until they take it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    auto fields = format_form("Vom Fachbereich");
    const std::string path = editor.post("/verwaltung/instrumente/neu", fields).location();
    for (const char* state : {"handed_in", "agreed"})
        REQUIRE(editor.post(path + "/stand", {{"state", state}}).status == 303);
    REQUIRE(office.post(path + "/stand", {{"state", "published"}}).status == 303);
    fields.back().second = "1", fields[1].second = "Heimlich geändert";
    const auto refused = editor.post(path, fields);
    CHECK(refused.status == 422);
    CHECK(refused.has("Heimlich geändert"));
    CHECK(editor.get(path).has("Das ist veröffentlicht"));
    CHECK_FALSE(house.visitor().get("/instrumente/vom-fachbereich").has("Heimlich"));
}
