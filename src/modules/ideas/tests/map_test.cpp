// Ideas on the map: the same filters, groups of very many, nonsense in the address.
#include <doctest/doctest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/contributions/contributions.h"
#include "core/procedures/records.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

const std::string list = "/verfahren/smart-rhino/ideen/ideen", data = list + "/punkte.geojson";

core::Occasion occasion_of(db::Tx& tx, core::TenantId tenant) {
    const auto procedure = *core::find_procedure(tx, tenant, "smart-rhino");
    for (const auto& activity : core::load_plan(tx, procedure).activities)
        if (activity.key == "ideen") return {tenant, procedure.id, activity.id, {}};
    return {};
}

void add_ideas(TestHouse& house, int count, const std::string& place = "") {
    house.write([&](db::Tx& tx) {
        const auto occasion = occasion_of(tx, house.tenant());
        for (int i = 0; i < count; ++i) {
            core::NewContribution c{
                .module = "ideas", .kind = "idea", .title = "Idee " + std::to_string(i), .body = "x"};
            c.lon = 7.35 + (i * 7919 % 10007) * 2.5e-5;
            c.lat = 51.44 + (i * 104729 % 10009) * 1.4e-5;
            c.place =
                place.empty() ? nlohmann::json{{"type", "Point"}, {"coordinates", {*c.lon, *c.lat}}}.dump() : place;
            c.original = "{}";
            core::hand_in(tx, occasion, c, house.clock().now());
        }
    });
    house.house().versions.raise({}, "tenants");
}

std::int64_t sum(const std::string& body) {
    std::int64_t total = 0;
    const auto read = nlohmann::json::parse(body);
    for (const auto& feature : read.at("features"))
        if (feature.at("geometry").at("type") == "Point") total += feature.at("properties").value("count", 1);
    return total;
}

}  // namespace

TEST_CASE("the map shows what the list shows: the same filters, the same places below it") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(visitor.get(list).has("ansicht=karte"));
    const auto page = visitor.get(list + "?ansicht=karte&q=Wasser");
    CHECK(page.has("punkte.geojson?q=Wasser"));
    CHECK(page.has("Ein Weg am Wasser"));
    CHECK(visitor.get(data).has("Die alte Halle"));
    CHECK_FALSE(visitor.get(data + "?q=Wasser").has("Die alte Halle"));
    CHECK(visitor.get(data + "?q=Wasser").has("Ein Weg am Wasser"));
    CHECK_FALSE(visitor.get(data + "?thema=mobilitaet").has("Die alte Halle"));
    CHECK(visitor.get("/verfahren/smart-rhino").has("punkte.geojson"));
}

TEST_CASE("lines and areas are drawn, and said in words on the idea's page") {
    TestHouse house;
    const std::string line = R"({"type":"LineString","coordinates":[[7.43,51.51],[7.44,51.52],[7.45,51.52]]})";
    add_ideas(house, 1, line);
    auto visitor = house.visitor();
    const auto points = visitor.get(data);
    CHECK(points.has("LineString"));
    const auto at = points.body.find(list + "/");
    REQUIRE(at != std::string::npos);
    bool found = false;
    const auto read = nlohmann::json::parse(points.body);
    for (const auto& feature : read.at("features"))
        if (feature.at("properties").value("title", "") == "Idee 0") {
            const auto page = visitor.get(feature.at("properties").at("href").get<std::string>());
            found = page.has("Linie mit 3 Punkten") && page.has("?idee=");
        }
    CHECK(found);
}

TEST_CASE("above five thousand the server makes groups for what is on the screen, and none is lost") {
    on_both_houses([](TestHouse& house) {
        const auto before = sum(house.visitor().get(data).body);
        add_ideas(house, 5100);
        auto visitor = house.visitor();
        CHECK(visitor.get(list + "?ansicht=karte").has("data-clusters"));
        const auto all = visitor.get(data + "?bbox=7,51,8,52&zoom=10");
        CHECK(all.status == 200);
        CHECK(sum(all.body) == 5100 + before);
        CHECK(nlohmann::json::parse(all.body).at("features").size() < 400);
        const auto near = visitor.get(data + "?bbox=7.43,51.5,7.45,51.52&zoom=17");
        CHECK(sum(near.body) > 10);
        CHECK(sum(near.body) < 5100);
        CHECK(near.has("\"title\":\"Idee "));
    });
}

TEST_CASE("nonsense in the map's address is a bad request, not an error of ours") {
    TestHouse house;
    auto visitor = house.visitor();
    for (const char* query : {"?bbox=1,2,3&zoom=3", "?bbox=nan,nan,nan,nan&zoom=3", "?bbox=8,51,7,52&zoom=3",
                              "?bbox=7,51,8,52", "?bbox=7,51,8,52&zoom=99", "?bbox=7,51,8,52&zoom=-1", "?zoom=3",
                              "?bbox=7,51,inf,52&zoom=3", "?bbox=a,b,c,d&zoom=x", "?bbox=&zoom="}) {
        INFO(query);
        CHECK(visitor.get(data + query).status == 400);
    }
    CHECK(visitor.get(data + "?idee=999999").has("\"features\":[]"));
}

// Measured in a release build: 20,000 points are to take 100 ms of the server at most.
TEST_CASE("twenty thousand points are grouped in a fraction of a second" * doctest::skip()) {
    on_both_houses([](TestHouse& house) {
        add_ideas(house, 20'000);
        auto visitor = house.visitor();
        for (int zoom : {8, 10, 12, 14}) {
            const auto start = std::chrono::steady_clock::now();
            const auto answer = visitor.get(data + "?bbox=7,51,8,52&zoom=" + std::to_string(zoom));
            const auto took =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
            MESSAGE("zoom ", zoom, ": ", took.count(), " ms, ", answer.body.size(), " bytes");
            CHECK(sum(answer.body) >= 20'000);
            CHECK(took.count() <= 100);
        }
    });
}

}  // namespace mitwirken::tests
