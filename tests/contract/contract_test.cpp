// What every module promises, tested for all of them without a word of their own.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/audit/audit.h"
#include "platform/base/text.h"
#include "platform/tests/test_database.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

// A path of this pattern; parameters become something that is a number and a word at once.
std::string path_of(std::string_view pattern) {
    std::string path(pattern);
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
        const auto end = path.find('}', at);
        path.replace(at, end - at + 1, "1");
    }
    return path;
}

bool ends_the_session(std::string_view pattern) {
    return pattern == "/abmelden" || pattern == "/konto/sitzungen/andere-beenden" ||
           pattern == "/verwaltung/personen/{id}/loeschen";
}

bool leads_to_sign_in(const Answer& answer) {
    return answer.status == 401 ||
           (answer.status == 303 && answer.location().find("/anmelden?weiter=") != std::string::npos);
}

}  // namespace

TEST_CASE("every route answers every role as the table of permissions says") {
    TestHouse house;
    const auto& access = *house.house().access;
    for (const auto& entry : house.program().router().entries()) {
        const auto& route = *entry.route;
        if (ends_the_session(route.pattern)) continue;
        const std::string path = path_of(route.pattern);
        auto stranger = house.visitor();
        const bool read = route.method == http::Method::get;
        const auto nobody = read ? stranger.get(path) : stranger.post(path);
        INFO(std::string(to_string(route.method)), " ", path);
        CHECK(nobody.status < 500);
        CHECK(leads_to_sign_in(nobody) == !route.permission.empty());
        for (const Role role : core::all_roles()) {
            auto client = house.as(role);
            const auto answer = read ? client.get(path) : client.post(path);
            const core::Actor actor{
                core::AccountId{1}, role == Role::operator_ ? core::TenantId{} : house.tenant(), role, {}};
            const bool allowed = bool(access.may(actor, route.permission, {house.tenant(), {}}));
            INFO(std::string(core::to_word(role)));
            CHECK(answer.status < 500);
            if (!allowed)
                CHECK(answer.status == 403);
            else
                CHECK_FALSE(leads_to_sign_in(answer));
        }
    }
}

TEST_CASE("every route that changes something refuses forms of other sites") {
    TestHouse house;
    for (const auto& entry : house.program().router().entries()) {
        if (entry.route->method == http::Method::get || entry.route->kind == core::RouteKind::token_post) continue;
        auto client = house.as(Role::admin);
        client.with("Sec-Fetch-Site", "cross-site");
        INFO(std::string(entry.route->pattern));
        CHECK(client.post(path_of(entry.route->pattern)).status == 403);
        auto old_browser = house.as(Role::admin);
        old_browser.with("Sec-Fetch-Site", "").with("Origin", "https://boese.example");
        CHECK(old_browser.post(path_of(entry.route->pattern)).status == 403);
    }
}

TEST_CASE("every public page is whole HTML in German and English") {
    TestHouse house;
    for (const auto& entry : house.program().router().entries()) {
        const auto& route = *entry.route;
        if (route.method != http::Method::get || !route.permission.empty() || route.kind != core::RouteKind::page)
            continue;
        if (route.pattern.find('{') != std::string_view::npos) continue;
        for (const char* prefix : {"", "/en"}) {
            const auto page = house.visitor().get(prefix + std::string(route.pattern));
            INFO(prefix, std::string(route.pattern));
            CHECK((page.status == 200 || page.status == 303));
            if (page.status != 200) continue;
            CHECK(page.has("<h1"));
            CHECK(page.has("<title>"));
            CHECK(page.has(*prefix ? "lang=\"en\"" : "lang=\"de\""));
            CHECK_FALSE(page.has("{{"));
            CHECK_FALSE(page.has("[["));
            CHECK_FALSE(page.has(" style=\""));
            CHECK_FALSE(page.has(" onclick="));
        }
    }
}

TEST_CASE("every query can be prepared on both databases") {
    const auto prepare_all = [](TestHouse& house) {
        for (const auto* query : db::Query::all()) {
            const auto name = std::string(query->name());
            if (starts_with(name, "test.")) continue;
            INFO(name);
            CHECK_NOTHROW(house.program().database().prepare(*query));
        }
    };
    on_both_houses(prepare_all);
}

TEST_CASE("tables carry the name of their module, and both databases have the same columns") {
    TestHouse sqlite;
    std::set<std::string> prefixes{"platform_", "core_", "schema_"};
    for (const auto& module : sqlite.house().modules) prefixes.insert(module.name + "_");
    for (const auto& [table, columns] : sqlite.program().database().schema()) {
        const bool known = std::any_of(prefixes.begin(), prefixes.end(),
                                       [&, name = table](const auto& p) { return starts_with(name, p); });
        CHECK_MESSAGE(known, table);
    }
}

