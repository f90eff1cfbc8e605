// The rules; then a clerk's day on both databases: status, answer, joining, assignment, many at once, results.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/audit/audit.h"
#include "core/people/people.h"
#include "core/tasks/tasks.h"
#include "core/tenants/tenants.h"
#include "modules/answers/desk_store.h"
#include "platform/base/text.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using namespace answers;
using core::Role;

constexpr const char* desk = "/verwaltung/verfahren/smart-rhino";
constexpr const char* list = "/verwaltung/verfahren/smart-rhino/beitraege";

core::Contribution by_title(TestHouse& house, const std::string& title) {
    core::Contribution found;
    house.read([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        for (const auto& c : desk_list(tx, house.tenant(), {.procedure = procedure->id}, 100))
            if (c.title == title) found = c;
    });
    REQUIRE(found.id);
    return found;
}
const char* way = "Ein Weg am Wasser entlang bis zum Westpark";
const char* school = "Lernorte, die abends offen sind";
const char* playground = "Ein Spielplatz, auf dem alle spielen können";
const char* shade = "Schatten und Trinkwasser";

std::string at_desk(const core::Contribution& c) { return std::string(list) + "/" + std::to_string(c.id.value); }
std::string in_public(const core::Contribution& c) {
    return "/verfahren/smart-rhino/ideen/ideen/" + std::to_string(c.id.value);
}
std::string hidden(const Answer& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.body.find(mark);
    if (at == std::string::npos) return "";
    return page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
}
core::OrganisationId office(TestHouse& house, const std::string& key) {
    core::OrganisationId id;
    house.read([&](db::Tx& tx) {
        for (const auto& one : core::organisations(tx, house.tenant()))
            if (one.key == key) id = one.id;
    });
    return id;
}
Timestamp at(const char* text) { return *parse_instant(text); }

}  // namespace

TEST_CASE("a promise counts days of Berlin, to the end of the last one") {
    core::ProcedureRecord procedure;
    core::Contribution c;
    c.published_at = at("2026-10-24T22:30:00Z");  // in Berlin the 25th, half an hour after midnight
    CHECK_FALSE(due_day(procedure, c));
    procedure.promise_days = 7;
    CHECK(due_day(procedure, c) == parse_date("2026-11-01"));  // over the night that has 25 hours
    CHECK(days_taken(*c.published_at, at("2026-11-01T22:59:59Z")) == 7);
    CHECK(days_taken(*c.published_at, at("2026-11-01T23:00:00Z")) == 8);
    // Late is what was published before this instant.
    CHECK(late_before(7, at("2026-11-01T22:59:59Z")) == at("2026-10-24T22:00:00Z"));
    CHECK(late_before(7, at("2026-11-01T23:00:00Z")) == at("2026-10-25T23:00:00Z"));
}

TEST_CASE("being examined is no answer; joined comes only from joining") {
    CHECK_FALSE(settles(""));
    CHECK_FALSE(settles("in_review"));
    CHECK(settles("declined"));
    CHECK_FALSE(can_choose("merged"));
    CHECK_FALSE(can_choose("erfunden"));
    CHECK(can_choose(""));
}

TEST_CASE("a text block fills in what it knows and leaves everything else as it was written") {
    CHECK(fill_block("Zu „{titel}“ ({nummer}): {unbekannt} {", {{"titel", "{nummer}"}, {"nummer", "7"}}) ==
          "Zu „{nummer}“ (7): {unbekannt} {");
    CHECK(names_one_contribution("Ihr Beitrag {nummer}"));
    CHECK_FALSE(names_one_contribution("Im Verfahren {verfahren}"));
}

TEST_CASE("numbers are read as people write them, each once; a word among them is named") {
    const auto ids = read_numbers("12, #14;15\n12", "contributions");
    REQUIRE(ids);
    CHECK(*ids == std::vector{ContributionId{12}, ContributionId{14}, ContributionId{15}});
    CHECK(read_numbers("12 zwölf", "contributions").problems().of("contributions"));
    CHECK(read_numbers("-1", "contributions").problems().of("contributions"));
    std::string many;
    for (int i = 1; i <= 1001; ++i) many += std::to_string(i) + ",";
    CHECK(read_numbers(many, "contributions").problems().of("contributions"));
}

