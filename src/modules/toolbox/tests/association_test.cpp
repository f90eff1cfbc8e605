// Experiences of associations without an account: switched on or not there, confirmed by a button, seen by the office
// with their origin.
#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;
using core::Role;

namespace {

const char* const path = "/instrumente/erfahrung";

void pass(TestHouse& house, std::chrono::milliseconds time) { house.clock().set(house.clock().now() + time); }

Fields sent_form(const std::string& shown) {
    return {{"title", "Fest der Nachbarschaft"},
            {"occasion", "Wir wollten den Hof umgestalten."},
            {"went_well", "Alle kamen."},
            {"went_badly", ""},
            {"format", "0"},
            {"organisation", "Hofverein Nord"},
            {"contact_name", "Kim Beispiel"},
            {"contact_email", "kim@hofverein.example"},
            {"consent", "on"},
            {"homepage", ""},
            {"_shown", shown}};
}

Fields with(Fields fields, const std::string& name, const std::string& value) {
    for (auto& field : fields)
        if (field.first == name) field.second = value;
    return fields;
}

// The tests of one process share the limit for an address: each begins on a day of its own.
void begin_on_day(TestHouse& house, int day) { pass(house, std::chrono::hours(24 * day)); }

std::string sent_link(TestHouse& house) {
    house.run_jobs();
    const auto mails = house.mails();
    REQUIRE(mails.size() == 1);
    CHECK(mails.front().find("Bitte bestätigen Sie Ihren Erfahrungsbericht") != std::string::npos);
    const std::string url = address_in(mails.front(), "http://");
    return url.substr(url.find("/instrumente/"));
}

}  // namespace

TEST_CASE("switched off, there is no form and no link to it") {
    TestHouse house;
    house.write([&](db::Tx& tx) { core::set_setting(tx, house.tenant(), std::string(associations_setting), "off"); });
    house.house().versions.raise({}, "tenants");
    house.house().versions.raise(house.tenant(), "tenant");
    auto visitor = house.visitor();
    const auto page = visitor.get(path);
    CHECK(page.status == 404);
    CHECK(page.has("Zurzeit können Vereine hier keine Erfahrungsberichte einreichen."));
    CHECK(visitor.post(path, sent_form("")).status == 404);
    CHECK(visitor.get("/instrumente/erfahrung/gesendet").status == 404);
    CHECK_FALSE(visitor.get("/instrumente/world-cafe").has(path));
    CHECK_FALSE(visitor.get("/instrumente").has(path));
}

TEST_CASE("an association hands in an experience and confirms it with a button, not by opening the link") {
    on_both_houses([](TestHouse& house) {
        begin_on_day(house, house.program().database().engine() == db::Engine::sqlite ? 1 : 2);
        auto visitor = house.visitor();
        CHECK(visitor.get("/instrumente/world-cafe").has("/instrumente/erfahrung?format=world-cafe"));
        const auto form = visitor.get("/instrumente/erfahrung?format=world-cafe");
        CHECK(form.has("selected>World Café"));
        pass(house, std::chrono::seconds(40));
        const auto sent =
            visitor.post(path, with(sent_form(hidden_value(form, "_shown")), "format", id_of(house, "world-cafe")));
        REQUIRE(sent.status == 303);
        CHECK(visitor.follow(sent).has("Bitte sehen Sie in Ihr Postfach"));
        const std::string link = sent_link(house);

        // Before: nobody sees it, not even the office; opening the link changes nothing.
        CHECK_FALSE(house.as(Role::coordinator).get("/verwaltung/erfahrungen").has("Fest der Nachbarschaft"));
        for (int i = 0; i < 2; ++i) CHECK(visitor.get(link).has("Bestätigen und einreichen"));
        CHECK_FALSE(house.as(Role::coordinator).get("/verwaltung/erfahrungen").has("Fest der Nachbarschaft"));

        REQUIRE(visitor.post(link).status == 303);
        CHECK(visitor.get(link).status == 404);
        CHECK(visitor.post(link).status == 404);
        auto office = house.as(Role::coordinator);
        const auto list = office.get("/verwaltung/erfahrungen?stand=handed_in");
        CHECK(list.has("Hofverein Nord (Verein, öffentliches Formular)"));
        const auto at = list.body.find("Fest der Nachbarschaft");
        const auto begin = list.body.rfind("href=\"", at) + 6;
        const std::string report = list.body.substr(begin, list.body.find('"', begin) - begin);
        CHECK(office.get(report).has("kim@hofverein.example"));
        CHECK(house.as(Role::editor).get(report).status == 403);

        // The office releases and publishes; name and address stay inside.
        for (const char* state : {"agreed", "published"})
            REQUIRE(office.post(report + "/stand", {{"state", state}}).status == 303);
        const auto page = house.visitor().get("/instrumente/world-cafe");
        CHECK(page.has("Fest der Nachbarschaft"));
        CHECK(page.has("Hofverein Nord"));
        for (const auto& way : public_ways()) {
            INFO(way);
            CHECK_FALSE(house.visitor().get(way).has("Kim Beispiel"));
            CHECK_FALSE(house.visitor().get(way).has("kim@hofverein"));
        }
        REQUIRE(office.post(report + "/stand", {{"state", "forget_contact"}}).status == 303);
        CHECK_FALSE(office.get(report).has("kim@hofverein.example"));
        CHECK(office.get(report).has("Name und E-Mail-Adresse wurden gelöscht."));
    });
}