TEST_CASE("every personal column that is registered exists") {
    TestHouse house;
    const auto schema = house.program().database().schema();
    for (const auto& module : house.house().modules)
        for (const auto& column : module.personal) {
            const auto table =
                std::find_if(schema.begin(), schema.end(), [&](const auto& t) { return t.first == column.table; });
            INFO(std::string(column.table), ".", std::string(column.column));
            REQUIRE(table != schema.end());
            const bool there = std::any_of(table->second.begin(), table->second.end(), [&](const auto& c) {
                return starts_with(c, std::string(column.column) + " ");
            });
            CHECK(there);
        }
}

TEST_CASE("every column of a module that names an account is registered as personal, exported and erased") {
    TestHouse house;
    int count = 0;
    for (const auto& [table, columns] : house.program().database().schema())
        for (const auto& column : columns) {
            const std::string name = column.substr(0, column.find(' '));
            if (starts_with(table, "core_") || starts_with(table, "platform_")) continue;
            if (!name.ends_with("_by") && name != "author_id" && name != "account_id") continue;
            ++count;
            INFO(table, ".", name);
            const auto& modules = house.house().modules;
            const auto owner = std::find_if(modules.begin(), modules.end(), [&, table = table](const auto& m) {
                return starts_with(table, m.name + "_");
            });
            REQUIRE(owner != modules.end());
            CHECK(std::any_of(owner->personal.begin(), owner->personal.end(), [&, table = table](const auto& known) {
                return known.table == table && known.column == name;
            }));
            CHECK(bool(owner->export_person));
            CHECK(bool(owner->erase_person));
        }
    CHECK(count >= 8);
}

TEST_CASE("nothing of one municipality shows in another") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        core::add_tenant(tx, {"soest", "Stadt Soest", "Mitdenken Soest", {"soest.example"}, {"de", "en"}},
                         house.clock().now());
    });
    house.house().versions.raise({}, "tenants");
    auto there = house.visitor();
    there.on_host("soest.example");
    for (const char* path :
         {"/", "/instrumente", "/instrumente.json", "/angebote", "/api/v1/offers", "/suche?q=Dialog"}) {
        const auto page = there.get(path);
        INFO(path);
        CHECK(page.status == 200);
        CHECK_FALSE(page.has("World"));
        CHECK_FALSE(page.has("Mitmachpool"));
        CHECK_FALSE(page.has("Stadt Dortmund"));
    }
    CHECK(there.get("/instrumente/world-cafe").status == 404);
    // A session of one municipality is none in the other.
    auto admin = house.as(Role::admin);
    admin.on_host("soest.example");
    CHECK(admin.get("/verwaltung").status == 303);
}

TEST_CASE("the record of what was done cannot be changed, and a change would be seen") {
    on_both_houses([](TestHouse& house) {
        house.as(Role::coordinator).post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}});
        house.read([&](db::Tx& tx) { CHECK(core::check_audit(tx, house.tenant()) == ""); });
        CHECK_THROWS(house.program().database().script("UPDATE core_audit SET details = 'x'"));
        CHECK_THROWS(house.program().database().script("DELETE FROM core_audit"));
    });
}

TEST_CASE("a page that shows another module's things is made anew when those change") {
    TestHouse house;
    auto visitor = house.visitor();
    auto office = house.as(Role::coordinator);
    for (const char* path : {"/suche?q=World%20Caf%C3%A9", "/sitemap.xml"}) {
        INFO(path);
        CHECK(visitor.get(path).has("/instrumente/world-cafe"));
        CHECK(visitor.get(path).has("/instrumente/world-cafe"));
    }
    REQUIRE(office.post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}}).status == 303);
    for (const char* path : {"/suche?q=World%20Caf%C3%A9", "/sitemap.xml"}) {
        INFO(path);
        CHECK_FALSE(visitor.get(path).has("/instrumente/world-cafe"));
    }
}

TEST_CASE("what a module announces shows on the home page at once") {
    TestHouse house;
    auto visitor = house.visitor();
    for (int i = 0; i < 2; ++i) CHECK_FALSE(visitor.get("/").has("Ganz neues Verfahren"));
    house.write([&](db::Tx& tx) {
        house.house().publish(tx, house.tenant(),
                              core::ParticipationAnnounced{{"procedures", 9},
                                                           "Ganz neues Verfahren",
                                                           "Kurz.",
                                                           "/verfahren/neu",
                                                           {},
                                                           *parse_date("2026-11-24"),
                                                           {"online"},
                                                           {}},
                              house.clock().now());
    });
    CHECK(visitor.get("/").has("Ganz neues Verfahren"));
}

TEST_CASE("the first cached page is replaced at once when something is saved") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(visitor.get("/instrumente").has("34 Formate"));
    CHECK(house.program().cache().figures().entries == 0);  // worth keeping only when it is asked for again
    CHECK(visitor.get("/instrumente").has("34 Formate"));
    CHECK(house.program().cache().figures().entries == 1);
    CHECK(visitor.get("/instrumente").has("34 Formate"));
    CHECK(house.program().cache().figures().hits == 1);
    REQUIRE(
        house.as(Role::coordinator).post("/verwaltung/instrumente/world-cafe/stand", {{"state", "archived"}}).status ==
        303);
    CHECK(visitor.get("/instrumente").has("33 Formate"));
}