TEST_CASE("a status is public with its reason and history, counts for the promise when it settles, and can go back") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto idea = by_title(house, shade);
        CHECK(clerk.post(at_desk(idea) + "/stand", {{"status", "declined"}}).status == 422);  // says why, or not at all
        CHECK(clerk.post(at_desk(idea) + "/stand", {{"status", "merged"}, {"reason", "x"}}).status == 422);
        const auto before = house.visitor().get(in_public(idea));
        CHECK_FALSE(before.has("Der Boden ist zu flach"));
        const auto page = clerk.get(at_desk(idea));
        const auto version = hidden(page, "_version");
        REQUIRE(clerk
                    .post(at_desk(idea) + "/stand",
                          {{"_version", version}, {"status", "declined"}, {"reason", "Der Boden ist zu flach."}})
                    .status == 303);
        const auto shown = house.visitor().get(in_public(idea));
        CHECK(shown.has("Der Boden ist zu flach."));
        CHECK(shown.has("Nicht umsetzbar"));
        CHECK(shown.has("seit 23. November 2026"));
        // A second clerk with the page from before sees what happened, and keeps the own words.
        auto second = house.as(Role::admin);
        const auto late = second.post(at_desk(idea) + "/stand",
                                      {{"_version", version}, {"status", "planned"}, {"reason", "Mein Grund bleibt"}});
        CHECK(late.status == 422);
        CHECK(late.has("Mein Grund bleibt"));
        CHECK(late.has("Der Boden ist zu flach."));
        BatchId batch;
        house.read([&](db::Tx& tx) {
            batch = history(tx, idea.id).back().batch;
            CHECK(core::reaction(tx, idea.id));
        });
        const std::string back = std::string(list) + "/ruecknahme/" + std::to_string(batch.value);
        REQUIRE(clerk.post(back).status == 303);
        CHECK_FALSE(house.visitor().get(in_public(idea)).has("Der Boden ist zu flach."));
        CHECK(clerk.post(back).status == 409);
    });
}

TEST_CASE("an answer is written, released, shown with its department, and ends the assignment") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto idea = by_title(house, school);
        const std::string who = std::to_string(office(house, "ombudsstelle").value);
        CHECK(clerk.post(at_desk(idea) + "/antwort", {{"organisation", who}, {"body", ""}}).status == 422);
        const auto inserted =
            clerk.post(at_desk(idea) + "/antwort", {{"organisation", who},
                                                    {"body", "Guten Tag."},
                                                    {"insert", "ja"},
                                                    {"block", hidden(clerk.get(at_desk(idea)), "x")}});
        CHECK(inserted.status == 200);
        CHECK(inserted.has("Guten Tag."));
        REQUIRE(clerk
                    .post(at_desk(idea) + "/antwort", {{"_version", hidden(clerk.get(at_desk(idea)), "_version")},
                                                       {"organisation", who},
                                                       {"body", "Wir öffnen abends **bis neun**."}})
                    .status == 303);
        CHECK_FALSE(house.visitor().get(in_public(idea)).has("bis neun"));
        ItemId id;
        house.read([&](db::Tx& tx) {
            id = items_about(tx, idea.id).back().id;
            CHECK_FALSE(core::reaction(tx, idea.id));
            CHECK(core::tasks_of(tx, house.tenant(), idea.id).front().open());
        });
        const std::string item = std::string(desk) + "/antworten/" + std::to_string(id.value);
        CHECK(house.visitor().get("/verfahren/smart-rhino/antworten/" + std::to_string(id.value)).status == 404);
        REQUIRE(clerk.post(item + "/stand", {{"step", "publish"}}).status == 303);
        const auto shown = house.visitor().get(in_public(idea));
        CHECK(shown.has("<strong>bis neun</strong>"));
        CHECK(shown.has("Ombudsstelle für Bürger*inneninteressen"));
        house.read([&](db::Tx& tx) {
            CHECK(core::reaction(tx, idea.id));
            CHECK_FALSE(core::tasks_of(tx, house.tenant(), idea.id).front().open());
        });
        // Taken back it is gone, and does not count.
        REQUIRE(clerk.post(item + "/stand", {{"step", "return"}}).status == 303);
        CHECK_FALSE(house.visitor().get(in_public(idea)).has("bis neun"));
        house.read([&](db::Tx& tx) { CHECK_FALSE(core::reaction(tx, idea.id)); });
    });
}

