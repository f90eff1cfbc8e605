// Reports of barriers: rules, rows on both databases, and the way from the form to the answer.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/people/people.h"
#include "core/tenants/tenants.h"
#include "modules/barriers/barriers.h"
#include "platform/db/migrations.h"
#include "platform/jobs/jobs.h"
#include "platform/tests/test_database.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::barriers;
using namespace mitwirken::tests;
using core::Role;

namespace {

const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");

std::string value_of(const Answer& page, const std::string& name) {
    const std::string start = "name=\"" + name + "\" value=\"";
    const auto at = page.body.find(start);
    if (at == std::string::npos) return "";
    const auto from = at + start.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

// Opens the form as a visitor does, waits, and gives its hidden fields.
Fields opened(TestHouse& house, Client& visitor, std::chrono::seconds wait = std::chrono::seconds{20}) {
    const auto page = visitor.get("/barriere-melden");
    const Fields fields{{"_key", value_of(page, "_key")}, {"_shown", value_of(page, "_shown")}, {"homepage", ""}};
    house.clock().set(house.house().clock->now() + wait);
    return fields;
}

// Every report comes from another network: how many one may send is a test of its own.
Answer report(TestHouse& house, const std::string& body, const std::string& email = "", const std::string& page = "") {
    static int number = 0;
    auto visitor = house.visitor();
    visitor.from("2001:db8:" + std::to_string(++number) + "::1");
    Fields fields = opened(house, visitor);
    fields.insert(fields.end(), {{"body", body}, {"email", email}, {"page", page}, {"name", ""}});
    return visitor.post("/barriere-melden", fields);
}

}  // namespace

TEST_CASE("a report needs words; name and address are voluntary, but an address must be one") {
    Form form;
    CHECK(check(form).problems().of("body"));
    form.set("body", "Der Knopf fehlt.");
    CHECK(check(form));
    form.set("email", "keine Adresse");
    CHECK(check(form).problems().of("email"));
    form.set("email", "a@b.example\r\nBcc: x@y.example");
    CHECK(check(form).problems().of("email"));
    form.set("email", "");
    form.set("body", std::string(4001, 'x'));
    CHECK(check(form).problems().of("body"));
    form.set("body", "x"), form.set("page", std::string(501, 'x')), form.set("name", std::string(201, 'x'));
    CHECK(check(form).problems().of("page"));
    CHECK(check(form).problems().of("name"));
}

TEST_CASE("an answer needs words only when somebody waits for it") {
    Report waiting, silent;
    waiting.email = "a@b.example";
    CHECK_FALSE(check_answer(Form{}, waiting));
    CHECK(check_answer(Form{}, silent));
}

TEST_CASE("months are counted in the calendar, and a setting that is no number is the initial one") {
    CHECK(to_iso(berlin_day(keep_since(*parse_instant("2027-03-31T10:00:00Z"), 1))) == "2027-02-28");
    CHECK(to_iso(berlin_day(keep_since(now, 12))) == "2025-11-23");
    CHECK(number_from("", 12, 120) == 12);
    CHECK(number_from("abc", 12, 120) == 12);
    CHECK(number_from("0", 12, 120) == 12);
    CHECK(number_from("999", 12, 120) == 120);
    CHECK(number_from(" 6 ", 12, 120) == 6);
}

TEST_CASE("the page people come from is filled in only when it is one of ours") {
    CHECK(own_path("https://stadt.example/angebote?stand=alle", "stadt.example") == "/angebote?stand=alle");
    CHECK(own_path("http://127.0.0.1:8080/termine", "127.0.0.1:8080") == "/termine");
    CHECK(own_path("https://stadt.example.boese.example/x", "stadt.example").empty());
    CHECK(own_path("https://anders.example/angebote", "stadt.example").empty());
    CHECK(own_path("https://stadt.example/barriere-melden", "stadt.example").empty());
    CHECK(own_path("javascript:alert(1)", "stadt.example").empty());
    CHECK(own_path("", "").empty());
}

TEST_CASE("reports are deleted when their months are over, of one municipality only, the answered by their answer") {
    testing::on_both([](testing::TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "barriers"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            const auto other = core::add_tenant(tx, {"else", "Ort", "Mitreden", {"else.example"}, {"de"}}, now);
            const Timestamp old = now - std::chrono::hours{24 * 400};
            Report report;
            report.body = "Text", report.language = "de";
            const auto forgotten = add(tx, tenant, report, old), answered = add(tx, tenant, report, old),
                       recent = add(tx, tenant, report, now), elsewhere = add(tx, other, report, old);
            answer(tx, tenant, answered, "Danke", {}, now - std::chrono::hours{24});
            CHECK(count_open(tx, tenant) == 2);
            CHECK(list(tx, tenant, State::answered, {}, 10).size() == 1);
            CHECK(list(tx, tenant, {}, recent, 10).size() == 2);
            CHECK(remove_before(tx, tenant, keep_since(now, 12)) == 1);
            CHECK_FALSE(find(tx, tenant, forgotten));
            CHECK(find(tx, tenant, answered));
            CHECK(find(tx, tenant, recent));
            CHECK(find(tx, other, elsewhere));
            CHECK_FALSE(find(tx, tenant, elsewhere));
        });
    });
}

