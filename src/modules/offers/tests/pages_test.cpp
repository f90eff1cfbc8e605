// Offers as residents and departments meet them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "core/domain_events.h"
#include "core/people/people.h"
#include "modules/offers/pages.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

TEST_CASE("the list, the map's places, the feeds and the API show the same published offers") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        CHECK(visitor.get("/angebote").status == 200);
        CHECK(visitor.get("/angebote?ansicht=karte").has("Alle Orte als Liste"));
        CHECK(visitor.get("/angebote?stand=laufend&stand=dauerhaft&bezirk=hoerde").status == 200);
        const auto api = nlohmann::json::parse(visitor.get("/api/v1/offers").body);
        CHECK(api["items"].size() >= 32);
        CHECK(nlohmann::json::parse(visitor.get("/angebote.geojson").body)["type"] == "FeatureCollection");
        CHECK(visitor.get("/angebote.rss").has("<rss version=\"2.0\""));
    });
}

TEST_CASE("an offer ends by the clock, not by a job, and the cached page follows") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto saved = office.post("/verwaltung/angebote/neu", {{"title", "Park am Fluss"},
                                                                {"summary", "Kurz."},
                                                                {"how", "online"},
                                                                {"starts", "2026-11-20"},
                                                                {"ends", "2026-11-24"},
                                                                {"_version", "0"}});
    REQUIRE(saved.status == 303);
    const std::string edit = saved.location();
    CHECK(house.visitor().get("/angebote/park-am-fluss").status == 404);
    REQUIRE(office.post(edit + "/stand", {{"step", "hand_in"}}).status == 303);
    REQUIRE(office.post(edit + "/stand", {{"step", "publish"}}).status == 303);
    auto visitor = house.visitor();
    for (int i = 0; i < 2; ++i) CHECK(visitor.get("/angebote/park-am-fluss").has("noch 1 Tag"));
    house.clock().set(*parse_instant("2026-11-24T22:59:59Z"));
    for (int i = 0; i < 2; ++i) CHECK(visitor.get("/angebote/park-am-fluss").has("endet heute"));
    house.clock().set(*parse_instant("2026-11-24T23:00:00Z"));
    CHECK(visitor.get("/angebote/park-am-fluss").has("abgeschlossen"));
}

TEST_CASE("the numbers beside the filters are kept, and follow a change at once") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto visitor = house.visitor();
    const auto all = [&](int probe) {
        const std::string page = visitor.get("/angebote?probe=" + std::to_string(probe)).body;
        std::smatch found;
        REQUIRE(std::regex_search(page, found, std::regex("von (\\d+)")));
        return std::stoi(found[1]);
    };
    const int before = all(1);
    CHECK(all(2) == before);
    const auto saved = office.post("/verwaltung/angebote/neu", {{"title", "Park am Fluss"},
                                                                {"summary", "Kurz."},
                                                                {"how", "online"},
                                                                {"starts", "2026-11-20"},
                                                                {"ends", "2026-11-24"},
                                                                {"_version", "0"}});
    REQUIRE(office.post(saved.location() + "/stand", {{"step", "hand_in"}}).status == 303);
    CHECK(all(3) == before);
    REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(all(4) == before + 1);
    const auto count_of_running = [&](int probe) {
        const std::string page = visitor.get("/angebote?probe=" + std::to_string(probe)).body;
        std::smatch found;
        REQUIRE(std::regex_search(page, found, std::regex("value=\"laufend\".{0,150}?count-plain\">(\\d+)")));
        return std::stoi(found[1]);
    };
    const int running = count_of_running(5);
    house.clock().set(*parse_instant("2026-11-24T23:00:00Z"));  // midnight in Dortmund: its last day is over
    CHECK(count_of_running(6) == running - 1);
}

TEST_CASE("editors change only what is their department's") {
    TestHouse house;
    auto editor = house.as(Role::editor);
    CHECK(editor.get("/verwaltung/angebote/1").status == 403);
    CHECK(editor.get("/verwaltung/angebote").status == 200);
}

