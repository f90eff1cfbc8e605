// The example's finished procedure says what the city's documentation says, no more and no less; its running one runs.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/contributions/contributions.h"
#include "core/example/example.h"
#include "core/procedures/records.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

namespace {

const std::string dialogue = "/verfahren/digitaler-buergerdialog-2020";

std::string escaped(std::string text) {
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 6) text.replace(at, 1, "&quot;");
    return text;
}

std::size_t quotes_in(const nlohmann::json& session) {
    std::size_t count = 0;
    for (const auto& group : session.at("groups"))
        for (const char* board : {"quotes", "helpful", "improve", "new"})
            count += group.value(board, nlohmann::json::array()).size();
    return count;
}

}  // namespace

TEST_CASE("the dialogue of 2020 is over: its questions, its quotes by group, what came of it") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get(dialogue);
    CHECK(page.has("Abgeschlossen"));
    CHECK(page.has("104"));
    CHECK(page.has("/ergebnisse/dialogue-2020"));
    CHECK_FALSE(page.has("Jetzt offen"));
    const auto papers = core::example_file("dialogue-2020.json");
    const auto survey = visitor.get(dialogue + "/umfragen/befragung");
    for (const auto& question : papers.at("questions")) {
        const std::string text = question.at("text");
        CHECK(survey.has(text.substr(0, text.find(" Bitte wählen Sie"))));
        for (const auto& option : question.at("options")) CHECK(survey.has(escaped(option.get<std::string>())));
    }
    CHECK_FALSE(survey.has("/umfragen/befragung/ergebnisse\""));
    CHECK(visitor.get(dialogue + "/umfragen/befragung/fragen").status == 403);
    CHECK(visitor.get(dialogue + "/ideen/erfahrungen").has("50 Ideen"));
    CHECK(visitor.get(dialogue + "/ideen/angebote").has("54 Ideen"));
    CHECK(quotes_in(papers.at("sessions").at(0)) == 50);
    CHECK(quotes_in(papers.at("sessions").at(2)) == 54);
    const auto results = visitor.get(dialogue + "/ergebnis");
    for (const char* said :
         {"Analoge und digitale Angebote gehören zusammen", "Quintessenz der 1. Break-Out Session: Kleingruppe 4",
          "Die wichtigsten Punkte der 2. Break-Out Session: Kleingruppe 1", "Festgehalten"})
        CHECK(results.has(said));
    CHECK(results.has("18 Beiträge"));
}

TEST_CASE("all of the dialogue was said live, in its month, by a group and by nobody with a name") {
    TestHouse house;
    house.read([&](db::Tx& tx) {
        const auto record = core::find_procedure(tx, house.tenant(), "digitaler-buergerdialog-2020");
        REQUIRE(record);
        const auto shares = core::channel_shares(tx, record->id);
        REQUIRE(shares.size() == 1);
        CHECK(shares.front().channel == core::Channel::live);
        CHECK(shares.front().count == 104);
        for (const auto& activity : core::load_plan(tx, *record).activities)
            core::each_contribution(tx, activity.id, "idea", [&](core::Contribution&& c) {
                CHECK(c.author_name.rfind("Kleingruppe ", 0) == 0);
                CHECK(to_iso(berlin_day(c.created_at)) == "2020-08-31");
                return true;
            });
    });
}

TEST_CASE("the running procedure has dates, documents, a map and stands before what is over") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/verfahren/smart-rhino");
    for (const char* there :
         {"Jetzt offen", "SMART RHINO: Rundgang über das Areal", "SMART RHINO: Auftakt im Unionviertel",
          "Worum es geht, auf einer Seite", "punkte.geojson"})
        CHECK(page.has(there));
    const auto list = visitor.get("/verfahren").body;
    CHECK(list.find("/verfahren/smart-rhino") < list.find(dialogue));
    const auto matter = visitor.get("/vorhaben/digitale-mitwirkung");
    CHECK(matter.has("Drucksache 18037-20"));
    CHECK(matter.has(dialogue));
}
