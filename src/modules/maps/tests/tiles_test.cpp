// Pictures of maps: which are there, and for where.
#include <doctest/doctest.h>

#include "modules/maps/pages.h"
#include "support/test_house.h"

namespace mitwirken::tests {

TEST_CASE("tiles of other servers show the neighbourhood only") {
    core::Term middle;
    middle.outline = "[[7.4,51.5],[7.5,51.5],[7.5,51.6],[7.4,51.6]]";
    const std::vector<core::Term> town = {middle};
    CHECK(maps::in_neighbourhood({10, 533, 341}, town));        // the Ruhr
    CHECK_FALSE(maps::in_neighbourhood({10, 550, 335}, town));  // Berlin
    CHECK(maps::in_neighbourhood({0, 0, 0}, town));             // the world holds every town
    CHECK_FALSE(maps::in_neighbourhood({10, 533, 341}, {}));
}

TEST_CASE("tiles are drawn for valid places of the own plan, and no other layer answers") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto tile = visitor.get("/karten/plan/11/1066/682.png");
    CHECK(tile.status == 200);
    CHECK(tile.type() == "image/png");
    CHECK(tile.body.substr(1, 3) == "PNG");
    CHECK(visitor.get("/karten/plan/11/1066/682.dark.png").body != tile.body);
    for (const char* path : {"/karten/plan/11/4000/682.png", "/karten/plan/99/0/0.png", "/karten/plan/-1/0/0.png",
                             "/karten/plan/11/1066/682", "/karten/plan/11/1066/682.svg",
                             "/karten/basemap/11/1066/682.png", "/karten/other/11/1066/682.png"}) {
        INFO(path);
        CHECK(visitor.get(path).status == 404);
    }
}

}  // namespace mitwirken::tests
