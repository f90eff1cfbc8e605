// What every route of the API promises, for all modules without a word of their own. The answers themselves are asked
// for by tests/api/openapi.mjs.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/api/api.h"
#include "platform/base/text.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

TEST_CASE("every route of the API is described, open to everyone, and changes nothing") {
    TestHouse house;
    int count = 0;
    for (const auto& entry : house.program().router().entries()) {
        const auto& route = *entry.route;
        CHECK((route.kind == core::RouteKind::api) ==
              (starts_with(route.pattern, "/api/") && route.pattern != "/api/v1/openapi.json"));
        if (route.kind != core::RouteKind::api) continue;
        INFO(std::string(route.pattern));
        ++count;
        CHECK(route.method == http::Method::get);
        CHECK(route.permission == core::everyone);
        CHECK_FALSE(route.api.summary.empty());
        CHECK(bool(route.api.schema));
        for (const auto& parameter : route.api.query) CHECK_FALSE(parameter.words.empty());
    }
    CHECK(count >= 17);
}

TEST_CASE("a schema's name is used by one module only") {
    TestHouse house;
    std::set<std::string_view> names;
    for (const auto& one : core::schema::shared()) CHECK(names.insert(one.name).second);
    for (const auto& module : house.house().modules)
        for (const auto& one : module.api_schemas) {
            INFO(module.name, " ", std::string(one.name));
            CHECK(names.insert(one.name).second);
        }
}

TEST_CASE("the API answers in the language of the address, and a page of people explains it in German") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(visitor.get("/api/v1/openapi.json").has("Veröffentlichte Neuigkeiten"));
    CHECK(visitor.get("/en/api/v1/openapi.json").has("Published news"));
    CHECK(visitor.get("/api/v1/offers?quatsch=1").has("Einen Parameter „quatsch“ gibt es hier nicht."));
    const auto page = visitor.get("/offene-daten/api");
    for (const char* text : {"GET /api/v1/offers", "GET /api/v1/toolbox/formats/{key}", "Beispielaufruf", "Suchwörter",
                             "running", "&quot;items&quot;", "/api/v1/search?q=Dialog"}) {
        INFO(text);
        CHECK(page.has(text));
    }
    // Made anew when what it shows changes.
    REQUIRE(house.as(core::Role::coordinator)
                .post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}})
                .status == 303);
    CHECK(visitor.get("/offene-daten/api").status == 200);
}