TEST_CASE("what another module announces appears by itself, changes and vanishes with its source") {
    on_both_houses([](TestHouse& house) {
        const core::Ref source{"procedures", 7};
        const auto publish = [&](const core::DomainEvent& event) {
            house.write([&](db::Tx& tx) { house.house().publish(tx, house.tenant(), event, house.clock().now()); });
        };
        publish(core::ParticipationAnnounced{
            source, "Neues Verfahren", "Worum es geht.", "/verfahren/neu", {}, {}, {"online"}, {}});
        CHECK(house.visitor().get("/api/v1/offers").has("Neues Verfahren"));
        publish(core::ParticipationAnnounced{
            source, "Neuer Name", "Worum es geht.", "/verfahren/neu", {}, {}, {"online"}, {}});
        CHECK_FALSE(house.visitor().get("/api/v1/offers").has("Neues Verfahren"));
        publish(core::ParticipationWithdrawn{source});
        CHECK_FALSE(house.visitor().get("/api/v1/offers").has("Neuer Name"));
    });
}

TEST_CASE("every filter has a pill that takes only it away, and the past is one click off") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/angebote?stand=vergangen&thema=mitwirkung&thema=digitalisierung&q=digitaler");
    CHECK(page.has("1. Digitaler Bürger*innendialog"));
    CHECK(page.has("href=\"/angebote?stand=vergangen&amp;thema=digitalisierung&amp;q=digitaler\""));
    CHECK(page.has("href=\"/angebote?stand=vergangen&amp;thema=mitwirkung&amp;thema=digitalisierung\""));
    const auto plain = visitor.get("/angebote?stand=unsinn&bezirk=nirgendwo&nach=kaputt");
    CHECK(plain.status == 200);
    CHECK_FALSE(plain.has("1. Digitaler Bürger*innendialog"));
    CHECK(plain.has("/angebote?stand=vergangen"));
}

namespace {

// The offers that a page of the list leads to.
std::set<std::string> shown_keys(const Answer& page) {
    std::set<std::string> keys;
    const std::regex link("<h[23][^>]*><a href=\"/angebote/([a-z0-9-]+)\"");
    for (std::sregex_iterator it(page.body.begin(), page.body.end(), link), end; it != end; ++it) keys.insert((*it)[1]);
    return keys;
}

}  // namespace

TEST_CASE("the second page of the list follows the first") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto first = visitor.get("/angebote?sortierung=titel");
    const auto at = first.body.find("rel=\"next\"");
    REQUIRE(at != std::string::npos);
    const auto href = first.body.rfind("href=\"", at) + 6;
    std::string next = first.body.substr(href, first.body.find('"', href) - href);
    next.replace(next.find("&amp;"), 5, "&");
    const auto second = visitor.get(next);
    CHECK(second.status == 200);
    CHECK(second.has("rel=\"prev\""));
    CHECK(second.has("rel=\"next\""));
    CHECK(shown_keys(first).size() == 12);
    for (const auto& key : shown_keys(first)) CHECK(shown_keys(second).count(key) == 0);
}

TEST_CASE("two who edit at once: the later one sees what the other changed and keeps the own words") {
    TestHouse house;
    auto one = house.as(Role::coordinator), other = house.as(Role::admin);
    const Fields fields = {{"title", "Park"}, {"summary", "Kurz."}, {"how", "online"}};
    auto with = [&](const std::string& title, const std::string& version) {
        Fields list = fields;
        list[0].second = title;
        list.emplace_back("_version", version);
        return list;
    };
    const auto made = one.post("/verwaltung/angebote/neu", with("Park", "0"));
    REQUIRE(made.status == 303);
    CHECK(other.post(made.location(), with("Park im Norden", "1")).status == 303);
    const auto late = one.post(made.location(), with("Park im Süden", "1"));
    CHECK(late.status == 422);
    CHECK(late.has("Park im Süden"));
    CHECK(late.has("Norden"));
    CHECK(one.post(made.location(), with("Park im Süden", "2")).status == 303);
    CHECK(one.get(made.location() + "/versionen").has("?von=2&amp;bis=3"));
}