TEST_CASE("a report travels from the form to the office, and the answer back to whoever wrote it") {
    on_both_houses([](TestHouse& house) {
        const auto sent = report(house, "Die Karte lässt sich nicht <b>bedienen</b>.", "frau@example.org", "/angebote");
        REQUIRE(sent.status == 303);
        CHECK(sent.location() == "/barriere-melden/danke?antwort=ja");
        const auto thanks = house.visitor().get(sent.location());
        CHECK(thanks.has("innerhalb von 4 Wochen"));
        CHECK(thanks.has("Ombudsstelle für barrierefreie Informationstechnik NRW"));
        house.run_jobs();
        const auto told = house.mails();
        REQUIRE(told.size() == 1);
        CHECK(told[0].find("Die Karte lässt sich nicht <b>bedienen</b>.") != std::string::npos);
        CHECK(told[0].find("/verwaltung/barrieren/1") != std::string::npos);
        CHECK(told[0].find("frau@example.org") == std::string::npos);

        auto office = house.as(Role::coordinator);
        CHECK(office.get("/verwaltung").has("Offene Meldungen von Barrieren"));
        CHECK(office.get("/verwaltung/barrieren?stand=open").has("/verwaltung/barrieren/1"));
        const auto shown = office.get("/verwaltung/barrieren/1");
        CHECK(shown.has("nicht &lt;b&gt;bedienen&lt;/b&gt;."));
        CHECK(shown.has("frau@example.org"));
        CHECK(office.post("/verwaltung/barrieren/1", {{"answer", " "}}).status == 422);
        REQUIRE(office.post("/verwaltung/barrieren/1", {{"answer", "Das ist behoben."}}).status == 303);
        CHECK(house.as(Role::admin).post("/verwaltung/barrieren/1", {{"answer", "Noch einmal"}}).status == 409);
        house.clock().set(house.house().clock->now() + std::chrono::seconds{5});
        house.run_jobs();
        const auto mails = house.mails();
        REQUIRE(mails.size() == 2);
        const auto& reply = mails[0].find("Das ist behoben.") != std::string::npos ? mails[0] : mails[1];
        CHECK(reply.find("Das ist behoben.") != std::string::npos);
        CHECK(reply.find("> Die Karte") != std::string::npos);
        CHECK_FALSE(office.get("/verwaltung/barrieren?stand=open").has("/verwaltung/barrieren/1\""));
        CHECK(office.get("/verwaltung/barrieren/1").has("Das ist behoben."));
    });
}

TEST_CASE("a report without an address is marked as done with a note, and no mail goes out") {
    TestHouse house;
    const auto sent = report(house, "Zu kleine Schrift");
    CHECK(sent.location() == "/barriere-melden/danke");
    CHECK(house.visitor().get(sent.location()).has("Wir können Ihnen daher nicht schreiben."));
    auto office = house.as(Role::moderator);
    REQUIRE(office.post("/verwaltung/barrieren/1", {{"answer", ""}}).status == 303);
    CHECK(office.get("/verwaltung/barrieren/1").has("Ohne Notiz als erledigt gekennzeichnet."));
    house.run_jobs();
    CHECK(house.mails().size() == 1);  // the office's
}