TEST_CASE("what is withdrawn, hidden or in another procedure is not answered") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto idea = by_title(house, shade);
        for (const auto state : {core::ContributionState::withdrawn, core::ContributionState::hidden}) {
            house.write([&](db::Tx& tx) {
                core::set_state(tx, *core::find_contribution(tx, house.tenant(), idea.id), state, house.clock().now());
            });
            CHECK(clerk.get(at_desk(idea)).has("Dieser Beitrag kann jetzt nicht beantwortet werden."));
            CHECK(clerk.post(at_desk(idea) + "/antwort", {{"body", "x"}}).status == 409);
            CHECK(clerk.post(at_desk(idea) + "/stand", {{"status", "done"}}).status == 409);
        }
        CHECK(clerk.get(std::string(list) + "/999999").status == 404);
        CHECK(clerk.post(std::string(list) + "/999999/antwort", {{"body", "x"}}).status == 404);
    });
}

TEST_CASE("joining adds supports once, links both pages, and can be parted while nothing else has happened") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto stays = by_title(house, shade), duplicate = by_title(house, playground);
        house.write([&](db::Tx& tx) {  // somebody supports both
            const auto who = core::add_participant_without_browser(tx, house.tenant(), house.clock().now());
            const core::Occasion occasion{house.tenant(), stays.procedure, stays.activity, {}};
            core::support(tx, occasion, stays, who, house.clock().now() - 2h);
            core::support(tx, occasion, duplicate, who, house.clock().now() - 1h);
        });
        const std::string join = at_desk(duplicate) + "/zusammenfuehren";
        const std::string number = std::to_string(stays.id.value);
        CHECK(clerk.post(join, {{"stays", std::to_string(duplicate.id.value)}}).status == 422);
        CHECK(clerk.post(join, {{"stays", "99999"}}).status == 422);
        CHECK(clerk.post(join, {{"stays", "Schatten"}}).status == 422);
        REQUIRE(clerk.post(join, {{"stays", number}}).status == 303);
        CHECK(by_title(house, shade).supports == stays.supports + duplicate.supports + 1);
        CHECK(clerk.post(join, {{"stays", number}}).status == 422);  // twice
        CHECK(clerk.post(at_desk(stays) + "/zusammenfuehren", {{"stays", std::to_string(duplicate.id.value)}}).status ==
              422);  // a circle
        CHECK(house.visitor().get(in_public(duplicate)).has("Es geht gemeinsam weiter bei"));
        CHECK(house.visitor().get(in_public(stays)).has("Will dasselbe und ist hier zusammengeführt"));
        CHECK(clerk.get(at_desk(duplicate)).has("/trennen"));
        house.clock().set(house.clock().now() + 1h);
        REQUIRE(clerk.post(at_desk(duplicate) + "/trennen").status == 303);
        CHECK(by_title(house, shade).supports == stays.supports + 1);
        CHECK(by_title(house, playground).supports == duplicate.supports + 1);
        CHECK(by_title(house, playground).status == duplicate.status);
        // Joined again, and a status on the one that stays: then it is too late.
        REQUIRE(clerk.post(join, {{"stays", number}}).status == 303);
        house.clock().set(house.clock().now() + 1h);
        REQUIRE(clerk
                    .post(at_desk(stays) + "/stand",
                          {{"_version", hidden(clerk.get(at_desk(stays)), "_version")}, {"status", "done"}})
                    .status == 303);
        CHECK(clerk.post(at_desk(duplicate) + "/trennen").status == 409);
    });
}