TEST_CASE("where an offer is can be drawn or found by its address, and what is outside is said") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto with = [](Fields place) {
        Fields list{{"title", "Park"}, {"summary", "Kurz."}, {"how", "online"}, {"_version", "0"}};
        list.insert(list.end(), place.begin(), place.end());
        return list;
    };
    const std::string add = "/verwaltung/angebote/neu";
    const auto found = office.post(add, with({{"spot", ""}, {"spot-address", "hansastr 7"}, {"spot-search", "1"}}));
    CHECK(found.status == 200);
    CHECK(found.has("Hansastraße 7, 44137 Dortmund"));
    const auto away = office.post(add, with({{"spot", R"({"type":"Point","coordinates":[13.4,52.5]})"}}));
    CHECK(away.status == 422);
    CHECK(away.has("außerhalb der Kommune"));
    const auto saved = office.post(add, with({{"spot", R"({"type":"Point","coordinates":[7.46,51.51]})"}}));
    REQUIRE(saved.status == 303);
    CHECK(office.get(saved.location()).has("7.46"));
}

TEST_CASE("what is no picture is not taken as one, and the form says so") {
    TestHouse house;
    const auto refused = house.as(Role::coordinator)
                             .upload("/verwaltung/angebote/neu",
                                     {{"title", "Park"}, {"summary", "Kurz."}, {"how", "online"}, {"_version", "0"}},
                                     {{"picture", "bild.png", "image/png", "kein Bild"}});
    CHECK(refused.status == 422);
    CHECK(refused.has("id=\"f-picture-error\""));
}

TEST_CASE("what is to appear on a day appears on that day without anybody's doing, and is found then") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto made = office.post("/verwaltung/angebote/neu", {{"title", "Uferpromenade"},
                                                               {"summary", "Kurz."},
                                                               {"how", "online"},
                                                               {"publish_on", "2026-11-25"},
                                                               {"_version", "0"}});
    REQUIRE(made.status == 303);
    REQUIRE(office.post(made.location() + "/stand", {{"step", "publish"}}).status == 303);
    auto visitor = house.visitor();
    CHECK_FALSE(visitor.get("/angebote?sortierung=neu").has("Uferpromenade"));
    CHECK_FALSE(visitor.get("/suche?q=Uferpromenade").has("/angebote/uferpromenade"));
    house.clock().set(*parse_instant("2026-11-24T23:00:00Z"));
    CHECK(visitor.get("/angebote?sortierung=neu").has("Uferpromenade"));
    house.run_jobs();
    CHECK(visitor.get("/suche?q=Uferpromenade").has("/angebote/uferpromenade"));
}

TEST_CASE("the calendar of deadlines holds first and last days, whole days long, with the filters of the list") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto made = office.post("/verwaltung/angebote/neu", {{"title", "Park; groß, schön"},
                                                               {"summary", "Kurz."},
                                                               {"how", "online"},
                                                               {"starts", "2026-12-01"},
                                                               {"ends", "2026-12-24"},
                                                               {"_version", "0"}});
    REQUIRE(made.status == 303);
    REQUIRE(office.post(made.location() + "/stand", {{"step", "publish"}}).status == 303);
    auto visitor = house.visitor();
    const auto calendar = visitor.get("/angebote.ics");
    CHECK(calendar.type() == "text/calendar; charset=utf-8");
    CHECK(calendar.has("DTSTART;VALUE=DATE:20261201"));
    CHECK(calendar.has("DTSTART;VALUE=DATE:20261224"));
    CHECK(calendar.has("DTEND;VALUE=DATE:20261225"));
    CHECK(calendar.has("Park\\; groß\\, schön"));
    CHECK_FALSE(visitor.get("/angebote.ics?bezirk=hoerde").has("Park"));
}

