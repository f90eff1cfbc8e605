// Residents: registering, signing in, drafts that survive it, proof of living here, leaving – and what others try.
#include <doctest/doctest.h>

#include "modules/accounts/accounts.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using core::Role;

constexpr const char* ideas = "/verfahren/smart-rhino/ideen/ideen";
const std::string new_idea = std::string(ideas) + "/neu";

std::string value_of(const std::string& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) return "";
    return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

// Sends the form of this page as a browser would, after a while that people need.
Answer send(TestHouse& house, Client& client, const std::string& page, Fields fields) {
    const auto shown = client.get(page);
    REQUIRE(shown.status == 200);
    for (const char* name : {"_shown", "_key", "weiter"})
        if (const auto value = value_of(shown.body, name); !value.empty()) fields.emplace_back(name, value);
    house.clock().set(house.clock().now() + 20s);
    return client.post(page.substr(0, page.find('?')), fields);
}

std::string link_in(const std::string& mail) {
    const auto at = mail.find("http://");
    REQUIRE(at != std::string::npos);
    const auto path = mail.find('/', at + 7);
    return mail.substr(path, mail.find_first_of(" \r\n", path) - path);
}

std::string newest_link(TestHouse& house) {
    house.run_jobs();
    const auto mails = house.mails();
    REQUIRE_FALSE(mails.empty());
    return link_in(mails.front());
}

// Throttles outlive a house: every case has an address of its own, every browser its own network, and the numbers of
// participants are those of no other case.
std::string address;
void fresh(TestHouse& house) {
    static int number = 0;
    address = "erika-" + std::to_string(++number) + "@muster.example";
    const auto tenant = house.tenant();
    house.write([&](db::Tx& tx) {
        for (int i = 0; i < 500 + 10 * number; ++i)
            core::add_participant_without_browser(tx, tenant, house.clock().now());
    });
}

Client person(TestHouse& house) {
    static int number = 0;
    ++number;
    auto client = house.visitor();
    client.from("10.77." + std::to_string(number / 200) + "." + std::to_string(number % 200 + 1));
    return client;
}

void register_erika(TestHouse& house, Client& client, const std::string& back = "", const std::string& password = "") {
    REQUIRE(
        send(house, client, "/registrieren" + (back.empty() ? "" : "?weiter=" + escape_url(back)), {{"email", address}})
            .status == 303);
    const auto link = newest_link(house);
    const auto made = client.post(link, {{"name", "Erika Muster"}, {"password", password}});
    REQUIRE(made.status == 303);
    CHECK(made.location() == (back.empty() ? "/meine-beitraege" : back));
}

void only_for(TestHouse& house, const std::string& who) {
    house.program().database().script("UPDATE core_activity SET who = '" + who + "' WHERE key = 'ideen'");
    house.house().versions.raise_all();
}

std::int64_t count(TestHouse& house, const std::string& sql) {
    std::int64_t number = 0;
    house.read([&](db::Tx& tx) { number = tx.all_built_with<std::int64_t>(sql, {}).front(); });
    return number;
}

}  // namespace

TEST_CASE("a resident registers by the button of a mail, signs in by password and by link, and signs out") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        auto erika = person(house);
        register_erika(house, erika, "", "vier lange worte hier");
        CHECK(erika.get("/konto").has("Erika Muster"));
        CHECK(erika.get("/").has("Mein Konto"));
        CHECK(erika.get("/verwaltung").status == 403);
        CHECK(erika.get("/verwaltung/personen").status == 403);
        CHECK_FALSE(house.as(Role::admin).get("/verwaltung/personen").has("Erika"));
        CHECK(erika.post("/abmelden").status == 303);
        CHECK(erika.get("/konto").status == 303);

        const auto by_password = erika.post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}});
        REQUIRE(by_password.status == 303);
        CHECK(by_password.location() == "/meine-beitraege");
        erika.post("/abmelden");

        REQUIRE(send(house, erika, "/anmelden/link?weiter=%2Fverfahren", {{"email", address}}).status == 303);
        const auto link = newest_link(house);
        CHECK(erika.get(link).status == 200);
        CHECK(erika.get(link).has(address));
        CHECK(erika.get("/konto").status == 303);  // opening it is not enough
        const auto in = erika.post(link);
        REQUIRE(in.status == 303);
        CHECK(in.location() == "/verfahren");
        CHECK(erika.get("/konto").status == 200);
        CHECK(person(house).post(link).status == 404);
    });
}

