// The toolbox as people see it: the real dispatcher on a database that holds the example.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "modules/toolbox/listing.h"
#include "platform/base/text.h"
#include "platform/pdf/pdf.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

const char* const hidden = "design-thinking";  // a draft of the example
const char* const shown = "world-cafe";

void set_publish(TestHouse& house, const std::string& key, bool publish) {
    house.write([&](db::Tx& tx) {
        auto format = toolbox::find_format(tx, house.tenant(), key);
        REQUIRE(format);
        format->publish = publish;
        format->state = toolbox::State::published;
        toolbox::save(tx, house.tenant(), *format, toolbox::parts_of(tx, format->id), {}, "", house.clock().now());
    });
    house.house().versions.raise(house.tenant(), "toolbox");  // what the dispatcher does after a write
}

std::size_t times(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("the list shows formats with counts, and a filter becomes a pill that takes it away") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto all = visitor.get("/instrumente");
    CHECK(all.status == 200);
    CHECK(all.has("34 Formate"));
    CHECK(times(all.body, "card__title") == 24);
    const auto some = visitor.get("/instrumente?zweck=entscheiden&form=digital");
    CHECK(some.has("Filter entfernen"));
    CHECK(some.has("von 34"));
    CHECK(some.has("href=\"/instrumente?form=digital\""));
    CHECK(some.has("name=\"robots\""));
}

TEST_CASE("the second page follows the first, and the way back leads to the same page") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto first = visitor.get("/instrumente");
    const auto address = [](const std::string& body, const std::string& name) {
        const std::string button = "name=\"" + name + "\" value=\"";
        const auto at = body.find(button);
        REQUIRE(at != std::string::npos);
        const auto begin = at + button.size();
        return "/instrumente?" + name + "=" + body.substr(begin, body.find('"', begin) - begin);
    };
    const auto second = visitor.get(address(first.body, "ab"));
    CHECK(times(second.body, "card__title") == 10);
    const auto again = visitor.get(address(second.body, "bis"));
    CHECK(times(again.body, "card__title") == 24);
}

TEST_CASE("the table sorts by its columns and turns round") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente?ansicht=tabelle&sortierung=kreis");
    CHECK(page.has("aria-sort=\"ascending\""));
    CHECK(page.has("sortierung=kreis-ab"));
}

TEST_CASE("every category sorts up and down, chosen from the list in both views") {
    TestHouse house;
    auto visitor = house.visitor();
    for (const char* view : {"/instrumente", "/instrumente?ansicht=tabelle"}) {
        const auto page = visitor.get(view);
        for (const auto& order : toolbox::orders())
            for (const char* end : {"\"", "-ab\""})
                CHECK_MESSAGE(page.has("<option value=\"" + std::string(order.parameter) + end), view);
    }
    const auto first_of = [&](const std::string& order) {
        const auto page = visitor.get("/instrumente?sortierung=" + order);
        const auto at = page.body.find("card__title");
        REQUIRE(at != std::string::npos);
        return page.body.substr(at, page.body.find("</h3>", at) - at);
    };
    for (const auto& order : toolbox::orders()) {
        const std::string word(order.parameter);
        INFO(word);
        // All were entered at the same instant; what is equal is sorted by title, both ways.
        CHECK(first_of(word) != first_of(word + "-ab"));
    }
}

TEST_CASE("every fixed choice filters, says how many there are, and as many are shown") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto all = visitor.get("/instrumente");
    for (const auto* facet : toolbox::all_facets())
        for (const auto& choice : facet->choices) {
            const std::string word = std::string(facet->parameter) + "=" + std::string(choice.parameter);
            INFO(word);
            const auto box = all.body.find("name=\"" + std::string(facet->parameter) + "\" value=\"" +
                                           std::string(choice.parameter) + "\"");
            REQUIRE(box != std::string::npos);
            const auto number = all.body.find("count-plain\">", box) + 13;
            const auto count = to_int(all.body.substr(number, all.body.find('<', number) - number));
            REQUIRE(count);
            const auto page = visitor.get("/instrumente?" + word);
            CHECK(page.has(*count == 1 ? "ein Format" : std::to_string(*count) + " Formate"));
            CHECK(std::int64_t(times(page.body, "card__title")) == std::min<std::int64_t>(*count, 24));
            CHECK(times(page.body, "class=\"chip\"") == 1);
        }
}

