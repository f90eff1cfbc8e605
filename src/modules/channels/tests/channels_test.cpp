// Entering for others, lists, paper forms and figures, on both databases; before that the rules.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/procedures/records.h"
#include "modules/channels/figures.h"
#include "modules/channels/import.h"
#include "platform/tables/xlsx.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace channels;
using core::Role;

const std::string desk = "/verwaltung/verfahren/smart-rhino/eintragen/ideen";
const std::string list = "/verfahren/smart-rhino/ideen/ideen";

Fields typed(const std::string& title, const std::string& day = "2026-11-20", const std::string& channel = "phone") {
    return {{"channel", channel}, {"day", day}, {"title", title}, {"body", "So wurde es gesagt."}};
}
Fields with(Fields fields, const std::string& name, const std::string& value) {
    fields.emplace_back(name, value);
    return fields;
}

std::optional<core::Contribution> by_title(TestHouse& house, const std::string& title) {
    std::optional<core::Contribution> found;
    house.read([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        for (const auto& activity : core::load_plan(tx, *procedure).activities)
            core::each_contribution(tx, activity.id, "idea", [&](core::Contribution&& c) {
                if (c.title == title) found = c;
                return true;
            });
    });
    return found;
}
std::int64_t ideas(TestHouse& house) {
    std::int64_t count = 0;
    house.read([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        count = core::load_plan(tx, *procedure).activities.front().contributions;
    });
    return count;
}
std::string number(TestHouse& house) {
    core::ActivityId id;
    house.read([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        id = core::load_plan(tx, *procedure).activities.front().id;
    });
    return short_number(id);
}

std::string token_in(const Answer& page) {
    const std::string mark = "name=\"token\" value=\"";
    const auto at = page.body.find(mark);
    if (at == std::string::npos) return "";
    return page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
}
Answer send_file(Client& clerk, const std::string& bytes, const std::string& known = "ignore") {
    return clerk.upload(desk + "/einlesen", {{"channel", "paper"}, {"day", "2026-11-20"}, {"known", known}},
                        {{"file", "liste.csv", "text/csv", bytes}});
}
Answer confirm(Client& clerk, const Answer& page, const std::string& known = "ignore") {
    return clerk.post(desk + "/einlesen",
                      {{"token", token_in(page)}, {"channel", "paper"}, {"day", "2026-11-20"}, {"known", known}});
}

}  // namespace

TEST_CASE("channels: a short number with one wrong or two exchanged digits leads nowhere") {
    const core::ActivityId id{1234};
    const std::string number = short_number(id);
    CHECK(activity_of_number(number) == id);
    CHECK(activity_of_number(number.substr(0, 2) + " " + number.substr(2)) == id);
    for (std::size_t i = 0; i < number.size(); ++i) {
        std::string wrong = number;
        wrong[i] = char('0' + (wrong[i] - '0' + 1) % 10);
        CHECK_FALSE(activity_of_number(wrong));
    }
    CHECK_FALSE(activity_of_number("2134" + number.substr(4)));
    CHECK(activity_of_number(short_number(core::ActivityId{1})) == core::ActivityId{1});
    for (const char* bad : {"", "0", "0000", "12a4", "-1", "99999999999999999999999", "0000000000000000000000001"})
        CHECK_FALSE(activity_of_number(bad));
}

TEST_CASE("channels: days are read as offices write them, ways by their names") {
    CHECK(read_day(" 23.11.2026 ") == parse_date("2026-11-23"));
    CHECK(read_day("1.2.2027") == parse_date("2027-02-01"));
    CHECK(read_day("2026-11-23") == parse_date("2026-11-23"));
    for (const char* bad : {"", "31.2.2026", "23.11.26", "gestern", "2026-13-01", "1.1.99999999999"})
        CHECK_FALSE(read_day(bad));
    CHECK(entered_channel_named(" Telefon ") == core::Channel::phone);
    CHECK(entered_channel_named("PAPIER") == core::Channel::paper);
    CHECK_FALSE(entered_channel_named("online"));
    CHECK_FALSE(entered_channel("online"));
    CHECK_FALSE(entered_channel_named("Brieftaube"));
}