TEST_CASE("without an address for the office a report is kept all the same") {
    TestHouse house;
    house.write([&](db::Tx& tx) { core::set_setting(tx, house.tenant(), "accessibility.mail", ""); });
    house.house().versions.raise({}, "tenants");
    CHECK(report(house, "Etwas fehlt").status == 303);
    house.run_jobs();
    CHECK(house.mails().empty());
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren").has("Etwas fehlt"));
}

TEST_CASE("bad input to a report: the words stay, the reason is said, nothing is kept") {
    TestHouse house;
    auto visitor = house.visitor();
    Fields fields = opened(house, visitor);
    const auto with = [&](Fields more) {
        Fields all = fields;
        all.insert(all.end(), more.begin(), more.end());
        return visitor.post("/barriere-melden", all);
    };
    const auto empty = with({{"name", "<script>alert(1)</script>"}});
    CHECK(empty.status == 422);
    CHECK(empty.has("<title>Fehler: "));
    CHECK(empty.has("Bitte schreiben Sie, was nicht funktioniert."));
    CHECK(empty.has("&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(with({{"body", std::string(4001, 'x')}}).status == 422);
    CHECK(with({{"body", "Text"}, {"email", "quatsch"}}).has("value=\"quatsch\""));
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren").has("Hier gibt es keine Meldung."));
    CHECK(with({{"body", "kaputte \xc3\x28 Bytes"}}).status == 303);
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren/1").has("kaputte ( Bytes"));
    // The same form again is the same report.
    CHECK(with({{"body", "kaputte \xc3\x28 Bytes"}}).status == 303);
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren/2").status == 404);
}

TEST_CASE("a program that fills in everything, is too fast or never opened the form is told so") {
    TestHouse house;
    auto visitor = house.visitor();
    Fields fields = opened(house, visitor, std::chrono::seconds{1});
    fields.emplace_back("body", "Meine Worte");
    const auto fast = visitor.post("/barriere-melden", fields);
    CHECK(fast.status == 422);
    CHECK(fast.has("Das ging sehr schnell"));
    CHECK(fast.has("Meine Worte"));
    house.clock().set(house.house().clock->now() + std::chrono::seconds{5});
    fields[2].second = "https://spam.example";
    CHECK(visitor.post("/barriere-melden", fields).has("das man nicht sieht"));
    fields[2].second = "", fields[1].second = "1." + fields[1].second;
    CHECK(visitor.post("/barriere-melden", fields).has("nicht mehr frisch"));
    CHECK(visitor.post("/barriere-melden", {{"body", "Ohne Formular"}}).status == 422);
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren").has("Hier gibt es keine Meldung."));
}

TEST_CASE("very many reports from one network have to wait, are kept in the form, and hinder nobody else") {
    TestHouse house;
    auto busy = house.visitor();
    busy.from("2001:db8:ffff:1::7");
    Fields fields = opened(house, busy);
    fields.emplace_back("body", "Immer wieder");
    int taken = 0;
    // Whoever has a whole network of addresses is still one sender.
    for (fields[0].second = "key-1"; taken < 50; fields[0].second = "key-" + std::to_string(taken + 1)) {
        const auto answer = busy.from("2001:db8:ffff:1::" + std::to_string(taken)).post("/barriere-melden", fields);
        if (answer.status != 303) {
            CHECK(answer.status == 422);
            CHECK(answer.has("Von Ihrem Anschluss ist schon viel gekommen"));
            CHECK(answer.has("Immer wieder"));
            break;
        }
        ++taken;
    }
    CHECK(taken == 10);
    CHECK(report(house, "Von woanders").status == 303);
    house.clock().set(house.house().clock->now() + std::chrono::minutes{1});
    CHECK(busy.post("/barriere-melden", fields).status == 303);
}

TEST_CASE("two visitors never get the same form, and it knows the page they come from") {
    TestHouse house;
    auto one = house.visitor(), other = house.visitor();
    CHECK(value_of(one.get("/barriere-melden"), "_key") != value_of(other.get("/barriere-melden"), "_key"));
    one.with("Referer", "http://127.0.0.1/angebote?stand=alle");
    CHECK(one.get("/barriere-melden").has("value=\"/angebote?stand=alle\""));
    CHECK(other.get("/barriere-melden?seite=%3Cb%3E").has("value=\"&lt;b&gt;\""));
}

TEST_CASE("old reports go by themselves at night, and the job rests when there is nothing") {
    TestHouse house;
    REQUIRE(report(house, "Alt").status == 303);
    auto office = house.as(Role::admin);
    house.run_jobs();
    // The sessions of staff end long before a report does.
    const auto tomorrow = [&](int days) {
        house.clock().set(now + std::chrono::hours{24 * days});
        house.run_jobs();
    };
    tomorrow(2);
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren").has("Alt"));
    tomorrow(367);
    CHECK(house.as(Role::admin).get("/verwaltung/barrieren/1").status == 404);
    CHECK(house.as(Role::admin).get("/verwaltung/protokoll.csv").has("barriers.expired"));
    house.read([&](db::Tx& tx) {
        for (const auto& job : jobs::list(tx, "", {}, 100)) CHECK(job.kind != "barriers.clean");
    });
}

TEST_CASE("whoever has an account takes along what came with the own address, and leaves no name behind") {
    on_both_houses([](TestHouse& house) {
        core::AccountId account;
        std::string address;
        house.read([&](db::Tx& tx) {
            for (const auto& one : core::accounts(tx, house.tenant(), "", {}, 100))
                if (one.role == Role::editor) account = one.id, address = one.email;
        });
        REQUIRE(report(house, "Von mir", address).status == 303);
        REQUIRE(report(house, "Von anderen", "anders@example.org").status == 303);
        house.read([&](db::Tx& tx) {
            const auto mine = export_person(tx, account).dump();
            CHECK(mine.find("Von mir") != std::string::npos);
            CHECK(mine.find("Von anderen") == std::string::npos);
        });
        const std::string person = "/verwaltung/personen/" + std::to_string(account.value);
        REQUIRE(house.as(Role::admin).post(person + "/loeschen").status == 303);
        house.read([&](db::Tx& tx) {
            CHECK(find(tx, house.tenant(), ReportId{1})->email.empty());
            CHECK(find(tx, house.tenant(), ReportId{2})->email == "anders@example.org");
        });
    });
}

TEST_CASE("a report is deleted at once when that is asked for, and only by those who may") {
    TestHouse house;
    REQUIRE(report(house, "Bitte löschen").status == 303);
    CHECK(house.as(Role::editor).get("/verwaltung/barrieren/1").status == 403);
    CHECK(house.as(Role::operator_).get("/verwaltung/barrieren").status == 403);
    CHECK(house.as(Role::coordinator).post("/verwaltung/barrieren/1/loeschen").status == 303);
    CHECK(house.as(Role::coordinator).get("/verwaltung/barrieren/1").status == 404);
}

TEST_CASE("the settings of accessibility are checked before they are kept") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    const auto page = admin.get("/verwaltung/einstellungen");
    const auto refused = admin.post("/verwaltung/einstellungen", {{"_version", value_of(page, "_version")},
                                                                  {"name", "Stadt Dortmund"},
                                                                  {"site_name", "MitWIRken"},
                                                                  {"accessibility.mail", "keine Adresse"},
                                                                  {"accessibility.office_url", "javascript:alert(1)"},
                                                                  {"accessibility.answer_weeks", "viele"},
                                                                  {"barriers.keep_months", "6"}});
    CHECK(refused.status == 422);
    CHECK(refused.has("id=\"f-accessibility-mail-error\""));
    CHECK(refused.has("id=\"f-accessibility-office_url-error\""));
    CHECK(refused.has("id=\"f-accessibility-answer_weeks-error\""));
    CHECK_FALSE(refused.has("id=\"f-barriers-keep_months-error\""));
}
