// The area of a procedure and what else lies on its maps.
#include <doctest/doctest.h>

#include "core/maps/area_files.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

constexpr const char* screen = "/verwaltung/verfahren/smart-rhino/gebiet";

std::string polygon(const std::string& ring) { return R"({"type":"Polygon","coordinates":[[)" + ring + "]]}"; }
const std::string square = polygon("[7.43,51.51],[7.45,51.51],[7.45,51.52],[7.43,51.52],[7.43,51.51]");
const std::string in_utm = polygon("[391000,5707000],[392000,5707000],[392000,5708000],[391000,5707000]");

Answer send_file(Client& client, const std::string& path, const std::string& field, const std::string& bytes,
                 Fields fields = {}) {
    return client.upload(path, fields, {{field, "gebiet.geojson", "application/geo+json", bytes}});
}

}  // namespace

TEST_CASE("an area comes from a file in degrees or UTM 32, as geometry, feature or collection of one") {
    const auto degrees = core::read_one_area(square);
    REQUIRE(degrees);
    CHECK(core::read_one_area(R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":)" + square +
                              "}]}"));
    const auto utm = core::read_one_area(in_utm);
    REQUIRE(utm);
    CHECK(utm->find("7.4") != std::string::npos);
    CHECK(core::read_one_area(
        R"({"type":"MultiPolygon","coordinates":[[[[7.43,51.51],[7.45,51.51],[7.45,51.52],[7.43,51.51]]]]})"));
    for (const std::string& bad :
         {std::string(), std::string("{"), std::string("[]"),
          std::string(R"({"type":"FeatureCollection","features":[]})"),
          std::string(R"({"type":"Point","coordinates":[7.4,51.5]})"),
          polygon("[7.4,51.5],[7.5,51.6],[7.5,51.5],[7.4,51.6],[7.4,51.5]"),
          polygon("[51.51,7.43],[51.51,7.45],[51.52,7.45],[51.51,7.43]"), std::string(200'000, '[')})
        CHECK_FALSE(core::read_one_area(bad));
    CHECK_FALSE(core::read_one_area(R"({"type":"GeometryCollection","geometries":[)" + square + "," + square + "]}"));
}

TEST_CASE("staff draw or send a procedure's area; it is public with the procedure, and can be taken away") {
    on_both_houses([](TestHouse& house) {
        auto admin = house.as(core::Role::admin);
        CHECK(admin.get(screen).has("<place-map"));
        CHECK(admin.post(screen, {{"area", square}}).status == 303);
        auto visitor = house.visitor();
        CHECK(visitor.get("/verfahren/smart-rhino/gebiet.geojson").has("7.43"));
        CHECK(visitor.get("/verfahren/smart-rhino").has("/verfahren/smart-rhino/gebiet.geojson"));
        CHECK(send_file(admin, screen, "file", in_utm).status == 303);
        CHECK_FALSE(visitor.get("/verfahren/smart-rhino/gebiet.geojson").has("7.43,"));
        const auto wrong = send_file(admin, screen, "file", "kein GeoJSON");
        CHECK(wrong.status == 422);
        CHECK(admin.post(screen, {{"area", R"({"type":"Point","coordinates":[7.44,51.51]})"}}).status == 422);
        CHECK(admin.post(screen, {{"area", ""}}).status == 303);
        CHECK(visitor.get("/verfahren/smart-rhino/gebiet.geojson").has("\"features\":[]"));
        CHECK(house.as(core::Role::analyst).get(screen).status == 403);
        CHECK(visitor.get("/verfahren/gibt-es-nicht/gebiet.geojson").status == 404);
    });
}

TEST_CASE("further areas lie on the maps of one procedure and on no other's") {
    TestHouse house;
    auto admin = house.as(core::Role::admin);
    const std::string further = std::string(screen) + "/weitere";
    CHECK(send_file(admin, further, "further", square, {{"title", "Baufeld A"}}).status == 303);
    CHECK(send_file(admin, further, "further", "{}", {{"title", "Baufeld B"}}).status == 422);
    CHECK(send_file(admin, further, "further", square, {{"title", ""}}).status == 422);
    CHECK(admin.post(further, {{"title", "Ohne Datei"}}).has("Ohne Datei"));
    const auto page = admin.get(screen);
    CHECK(page.has("Baufeld A"));
    const std::string mark = "/gebiet/";
    const auto at = page.body.find(mark, page.body.find("Baufeld A") > 400 ? page.body.find("Baufeld A") - 400 : 0);
    REQUIRE(at != std::string::npos);
    const std::string id = page.body.substr(at + mark.size(), page.body.find('/', at + mark.size()) - at - mark.size());
    auto visitor = house.visitor();
    CHECK(visitor.get("/verfahren/smart-rhino/gebiete/" + id).has("FeatureCollection"));
    CHECK(visitor.get("/verfahren/smart-rhino").has("Baufeld A"));
    CHECK(visitor.get("/verfahren/smart-rhino/gebiete/999").status == 404);
    CHECK(admin.post(std::string(screen) + "/" + id + "/loeschen").status == 303);
    CHECK(visitor.get("/verfahren/smart-rhino/gebiete/" + id).status == 404);
    CHECK_FALSE(visitor.get("/verfahren/smart-rhino").has("Baufeld A"));
}

}  // namespace mitwirken::tests