TEST_CASE("a sign-in link ends after 15 minutes, and staff get none") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    register_erika(house, erika);
    erika.post("/abmelden");
    REQUIRE(send(house, erika, "/anmelden/link", {{"email", address}}).status == 303);
    const auto link = newest_link(house);
    house.clock().set(house.clock().now() + 15min);
    CHECK(erika.get(link).status == 404);
    CHECK(erika.post(link).status == 404);
    const auto before = house.mails().size();
    auto other = person(house);
    REQUIRE(send(house, other, "/anmelden/link", {{"email", "verwaltung@example.org"}}).status == 303);
    house.run_jobs();
    CHECK(house.mails().size() == before);
}

TEST_CASE("nobody learns who has an account, and nobody prepares one for somebody else's address") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    register_erika(house, erika, "", "vier lange worte hier");
    auto mallory = person(house);
    mallory.from("198.51.100.7");
    const auto known = send(house, mallory, "/registrieren", {{"email", address}});
    const auto unknown = send(house, mallory, "/registrieren", {{"email", "otto@muster.example"}});
    CHECK(known.status == unknown.status);
    CHECK(known.location() == unknown.location());
    CHECK(mallory.cookie("mw_notice") != "");
    house.run_jobs();
    // The owner is told of the account, and the mail holds no link that makes another.
    bool told = false;
    for (const auto& mail : house.mails()) told = told || (mail.find("schon ein Konto") != std::string::npos);
    CHECK(told);
    CHECK(erika.post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}}).status == 303);
    CHECK(count(house, "SELECT count(*) FROM core_account WHERE email = 'otto@muster.example'") == 0);
}

TEST_CASE("an address with a line break is none, and adds no header") {
    TestHouse house;
    fresh(house);
    auto client = person(house);
    for (const char* bad : {"a@b.example\r\nBcc: viele@b.example", "a@b.example, c@d.example", "<a@b.example>", ""}) {
        const auto answer = send(house, client, "/registrieren", {{"email", bad}});
        CHECK(answer.status == 422);
    }
    house.run_jobs();
    CHECK(house.mails().empty());
    CHECK(count(house, "SELECT count(*) FROM core_address_link") == 0);
}

TEST_CASE("a mail filter that opens every link makes no account and signs nobody in") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    REQUIRE(send(house, erika, "/registrieren", {{"email", address}}).status == 303);
    const auto link = newest_link(house);
    for (int i = 0; i < 3; ++i) CHECK(person(house).get(link).status == 200);
    CHECK(person(house).head(link).status == 200);
    CHECK(count(house, "SELECT count(*) FROM core_account WHERE role = 'resident'") == 1);  // the example's
    CHECK(erika.post(link, {{"name", ""}}).status == 303);
    CHECK(count(house, "SELECT count(*) FROM core_account WHERE role = 'resident'") == 2);
}

TEST_CASE("a token guessed 10,000 times is refused most of the time, and somebody else's still works") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    REQUIRE(send(house, erika, "/registrieren", {{"email", address}}).status == 303);
    const auto link = newest_link(house);
    auto guesser = person(house);
    guesser.from("198.51.100.9");
    int looked_up = 0;
    for (int i = 0; i < 10'000; ++i) looked_up += guesser.post("/anmelden/link/" + std::to_string(i)).status != 429;
    CHECK(looked_up <= 60);
    CHECK(erika.post(link, {{"name", ""}}).status == 303);

    auto liar = house.as(Role::analyst);
    liar.from("198.51.100.10");
    looked_up = 0;
    for (int i = 0; i < 10'000; ++i)
        looked_up += liar.post("/konto/nachweis", {{"code", "aaaa-bbbb-cccc-" + std::to_string(i)}}).status != 429;
    CHECK(looked_up <= 6);
}

TEST_CASE("after signing in nobody is led to another site") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    register_erika(house, erika, "", "vier lange worte hier");
    for (const char* bad : {"//boese.example", "https://boese.example/", "/\\boese.example", "javascript:alert(1)"}) {
        erika.post("/abmelden");
        const auto in =
            erika.post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}, {"weiter", bad}});
        CHECK(in.location() == "/meine-beitraege");
        const auto already = erika.get("/anmelden?weiter=" + escape_url(bad));
        CHECK(already.location() == "/meine-beitraege");
    }
    const auto english = person(house).get("/en/anmelden?weiter=%2Fen%2Fverfahren");
    CHECK(english.has("value=\"/en/verfahren\""));
}

