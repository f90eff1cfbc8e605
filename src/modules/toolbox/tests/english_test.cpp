// A format in two languages: written in the form, shown on every page, honest where nobody has translated.
#include <set>

#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;
using core::Role;

namespace {

Fields format_form(const std::string& title) {
    return {{"title", title},
            {"summary", "Kurz."},
            {"description", "Ein deutscher Text."},
            {"purposes", "inform"},
            {"forms", "digital"},
            {"group_sizes", "11-50"},
            {"distance", "yes"},
            {"cost", ""},
            {"publish", "on"},
            {"title_en", "Council of things"},
            {"description_en", "An English text about aardvarks."},
            {"tips_en", "- Bring a spoon."},
            {"duration", "eine Stunde"},
            {"tools-1-title", "Stift"},
            {"tools-1-title_en", "Pencil"},
            {"materials-1-title", "Blatt"},
            {"_version", "0"}};
}

void publish(Client& office, const std::string& path) {
    for (const char* state : {"handed_in", "agreed", "published"})
        REQUIRE(office.post(path + "/stand", {{"state", state}}).status == 303);
}

}  // namespace

TEST_CASE("what was translated stands in English everywhere, what was not in German with its language") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto saved = office.post("/verwaltung/instrumente/neu", format_form("Rat der Dinge"));
        REQUIRE(saved.status == 303);
        publish(office, saved.location());
        auto visitor = house.visitor();
        for (const char* way : {"/en/instrumente/rat-der-dinge", "/en/instrumente/rat-der-dinge/drucken",
                                "/en/instrumente/broschuere?f=rat-der-dinge"}) {
            INFO(way);
            const auto page = visitor.get(way);
            CHECK(page.has("aardvarks"));
            CHECK(page.has("Bring a spoon."));
            CHECK(page.has("Pencil"));
            CHECK_FALSE(page.has("Ein deutscher Text."));
            CHECK(page.has("What nobody has translated yet stands here in German."));  // the material
            CHECK(page.has(" lang=\"de\">eine Stunde"));
        }
        CHECK(visitor.get("/en/instrumente/vergleich?f=rat-der-dinge&f=barcamp").has("lang=\"de\">eine Stunde"));
        const auto german = visitor.get("/instrumente/rat-der-dinge");
        CHECK(german.has("Ein deutscher Text."));
        CHECK_FALSE(german.has("aardvarks"));
        CHECK_FALSE(german.has("lang=\"de\">eine"));
        CHECK(visitor.get("/api/v1/toolbox/formats/rat-der-dinge").has("An English text about aardvarks."));
        CHECK(visitor.get("/instrumente.csv").has("aardvarks"));
        CHECK(visitor.get("/en/instrumente.csv").body.find("description_en") != std::string::npos);
        CHECK(visitor.get("/instrumente?q=aardvarks").has("/instrumente/rat-der-dinge"));
        CHECK_FALSE(visitor.get("/en/instrumente/world-cafe").has("What nobody has translated"));
    });
}

TEST_CASE("the form has a folded English part, open when something stands in it, and a list of its parts") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto fresh = office.get("/verwaltung/instrumente/neu");
    CHECK(fresh.has("<summary>Englische Fassung</summary>"));
    CHECK(fresh.has("Teile dieses Formulars"));
    CHECK(fresh.has("href=\"#part-"));
    CHECK_FALSE(fresh.has("\" open><summary>Englische Fassung"));
    const auto stored = office.get("/verwaltung/instrumente/world-cafe");
    CHECK(stored.has("In a World Café people talk"));
    CHECK(stored.has("\" open><summary>Englische Fassung"));
    CHECK(office.get("/verwaltung/erfahrungen/neu").has("Teile dieses Formulars"));
}

