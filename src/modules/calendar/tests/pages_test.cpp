// The pages of dates as a visitor and an editor meet them, and the calendar files as another program reads them.
// What must stay true: the calendar files are read by python3-icalendar, not by our own code.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/people/people.h"
#include "modules/calendar/events.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

namespace {

// What python3-icalendar reads: a line for each event, "summary|status|start|description"; nothing without the module.
std::optional<std::string> read_elsewhere(const std::string& ics, const std::string& folder) {
    if (std::system("/usr/bin/python3 -c 'import icalendar' 2>/dev/null") != 0) {
        MESSAGE("SKIPPED: python3-icalendar is missing, no calendar file was checked");
        return {};
    }
    const std::string file = folder + "/check.ics", script = folder + "/check.py", out = folder + "/check.txt";
    std::ofstream(file, std::ios::binary) << ics;
    std::ofstream(script) << "import sys, icalendar\n"
                             "c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n"
                             "for e in c.walk('vevent'):\n"
                             "    d = str(e.get('description', '')).replace('\\n', '/')\n"
                             "    print(e['summary'], e['status'], e['dtstart'].dt.isoformat(), d, sep='|')\n";
    REQUIRE(std::system(("PYTHONIOENCODING=utf-8 /usr/bin/python3 " + script + " " + file + " > " + out).c_str()) == 0);
    std::ostringstream text;
    text << std::ifstream(out).rdbuf();
    return text.str();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const Fields new_date = {{"title", "Gespräch im Park; mit Kaffee, Kuchen"},
                         {"summary", "Wir reden."},
                         {"day", "2026-12-01"},
                         {"start_time", "18:30"},
                         {"end_time", "20:00"},
                         {"organisation", "0"},
                         {"_version", "0"}};

}  // namespace

TEST_CASE("the list shows what is coming, the past has its own view, the month is a table") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto list = visitor.get("/termine");
    CHECK(list.status == 200);
    CHECK(list.has("Stadtspaziergang: Wege und Bänke in Hörde"));
    CHECK_FALSE(list.has("Sitzung: Integrationsrat"));
    CHECK(visitor.get("/termine?vergangen=ja").has("Sitzung:"));
    const auto month = visitor.get("/termine?ansicht=monat&monat=2021-10");
    CHECK(month.has("datetime=\"2021-10-06\""));
    CHECK(month.has("Sitzung: Integrationsrat"));
    CHECK_FALSE(visitor.get("/termine?bezirk=brackel").has("Wege und Bänke in Hörde"));
    CHECK(visitor.get("/termine?bezirk=atlantis").status == 404);
}