TEST_CASE("many are changed at once after a summary, all or none, and what cannot be changed is named") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto first = by_title(house, shade), second = by_title(house, school), gone = by_title(house, playground);
        house.write(
            [&](db::Tx& tx) { core::set_state(tx, gone, core::ContributionState::withdrawn, house.clock().now()); });
        const auto tick = [](const core::Contribution& c) {
            return std::pair{std::string("c"), std::to_string(c.id.value)};
        };
        const std::string choose = std::string(list) + "/auswahl", act = std::string(list) + "/ausfuehren";
        CHECK(clerk.post(choose, {{"was", "stand:done"}}).status == 422);
        CHECK(clerk.post(choose, {{"was", "stand:merged"}, tick(first)}).status == 422);
        house.clock().set(house.clock().now() + 1min);
        const auto summary = clerk.post(choose, {{"was", "stand:planned"}, tick(first), tick(second), tick(gone)});
        REQUIRE(summary.status == 200);
        CHECK(summary.has("2 Beiträge werden geändert"));
        CHECK(summary.has("Er wurde zurückgezogen."));
        const Fields fields = {{"was", hidden(summary, "was")},
                               {"beitraege", hidden(summary, "beitraege")},
                               {"gesehen", hidden(summary, "gesehen")},
                               {"reason", "Beschluss vom Dienstag."}};
        // Somebody else is faster with one of them.
        house.clock().set(house.clock().now() + 1min);
        auto other = house.as(Role::admin);
        REQUIRE(other
                    .post(at_desk(first) + "/stand",
                          {{"_version", hidden(other.get(at_desk(first)), "_version")}, {"status", "in_review"}})
                    .status == 303);
        const auto late = clerk.post(act, fields);
        CHECK(late.status == 422);
        CHECK(late.has("Beschluss vom Dienstag."));
        CHECK(late.has("jetzt In Prüfung"));
        CHECK(by_title(house, school).status == "");
        Fields again = fields;
        again[2].second = hidden(late, "gesehen");
        REQUIRE(clerk.post(act, again).status == 303);
        CHECK(by_title(house, shade).status == "planned");
        CHECK(by_title(house, school).status_reason == "Beschluss vom Dienstag.");
        CHECK(by_title(house, playground).status == "");
        CHECK(clerk.get(list).has("Zurücknehmen"));
    });
}

TEST_CASE("a thousand are changed at once, one more is refused and nothing is done") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    const auto like = by_title(house, shade);
    std::int64_t there = 0;
    house.write([&](db::Tx& tx) {
        const core::Occasion occasion{house.tenant(), like.procedure, like.activity, {}};
        there = count_desk_list(tx, house.tenant(), {.procedure = like.procedure}, 2000);
        for (; there < 1001; ++there)
            core::hand_in(tx, occasion, {.module = "ideas", .kind = "idea", .title = "Viele", .body = "Text"},
                          house.clock().now() - 1h);
    });
    const std::string choose = std::string(list) + "/auswahl";
    CHECK(clerk.post(choose, {{"was", "stand:planned"}, {"alle", "ja"}}).status == 422);
    house.write([&](db::Tx& tx) { core::set_state(tx, like, core::ContributionState::held, house.clock().now()); });
    const auto summary =
        clerk.post(choose, {{"was", "stand:planned"}, {"alle", "ja"}, {"filter", "zustand=published"}});
    REQUIRE(summary.status == 200);
    CHECK(summary.has("1.000 Beiträge werden geändert"));
    house.clock().set(house.clock().now() + 1min);
    REQUIRE(clerk
                .post(std::string(list) + "/ausfuehren", {{"was", "stand:planned"},
                                                          {"beitraege", hidden(summary, "beitraege")},
                                                          {"gesehen", hidden(summary, "gesehen")}})
                .status == 303);
    house.read([&](db::Tx& tx) {
        CHECK(count_desk_list(tx, house.tenant(), {.procedure = like.procedure, .status = "planned"}, 2000) == 1000);
    });
}

TEST_CASE("one answer for many has a page that names them all, and placeholders of one are refused") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    const auto first = by_title(house, way), second = by_title(house, school);
    const std::string ids = std::to_string(first.id.value) + "," + std::to_string(second.id.value);
    const std::string seen = std::to_string(house.clock().now().time_since_epoch().count());
    const auto fields = [&](const char* title, const char* body) {
        return Fields{{"was", "antworten"}, {"beitraege", ids}, {"gesehen", seen},
                      {"title", title},     {"body", body},     {"publish", "ja"}};
    };
    const std::string act = std::string(list) + "/ausfuehren";
    CHECK(clerk.post(act, fields("", "Text")).status == 422);
    CHECK(clerk.post(act, fields("Wege und Räume", "Ihr Beitrag {nummer}")).status == 422);
    REQUIRE(clerk.post(act, fields("Wege und Räume", "Beides kommt.")).status == 303);
    const auto page = house.visitor().get(in_public(first));
    CHECK(page.has("Eine Antwort für alle"));
    const auto at = page.body.find("/verfahren/smart-rhino/antworten/");
    REQUIRE(at != std::string::npos);
    const auto own = house.visitor().get(page.body.substr(at, page.body.find('"', at) - at));
    CHECK(own.has(way));
    CHECK(own.has(school));
    CHECK(house.visitor().get("/suche?q=Wege%20R%C3%A4ume").has("/verfahren/smart-rhino/antworten/"));
}