TEST_CASE("what is not confirmed in two days is gone, and addresses go after a year") {
    TestHouse house;
    begin_on_day(house, 3);
    auto visitor = house.visitor();
    const auto send = [&] {
        const auto form = visitor.get(path);
        pass(house, std::chrono::seconds(40));
        REQUIRE(visitor.post(path, sent_form(hidden_value(form, "_shown"))).status == 303);
    };
    const auto contacts = [&] {
        int count = 0;
        house.read([&](db::Tx& tx) {
            for (int id = 1; id < 20; ++id)
                if (const auto report = find_report(tx, house.tenant(), ReportId{id}))
                    count += report->contact_email == "kim@hofverein.example";
        });
        return count;
    };
    send();
    const std::string link = sent_link(house);
    CHECK(contacts() == 1);
    pass(house, std::chrono::hours(49));
    CHECK(visitor.post(link).status == 404);
    house.run_jobs();
    CHECK(contacts() == 0);

    send();
    house.run_jobs();
    const std::string second = address_in(house.mails().front(), "/instrumente/erfahrung/");
    REQUIRE(visitor.post(second).status == 303);
    pass(house, std::chrono::hours(24 * 300));
    house.run_jobs();
    CHECK(contacts() == 1);
    pass(house, std::chrono::hours(24 * 66));
    house.run_jobs();
    CHECK(contacts() == 0);
}

TEST_CASE("machines are held up, and people lose nothing of what they typed") {
    TestHouse house;
    begin_on_day(house, 400);
    auto visitor = house.visitor();
    const std::string shown = hidden_value(visitor.get(path), "_shown");
    const auto refused = [&](const Fields& fields, const char* words) {
        const auto page = visitor.post(path, fields);
        CHECK(page.status == 422);
        CHECK_MESSAGE(page.has(words), words);
        CHECK(page.has("Wir wollten den Hof umgestalten."));
        house.run_jobs();
        CHECK(house.mails().empty());
        return page;
    };
    refused(sent_form(shown), "Das ging sehr schnell");
    pass(house, std::chrono::seconds(10));
    refused(with(sent_form(shown), "homepage", "https://kaufen.example"), "In einem Feld, das man nicht sieht");
    refused(with(sent_form(shown), "_shown", "1790000000000.gefaelscht"), "nicht mehr frisch");
    refused(with(sent_form(shown), "contact_email", "kim@hofverein.example\r\nBcc: x@y.example"),
            "Bitte geben Sie eine E-Mail-Adresse an");
    refused(with(sent_form(shown), "consent", ""), "Ohne Ihre Zustimmung");
    refused(with(sent_form(shown), "format", id_of(house, "design-thinking")), "Bitte wählen Sie");
    pass(house, std::chrono::hours(25));
    const auto late = refused(sent_form(shown), "nicht mehr frisch");
    pass(house, std::chrono::seconds(10));
    CHECK(visitor.post(path, sent_form(hidden_value(late, "_shown"))).status == 303);
}

TEST_CASE("one connection sends five, then has to wait") {
    TestHouse house;
    begin_on_day(house, 500);
    auto visitor = house.visitor();
    const std::string shown = hidden_value(visitor.get(path), "_shown");
    pass(house, std::chrono::seconds(10));
    for (int i = 0; i < 5; ++i) CHECK(visitor.post(path, sent_form(shown)).status == 303);
    const auto held = visitor.post(path, sent_form(shown));
    CHECK(held.status == 422);
    CHECK(held.has("Von Ihrem Anschluss ist schon viel gekommen."));
    CHECK(held.has("Wir wollten den Hof umgestalten."));
    pass(house, std::chrono::minutes(13));
    CHECK(visitor.post(path, sent_form(shown)).status == 303);
}

TEST_CASE("the form of an association is not offered drafts") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente/erfahrung?format=design-thinking");
    CHECK(page.status == 200);
    CHECK_FALSE(page.has("Design Thinking"));
}