TEST_CASE("a date is seen by the public only when it is published, and says when it is cancelled") {
    TestHouse house;
    auto editor = house.as(core::Role::coordinator);
    const auto saved = editor.post("/verwaltung/termine/neu", new_date);
    REQUIRE(saved.status == 303);
    const std::string path = saved.location();
    const std::string page = "/termine/gespraech-im-park-mit-kaffee-kuchen";
    CHECK(house.visitor().get(page).status == 404);
    CHECK(house.visitor().get(page + "/ics").status == 404);
    CHECK(editor.post(path + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(house.visitor().get(page).has("schema.org"));
    CHECK(editor.post(path + "/absage", {{"cancelled", "yes"}, {"reason", "Sturm"}}).status == 303);
    CHECK(house.visitor().get(page).has("Sturm"));
    const auto read = read_elsewhere(house.visitor().get(page + "/ics").body, house.folder());
    if (read)
        CHECK(*read == "Gespräch im Park; mit Kaffee, Kuchen|CANCELLED|2026-12-01T17:30:00+00:00|Sturm//Wir reden.\n");
}

TEST_CASE("a date whose end lies before its beginning is not saved") {
    TestHouse house;
    auto fields = new_date;
    fields[4].second = "17:00";
    CHECK(house.as(core::Role::coordinator).post("/verwaltung/termine/neu", fields).status == 422);
}

TEST_CASE("the calendar file is read by another program, with long and awkward text intact") {
    TestHouse house;
    const auto file = house.visitor().get("/termine.ics");
    CHECK(has(file.type(), "text/calendar"));
    if (const auto read = read_elsewhere(file.body, house.folder()))
        CHECK(has(*read, "Stadtspaziergang: Wege und Bänke in Hörde|CONFIRMED|2026-11-29T15:00:00+00:00"));
    std::string words;
    for (int i = 0; i < 40; ++i) words += "Größe, \"Maß\"; \\ ";
    const auto written = calendar::write_ical(
        "Termine",
        {{.uid = "1", .summary = words + "x", .starts = start_of(*parse_date("2026-12-24")), .all_day = true}});
    for (std::size_t at = 0, end = 0; (end = written.find("\r\n", at)) != std::string::npos; at = end + 2)
        CHECK(end - at <= 75);
    if (const auto read = read_elsewhere(written, house.folder())) CHECK(has(*read, words + "x|CONFIRMED|2026-12-24|"));
}

TEST_CASE("dates are found by the search, the API and on the page that can be embedded") {
    TestHouse house;
    CHECK(house.visitor().get("/api/v1/events").has("beispiel-stadtspaziergang-hoerde"));
    CHECK(house.visitor().get("/api/v1/events/beispiel-stadtspaziergang-hoerde").status == 200);
    CHECK(house.visitor().get("/termine.rss").has("Stadtspaziergang"));
    CHECK(house.visitor().get("/einbetten/termine").has("Stadtspaziergang"));
}

TEST_CASE("versions of a date are listed and compared, also what a cancelling changed") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(core::Role::coordinator);
        const auto with = [](const char* version, const char* title, const char* start) {
            return Fields{{"_version", version}, {"title", title},      {"summary", "Gleiche Worte"},
                          {"day", "2026-12-10"}, {"start_time", start}, {"end_time", "21:00"}};
        };
        const auto saved = office.post("/verwaltung/termine/neu", with("0", "Alte Runde", "18:00"));
        REQUIRE(saved.status == 303);
        CHECK_FALSE(office.get(saved.location() + "/versionen").has("?von="));
        REQUIRE(office.post(saved.location(), with("1", "Neue Runde", "19:00")).status == 303);
        const auto compared = office.get(saved.location() + "/versionen?von=1&bis=2");
        CHECK(compared.status == 200);
        CHECK(compared.has("<del><span class=\"sr-only\">gelöscht: </span>Alte "));
        CHECK(compared.has("<ins><span class=\"sr-only\">eingefügt: </span>Neue "));
        CHECK(compared.has("18:00"));
        CHECK(compared.has("19:00"));
        CHECK_FALSE(compared.has("Gleiche Worte"));
        REQUIRE(office.post(saved.location() + "/absage", {{"cancelled", "yes"}, {"reason", "Sturm"}}).status == 303);
        const auto cancelled = office.get(saved.location() + "/versionen?von=2&bis=3");
        CHECK(cancelled.has("diff__name\">Abgesagt, weil<"));
        CHECK(cancelled.has("Sturm"));
    });
}

TEST_CASE("a published date is changed, cancelled or put away only by those who may publish, until they give it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    const std::string path = editor.post("/verwaltung/termine/neu", new_date).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    Fields fields = new_date;
    fields.back().second = "1", fields[1].second = "Heimlich geändert";
    CHECK(editor.post(path, fields).status == 422);
    CHECK(editor.post(path + "/absage", {{"cancelled", "yes"}}).status == 403);
    CHECK(editor.post(path + "/stand", {{"step", "archive"}}).status == 403);
    CHECK(editor.get(path).has("Das ist veröffentlicht"));
    REQUIRE(office.post(path + "/stand", {{"step", "return"}}).status == 303);
    CHECK(editor.post(path, fields).status == 303);
}

TEST_CASE("the department of a date exists, and is the editor's own") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    Fields fields = new_date;
    fields[5].second = "99999";
    CHECK(office.post("/verwaltung/termine/neu", fields).status == 422);
    core::OrganisationId foreign;
    house.write([&](db::Tx& tx) { foreign = core::add_organisation(tx, house.tenant(), "f", "Fremd", "department"); });
    fields[5].second = std::to_string(foreign.value);
    CHECK(editor.post("/verwaltung/termine/neu", fields).status == 422);
    CHECK(office.post("/verwaltung/termine/neu", fields).status == 303);
}