TEST_CASE("channels: days without anything stand in the time series, a long time goes by weeks from Monday on") {
    Figures f;
    CHECK(f.time_series().empty());
    const auto day = [](const char* text) { return std::chrono::sys_days{*parse_date(text)}; };
    f.days[day("2026-11-20")] = {{}, 2, 1};
    f.days[day("2026-11-23")] = {{}, 1, 0};
    REQUIRE(f.time_series().size() == 4);
    CHECK(f.time_series()[1].contributions == 0);
    f.days[day("2027-03-03")] = {{}, 5, 0};
    REQUIRE(f.by_weeks());
    const auto weeks = f.time_series();
    CHECK(weeks.front().from == parse_date("2026-11-16"));
    CHECK(weeks[1].contributions == 1);
    CHECK(weeks.back().contributions == 5);
}

TEST_CASE("channels: answers to surveys are told apart only where no channel has few") {
    Figures f;
    f.answers_by_channel = {{core::Channel::online, 40}, {core::Channel::paper, 5}};
    CHECK(f.answers_tell_channels());
    f.answers_by_channel[core::Channel::phone] = 1;
    CHECK_FALSE(f.answers_tell_channels());
}

TEST_CASE("channels: headings that are missing, unknown or twice, and a file of one column, are named") {
    const auto problems = [](const char* csv) {
        const auto table = read_table(csv);
        REQUIRE(table);
        std::string words;
        for (const auto& line : read_rows(*table, "paper", "2026-11-20").problems)
            words += line.place + "/" + line.column + "/" + std::string(line.message.id) + "\n";
        return words;
    };
    CHECK(problems("Titel;Text\nA;B\n").empty());
    CHECK(problems("Titel;Farbe\nA;B\n").find("line 1/Farbe") != std::string::npos);
    CHECK(problems("Titel;Farbe\nA;B\n").find("line 1/Text/This column is missing.") != std::string::npos);
    CHECK(problems("Titel;Text;titel\nA;B;C\n").find("twice") != std::string::npos);
    CHECK(problems("Titel|Text\nA|B\n").find("only one column") != std::string::npos);
    CHECK(problems("Titel;Text\n").find("no row") != std::string::npos);
    CHECK(problems("Titel;Text;Kanal\nA;B;Brieftaube\n").find("line 2/Kanal") != std::string::npos);
}

TEST_CASE("channels: calls are entered one after the other, counted, shown with their way, and taken back") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto before = ideas(house);
        CHECK(clerk.get("/verwaltung/verfahren/smart-rhino/eintragen").has("/umfragen/umfrage/eingabe"));
        CHECK(clerk.get(desk + "?kanal=phone").has("value=\"phone\" checked"));
        const auto saved =
            clerk.post(desk, with(with(typed("Bänke am Kanal"), "topics", "mobilitaet"), "place", "51,5146 7,4391"));
        REQUIRE(saved.status == 303);
        CHECK(saved.location().find("kanal=phone&eingang=2026-11-20") != std::string::npos);
        const auto c = by_title(house, "Bänke am Kanal");
        REQUIRE(c);
        CHECK(c->channel == core::Channel::phone);
        CHECK(c->step);
        CHECK(berlin_day(c->created_at) == parse_date("2026-11-20"));
        CHECK(c->lon == doctest::Approx(7.4391));
        CHECK(ideas(house) == before + 1);
        CHECK(house.visitor().get(list).has("Bänke am Kanal"));
        CHECK(house.visitor().get("/suche?q=B%C3%A4nke+Kanal").has("Bänke am Kanal"));
        const auto next = clerk.follow(saved);
        CHECK(next.has("Bänke am Kanal"));
        CHECK(next.has("value=\"2026-11-20\""));
        const std::string undo = desk + "/" + std::to_string(c->id.value) + "/zuruecknehmen";
        auto other = house.as(Role::admin);
        CHECK(other.post(undo).status == 403);  // somebody else's
        REQUIRE(clerk.post(undo).status == 303);
        CHECK(ideas(house) == before);
        CHECK_FALSE(house.visitor().get(list).has("Bänke am Kanal"));
        CHECK(clerk.post(undo).status == 403);
        CHECK(clerk.post(desk + "/999999/zuruecknehmen").status == 404);
    });
}