TEST_CASE("a session planted beforehand is worth nothing after signing in") {
    TestHouse house;
    fresh(house);
    auto mallory = house.as(Role::resident);
    const std::string planted = mallory.cookie("mw_session");
    auto erika = person(house);
    register_erika(house, erika, "", "vier lange worte hier");
    erika.post("/abmelden");
    erika.set_cookie("mw_session", planted);
    REQUIRE(erika.post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}}).status == 303);
    CHECK(erika.cookie("mw_session") != planted);
    CHECK(mallory.get("/konto").status == 303);  // the planted one has ended, too
    CHECK(erika.get("/konto").has("Erika"));
}

TEST_CASE("what was typed before signing in stands in the form afterwards, in the browser that was closed, too") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        only_for(house, "account");
        auto erika = person(house);
        CHECK(erika.get(ideas).has("/neu"));
        CHECK(erika.get(new_idea).has("brauchen Sie ein Konto"));
        const auto sent =
            send(house, erika, new_idea, {{"title", "Bänke am Wasser"}, {"body", "Damit man sitzen kann."}});
        REQUIRE(sent.status == 303);
        CHECK(sent.location().find("/anmelden?weiter=") == 0);
        CHECK(count(house, "SELECT count(*) FROM core_contribution WHERE title = 'Bänke am Wasser'") == 0);
        register_erika(house, erika, new_idea);
        const auto again = erika.get(new_idea);
        CHECK(again.has("Bänke am Wasser"));
        CHECK(again.has("Damit man sitzen kann."));
        CHECK(erika.get("/meine-beitraege").has("Bänke am Wasser"));

        // Another device, days later.
        house.clock().set(house.clock().now() + 24h * 20);
        auto phone = person(house);
        REQUIRE(send(house, phone, "/anmelden/link", {{"email", address}}).status == 303);
        REQUIRE(phone.post(newest_link(house)).status == 303);
        CHECK(phone.get(new_idea).has("Damit man sitzen kann."));
        const auto handed =
            send(house, phone, new_idea, {{"title", "Bänke am Wasser"}, {"body", "Damit man sitzen kann."}});
        REQUIRE(handed.status == 303);
        CHECK(phone.follow(handed).has("Bänke am Wasser"));
        CHECK(count(house, "SELECT count(*) FROM core_draft") == 0);
        CHECK(phone.get("/meine-beitraege").has("Bänke am Wasser"));
        // Left behind, the first browser shows nothing to whoever opens it next.
        erika.set_cookie("mw_session", "");
        CHECK_FALSE(erika.get("/meine-beitraege").has("Bänke am Wasser"));
    });
}

TEST_CASE("a draft is saved by its button, read by nobody else, deleted by its owner and gone after thirty days") {
    TestHouse house;
    fresh(house);
    auto anna = person(house);
    const auto kept = send(house, anna, new_idea, {{"title", "Halbe Idee"}, {"body", ""}, {"_draft", "1"}});
    REQUIRE(kept.status == 303);
    CHECK(anna.follow(kept).has("Halbe Idee"));
    CHECK_FALSE(person(house).get(new_idea).has("Halbe Idee"));
    const auto mine = anna.get("/meine-beitraege");
    CHECK(mine.has("Halbe Idee"));
    CHECK(anna.get("/meine-beitraege/daten.json").has("Halbe Idee"));
    const auto id = value_of(mine.body, "id");
    CHECK(person(house).post("/meine-beitraege/entwuerfe", {{"id", id}}).status == 404);
    CHECK(anna.post("/meine-beitraege/entwuerfe", {{"id", id}}).status == 303);
    CHECK_FALSE(anna.get("/meine-beitraege").has("Halbe Idee"));

    send(house, anna, new_idea, {{"title", "Zweite Idee"}, {"body", ""}, {"_draft", "1"}});
    house.program().plan_cleaning();
    house.clock().set(house.clock().now() + 24h * 31);
    CHECK_FALSE(anna.get(new_idea).has("Zweite Idee"));
    house.run_jobs();
    CHECK(count(house, "SELECT count(*) FROM core_draft") == 0);
}

TEST_CASE("in two tabs the later draft stays, and one that is handed in leaves none") {
    TestHouse house;
    fresh(house);
    auto anna = person(house);
    send(house, anna, new_idea, {{"title", "Erster Tab"}, {"body", "a"}, {"_draft", "1"}});
    send(house, anna, new_idea, {{"title", "Zweiter Tab"}, {"body", "b"}, {"_draft", "1"}});
    CHECK(anna.get(new_idea).has("Zweiter Tab"));
    CHECK(count(house, "SELECT count(*) FROM core_draft") == 1);
    REQUIRE(send(house, anna, new_idea, {{"title", "Zweiter Tab"}, {"body", "b"}}).status == 303);
    CHECK(count(house, "SELECT count(*) FROM core_draft") == 0);
}