TEST_CASE("the full-text search finds what stands in descriptions") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente?q=ausgelost");
    CHECK(page.has("Planungszelle"));
    CHECK_FALSE(page.has("34 Formate"));
}

TEST_CASE("a format has all nine fields, its material, tools and neighbours") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente/digitaler-buergerinnendialog");
    CHECK(page.status == 200);
    for (const char* label :
         {"Anwendungskategorie", "Format/Methode", "Beschreibung", "Umsetzungsform", "Möglicher Teilnehmer*innenkreis",
          "Tipps und Tricks", "Tools und Online-Dienste", "Umsetzung als Abstandsformat", "Veröffentlichen im Web"})
        CHECK_MESSAGE(page.has(label), label);
    CHECK(page.has("Zoom Leitfaden.docx"));
    CHECK(page.has("href=\"https://zoom.us/\""));
    CHECK(page.has("href=\"/instrumente/online-dialog\""));
    CHECK(page.has("Was gut lief"));
}

TEST_CASE("a draft is reachable by nobody without the right, on no path") {
    TestHouse house;
    auto visitor = house.visitor();
    const std::string path = std::string("/instrumente/") + hidden;
    for (const std::string& way :
         {path, path + "/drucken", path + "/pdf", "/api/v1/toolbox/formats/" + std::string(hidden)})
        CHECK_MESSAGE(visitor.get(way).status == 404, way);
    for (const char* whole :
         {"/instrumente.json", "/instrumente.csv", "/instrumente.rss", "/api/v1/toolbox/formats", "/sitemap.xml",
          "/einbetten/instrumente", "/suche?q=design+thinking", "/instrumente?q=design+thinking",
          "/instrumente/vergleich?f=world-cafe&f=design-thinking"})
        CHECK_MESSAGE(!visitor.get(whole).has("instrumente/design-thinking"), whole);
    CHECK(house.as(Role::analyst).get(path).status == 404);
    const auto page = house.as(Role::admin).get(path);
    CHECK(page.status == 200);
    CHECK(page.has("Nur wer diesen Eintrag bearbeiten darf"));
}

TEST_CASE("what is released but not for the web is for colleagues only") {
    TestHouse house;
    set_publish(house, shown, false);
    const std::string path = std::string("/instrumente/") + shown;
    CHECK(house.visitor().get(path).status == 404);
    CHECK(house.as(Role::operator_).get(path).status == 404);
    const auto page = house.as(Role::analyst).get(path);
    CHECK(page.status == 200);
    CHECK(page.has("Für Kolleg*innen freigegeben"));
    CHECK_FALSE(house.visitor().get("/instrumente").has(path));
}

TEST_CASE("two to four formats stand side by side, and differences are said") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/instrumente/vergleich?f=world-cafe&f=barcamp&f=world-cafe&f=gibt-es-nicht");
    CHECK(times(page.body, "<th scope=\"col\"") == 3);
    CHECK(page.has("(verschieden)"));
    CHECK(visitor.get("/instrumente/vergleich?f=world-cafe").has("mindestens zwei"));
}

TEST_CASE("the guided choice gives reasons, and without an answer only questions") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK_FALSE(visitor.get("/instrumente/finden").has("class=\"suggestion\""));
    const auto page = visitor.get("/instrumente/finden?zweck=entscheiden&kreis=11-50&form=analog&abstand=");
    CHECK(times(page.body, "class=\"suggestion\"") == 6);
    CHECK(page.has("von 3 Antworten passen"));
    CHECK(page.has("Es dient dem gemeinsamen Entscheiden."));
    CHECK(page.has("/instrumente/vergleich?f="));
}