TEST_CASE("channels: what others have supported, or what was typed yesterday, is not simply taken back") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    REQUIRE(clerk.post(desk, typed("Mit Unterstützung")).status == 303);
    REQUIRE(clerk.post(desk, typed("Von gestern")).status == 303);
    const auto liked = by_title(house, "Mit Unterstützung"), old = by_title(house, "Von gestern");
    house.write([&](db::Tx& tx) {
        const auto who = core::add_participant_without_browser(tx, house.tenant(), house.clock().now());
        core::support(tx, {house.tenant(), liked->procedure, liked->activity, {}}, *liked, who, house.clock().now());
    });
    CHECK(clerk.post(desk + "/" + std::to_string(liked->id.value) + "/zuruecknehmen").status == 403);
    house.clock().set(house.clock().now() + std::chrono::hours{13});
    CHECK(clerk.post(desk + "/" + std::to_string(old->id.value) + "/zuruecknehmen").status == 403);
    CHECK(by_title(house, "Von gestern")->is_public());
}

namespace {

// The days on which the example collects ideas; they move with the day it is loaded.
core::ByDays collecting(TestHouse& house) {
    core::ByDays days{};
    house.read([&](db::Tx& tx) {
        const auto plan = core::load_plan(tx, *core::find_procedure(tx, house.tenant(), "smart-rhino"));
        for (const auto& step : plan.tracks.at(0).steps)
            if (step.key == "sammeln") days = std::get<core::ByDays>(step.dates);
    });
    return days;
}

}  // namespace

TEST_CASE("channels: the day of receipt decides, not the day of typing") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto days = collecting(house);
        const auto early = clerk.post(desk, typed("Vor dem Sammeln", to_iso(add_days(days.first, -1)), "paper"));
        CHECK(early.status == 422);
        CHECK(early.has("Vor dem Sammeln"));  // nothing typed is lost
        CHECK(clerk.post(desk, typed("Morgen", "2026-11-24")).status == 422);
        CHECK(clerk.post(desk, typed("Ohne Tag", "")).status == 422);
        CHECK(clerk.post(desk, typed("Unfug", "2026-02-31")).status == 422);
        CHECK(clerk.post(desk, typed("Erster Tag", to_iso(days.first), "paper")).status == 303);
        house.clock().set(start_of(add_days(*days.last, 10)) + std::chrono::hours{9});
        clerk = house.as(Role::coordinator);  // the session of last year is over
        CHECK(clerk.get(desk).has("Sie können noch eintragen"));
        CHECK(clerk.post(desk, typed("Zu spät", to_iso(add_days(*days.last, 1)), "paper")).status == 422);
        CHECK(clerk.post(desk, typed("Rechtzeitig im Briefkasten", to_iso(*days.last), "mail")).status == 303);
        CHECK_FALSE(by_title(house, "Zu spät"));
        CHECK(by_title(house, "Rechtzeitig im Briefkasten")->is_public());
    });
}