TEST_CASE("the list filters by status, answer, department and number, and its files hold what is found") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const std::string base = list;
        CHECK(clerk.get(base).has(way));
        CHECK_FALSE(clerk.get(base + "?stand=planned").has(way));
        CHECK(clerk.get(base + "?stand=planned").has("Die alte Halle stehen lassen"));
        CHECK(clerk.get(base + "?antwort=ohne").has(way));
        CHECK_FALSE(clerk.get(base + "?antwort=ohne").has("Die alte Halle stehen lassen"));
        const auto agency = std::to_string(office(house, "dortmund-agentur").value);
        CHECK(clerk.get(base + "?amt=" + agency).has(school));
        CHECK_FALSE(clerk.get(base + "?amt=" + agency).has(way));
        CHECK(clerk.get(base + "?q=Trinkwasser").has(shade));
        CHECK_FALSE(clerk.get(base + "?q=Trinkwasser").has(way));
        CHECK(clerk.get(base + "?kanal=paper").has(school));
        house.write([&](db::Tx& tx) {
            const auto c = by_title(house, way);
            core::reword(tx, c, {"=HYPERLINK(1)", c.body, c.place, c.lon, c.lat, ""}, house.clock().now());
        });
        const auto csv = clerk.get(base + ".csv?stand=in_review");
        CHECK(csv.has("'=HYPERLINK(1)"));
        CHECK_FALSE(csv.has(school));
        CHECK(clerk.get(base + ".xlsx").body.substr(0, 2) == "PK");
        // Six weeks later everything without an answer is overdue.
        house.clock().set(house.clock().now() + 24h * 60);
        auto later = house.as(Role::coordinator);
        CHECK(later.get(base + "?antwort=spaet").has(school));
        CHECK_FALSE(later.get(base + "?antwort=spaet").has("Die alte Halle stehen lassen"));
        CHECK(house.visitor().get(in_public(by_title(house, school))).has("Es tut uns leid"));
    });
}

TEST_CASE("an editor of another department sees what was assigned to it, writes there, and releases nothing") {
    TestHouse house;
    auto editor = house.as(Role::editor);  // of the Dortmund-Agentur
    const auto mine = by_title(house, school), other = by_title(house, way);
    const auto page = editor.get(list);
    CHECK(page.status == 200);
    CHECK(page.has(school));
    CHECK_FALSE(page.has(way));
    CHECK_FALSE(editor.get(std::string(list) + ".csv").has(way));
    CHECK(editor.get(at_desk(other)).status == 404);
    CHECK(editor.post(at_desk(other) + "/antwort", {{"body", "x"}}).status == 404);
    CHECK(editor.post(at_desk(mine) + "/stand", {{"status", "done"}}).status == 403);
    CHECK(editor.post(at_desk(mine) + "/zuweisung", {{"department", "1"}, {"due", "2027-01-01"}}).status == 403);
    CHECK(editor.get(std::string(desk) + "/ergebnisse").status == 403);
    REQUIRE(editor
                .post(at_desk(mine) + "/antwort", {{"_version", hidden(editor.get(at_desk(mine)), "_version")},
                                                   {"body", "Aus der Agentur."},
                                                   {"publish", "ja"}})
                .status == 303);
    CHECK_FALSE(house.visitor().get(in_public(mine)).has("Aus der Agentur."));
    ItemId id;
    house.read([&](db::Tx& tx) { id = items_about(tx, mine.id).back().id; });
    const std::string item = std::string(desk) + "/antworten/" + std::to_string(id.value);
    CHECK(editor.get(item).status == 200);
    CHECK(editor.post(item + "/stand", {{"step", "publish"}}).status == 403);
    REQUIRE(editor.post(item + "/stand", {{"step", "hand_in"}}).status == 303);
    auto coordinator = house.as(Role::coordinator);
    CHECK(coordinator.get("/verwaltung/freigaben").has("Aus der Agentur."));
}