TEST_CASE("a file is reachable while its offer is public, and by nobody before and after") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto visitor = house.visitor();
    const auto made = office.upload("/verwaltung/angebote/neu",
                                    {{"title", "Park"}, {"summary", "Kurz."}, {"how", "online"}, {"_version", "0"}},
                                    {{"files", "plan.txt", "text/plain", "Ein Plan."}});
    REQUIRE(made.status == 303);
    const auto preview = office.get(made.location() + "/vorschau");
    const auto at = preview.body.find("/dateien/");
    REQUIRE(at != std::string::npos);
    const std::string file = preview.body.substr(at, preview.body.find('"', at) - at);
    CHECK(visitor.get(file).status == 404);
    REQUIRE(office.post(made.location() + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(visitor.get(file).status == 200);
    REQUIRE(office.post(made.location() + "/stand", {{"step", "archive"}}).status == 303);
    CHECK(visitor.get(file).status == 404);
}

TEST_CASE("versions of an offer are listed and compared, field by field, with its links") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto with = [](const char* version, const char* title, const char* ends) {
            return Fields{{"_version", version},
                          {"title", title},
                          {"summary", "Gleiche Worte"},
                          {"how", "online"},
                          {"ends", ends}};
        };
        const auto made = office.post("/verwaltung/angebote/neu", with("0", "Alter Park", "2026-12-10"));
        REQUIRE(made.status == 303);
        CHECK_FALSE(office.get(made.location() + "/versionen").has("?von="));
        Fields second = with("1", "Neuer Park", "2026-12-24");
        second.insert(second.end(),
                      {{"documents-1-title", "Plan"}, {"documents-1-url", "https://www.example.org/plan"}});
        REQUIRE(office.post(made.location(), second).status == 303);
        const auto compared = office.get(made.location() + "/versionen?von=1&bis=2");
        CHECK(compared.status == 200);
        CHECK(compared.has("<del><span class=\"sr-only\">gelöscht: </span>Alter "));
        CHECK(compared.has("<ins><span class=\"sr-only\">eingefügt: </span>Neuer "));
        CHECK(compared.has("2026-12-24"));
        CHECK(compared.has("diff__name\">Links<"));
        CHECK(compared.has("https://www.example.org/plan"));
        CHECK_FALSE(compared.has("Gleiche Worte"));
    });
}

TEST_CASE("a published offer is changed or put away only by those who may publish, until they give it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields = {
        {"title", "Vom Fachbereich"}, {"summary", "Kurz."}, {"how", "online"}, {"permanent", "on"}, {"_version", "0"}};
    const std::string path = editor.post("/verwaltung/angebote/neu", fields).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    fields[1].second = "Heimlich geändert", fields.back().second = "1";
    const auto refused = editor.post(path, fields);
    CHECK(refused.status == 422);
    CHECK(refused.has("Heimlich geändert"));
    CHECK_FALSE(house.visitor().get("/angebote").has("Heimlich geändert"));
    CHECK(editor.get(path).has("Das ist veröffentlicht"));
    CHECK(editor.post(path + "/stand", {{"step", "archive"}}).status == 403);
    REQUIRE(office.post(path + "/stand", {{"step", "return"}}).status == 303);
    CHECK(editor.post(path, fields).status == 303);
}

TEST_CASE("the department of an offer exists, and is the editor's own") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields = {{"title", "A"},      {"summary", "B"},  {"how", "online"},
                     {"permanent", "on"}, {"_version", "0"}, {"organisation", "99999"}};
    CHECK(office.post("/verwaltung/angebote/neu", fields).status == 422);
    core::OrganisationId foreign;
    house.write([&](db::Tx& tx) { foreign = core::add_organisation(tx, house.tenant(), "f", "Fremd", "department"); });
    fields.back().second = std::to_string(foreign.value);
    CHECK(editor.post("/verwaltung/angebote/neu", fields).status == 422);
    CHECK(office.post("/verwaltung/angebote/neu", fields).status == 303);
}
