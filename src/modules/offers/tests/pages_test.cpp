// Offers as residents and departments meet them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/domain_events.h"
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
        CHECK(api["items"].size() == 18);
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
    CHECK(visitor.get("/angebote/park-am-fluss").has("noch 1 Tag"));
    house.clock().set(*parse_instant("2026-11-24T22:59:59Z"));
    CHECK(visitor.get("/angebote/park-am-fluss").has("endet heute"));
    house.clock().set(*parse_instant("2026-11-24T23:00:00Z"));
    CHECK(visitor.get("/angebote/park-am-fluss").has("abgeschlossen"));
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
            house.house().versions.raise(house.tenant(), "offers");
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