TEST_CASE("a date on one day says its times once") {
    TestHouse house;
    auto office = house.as(core::Role::coordinator);
    const std::string path = office.post("/verwaltung/termine/neu", new_date).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    CHECK(house.visitor().get("/termine/gespraech-im-park-mit-kaffee-kuchen").has("18:30–20:00 Uhr"));
}

TEST_CASE("a calendar has everything from a year ago onwards, however much that is") {
    on_both_houses([](TestHouse& house) {
        const Timestamp now = house.clock().now();
        const auto make = [&](db::Tx& tx, const std::string& title, int days) {
            calendar::Event event;
            event.state = core::State::published;
            event.title = title;
            event.starts_at = now + std::chrono::hours{24 * days};
            event.ends_at = *event.starts_at + std::chrono::hours{1};
            calendar::add(tx, house.tenant(), event, {}, now);
        };
        house.write([&](db::Tx& tx) {
            make(tx, "Vor zehn Monaten", -300);
            make(tx, "Vor zwei Jahren", -730);
            for (int i = 0; i < 1205; ++i) make(tx, "Reihe", 1 + i);
        });
        house.house().versions.raise(house.tenant(), "calendar");
        const auto answer = house.visitor().get("/termine.ics");
        CHECK(answer.type() == "text/calendar; charset=utf-8");
        CHECK(answer.has("SUMMARY:Vor zehn Monaten"));
        CHECK_FALSE(answer.has("SUMMARY:Vor zwei Jahren"));
        const auto read = read_elsewhere(answer.body, house.folder());
        if (!read) return;
        int lines = 0;
        for (std::size_t at = read->find("Reihe|"); at != std::string::npos; at = read->find("Reihe|", at + 1)) ++lines;
        CHECK(lines == 1205);
    });
}

TEST_CASE("the month opens where the next date is, and an empty one says so and leads on") {
    TestHouse house;
    auto visitor = house.visitor();
    // No date in the rest of this month: the example's next ones lie ahead.
    house.clock().set(*parse_instant("2027-11-20T09:00:00Z"));
    house.write([&](db::Tx& tx) {
        calendar::Event event;
        event.state = core::State::published;
        event.title = "Weit voraus";
        event.starts_at = *parse_instant("2028-03-05T17:00:00Z");
        calendar::add(tx, house.tenant(), event, {}, house.clock().now());
    });
    house.house().versions.raise(house.tenant(), "calendar");
    const auto opened = visitor.get("/termine?ansicht=monat");
    CHECK(opened.has("März 2028"));
    CHECK(opened.has("Weit voraus"));
    const auto empty = visitor.get("/termine?ansicht=monat&monat=2028-01");
    CHECK(empty.has("In diesem Monat gibt es keinen Termin."));
    CHECK(empty.has("monat=2028-03"));
    CHECK(visitor.get("/termine?ansicht=monat&monat=2028-05").has("monat=2028-03"));
}

TEST_CASE("a date of a procedure stands on its page and leads back to it") {
    on_both_houses([](TestHouse& house) {
        CHECK(house.visitor().get("/verfahren/smart-rhino").has("Planungswerkstatt SMART RHINO"));
        CHECK(house.visitor().get("/termine/beispiel-planungswerkstatt-smart-rhino").has("/verfahren/smart-rhino\""));
        auto office = house.as(core::Role::coordinator);
        const Fields fields{{"_version", "0"},
                            {"title", "Rundgang am Wasser"},
                            {"summary", "Wir gehen los."},
                            {"day", "2026-12-12"},
                            {"procedure", "1"}};
        const auto saved = office.post("/verwaltung/termine/neu", fields);
        REQUIRE(saved.status == 303);
        CHECK_FALSE(house.visitor().get("/verfahren/smart-rhino").has("Rundgang am Wasser"));
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(house.visitor().get("/verfahren/smart-rhino").has("Rundgang am Wasser"));
        auto wrong = fields;
        wrong.back().second = "999999";
        const auto refused = office.post("/verwaltung/termine/neu", wrong);
        CHECK(refused.status == 422);
        CHECK(refused.has("Rundgang am Wasser"));
    });
}
