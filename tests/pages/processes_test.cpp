// Two processes on one PostgreSQL: what one saves, the other shows at once, although it has the page in memory.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

// What is told arrives a moment after the commit.
bool soon(const std::function<bool()>& holds) {
    for (int i = 0; i < 200; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return false;
}

// Ends the connections on which this house's processes listen, as a restart of the server would.
void cut_listeners(TestHouse& house) {
    house.write([](db::Tx& tx) {
        tx.all_built<bool>(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mitwirken listener' "
            "AND query LIKE '%' || current_schema() || '%'");
    });
}

}  // namespace

TEST_CASE("a page that one process has kept is made anew when another process saves something") {
    if (!has_postgresql()) return;
    TestHouse first(db::Engine::postgresql);
    TestHouse second(&first);
    // Kept is what is asked for a second time.
    for (int i = 0; i < 2; ++i) CHECK(second.visitor().get("/instrumente").has("34 Formate"));
    const auto hits = second.program().cache().figures().hits;
    CHECK(second.visitor().get("/instrumente").has("34 Formate"));
    REQUIRE(second.program().cache().figures().hits == hits + 1);
    const auto answer =
        first.as(Role::coordinator).post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}});
    REQUIRE(answer.status == 303);
    CHECK(first.visitor().get("/instrumente").has("33 Formate"));
    CHECK(soon([&] { return second.visitor().get("/instrumente").has("33 Formate"); }));
}

TEST_CASE("a changed setting of the municipality reaches the other process") {
    if (!has_postgresql()) return;
    TestHouse first(db::Engine::postgresql);
    TestHouse second(&first);
    CHECK_FALSE(second.visitor()
                    .get("/einbetten/angebote")
                    .headers["Content-Security-Policy"]
                    .find("https://nachbar.example") != std::string_view::npos);
    auto admin = first.as(Role::admin);
    const auto form = admin.get("/verwaltung/einbetten");
    const auto at = form.body.find("name=\"_version\" value=\"") + 23;
    const std::string version = form.body.substr(at, form.body.find('"', at) - at);
    REQUIRE(admin.post("/verwaltung/einbetten", {{"sites", "https://nachbar.example"}, {"_version", version}}).status ==
            303);
    CHECK(soon([&] {
        return second.visitor()
                   .get("/einbetten/angebote")
                   .headers["Content-Security-Policy"]
                   .find("https://nachbar.example") != std::string_view::npos;
    }));
}

TEST_CASE("after the connection was lost, everything that was kept is made anew") {
    if (!has_postgresql()) return;
    TestHouse first(db::Engine::postgresql);
    TestHouse second(&first);
    auto& versions = second.house().versions;
    const auto* counter = versions.of(second.tenant(), "toolbox");
    CHECK(second.visitor().get("/instrumente").has("34 Formate"));
    const auto before = counter->load();
    cut_listeners(first);
    CHECK(soon([&] { return counter->load() > before; }));
    CHECK(soon([&] { return versions.in_touch(); }));
    REQUIRE(
        first.as(Role::coordinator).post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}}).status ==
        303);
    CHECK(soon([&] { return second.visitor().get("/instrumente").has("33 Formate"); }));
}

TEST_CASE("while a process cannot hear, it keeps no page and serves none that it kept") {
    TestHouse house;
    auto visitor = house.visitor();
    for (int i = 0; i < 3; ++i) visitor.get("/instrumente");
    const auto hits = house.program().cache().figures().hits;
    CHECK(hits > 0);
    house.house().versions.set_in_touch(false);
    CHECK(visitor.get("/instrumente").status == 200);
    CHECK(visitor.get("/instrumente").status == 200);
    CHECK(house.program().cache().figures().hits == hits);
    house.house().versions.set_in_touch(true);
    visitor.get("/instrumente"), visitor.get("/instrumente");
    CHECK(house.program().cache().figures().hits == hits + 1);
}