TEST_CASE("outcomes and measures are public when released, linked both ways, and data") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto idea = by_title(house, shade);
        const std::string number = std::to_string(idea.id.value);
        const Fields fields = {{"title", "Schattenplätze"}, {"body", "Zwölf Bäume."},       {"word", "taken_up"},
                               {"contributions", number},   {"links-1-title", "Beschluss"}, {"links-1-url", ""}};
        Fields wrong = fields;
        wrong[3].second = "99999";
        CHECK(clerk.post(std::string(desk) + "/ergebnisse/neu", wrong).status == 422);
        const auto saved = clerk.post(std::string(desk) + "/ergebnisse/neu", fields);
        REQUIRE(saved.status == 303);
        CHECK_FALSE(house.visitor().get("/verfahren/smart-rhino/ergebnis").has("Schattenplätze"));
        REQUIRE(clerk.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(house.visitor().get("/verfahren/smart-rhino/ergebnis").has("Schattenplätze"));
        CHECK(house.visitor().get("/verfahren/smart-rhino").has("Schattenplätze"));
        CHECK(house.visitor().get(in_public(idea)).has("Schattenplätze"));
        CHECK(house.visitor().get("/api/v1/outcomes?procedure=smart-rhino").has("Schattenplätze"));
        CHECK_FALSE(house.visitor().get("/api/v1/outcomes").has("Weniger Stellplätze"));  // a draft
        CHECK(house.visitor().get("/api/v1/outcomes?procedure=gibtsnicht").status == 400);
        const auto outcome = saved.location().substr(saved.location().rfind('/') + 1);
        const auto measure = clerk.post(std::string(desk) + "/massnahmen/neu", {{"title", "Bäume pflanzen"},
                                                                                {"body", "Zwölf."},
                                                                                {"word", "begun"},
                                                                                {"outcomes", outcome},
                                                                                {"milestones-1-title", "Erster Baum"},
                                                                                {"milestones-1-day", "2026-11-20"},
                                                                                {"milestones-1-done", ""}});
        REQUIRE(measure.status == 303);
        REQUIRE(clerk.post(measure.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(house.visitor().get("/verfahren/smart-rhino/massnahmen").has("0 von 1 Meilensteinen erreicht"));
        CHECK(house.visitor().get("/verfahren/smart-rhino/ergebnis/" + outcome).has("Bäume pflanzen"));
        const auto id = measure.location().substr(measure.location().rfind('/') + 1);
        const auto shown = house.visitor().get("/verfahren/smart-rhino/massnahmen/" + id);
        CHECK(shown.has("war geplant für 20. November 2026, noch nicht erreicht"));
        CHECK(shown.has("Schattenplätze"));
        CHECK(house.visitor().get("/api/v1/measures").has("\"state\":\"begun\""));
    });
}

TEST_CASE("the promise is counted in public and follows what is answered") {
    on_both_houses([](TestHouse& house) {
        core::ProcedureId procedure;
        const auto figures = [&] {
            PromiseFigures f;
            house.read([&](db::Tx& tx) { f = promise_until(tx, procedure, 42, house.clock().now()); });
            return f;
        };
        house.read(
            [&](db::Tx& tx) { procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"))->id; });
        const auto before = figures();
        CHECK(before.all >= 6);
        CHECK(before.in_time == 4);  // two answers to three, one status that settles
        CHECK(before.overdue == 0);
        CHECK(house.visitor().get("/verfahren/smart-rhino").has("Unser Antwortversprechen"));
        house.clock().set(house.clock().now() + 24h * 50);
        CHECK(figures().overdue == before.open());
        auto clerk = house.as(Role::coordinator);
        const auto idea = by_title(house, school);
        REQUIRE(clerk
                    .post(at_desk(idea) + "/stand",
                          {{"_version", hidden(clerk.get(at_desk(idea)), "_version")}, {"status", "done"}})
                    .status == 303);
        CHECK(figures().late == 1);
        CHECK(figures().overdue == before.open() - 1);
        CHECK(house.visitor().get("/verfahren/smart-rhino/ergebnis").has("verspätet beantwortet"));
    });
}

}  // namespace mitwirken::tests