TEST_CASE("who lives here shows it once by a code, however it is typed") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        only_for(house, "verified");
        auto office = house.as(Role::coordinator);
        CHECK(office.post("/verwaltung/nachweise", {{"count", "viele"}}).status == 422);
        CHECK(house.as(Role::editor).post("/verwaltung/nachweise", {{"count", "1"}}).status == 403);
        const auto made = office.post("/verwaltung/nachweise", {{"count", "2"}});
        REQUIRE(made.status == 200);
        const auto at = made.body.find("<code>") + 6;
        std::string code = made.body.substr(at, made.body.find("</code>", at) - at);
        CHECK(code.size() == 19);
        CHECK(count(house, "SELECT count(*) FROM core_proof_code WHERE hash = '" + code + "'") == 0);

        auto erika = house.as(Role::resident);
        CHECK(erika.get(new_idea).has("/konto/nachweis?weiter="));
        const auto sent = send(house, erika, new_idea, {{"title", "Nur für hier"}, {"body", "Text"}});
        CHECK(sent.location().find("/konto/nachweis?weiter=") == 0);
        for (char& c : code) c = c == '-' ? ' ' : char(std::toupper(c));
        CHECK(erika.post("/konto/nachweis", {{"code", "falsch"}, {"weiter", new_idea}}).status == 422);
        const auto proven = erika.post("/konto/nachweis", {{"code", code}, {"weiter", new_idea}});
        REQUIRE(proven.status == 303);
        CHECK(proven.location() == new_idea);
        CHECK(erika.get(new_idea).has("Nur für hier"));
        CHECK(send(house, erika, new_idea, {{"title", "Nur für hier"}, {"body", "Text"}}).location().find(ideas) == 0);
        auto second = person(house);
        register_erika(house, second);
        CHECK(second.post("/konto/nachweis", {{"code", code}}).status == 422);
    });
}

TEST_CASE("without what an activity asks for nothing is handed in or supported, whatever is sent") {
    TestHouse house;
    fresh(house);
    auto anna = person(house);
    const auto idea = send(house, anna, new_idea, {{"title", "Offen"}, {"body", "Text"}}).location();
    for (const char* who : {"account", "verified", "invited"}) {
        only_for(house, who);
        auto other = person(house);
        other.from("203.0.113.77");
        const auto answer = other.post(idea + "/unterstuetzung");
        CHECK((answer.status == 403 || answer.location().find("/anmelden") == 0));
        CHECK(other.post(new_idea, {{"title", "Heimlich"}, {"body", "Text"}}).status == 303);  // kept as a draft
    }
    CHECK(count(house, "SELECT count(*) FROM core_contribution WHERE title = 'Heimlich'") == 0);
    CHECK(count(house,
                "SELECT count(*) FROM core_support s JOIN core_contribution c ON c.id = s.contribution_id "
                "WHERE c.title = 'Offen'") == 0);
}

TEST_CASE("what a browser did becomes the account's, and a support that both gave counts once") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        auto author = person(house);
        const auto idea = send(house, author, new_idea, {{"title", "Brücke"}, {"body", "Text"}}).location();
        auto erika = person(house);
        register_erika(house, erika, "", "vier lange worte hier");
        CHECK(erika.post(idea + "/unterstuetzung").status == 303);
        auto phone = person(house);
        CHECK(phone.post(idea + "/unterstuetzung").status == 303);
        send(house, phone, new_idea, {{"title", "Vom Telefon"}, {"body", "Text"}});
        CHECK(phone.get(idea).has("<b>2</b>"));
        REQUIRE(phone.post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}}).status == 303);
        CHECK(phone.get(idea).has("<b>1</b>"));
        CHECK(erika.get("/meine-beitraege").has("Vom Telefon"));
    });
}

TEST_CASE("another address counts only after its button, and the old one is told") {
    TestHouse house;
    fresh(house);
    auto erika = person(house);
    register_erika(house, erika, "", "vier lange worte hier");
    house.clock().set(house.clock().now() + 1min);  // mails are told apart by their time
    CHECK(erika.post("/konto/e-mail", {{"email", "neu@muster.example"}, {"current", "falsch"}}).status == 422);
    REQUIRE(
        erika.post("/konto/e-mail", {{"email", "neu@muster.example"}, {"current", "vier lange worte hier"}}).status ==
        303);
    const auto link = newest_link(house);
    CHECK(erika.get(link).status == 200);
    CHECK(erika.get("/konto").has(address));
    house.clock().set(house.clock().now() + 1min);
    CHECK(erika.post(link).status == 303);
    CHECK(erika.get("/konto").has("neu@muster.example"));
    house.run_jobs();
    CHECK(house.mails().front().find("neu@muster.example") != std::string::npos);
    CHECK(person(house).post("/anmelden", {{"email", address}, {"password", "vier lange worte hier"}}).status == 422);
}