TEST_CASE("JSON, CSV and the API hold all that is published, for everybody") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto json = visitor.get("/instrumente.json");
    const auto data = nlohmann::json::parse(json.body);
    CHECK(data["entries"].size() == 34);
    CHECK(json.headers["Access-Control-Allow-Origin"] == "*");
    CHECK(json.headers.has("ETag"));
    const auto csv = visitor.get("/instrumente.csv");
    CHECK(csv.has("World Café"));
    CHECK(csv.type() == "text/csv; charset=utf-8");
    const auto list = nlohmann::json::parse(visitor.get("/api/v1/toolbox/formats").body);
    CHECK(list["items"].size() == 34);
    CHECK(list["next"].is_null());
    const auto one = nlohmann::json::parse(visitor.get("/api/v1/toolbox/formats/digitaler-buergerinnendialog").body);
    CHECK(one["purposes"] == nlohmann::json{"exchange"});
    CHECK(one["experiences"].size() == 1);
    CHECK(one["effort"]["cost"] == "");  // the city's paper names none
    CHECK(one["description_en"].get<std::string>().find("citizens' dialogue") != std::string::npos);
    const auto other = nlohmann::json::parse(visitor.get("/api/v1/toolbox/formats/world-cafe").body);
    CHECK(other["effort"]["cost"] == "medium");
}

TEST_CASE("the filters of the list hold for its table, its JSON and its feed, too") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const std::string filters = "?zweck=entscheiden&q=Planung";
        const auto page = visitor.get("/instrumente" + filters);
        const auto json = nlohmann::json::parse(visitor.get("/instrumente.json" + filters).body);
        const auto csv = visitor.get("/instrumente.csv" + filters), feed = visitor.get("/instrumente.rss" + filters);
        REQUIRE_FALSE(json["entries"].empty());
        CHECK(json["entries"].size() < 34);
        for (const auto& entry : json["entries"]) {
            const std::string key = entry["key"];
            CAPTURE(key);
            CHECK(page.has("/instrumente/" + key + "\""));
            CHECK(csv.has("\n" + key + ";"));
            CHECK(feed.has("/instrumente/" + key));
        }
        CHECK(json["entries"].size() == times(feed.body, "<item>"));
        CHECK(page.has("/instrumente.json?"));
        CHECK(nlohmann::json::parse(visitor.get("/instrumente.json?q=xyzxyz").body)["entries"].empty());
    });
}

TEST_CASE("the feed has the newest first, with a date that does not change when a typo is mended") {
    TestHouse house;
    const auto before = house.visitor().get("/instrumente.rss");
    CHECK(before.type() == "application/rss+xml; charset=utf-8");
    CHECK(times(before.body, "<item>") == 30);
    house.clock().set(house.clock().now() + std::chrono::hours(48));
    set_publish(house, hidden, true);
    const auto feed = house.visitor().get("/instrumente.rss");
    CHECK(feed.body.find("design-thinking") < feed.body.find("</item>"));
    const auto dated = feed.body.substr(feed.body.find("<pubDate>"), 40);
    house.clock().set(house.clock().now() + std::chrono::hours(48));
    set_publish(house, hidden, true);
    const auto later = house.visitor().get("/instrumente.rss");
    CHECK(later.body.substr(later.body.find("<pubDate>"), 40) == dated);
}

TEST_CASE("the sheet is a PDF, and without WeasyPrint the way leads to the print view") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto sheet = visitor.get("/instrumente/world-cafe/pdf");
    if (!pdf::available()) {
        CHECK(sheet.status == 303);
        CHECK(sheet.location() == "/instrumente/world-cafe/drucken");
        return;
    }
    CHECK(sheet.type() == "application/pdf");
    CHECK(sheet.body.substr(0, 5) == "%PDF-");
    CHECK(visitor.get("/instrumente/world-cafe/pdf").body == sheet.body);
}

TEST_CASE("the page for paper carries no menus") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente/world-cafe/drucken");
    CHECK(page.status == 200);
    CHECK_FALSE(page.has("site-header"));
    CHECK(times(page.body, "<main") == 1);
    CHECK(page.has("data-print"));
}

TEST_CASE("English pages have English titles where there are some") {
    TestHouse house;
    const auto page = house.visitor().get("/en/instrumente/digitaler-buergerinnendialog");
    CHECK(page.has("Digital citizens&#39; dialogue"));
}

TEST_CASE("the widget may stand on other sites and links back in the whole window") {
    TestHouse house;
    const auto page = house.visitor().get("/einbetten/instrumente");
    CHECK(page.status == 200);
    CHECK(page.has("target=\"_parent\""));
    CHECK_FALSE(page.headers.has("Set-Cookie"));
}
