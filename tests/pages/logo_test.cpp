// The municipality's logo: given, replaced, taken away; what is no picture is refused.
#include <doctest/doctest.h>

#include "platform/geo/geo.h"
#include "support/test_house.h"

namespace mitwirken::tests {

using core::Role;

TEST_CASE("an administrator gives the site its logo, replaces it and takes it away again") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    auto visitor = house.visitor();
    CHECK(visitor.get("/logo").status == 404);
    CHECK(visitor.get("/").has("mark."));
    const std::string picture = geo::draw_tile({1, 0, 0}, {}, false), other = geo::draw_tile({1, 1, 0}, {}, true);
    REQUIRE(admin.upload("/verwaltung/logo", {}, {{"files", "wappen.png", "image/png", picture}}).status == 303);
    CHECK(visitor.get("/").has("src=\"/logo?"));
    const auto first = visitor.get("/logo");
    CHECK(first.status == 200);
    CHECK(first.type().find("image/") == 0);
    REQUIRE(admin.upload("/verwaltung/logo", {}, {{"files", "neu.png", "image/png", other}}).status == 303);
    CHECK(visitor.get("/logo").body != first.body);
    REQUIRE(admin.post("/verwaltung/logo", {{"remove", "yes"}}).status == 303);
    CHECK(visitor.get("/logo").status == 404);
    CHECK(visitor.get("/").has("mark."));
}

TEST_CASE("what is no picture, and nothing at all, is no logo") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    CHECK(admin.upload("/verwaltung/logo", {}, {{"files", "l.png", "image/png", "<script>alert(1)</script>"}}).status ==
          422);
    CHECK(admin.upload("/verwaltung/logo", {}, {{"files", "l.txt", "text/plain", "Ein Text."}}).status == 422);
    CHECK(admin.upload("/verwaltung/logo", {}, {}).status == 422);
    CHECK(house.as(Role::editor).get("/verwaltung/logo").status == 403);
    CHECK(house.visitor().get("/logo").status == 404);
}

}  // namespace mitwirken::tests
