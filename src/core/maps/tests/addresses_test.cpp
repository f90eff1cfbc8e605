// The list of addresses: how names are compared, what files may hold, and finding.
#include <doctest/doctest.h>

#include <chrono>

#include "core/maps/addresses.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using core::AddressRow;
using core::find_addresses;

const std::string heading = "Straße;Hausnummer;Zusatz;PLZ;Ort;x;y\n";

std::vector<std::string> found(TestHouse& house, const std::string& typed) {
    std::vector<std::string> labels;
    house.program().database().read([&](db::Tx& tx) {
        for (const auto& one : find_addresses(tx, house.tenant(), typed)) labels.push_back(one.label);
    });
    return labels;
}

bool refused(const std::string& bytes, const std::string& place, const std::string& words) {
    const auto read = core::read_addresses(bytes);
    for (const auto& line : read.problems)
        if (line.place == place && std::string(line.message.id).find(words) != std::string::npos)
            return read.rows.empty();
    return false;
}

}  // namespace

TEST_CASE("streets are compared without umlauts, hyphens, and the many ends of Straße") {
    for (const char* typed :
         {"Hörder Straße", "hörder str.", "Hoerder-Strasse", "HÖRDER STR", "Hörderstraße", "Hörder Stra"})
        CHECK(core::folded_street(typed) == "hoerderstr");
    CHECK(core::street_keys("Am Alten Markt") == std::vector<std::string>{"altenmarkt", "amaltenmarkt", "markt"});
    CHECK(core::street_keys("Hörder Straße") == std::vector<std::string>{"hoerderstr", "horderstr"});
    const auto plain = core::address_queries("Hansastr. 12a, 44137 Dortmund");
    REQUIRE_FALSE(plain.empty());
    CHECK(plain[0].street == "hansastr");
    CHECK(plain[0].number == 12);
    CHECK(plain[0].suffix == "a");
    CHECK(plain[0].postcode == "44137");
    CHECK(plain[0].places == std::vector<std::string>{"dortmund"});
    const auto june = core::address_queries("Straße des 17. Juni 5");
    CHECK(std::any_of(june.begin(), june.end(),
                      [](const auto& q) { return q.street == "strdes17juni" && q.number == 5; }));
    CHECK(core::address_queries("").empty());
    CHECK(core::address_queries("\xff\xfe %_';--").size() <= 1);
}

TEST_CASE("an address is found however it is typed, and a number that is not there gives the street") {
    on_both_houses([](TestHouse& house) {
        for (const char* typed : {"Hansastraße 7", "hansastr 7", "Hansa-Str. 7", "HANSASTRASSE 7 dortmund", "hansas 7",
                                  "Hansastraße 7, 44137 Dortmund"}) {
            INFO(typed);
            const auto labels = found(house, typed);
            REQUIRE_FALSE(labels.empty());
            CHECK(labels[0] == "Hansastraße 7, 44137 Dortmund");
        }
        CHECK(found(house, "Hansastr 7a").front() == "Hansastraße 7a, 44137 Dortmund");
        CHECK(found(house, "Hansastr 7 a").front() == "Hansastraße 7a, 44137 Dortmund");
        CHECK(found(house, "Hansastr 9999").front() == "Hansastraße, 44137 Dortmund");
        CHECK(found(house, "horder bahnhof").front() == "Hörder Bahnhofstraße, 44263 Dortmund");
        CHECK(found(house, "Markt 3").front() == "Alter Markt 3, 44137 Dortmund");
        CHECK(found(house, "Hansastr 7 Bochum").empty());
        CHECK(found(house, "Hansastr 7 44999").empty());
        CHECK(found(house, "Nirgendwoallee 1").empty());
        for (const std::string& typed : {std::string("%"), std::string("_"), std::string("'; DROP TABLE core_street;"),
                                         std::string(5000, 'a'), std::string("\xff\xc3\x28")})
            CHECK(found(house, typed).size() <= 10);
    });
}

TEST_CASE("a file is read in degrees, in UTM 32 and as GeoJSON, and means the same places") {
    const auto utm = core::read_addresses(heading + "Hansastraße;12;a;44137;Dortmund;393490,12;5708430,5\n");
    REQUIRE(utm.problems.empty());
    REQUIRE(utm.rows.size() == 1);
    CHECK(utm.rows[0].suffix == "a");
    CHECK(utm.rows[0].lon == doctest::Approx(7.4655).epsilon(0.001));
    CHECK(utm.rows[0].lat == doctest::Approx(51.5168).epsilon(0.001));
    const auto zone = core::read_addresses(heading + "Hansastraße;12a;;44137;Dortmund;32393490,12;5708430,5\n");
    REQUIRE(zone.problems.empty());
    CHECK(zone.rows[0].lon == utm.rows[0].lon);
    CHECK(zone.rows[0].suffix == "a");
    const auto json =
        core::read_addresses(R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
                             R"("geometry":{"type":"Point","coordinates":[393490.12,5708430.5]},)"
                             R"("properties":{"strassenname":"Hansastraße","hausnr":12,"adz":"a","plz":"44137"}}]})");
    REQUIRE(json.problems.empty());
    CHECK(json.rows[0].lat == utm.rows[0].lat);
    CHECK(json.rows[0].number == 12);
}