TEST_CASE("channels: bad entries come back with what was typed and a sentence for each field") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    const auto before = ideas(house);
    const auto page = clerk.post(desk, {{"channel", "online"},
                                        {"day", "2026-11-20"},
                                        {"title", ""},
                                        {"body", std::string(2001, 'x')},
                                        {"place", "51.6, 7.9"},
                                        {"name", "Mia <b>"}});
    CHECK(page.status == 422);
    CHECK(page.has("Mia &lt;b&gt;"));
    for (const char* field : {"channel", "title", "body", "place"}) {
        INFO(field);
        CHECK(page.has("id=\"f-" + std::string(field) + "-error\""));
    }
    CHECK(clerk.post(desk, with(typed("Ort erfunden"), "place", "Erfundener Weg 12")).status == 422);
    REQUIRE(clerk.post(desk, with(typed("Mit Nummer"), "number", "P-77")).status == 303);
    CHECK(clerk.post(desk, with(typed("Noch einmal"), "number", "P-77")).status == 422);
    CHECK(ideas(house) == before + 1);
    CHECK(clerk.get("/verwaltung/verfahren/smart-rhino/eintragen/umfrage").status == 404);
    CHECK(clerk.get("/verwaltung/verfahren/smart-rhino/eintragen/erfunden").status == 404);
    CHECK(house.as(Role::analyst).post(desk, typed("Ohne Recht")).status == 403);
    CHECK(house.visitor().post(desk, typed("Ohne Konto")).status != 422);
    CHECK_FALSE(by_title(house, "Ohne Konto"));
}

TEST_CASE("channels: nothing is entered into a paused procedure") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        auto record = *core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        record.state = core::ProcedureState::paused;
        core::save_procedure(tx, house.tenant(), record, house.clock().now());
    });
    auto clerk = house.as(Role::coordinator);
    CHECK(clerk.get(desk).has("Das Verfahren ruht"));
    CHECK(clerk.post(desk, typed("In der Pause")).status == 403);
    CHECK_FALSE(by_title(house, "In der Pause"));
}

TEST_CASE("channels: a list is tried first, taken over as a whole, and known again by its numbers") {
    on_both_houses([](TestHouse& house) {
        auto clerk = house.as(Role::coordinator);
        const auto before = ideas(house);
        const std::string wrong =
            "Nummer;Titel;Text;Kanal;Eingang;Themen\r\nA1;Eins;Text;Papier;20.11.2026;\r\nA2;;Text;Telefon;1.1.2030;"
            "Unfug\r\nA1;Drei;Text;Saal;20.10.2026;\r\n";
        const auto tried = send_file(clerk, wrong);
        CHECK(tried.status == 422);
        CHECK(tried.has("Zeile 3"));
        CHECK(tried.has("Zeile 4"));
        CHECK(tried.has("Themen"));
        CHECK(token_in(tried).empty());
        const std::string good =
            "Nummer;Titel;Text;Kanal;Eingang;Name;Themen;Ort\r\n"
            "A1;=1+1;=HYPERLINK(\"http://example.org\");Papier;20.11.2026;Mia;Mobilität und Verkehr;51.5146, 7.4391\r\n"
            "A2;Zwei;Text;Telefon;;;;\r\n;Ohne Nummer;Text;Brief;;;;\r\n";
        const auto plan = send_file(clerk, good);
        REQUIRE(plan.status == 200);
        CHECK(plan.has("3 neu, 0 geändert, 0 schon da"));
        CHECK(ideas(house) == before);
        const auto done = confirm(clerk, plan);
        REQUIRE(done.status == 303);
        CHECK(ideas(house) == before + 3);
        CHECK(by_title(house, "=1+1")->body == "=HYPERLINK(\"http://example.org\")");
        CHECK(by_title(house, "Zwei")->channel == core::Channel::phone);
        CHECK(confirm(clerk, plan).status == 422);  // pressed twice
        CHECK(ideas(house) == before + 3);
        // What is exported again begins with an apostrophe, so that no program computes it.
        CHECK(clerk.get("/verwaltung/verfahren/smart-rhino/beitraege.csv").has("'=1+1"));
        const std::string again = "Nummer;Titel;Text\nA1;Neuer Titel;Neuer Text\nA2;Zwei;Text\nA3;Vier;Text\n";
        CHECK(send_file(clerk, again).has("1 neu, 0 geändert, 2 schon da"));
        const auto update = send_file(clerk, again, "update");
        CHECK(update.has("1 neu, 1 geändert, 1 schon da"));
        REQUIRE(confirm(clerk, update, "update").status == 303);
        CHECK(ideas(house) == before + 4);
        CHECK(by_title(house, "Neuer Titel")->body == "Neuer Text");
        CHECK_FALSE(by_title(house, "=1+1"));
    });
}

