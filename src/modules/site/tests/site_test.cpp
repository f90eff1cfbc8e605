// What belongs to the whole site: home page, districts, embedding, tiles.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "modules/site/pages.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

core::Term square(const std::string& name, double west, double south) {
    core::Term term;
    term.tree = "district", term.key = term.name = name;
    term.outline =
        nlohmann::json::array({{west, south}, {west + .1, south}, {west + .1, south + .1}, {west, south + .1}}).dump();
    return term;
}

}  // namespace

TEST_CASE("districts become areas of one drawing, north on top, in the proportions of the ground") {
    const std::vector<core::Term> districts = {square("Nord", 7.4, 51.6), square("Süd", 7.4, 51.5)};
    const auto map = site::draw_districts(districts);
    REQUIRE(map.areas.size() == 2);
    CHECK(map.areas[0].y < map.areas[1].y);
    CHECK(map.areas[0].path.front() == 'M');
    CHECK(map.areas[0].path.back() == 'Z');
    // 0.2° of latitude are 22.2 km, 0.1° of longitude here 6.9 km.
    CHECK(map.height / site::map_width == doctest::Approx(22.2 / 6.9).epsilon(0.03));
    CHECK(site::draw_districts({}).areas.empty());
    core::Term without;
    CHECK(site::draw_districts({without}).areas.empty());
}

TEST_CASE("only origins may be allowed to show widgets") {
    const auto good =
        core::check_sites("https://www.dortmund.de\n\n HTTPS://www.Dortmund.de \nhttp://intranet:8080", "sites");
    REQUIRE(good);
    CHECK(*good == std::vector<std::string>{"https://www.dortmund.de", "http://intranet:8080"});
    for (const char* bad : {"dortmund.de", "https://", "https://a.de/pfad", "https://a.de;script-src *", "https://*.de",
                            "https://a.de b.de", "javascript:alert(1)", "https://a.de:99999", "https://a.de'",
                            "https://[x]; script-src *", "https://[x]"}) {
        INFO(bad);
        CHECK_FALSE(core::check_sites(bad, "sites"));
    }
    CHECK(core::check_sites("", "sites")->empty());
}

TEST_CASE("the home page tells what runs, comes and was decided, with links to every district") {
    on_both_houses([](TestHouse& house) {
        const auto page = house.visitor().get("/");
        CHECK(page.status == 200);
        for (const char* text :
             {"Dortmund gestalten. Gemeinsam.", "Jetzt mitmachen", "Neuer Spielplatz in Hörde",
              "href=\"/bezirke/hoerde\"", "Was daraus wurde", "/ergebnisse/dialogue-2020", "<path d=\"M"}) {
            INFO(text);
            CHECK(page.has(text));
        }
        const auto english = house.visitor().get("/en");
        CHECK(english.has("Shape the city. Together."));
        CHECK(english.has("href=\"/en/bezirke/hoerde\""));
    });
}

TEST_CASE("pages of a district and a topic gather what every module has, and unknown ones are not there") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(visitor.get("/bezirke/innenstadt-west").has("SMART RHINO"));
    CHECK_FALSE(visitor.get("/bezirke/hoerde").has("SMART RHINO"));
    CHECK(visitor.get("/themen/digitalisierung").has("/ergebnisse/dialogue-2020"));
    CHECK(visitor.get("/bezirke/nirgendwo").status == 404);
    CHECK(visitor.get("/themen/hoerde").status == 404);
}

TEST_CASE("the code of a widget holds the chosen filter and nothing foreign") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/offene-daten?inhalt=/einbetten/angebote&bezirk=hoerde&anzahl=3");
    CHECK(page.has("/einbetten/angebote?bezirk=hoerde&amp;amp;anzahl=3"));
    const auto foreign = visitor.get("/offene-daten?inhalt=https://elsewhere.example/&bezirk=%22%3E%3Cscript%3E");
    CHECK(foreign.status == 200);
    CHECK_FALSE(foreign.has("&lt;iframe src=&quot;https://elsewhere"));
    CHECK(foreign.has("&lt;iframe src=&quot;http"));
    CHECK_FALSE(foreign.has("<script>"));
}

TEST_CASE("a widget may stand on allowed sites only, and the list is the administration's") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    const auto form = admin.get("/verwaltung/einbetten");
    REQUIRE(form.status == 200);
    const std::string mark = "name=\"_version\" value=\"";
    const auto at = form.body.find(mark) + mark.size();
    const std::string version = form.body.substr(at, form.body.find('"', at) - at);
    CHECK(admin.post("/verwaltung/einbetten", {{"sites", "kein Ort"}, {"_version", version}}).status == 422);
    CHECK(admin.post("/verwaltung/einbetten", {{"sites", "https://www.dortmund.de"}, {"_version", "0"}}).status == 422);
    CHECK(admin.post("/verwaltung/einbetten", {{"sites", "https://www.dortmund.de"}, {"_version", version}}).status ==
          303);
    const auto widget = house.visitor().get("/einbetten/angebote");
    CHECK(
        std::string(widget.headers["Content-Security-Policy"]).find("frame-ancestors 'self' https://www.dortmund.de") !=
        std::string::npos);
    CHECK(std::string(house.visitor().get("/angebote").headers["Content-Security-Policy"])
              .find("frame-ancestors 'none'") != std::string::npos);
    CHECK(house.as(Role::editor).get("/verwaltung/einbetten").status == 403);
}

TEST_CASE("the site map holds each public address once and nothing of the administration") {
    TestHouse house;
    const auto map = house.visitor().get("/sitemap.xml");
    CHECK(map.has("/angebote/smart-rhino</loc>"));
    CHECK(map.has("/bezirke/hoerde</loc>"));
    CHECK_FALSE(map.has("/verwaltung"));
    const auto first = map.body.find("/angebote</loc>");
    CHECK(first != std::string::npos);
    CHECK(map.body.find("/angebote</loc>", first + 1) == std::string::npos);
    CHECK(house.visitor().get("/robots.txt").has("Sitemap: "));
}
