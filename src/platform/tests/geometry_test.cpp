// What people draw on maps, sound and broken.
#include <doctest/doctest.h>

#include "platform/geo/geometry.h"

namespace mitwirken::geo {

namespace {

std::string refusal(const std::string& json) {
    const auto read = read_geometry(json);
    return read ? "" : std::string(read.problems().of("place")->message.id);
}

}  // namespace

TEST_CASE("a point, a line and an area are read, closed and given a point inside") {
    const auto point = read_geometry(R"({"type":"Point","coordinates":[7.4653,51.5136,80]})");
    REQUIRE(point);
    CHECK(point->json == R"({"coordinates":[7.4653,51.5136],"type":"Point"})");
    const auto area = read_geometry(R"({"type":"Polygon","coordinates":[[[7,51],[8,51],[8,52],[7,52]]]})");
    REQUIRE(area);
    CHECK(area->inside.lon > 7);
    CHECK(area->inside.lon < 8);
    CHECK(contains(area->json, point->json));
    const auto outside = read_geometry(R"({"type":"Point","coordinates":[9,51.5]})");
    CHECK_FALSE(contains(area->json, outside->json));
    const auto line = read_geometry(R"({"type":"LineString","coordinates":[[7.1,51.1],[7.9,51.9]]})");
    CHECK(contains(area->json, line->json));
    const auto leaving = read_geometry(R"({"type":"LineString","coordinates":[[7.1,51.1],[9,51.9]]})");
    CHECK_FALSE(contains(area->json, leaving->json));
}

TEST_CASE("the inside of a bent area is in the area, not in its hollow") {
    const auto bent = read_geometry(R"({"type":"Polygon","coordinates":[[[7,51],[7.9,51],[7.9,51.1],[7.1,51.1],)"
                                    R"([7.1,51.9],[7.9,51.9],[7.9,52],[7,52],[7,51]]]})");
    REQUIRE(bent);
    CHECK(contains(bent->json, R"({"type":"Point","coordinates":[)" + std::to_string(bent->inside.lon) + "," +
                                   std::to_string(bent->inside.lat) + "]}"));
}

TEST_CASE("what is no drawing is refused in words") {
    for (const char* bad :
         {"", "{", "[]", "null", "7", R"({"type":"Point"})", R"({"type":7,"coordinates":[]})",
          R"({"type":"Point","coordinates":[7]})", R"({"type":"Point","coordinates":["7","51"]})",
          R"({"type":"Point","coordinates":[700,51]})", R"({"type":"Point","coordinates":[7,1e999]})",
          R"({"type":"MultiPoint","coordinates":[[7,51]]})", R"({"type":"LineString","coordinates":[[7,51]]})",
          R"({"type":"LineString","coordinates":7})", R"({"type":"Polygon","coordinates":[]})",
          R"({"type":"Polygon","coordinates":[[[7,51],[8,51]]]})",
          R"({"type":"Polygon","coordinates":[[[7,51],[8,52],[7,51]]]})",
          R"({"type":"Polygon","coordinates":[[[7,51],[8,51],[9,51],[7,51]]]})"}) {
        INFO(bad);
        CHECK_FALSE(refusal(bad).empty());
    }
}

TEST_CASE("an area that crosses itself and one without end are refused") {
    CHECK(
        refusal(R"({"type":"Polygon","coordinates":[[[7,51],[8,52],[8,51],[7,52],[7,51]]]})").find("crosses itself") !=
        std::string::npos);
    std::string huge = R"({"type":"Polygon","coordinates":[[)";
    for (int i = 0; i < 3000; ++i) huge += (i ? "," : "") + std::string("[7.") + std::to_string(1000 + i) + ",51]";
    CHECK_FALSE(refusal(huge + "]]}").empty());
    CHECK_FALSE(refusal(std::string(300'000, '[')).empty());
}

}  // namespace mitwirken::geo