TEST_CASE("channels: files that are too long, of another encoding, empty, or no file at all are refused in words") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    const auto before = ideas(house);
    std::string many = "Titel;Text\n";
    for (int i = 0; i < 100'000; ++i) many += "Titel " + std::to_string(i) + ";Text\n";
    const auto page = send_file(clerk, many);
    CHECK(page.status == 422);
    CHECK(page.has("5000"));
    CHECK(send_file(clerk, "").status == 422);
    CHECK(send_file(clerk, std::string("\xFF\xFE"
                                       "T\0i\0t\0",
                                       8))
              .status == 422);
    CHECK(send_file(clerk, std::string("PK\x03\x04 kein Excel", 16)).has("keine Excel-Datei"));
    CHECK(send_file(clerk, "Titel;Text\nA;\"offen\n").status == 422);
    CHECK(clerk.post(desk + "/einlesen", {{"token", "../../mitwirken.db"}}).status == 422);
    CHECK(clerk.upload(desk + "/einlesen", {{"channel", "paper"}}, {}).status == 422);
    CHECK(ideas(house) == before);
    const auto latin = send_file(clerk,
                                 "Titel;Text\nSch\xF6n;Gr\xFC\xDF"
                                 "e\n");  // Windows-1252
    REQUIRE(latin.status == 200);
    CHECK(latin.has("Schön"));
}

TEST_CASE("channels: five thousand rows of an Excel file are taken over at once") {
    TestHouse house;
    auto clerk = house.as(Role::coordinator);
    const auto before = ideas(house);
    tables::XlsxWriter xlsx(house.clock().now());
    xlsx.sheet("Beiträge", {"Nummer", "Titel", "Text", "Eingang", "Breite", "Länge"});
    for (std::int64_t i = 1; i <= std::int64_t(most_rows); ++i)
        xlsx.row({i, "Titel " + std::to_string(i), std::string("Text"), *parse_date("2026-11-19"), 51.5146, 7.4391});
    const auto plan = send_file(clerk, xlsx.finish());
    REQUIRE(plan.status == 200);
    CHECK(plan.has("5.000 neu"));
    REQUIRE(confirm(clerk, plan).status == 303);
    CHECK(ideas(house) == before + std::int64_t(most_rows));
    const auto one = by_title(house, "Titel 4711");
    REQUIRE(one);
    CHECK(berlin_day(one->created_at) == parse_date("2026-11-19"));
    CHECK(one->channel == core::Channel::paper);
    CHECK(house.visitor().get("/verfahren/smart-rhino/zahlen").has("5.0"));
    CHECK(clerk.get(desk + "/vorlage.xlsx").body.substr(0, 2) == "PK");
    CHECK(clerk.get(desk + "/vorlage.csv").has("Nummer;Titel;Text;Kanal;Eingang"));
}

TEST_CASE("channels: paper forms have a code and a number that leads to the page") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const auto sheet = visitor.get("/verfahren/smart-rhino/papier/ideen");
        REQUIRE(sheet.status == 200);
        CHECK(sheet.has("/p/" + number(house)));
        CHECK(sheet.has("31. Januar"));
        CHECK(sheet.has("Mobilität und Verkehr"));
        CHECK(visitor.get("/verfahren/smart-rhino/papier/umfrage").has("Wie oft sind Sie in der Nähe"));
        CHECK(visitor.get("/verfahren/smart-rhino/papier/erfunden").status == 404);
        CHECK(visitor.get("/p/" + number(house)).location() == list);
        std::string wrong = number(house);
        wrong.back() = wrong.back() == '9' ? '0' : char(wrong.back() + 1);
        CHECK(visitor.get("/p/" + wrong).status == 404);
        CHECK(visitor.get("/p/abc").status == 404);
        CHECK(visitor.get("/verfahren/smart-rhino").has("/verfahren/smart-rhino/papier/ideen"));
    });
}

