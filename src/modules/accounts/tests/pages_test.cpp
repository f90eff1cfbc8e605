// Signing in, links by mail, roles: as people and attackers meet them.
#include <doctest/doctest.h>

#include <fstream>

#include "modules/accounts/accounts.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

// Password of the example's account of this role, from the file only its operator may read.
std::string password_of(TestHouse& house, const std::string& role) {
    std::ifstream file(house.folder() + "/example-logins.txt");
    for (std::string line; std::getline(file, line);) {
        const auto parts = split(line, '\t');
        if (parts.size() == 3 && parts[0] == role) return parts[2];
    }
    return "";
}

std::string link_in(const std::string& mail) {
    const auto at = mail.find("http://");
    const auto path = mail.find('/', at + 7);
    return mail.substr(path, mail.find_first_of(" \r\n", path) - path);
}

}  // namespace

TEST_CASE("the right password opens the administration, the wrong one says nothing about the account") {
    TestHouse house;
    auto browser = house.visitor();
    const auto wrong = browser.post("/anmelden", {{"email", "redaktion@example.org"}, {"password", "falsch"}});
    const auto unknown = browser.post("/anmelden", {{"email", "niemand@example.org"}, {"password", "falsch"}});
    CHECK(wrong.status == 422);
    CHECK(unknown.status == 422);
    CHECK(wrong.has("passen nicht zusammen"));
    CHECK(unknown.has("passen nicht zusammen"));
    const auto right = browser.post("/anmelden", {{"email", "redaktion@example.org"},
                                                  {"password", password_of(house, "editor")},
                                                  {"weiter", "/verwaltung/instrumente"}});
    REQUIRE(right.status == 303);
    CHECK(right.location() == "/verwaltung/instrumente");
    CHECK(browser.follow(right).status == 200);
    CHECK(browser.post("/abmelden").status == 303);
    CHECK(browser.get("/verwaltung").status == 303);
}

TEST_CASE("after signing in nobody is sent to another site") {
    CHECK(accounts::safe_return("/verwaltung/angebote?stand=draft") == "/verwaltung/angebote?stand=draft");
    for (const char* path : {"//boese.example", "https://boese.example", "/\\boese.example", "javascript:alert(1)", "",
                             "/anmelden?weiter=/x", "/a\r\nSet-Cookie: x=1"})
        CHECK(accounts::safe_return(path).empty());
}

TEST_CASE("guessing is slowed, and does not lock out the person attacked") {
    TestHouse house;
    auto owner = house.visitor();
    const Fields right = {{"email", "auswertung@example.org"}, {"password", password_of(house, "analyst")}};
    REQUIRE(owner.post("/anmelden", right).status == 303);
    auto attacker = house.visitor();
    int refused = 0;
    for (int i = 0; i < 14; ++i)
        refused +=
            attacker
                .post("/anmelden", {{"email", "auswertung@example.org"}, {"password", "geraten-" + std::to_string(i)}})
                .status == 429;
    CHECK(refused > 0);
    house.clock().set(house.clock().now() + std::chrono::minutes{20});
    for (int i = 0; i < 12; ++i)
        attacker.post("/anmelden", {{"email", "auswertung@example.org"}, {"password", "nochmal-" + std::to_string(i)}});
    CHECK(owner.post("/anmelden", right).status == 303);
}

TEST_CASE("an invitation works once, only by its button, and makes an account") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    const auto sent =
        admin.post("/verwaltung/personen/einladen",
                   {{"email", "neu@example.org"}, {"name", "Neue Person"}, {"role", "editor"}, {"organisation", "0"}});
    REQUIRE(sent.status == 303);
    house.run_jobs();
    const auto mails = house.mails();
    REQUIRE(mails.size() == 1);
    const std::string link = link_in(mails[0]);
    auto browser = house.visitor();
    CHECK(browser.get(link).status == 200);
    CHECK(browser.get(link).status == 200);  // a mail filter that opens it uses nothing up
    CHECK(browser.post(link, {{"password", "kurz"}}).status == 422);
    CHECK(browser.post(link, {{"password", "vier lange worte hier"}}).status == 303);
    CHECK(browser.get("/konto").status == 200);
    CHECK(house.visitor().get(link).status == 404);
    CHECK(house.visitor().post(link, {{"password", "vier andere lange worte"}}).status == 404);
}

TEST_CASE("a forgotten password is asked for without telling who has an account") {
    TestHouse house;
    auto browser = house.visitor();
    const auto known = browser.post("/passwort", {{"email", "redaktion@example.org"}});
    const auto unknown = browser.post("/passwort", {{"email", "niemand@example.org"}});
    CHECK(known.status == unknown.status);
    CHECK(known.location() == unknown.location());
    house.run_jobs();
    CHECK(house.mails().size() == 1);
}

TEST_CASE("sessions are listed and can be ended") {
    TestHouse house;
    auto one = house.as(Role::coordinator), two = house.as(Role::coordinator);
    CHECK(one.get("/konto").status == 200);
    CHECK(one.post("/konto/sitzungen/andere-beenden").status == 303);
    CHECK(two.get("/konto").status == 303);
    CHECK(one.get("/konto").status == 200);
}

