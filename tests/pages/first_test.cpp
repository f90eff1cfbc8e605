// The house stands: pages that every installation has.
#include <doctest/doctest.h>

#include "core/cookies.h"
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

TEST_CASE("monitoring is answered under any host name") {
    TestHouse house;
    CHECK(house.visitor().on_host("10.0.0.7").get("/health").status == 200);
    CHECK(house.visitor().on_host("10.0.0.7").get("/metrics").status == 200);
    CHECK(house.visitor().on_host("10.0.0.7").get("/").status == 421);
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

static const db::Query no_pages{"test.no_pages", "DELETE FROM pages_page"};

TEST_CASE(
    "a municipality that has written nothing yet links nothing that is not there, and its staff read what is missing") {
    TestHouse house;
    auto admin = house.as(core::Role::admin);
    CHECK_FALSE(admin.get("/verwaltung").has("Das Impressum fehlt"));
    house.write([&](db::Tx& tx) { tx.exec(no_pages); });
    house.house().versions.raise(house.tenant(), "pages");
    const char* const paths[] = {"/ueber",      "/impressum",       "/datenschutz", "/barrierefreiheit",
                                 "/netiquette", "/so-funktionierts"};
    for (const char* page : {"/", "/barriere-melden", "/angebote"}) {
        const auto answer = house.visitor().get(page);
        for (const char* path : paths) {
            INFO(page << " " << path);
            CHECK(house.visitor().get(path).status == 404);
            CHECK_FALSE(answer.has("href=\"" + std::string(path) + "\""));
        }
    }
    const auto first = admin.get("/verwaltung");
    for (const char* words : {"Das Impressum fehlt", "Die Datenschutzerklärung fehlt",
                              "Die Erklärung zur Barrierefreiheit fehlt", "/verwaltung/seiten/neu?standing=imprint"})
        CHECK(first.has(words));
    CHECK_FALSE(house.as(core::Role::editor).get("/verwaltung").has("Das Impressum fehlt"));
}

TEST_CASE("over https every cookie is for https only") {
    http::Request request;
    request.scheme = "https";
    CHECK(core::cookie_end(request) == "; Path=/; HttpOnly; SameSite=Lax; Secure");
    request.scheme = "http";
    CHECK(core::cookie_end(request) == "; Path=/; HttpOnly; SameSite=Lax");
    TestHouse house;
    auto visitor = house.visitor();
    visitor.from("198.51.100.77");
    const auto sent = visitor.post("/passwort", {{"email", "niemand@example.org"}});
    CHECK(sent.headers["Set-Cookie"].find("mw_notice=") != std::string_view::npos);
    CHECK(sent.headers["Set-Cookie"].find(core::cookie_end(request)) != std::string_view::npos);
    CHECK(visitor.follow(sent).headers["Set-Cookie"].find(core::cookie_end(request)) != std::string_view::npos);
}
