// Templates through their pages: the recipes that come along, a procedure from each, versions, files, bad input.
#include <doctest/doctest.h>

#include "core/house.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "support/page_forms.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

const std::string types = "/verwaltung/verfahrensarten", procedures = "/verwaltung/verfahren";

Fields use(const std::string& key) {
    return {{"vorlage", key},
            {"title", "Aus Vorlage"},
            {"first_day", "2027-03-01"},
            {"dossier", ""},
            {"organisation", "1"}};
}

std::string message(const Problems& problems) {
    std::string text;
    for (const auto& one : problems.list()) text += one.field + ": " + std::string(one.message.id) + "\n";
    return text;
}

// The form of a page as a browser would send it, one field changed.
Answer send_changed(Client& client, const std::string& path, const std::string& field, const std::string& value) {
    const ParsedPage page(client.get(path).body);
    for (const auto& form : page.forms()) {
        if (form.action != path) continue;
        Fields fields = form.sent();
        for (auto& [name, old] : fields)
            if (name == field) old = value;
        return client.post(path, fields);
    }
    FAIL("no form on " << path);
    return {};
}

}  // namespace

TEST_CASE("each recipe makes a whole procedure in which only names are missing") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    std::vector<core::ProcedureType> list;
    house.read([&](db::Tx& tx) { list = core::procedure_types(tx, house.tenant()); });
    REQUIRE(list.size() >= 8);
    for (const auto& type : list) {
        INFO(type.key);
        const auto file = core::with_real_days(type.content, Date{std::chrono::year{2027} / 3 / 1});
        REQUIRE_MESSAGE(bool(file), message(file.problems()));
        auto whole = core::read_whole(*file);
        REQUIRE_MESSAGE(bool(whole), message(whole.problems()));
        CHECK(whole->tasks.size() >= 5);
        CHECK(whole->goals.size() >= 3);
        CHECK(whole->faq.size() >= 3);
        core::leave_out_unknown(house.house(), *whole);
        const auto problems = core::check_whole(house.house(), *whole);
        CHECK_MESSAGE(!problems.any(), message(problems));
        CHECK_FALSE(type.format_key.empty());
        CHECK(house.visitor().get("/instrumente/" + type.format_key).has("Auch online"));
        const auto made = office.post(procedures + "-neu", use(type.key));
        REQUIRE(made.status == 303);
        const auto desk = office.get(made.location());
        CHECK_FALSE(desk.has("Die Zusammenfassung fehlt."));
        CHECK_FALSE(desk.has("Es steht noch nicht da"));
        CHECK(office.get(made.location() + "/verfahren.json").has("2027-03-01"));
    }
}

TEST_CASE("from a template to a draft with tasks, goals, questions and dates, on both databases") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const auto page = office.get(procedures + "-neu");
        CHECK(page.has("Aus einer Vorlage"));
        CHECK(page.has("vorlage=stadtspaziergang-karte"));
        CHECK(office.get(procedures + "-neu?format=stadtspaziergang").has("stadtspaziergang-karte"));
        CHECK_FALSE(office.get(procedures + "-neu?format=stadtspaziergang").has("vorlage=buergerrat"));
        auto fields = use("stadtspaziergang-karte");
        fields.emplace_back("look", "1");
        const auto look = office.post(procedures + "-neu", fields);
        CHECK(look.status == 200);
        CHECK(look.has("Noch ist nichts angelegt."));
        CHECK(look.has("Stadtspaziergang am Tag"));
        const auto made = office.post(procedures + "-neu", use("stadtspaziergang-karte"));
        REQUIRE(made.status == 303);
        CHECK(office.get(made.location() + "/aufgaben").has("Strecke festlegen"));
        CHECK(office.get(made.location() + "/aufgaben").has("15.02.2027"));
        CHECK(office.get(made.location() + "/ziele").has("Menschen gehen mit"));
        CHECK(office.get(made.location() + "/fragen").has("barrierefrei"));
        CHECK(office.get("/verwaltung/termine").has("Stadtspaziergang am Abend"));
        CHECK(house.visitor().get("/verfahren/aus-vorlage").status == 404);
        CHECK_FALSE(house.visitor().get("/termine").has("Stadtspaziergang am Abend"));
        // The last day of the second step is a Friday, of which the editor says nothing; the first ends on one, too.
        CHECK(office.get(made.location() + "/ablauf").has("Karte erg"));
    });
}

