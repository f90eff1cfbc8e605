// The house stands: pages that every installation has.
#include <doctest/doctest.h>

#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

TEST_CASE("health and readiness answer in plain words") {
    TestHouse house;
    CHECK(house.visitor().get("/health").body == "ok\n");
    CHECK(house.visitor().get("/ready").body == "ready\n");
}

TEST_CASE("a page that does not exist says so, with the way back") {
    TestHouse house;
    const auto page = house.visitor().get("/gibt-es-nicht");
    CHECK(page.status == 404);
    CHECK(page.has("Diese Seite gibt es nicht"));
    CHECK(page.headers["Content-Security-Policy"].find("default-src 'none'") != std::string_view::npos);
}

TEST_CASE("an unknown host is refused") {
    TestHouse house;
    CHECK(house.visitor().on_host("boese.example").get("/").status == 421);
}

TEST_CASE("the theme follows the tenant") {
    TestHouse house;
    const auto css = house.visitor().get("/theme.css");
    CHECK(css.status == 200);
    CHECK(css.has("--tenant-primary:#0b4a55"));
}

TEST_CASE("figures for monitoring carry no personal data") {
    TestHouse house;
    const auto figures = house.visitor().get("/metrics");
    CHECK(figures.status == 200);
    CHECK(figures.has("mitwirken_jobs"));
    CHECK_FALSE(figures.has("@"));
}