TEST_CASE("related formats are looked for and ticked, and what was typed stays") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto fields = format_form("Rat der Dinge");
    fields.insert(fields.end(), {{"related", "barcamp"}, {"related_find", "bürger"}, {"find_related", "1"}});
    const auto found = office.post("/verwaltung/instrumente/neu", fields);
    CHECK(found.status == 200);
    CHECK(found.has("value=\"barcamp\" checked"));
    CHECK(found.has("value=\"buergerrat\"><span"));
    CHECK(found.has("Ein deutscher Text."));
    fields.pop_back();
    fields.emplace_back("related", "buergerrat");
    const auto saved = office.post("/verwaltung/instrumente/neu", fields);
    REQUIRE(saved.status == 303);
    house.read([&](db::Tx& tx) {
        const auto f = find_format(tx, house.tenant(), "rat-der-dinge");
        CHECK(parts_of(tx, f->id).related == std::vector<std::string>{"barcamp", "buergerrat"});
    });
    fields = format_form("Anderes");
    fields.emplace_back("related", "gibt-es-nicht");
    CHECK(office.post("/verwaltung/instrumente/neu", fields).has("Es gibt kein Format"));
}

TEST_CASE("the administration's list is searched, filtered, sorted and paged by key") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto found = office.get("/verwaltung/instrumente?q=B%C3%BCrgerrat");
        CHECK(found.has("/verwaltung/instrumente/buergerrat\""));
        CHECK_FALSE(found.has("/verwaltung/instrumente/barcamp\""));
        CHECK(office.get("/verwaltung/instrumente?q=%25").has("Kein Format passt zu allen Angaben."));
        CHECK(office.get("/verwaltung/instrumente?stand=draft").has("delphi-befragung"));
        CHECK_FALSE(office.get("/verwaltung/instrumente?stand=draft").has("/verwaltung/instrumente/barcamp\""));
        CHECK(office.get("/verwaltung/instrumente?fachbereich=999999").has("name=\"fachbereich\""));
        house.write([&](db::Tx& tx) {
            for (int i = 0; i < 60; ++i) {
                Format format;
                format.title = "Zebra " + std::to_string(1000 + i);
                format.key = free_key(tx, house.tenant(), format.title);
                save(tx, house.tenant(), format, {}, {}, "", house.clock().now() + std::chrono::seconds(i));
            }
        });
        for (const char* order : {"", "name-ab", "geaendert", "geaendert-ab"}) {
            INFO(order);
            std::set<std::string> seen;
            std::string next = std::string("/verwaltung/instrumente?q=zebra&sortierung=") + order;
            for (int pages = 0; pages < 3 && !next.empty(); ++pages) {
                const auto page = office.get(next);
                const std::string begin = "/verwaltung/instrumente/zebra-";
                for (auto at = page.body.find(begin); at != std::string::npos; at = page.body.find(begin, at + 1))
                    CHECK(seen.insert(page.body.substr(at, begin.size() + 4)).second);
                const auto more = page.body.find("rel=\"next\"");
                if (more == std::string::npos) break;
                const auto start = page.body.rfind("href=\"", more) + 6;
                next = page.body.substr(start, page.body.find('"', start) - start);
                for (auto at = next.find("&amp;"); at != std::string::npos; at = next.find("&amp;"))
                    next.replace(at, 5, "&");
            }
            CHECK(seen.size() == 60);
        }
    });
}

TEST_CASE("the office takes an agreement back with a reason, and the versions show it") {
    TestHouse house;
    auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
    const std::string path = editor.post("/verwaltung/instrumente/neu", format_form("Vom Fachbereich")).location();
    for (const char* state : {"handed_in", "agreed"})
        REQUIRE(editor.post(path + "/stand", {{"state", state}}).status == 303);
    CHECK(office.get(path).has("Abstimmung zurücknehmen, weil"));
    const auto without = office.post(path + "/stand", {{"state", "handed_in"}, {"reason", " "}});
    CHECK(without.status == 422);
    CHECK(without.has("Bitte sagen Sie, warum"));
    REQUIRE(office.post(path + "/stand", {{"state", "handed_in"}, {"reason", "Zahlen sind veraltet"}}).status == 303);
    CHECK(office.get(path + "/versionen").has("Abstimmung zurückgenommen: Zahlen sind veraltet"));
    CHECK(office.post(path + "/stand", {{"state", "agreed"}}).status == 403);  // again the department's step
    REQUIRE(editor.post(path + "/stand", {{"state", "agreed"}}).status == 303);
    CHECK(editor.post(path + "/stand", {{"state", "handed_in"}}).status == 303);  // its own step it undoes alone
}