TEST_CASE("registering can be switched off") {
    TestHouse house;
    fresh(house);
    house.write(
        [&](db::Tx& tx) { core::set_setting(tx, house.tenant(), std::string(accounts::registration_setting), "off"); });
    house.house().versions.raise_all();
    auto client = person(house);
    CHECK(client.get("/registrieren").status == 403);
    CHECK(client.post("/registrieren", {{"email", address}}).status == 403);
    CHECK_FALSE(client.get("/anmelden").has("/registrieren"));
}

TEST_CASE("one contribution or all lose their author, and withdrawn ones are seen by nobody else") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        auto anna = person(house);
        const auto one =
            send(house, anna, new_idea, {{"title", "Eins"}, {"body", "Text"}, {"name", "Anna"}}).location();
        const auto two =
            send(house, anna, new_idea, {{"title", "Zwei"}, {"body", "Text"}, {"name", "Anna"}}).location();
        const auto id = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
        const std::string mine = "/meine-beitraege/";
        CHECK(person(house).post(mine + id(one) + "/anonymisieren").status == 404);
        CHECK(anna.get("/meine-beitraege/daten").has("Eins"));
        CHECK(anna.post(mine + id(one) + "/zurueckziehen").status == 303);
        CHECK(person(house).get(one).status == 404);
        CHECK(anna.post(mine + id(two) + "/anonymisieren").status == 303);
        CHECK(person(house).get(two).has("Zwei"));
        CHECK_FALSE(person(house).get(two).has("Anna"));
        CHECK(anna.get(two + "/bearbeiten").status == 403);
        CHECK(anna.post("/meine-beitraege/anonymisieren").status == 303);
        CHECK(anna.get("/meine-beitraege").has("nichts eingereicht"));
    });
}

// Every personal column of every module, read through for words of the person.
TEST_CASE("after deleting the account no personal column of any module holds anything of the person") {
    on_both_houses([](TestHouse& house) {
        fresh(house);
        for (const std::string keep : {"anonymous", "nothing"}) {
            fresh(house);
            auto erika = person(house);
            register_erika(house, erika, "", "vier lange worte hier");
            const auto idea =
                send(house, erika, new_idea, {{"title", "Erikas Idee"}, {"body", "Spuren"}, {"name", "Erika Muster"}})
                    .location();
            send(house, erika, new_idea, {{"title", "Erikas Entwurf"}, {"body", "Spuren"}, {"_draft", "1"}});
            house.write([&](db::Tx& tx) {
                const auto account = core::find_account(tx, house.tenant(), address)->id;
                core::add_identity(tx, house.tenant(), account,
                                   {"https://issuer.example", "erika-subject", "BundID", house.clock().now()});
            });
            const auto data = erika.get("/meine-beitraege/daten.json");
            for (const std::string& word :
                 {std::string("Erikas Idee"), std::string("Erikas Entwurf"), address, std::string("erika-subject")})
                CHECK(data.has(word));
            CHECK(erika.get("/meine-beitraege/daten").has("Erikas Idee"));
            CHECK(erika.post("/konto/loeschen", {{"keep", keep}, {"current", "falsch"}}).status == 422);
            CHECK(erika.post("/konto/loeschen", {{"keep", ""}, {"current", "vier lange worte hier"}}).status == 422);
            REQUIRE(erika.post("/konto/loeschen", {{"keep", keep}, {"current", "vier lange worte hier"}}).status ==
                    303);
            CHECK(erika.get("/konto").status == 303);
            CHECK(person(house).get(idea).status == (keep == "nothing" ? 404 : 200));
            house.run_jobs();
            for (const auto& module : house.house().modules)
                for (const auto& column : module.personal) {
                    INFO(std::string(column.table), ".", std::string(column.column));
                    for (const char* word : {"Erika", "erika", "Spuren"}) {
                        const auto left =
                            count(house, "SELECT count(*) FROM " + std::string(column.table) + " WHERE CAST(" +
                                             std::string(column.column) + " AS TEXT) LIKE '%" + word + "%'");
                        CHECK(left == 0);
                    }
                }
            CHECK(count(house, "SELECT count(*) FROM core_account WHERE email LIKE '%muster%'") == 0);
        }
    });
}

}  // namespace mitwirken::tests