TEST_CASE("one wrong row refuses the whole file and is named") {
    CHECK(refused(heading + "A-Weg;1;;44137;D;7.4;51.5\nB-Weg;1;;44137;D;51.5;7.4\n", "line 3", "exchanged"));
    CHECK(refused(heading + "A-Weg;eins;;44137;D;7.4;51.5\n", "line 2", "no house number"));
    CHECK(refused(heading + ";1;;44137;D;7.4;51.5\n", "line 2", "street is missing"));
    CHECK(refused(heading + "A-Weg;1;;4413;D;7.4;51.5\n", "line 2", "five digits"));
    CHECK(refused(heading + "A-Weg;1;;44137;D;nan;inf\n", "line 2", "no number"));
    CHECK(refused(heading + "A-Weg;1;;44137;D;1e99;51.5\n", "line 2", "no number"));
    CHECK(refused(heading + "A-Weg;1;;44137;D;2.35;48.86\n", "line 2", "no position in Germany"));
    CHECK(refused(heading + "A-Weg;1;;44137;D;7.4;51.5\nA-Weg;1;;44137;D;7.4;51.5\n", "line 3", "twice"));
    CHECK(refused("Name;x;y\nA;1;2\n", "line 1", "no column"));
    CHECK(refused("{\"type\": \"FeatureCollection\", \"features\": [{}]}", "entries[0]", "needs a point"));
    CHECK(refused("{\"type\": [", "file", "no GeoJSON"));
    CHECK(refused(heading, "file", "no address"));
}

TEST_CASE("the administration replaces the list by a file, or changes nothing") {
    on_both_houses([](TestHouse& house) {
        auto admin = house.as(core::Role::admin);
        CHECK(admin.get("/verwaltung/adressen").has("erfundene"));
        const auto send = [&](const std::string& bytes) {
            return admin.upload("/verwaltung/adressen", {}, {{"file", "adressen.csv", "text/csv", bytes}});
        };
        const auto wrong =
            send(heading + "Neuer Weg;1;;44137;Dortmund;7.46;51.51\nNeuer Weg;x;;44137;Dortmund;7.46;51.51\n");
        CHECK(wrong.status == 422);
        CHECK(wrong.has("Zeile 3"));
        CHECK_FALSE(found(house, "Hansastr 7").empty());
        CHECK(send(heading + "Neuer Weg;1;;44137;Dortmund;7.46;51.51\n").status == 303);
        CHECK(found(house, "Hansastr 7").empty());
        CHECK(found(house, "neuer w 1").front() == "Neuer Weg 1, 44137 Dortmund");
        CHECK(admin.get("/verwaltung/adressen/liste.csv").has("Neuer Weg;1;"));
        CHECK(admin.post("/verwaltung/adressen").status == 422);
        CHECK(house.as(core::Role::editor).get("/verwaltung/adressen").status == 403);
        const auto json = house.visitor().get("/adressen.json?q=neuer%20weg");
        CHECK(json.status == 200);
        CHECK(json.has("\"label\":\"Neuer Weg, 44137 Dortmund\""));
        CHECK(house.visitor().get("/adressen.json").has("\"addresses\":[]"));
    });
}

// 300,000 addresses in 12,000 streets: three times the size of a town of 600,000. Measured in a release build.
TEST_CASE("three hundred thousand addresses are searched in a few milliseconds" * doctest::skip()) {
    on_both_houses([](TestHouse& house) {
        std::vector<AddressRow> rows;
        const char* ends[] = {"straße", "weg", "allee", "platz"};
        for (int street = 0; street < 12'000; ++street)
            for (int number = 1; number <= 25; ++number)
                rows.push_back(
                    {std::string(1, char('A' + street % 26)) + "x" + std::to_string(street) + ends[street % 4], number,
                     "", "44137", "Dortmund", 7.4 + street * 1e-5, 51.5 + number * 1e-4});
        const auto began = std::chrono::steady_clock::now();
        house.write(
            [&](db::Tx& tx) { core::replace_addresses(tx, house.tenant(), rows, {.name = "x"}, house.clock().now()); });
        const auto imported = std::chrono::steady_clock::now() - began;
        MESSAGE("import ms: ", std::chrono::duration_cast<std::chrono::milliseconds>(imported).count());
        long worst = 0;
        house.program().database().read([&](db::Tx& tx) {
            for (const char* typed :
                 {"Ax0str 12", "A", "ax", "bx1 7", "Zx25", "cx2weg 3, 44137 Dortmund", "nichts 1"}) {
                const auto start = std::chrono::steady_clock::now();
                find_addresses(tx, house.tenant(), typed);
                const auto took = std::chrono::steady_clock::now() - start;
                worst = std::max(worst, long(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
            }
            const auto start = std::chrono::steady_clock::now();
            CHECK(core::address_near(tx, house.tenant(), {7.45, 51.501}));
            const auto took = std::chrono::steady_clock::now() - start;
            MESSAGE("near us: ", std::chrono::duration_cast<std::chrono::microseconds>(took).count());
        });
        MESSAGE("worst search us: ", worst);
        CHECK(worst < 5'000);
    });
}

}  // namespace mitwirken::tests