TEST_CASE("channels: figures show ways, topics, districts and days, as charts, tables, CSV and data") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const auto page = visitor.get("/verfahren/smart-rhino/zahlen");
        REQUIRE(page.status == 200);
        CHECK(page.has("role=\"img\""));
        CHECK(page.has("Telefonisch"));
        CHECK(page.has("innerhalb von 42 Tagen"));
        CHECK(visitor.get("/verfahren/smart-rhino/zahlen/wege.csv").has("phone;Telefonisch;2"));
        CHECK(visitor.get("/verfahren/smart-rhino/zahlen/themen.csv").has("mobilitaet;Mobilität und Verkehr;3"));
        CHECK(visitor.get("/verfahren/smart-rhino/zahlen/verlauf.csv").has("2026-11-17;"));
        for (const char* name : {"stadtbezirke.csv", "ziele.csv"})
            CHECK(visitor.get("/verfahren/smart-rhino/zahlen/" + std::string(name)).status == 200);
        const auto json = nlohmann::json::parse(visitor.get("/api/v1/procedures/smart-rhino/figures").body);
        CHECK(json.at("contributions") == 11);
        std::int64_t placed = 0;
        for (const auto& one : json.at("districts")) placed += one.at("count").get<std::int64_t>();
        CHECK(placed == 11);  // with those that have no place
        auto clerk = house.as(Role::coordinator);
        REQUIRE(clerk.post(desk, typed("Noch ein Anruf")).status == 303);
        CHECK(visitor.get("/verfahren/smart-rhino/zahlen/wege.csv").has("phone;Telefonisch;3"));
        CHECK(visitor.get("/verfahren/erfunden/zahlen").status == 404);
        CHECK(visitor.get("/api/v1/procedures/erfunden/figures").status == 404);
    });
}

TEST_CASE("speed: figures of a procedure with 100,000 contributions" * doctest::skip()) {
    on_both_houses([](TestHouse& house) {
        const auto c = by_title(house, "Hell beleuchtete Wege am Abend");
        REQUIRE(c);
        core::TermId topic;
        house.read([&](db::Tx& tx) { topic = core::terms(tx, house.tenant(), "topic").front().id; });
        for (int part = 0; part < 50; ++part)
            house.write([&](db::Tx& tx) {
                for (int i = 0; i < 2000; ++i) {
                    const Timestamp at = house.clock().now() - std::chrono::minutes{13 * (i + part)};
                    core::NewContribution n{.module = "ideas", .kind = "idea", .title = "Idee", .body = "Text"};
                    n.lon = 7.40 + 0.0001 * i, n.lat = 51.48 + 0.001 * part;
                    n.participant = c->participant;
                    const auto id = core::hand_in(tx, {house.tenant(), c->procedure, c->activity, {}}, n, at);
                    core::classify(tx, house.tenant(), {"ideas", id.value}, {topic});
                }
            });
        for (int turn = 0; turn < 3; ++turn) {
            const auto begin = std::chrono::steady_clock::now();
            house.read([&](db::Tx& tx) {
                const auto procedure = *core::find_procedure(tx, house.tenant(), c->procedure);
                const auto plan = core::load_plan(tx, procedure);
                const auto f = count_figures(tx, house.tenant(), procedure, plan, house.clock().now());
                CHECK(f.contributions > 100'000);
            });
            const auto took =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
            MESSAGE("figures of 100,000 contributions: " << took.count() << " ms");
            CHECK(took.count() < 3000);
        }
    });
}

}  // namespace mitwirken::tests