TEST_CASE("roles are given by administrators, never taken from oneself, and never to another municipality") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    CHECK(admin.get("/verwaltung/personen").status == 200);
    CHECK(house.as(Role::editor).get("/verwaltung/personen").status == 403);
    CHECK(house.visitor().get("/verwaltung/personen").status == 303);
    core::AccountId me, operator_id;
    house.read([&](db::Tx& tx) {
        me = core::find_account(tx, house.tenant(), "verwaltung@example.org")->id;
        operator_id = core::find_account(tx, house.tenant(), "betrieb@example.org")->id;
    });
    const std::string base = "/verwaltung/personen/";
    CHECK(admin.post(base + std::to_string(me.value), {{"name", "Ich"}, {"role", "editor"}, {"active", "on"}}).status ==
          422);
    CHECK(admin.get(base + std::to_string(operator_id.value)).status == 404);
}

TEST_CASE("who is erased leaves no personal word behind") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    core::AccountId id;
    house.read([&](db::Tx& tx) { id = core::find_account(tx, house.tenant(), "redaktion@example.org")->id; });
    REQUIRE(admin.post("/verwaltung/personen/" + std::to_string(id.value) + "/loeschen").status == 303);
    house.read([&](db::Tx& tx) {
        const auto account = core::find_account(tx, id);
        REQUIRE(account);
        CHECK(account->name.empty());
        CHECK(account->password_hash.empty());
        CHECK(account->email.find('@') == std::string::npos);
    });
}

TEST_CASE("what has ended is forgotten at night, and what lasts stays") {
    TestHouse house;
    const auto rows = [&](const std::string& table) {
        std::int64_t count = 0;
        house.read(
            [&](db::Tx& tx) { count = tx.all_built_with<std::int64_t>("SELECT count(*) FROM " + table, {}).front(); });
        return count;
    };
    auto admin = house.as(Role::admin);
    REQUIRE(admin
                .post("/verwaltung/personen/einladen", {{"_key", "einmal"},
                                                        {"email", "neu@example.org"},
                                                        {"name", "Neue Person"},
                                                        {"role", "editor"},
                                                        {"organisation", "0"}})
                .status == 303);
    house.program().plan_cleaning();
    house.run_jobs();
    CHECK(rows("core_session") == 1);
    CHECK(rows("core_link") == 1);
    CHECK(rows("core_idempotency") == 1);
    house.clock().set(house.house().clock->now() + std::chrono::hours{24 * 8});
    house.run_jobs();
    CHECK(rows("core_session") == 0);
    CHECK(rows("core_link") == 0);
    CHECK(rows("core_idempotency") == 0);
    CHECK(admin.get("/konto").status == 303);
}

TEST_CASE("the administration greets by name, and a first factor alone by none") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    std::string name;
    core::AccountId id;
    house.read([&](db::Tx& tx) {
        const auto account = core::find_account(tx, house.tenant(), "verwaltung@example.org");
        name = account->name, id = account->id;
    });
    CHECK(admin.get("/verwaltung").has("<bdi>" + name + "</bdi>"));
    auto half = house.visitor();
    house.write(
        [&](db::Tx& tx) { half.set_cookie("mw_session", core::start_session(tx, id, "", true, house.clock().now())); });
    CHECK_FALSE(half.get("/").has(name));
}

TEST_CASE("a session alone neither sets up, replaces nor switches off the second factor") {
    TestHouse house;
    // Secret, instants and codes are those of RFC 6238, appendix B.
    const std::string path = "/konto/zweiter-faktor", off = path + "/aus", password = password_of(house, "editor");
    const std::string sealed = crypto::seal(house.house().key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    house.clock().set(Timestamp{std::chrono::seconds{2000000000}});
    auto browser = house.as(Role::editor);
    CHECK(browser.get(path).has("name=\"current\""));
    CHECK(browser.post(path, {{"sealed", sealed}, {"code", "279037"}}).status == 422);
    CHECK(browser.post(path, {{"sealed", sealed}, {"code", "279037"}, {"current", "geraten"}}).status == 422);
    REQUIRE(browser.post(path, {{"sealed", sealed}, {"code", "279037"}, {"current", password}}).status == 200);

    house.clock().set(Timestamp{std::chrono::seconds{20000000000}});
    browser = house.as(Role::editor);
    Fields anew = {{"sealed", sealed}, {"code", "353130"}, {"current", password}};
    CHECK(browser.post(path, anew).status == 422);  // no code of the factor that is there
    anew.push_back({"present", "123456"});
    CHECK(browser.post(path, anew).status == 422);

    CHECK(browser.get(off).has("name=\"present\""));
    CHECK(browser.post(off).status == 422);
    CHECK(browser.post(off, {{"current", password}}).status == 422);
    CHECK(browser.post(off, {{"present", "353130"}}).status == 422);
    CHECK(browser.post(off, {{"current", password}, {"present", "353130"}}).status == 303);
    CHECK(browser.get(off).location() == "/konto");
}

TEST_CASE("with a stolen session the password is guessed slowly") {
    TestHouse house;
    auto browser = house.as(Role::moderator);
    int refused = 0;
    for (int i = 0; i < 14; ++i)
        refused += browser
                       .post("/konto/passwort",
                             {{"current", "geraten-" + std::to_string(i)}, {"password", "vier lange worte hier"}})
                       .status == 429;
    CHECK(refused > 0);
}