TEST_CASE("a form for a procedure from a template that is wrong keeps what was typed") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto bad = [&](std::size_t field, const std::string& value, const char* words) {
        auto fields = use("online-dialog");
        fields[field].second = value;
        const auto answer = office.post(procedures + "-neu", fields);
        INFO(words);
        CHECK(answer.status == 422);
        CHECK(answer.has(words));
    };
    bad(1, "", "Bitte geben Sie einen Titel an.");
    bad(1, std::string(300, 'x'), "xxx");
    bad(2, "2027-02-30", "2027-02-30");
    bad(2, "9999-12-31", "Aus Vorlage");
    bad(3, "gibt-es-nicht", "Aus Vorlage");
    bad(4, "999", "Aus Vorlage");
    CHECK(office.post(procedures + "-neu", {{"vorlage", "gibt-es-nicht"}}).status == 404);
    CHECK(office.get(procedures + "-neu?vorlage=gibt-es-nicht").status == 404);
    CHECK_FALSE(office.get(procedures).has("Aus Vorlage"));
}

TEST_CASE("a template is edited, copied, retired; every change is a version that can be compared") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const std::string at = types + "/online-dialog";
        CHECK(office.get(at).has("Tag 1 bis 12"));
        REQUIRE(send_changed(office, at + "/bearbeiten", "step-1-last", "10").status == 303);
        CHECK(office.get(at).has("Tag 1 bis 10"));
        CHECK(office.get(at + "/versionen").has("von=1&amp;bis=2"));
        CHECK(office.get(at + "/versionen?von=1&bis=2").has("<ins>"));
        CHECK(send_changed(office, at + "/bearbeiten", "step-1-last", "bald").status == 422);
        CHECK(send_changed(office, at + "/bearbeiten", "step-1-last", "20").status == 422);  // into the next step
        CHECK(send_changed(office, at + "/bearbeiten", "title", "").status == 422);
        CHECK(send_changed(office, at + "/bearbeiten", "goals-1-target", "viele").status == 422);
        CHECK(send_changed(office, at + "/bearbeiten", "events-1-from", "abends").status == 422);
        const auto old = send_changed(office, at + "/bearbeiten", "_version", "1");
        CHECK(old.status == 422);
        CHECK(old.has("Inzwischen hat jemand"));
        const auto copied = office.post(at + "/stand", {{"step", "copy"}});
        CHECK(copied.location().find("kopie-von") != std::string::npos);
        REQUIRE(office.post(at + "/stand", {{"step", "retire"}}).status == 303);
        CHECK_FALSE(office.get(procedures + "-neu").has("vorlage=online-dialog"));
        CHECK(office.post(procedures + "-neu", use("online-dialog")).status == 409);
        CHECK(office.post(at + "/stand", {{"step", "unfug"}}).status == 409);
        REQUIRE(office.post(at + "/stand", {{"step", "restore"}}).status == 303);
        CHECK(office.get(procedures + "-neu").has("vorlage=online-dialog"));
        CHECK(house.as(Role::editor).get(at).status == 200);
        CHECK(house.as(Role::editor).get(at + "/bearbeiten").status == 403);
    });
}

TEST_CASE("a procedure becomes a template, and a file of a template comes back as it went") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        CHECK(office.get(procedures + "/smart-rhino/als-vorlage").has("SMART RHINO"));
        CHECK(office.post(procedures + "/smart-rhino/als-vorlage", {{"title", ""}}).status == 422);
        CHECK(office.post(procedures + "/smart-rhino/als-vorlage", {{"title", "X"}, {"key", "gibt-es-nicht"}}).status ==
              422);
        const auto made = office.post(procedures + "/smart-rhino/als-vorlage",
                                      {{"title", "Großes Areal"}, {"summary", "S"}, {"toolbox_format", ""}});
        REQUIRE(made.status == 303);
        const auto file = office.get(made.location() + "/vorlage.json");
        CHECK(file.has("\"first_day\": 0"));
        CHECK_FALSE(file.has("2026-"));
        CHECK_FALSE(file.has("\"dossier\""));
        const auto taken = office.upload(types + "-einlesen", {}, {{"file", "v.json", "application/json", file.body}});
        REQUIRE(taken.status == 303);
        CHECK(office.get(made.location() + "/vorlage.json").body == file.body);
        CHECK(office.get(made.location() + "/versionen?von=1&bis=2").status == 200);
        auto broken = file.body;
        broken.replace(broken.find("\"first_day\": 0"), 14, "\"first_day\": \"a\"");
        const auto refused = office.upload(types + "-einlesen", {}, {{"file", "v.json", "application/json", broken}});
        CHECK(refused.status == 422);
        CHECK(refused.has("first_day"));
        CHECK(office.upload(types + "-einlesen", {}, {{"file", "v.json", "application/json", "kein JSON"}}).status ==
              422);
        CHECK(office.post(types + "-einlesen", {}).status == 422);
        CHECK(house.as(Role::editor).post(procedures + "/smart-rhino/als-vorlage", {{"title", "X"}}).status >= 400);
    });
}
