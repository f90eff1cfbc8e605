// The import as its screens show it: choose, see what would change or what is wrong, confirm.
#include <nlohmann/json.hpp>

#include "modules/toolbox/import.h"
#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;
using core::Role;

namespace {

const std::string path = "/verwaltung/instrumente-einlesen";
const std::string head = "key;title;purposes;forms;group_sizes;distance;publish;summary\n";

Answer send(Client& client, const std::string& bytes, const std::string& name = "a.csv") {
    return client.upload(path, {}, {{"file", name, "text/csv", bytes}});
}

Answer confirm(Client& client, const Answer& page) {
    return client.post(path, {{"token", hidden_value(page, "token")}, {"plan", hidden_value(page, "plan")}});
}

bool is_there(TestHouse& house, const std::string& key) {
    bool there = false;
    house.read([&](db::Tx& tx) { there = find_format(tx, house.tenant(), key).has_value(); });
    return there;
}

Format stored(TestHouse& house, const std::string& key) {
    Format format;
    house.read([&](db::Tx& tx) { format = *find_format(tx, house.tenant(), key); });
    return format;
}

}  // namespace

TEST_CASE("a file is looked at first, and taken over when it is confirmed") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        CHECK(office.get(path).has("Datei auswählen"));
        const auto dry = send(office, head + "neu-eins;Neu;inform;digital;11-50;ja;ja;Kurz\n");
        CHECK(dry.status == 200);
        CHECK(dry.has("1 neu, 0 geändert, 0 unverändert"));
        CHECK_FALSE(is_there(house, "neu-eins"));
        const auto done = confirm(office, dry);
        REQUIRE(done.status == 303);
        CHECK(office.follow(done).has("Der Import ist fertig"));
        CHECK(house.visitor().get("/instrumente/neu-eins").status == 200);
        CHECK(
            send(office, head + "neu-eins;Neu;inform;digital;11-50;ja;ja;Kurz\n").has("Es gibt nichts zu übernehmen"));
    });
}

TEST_CASE("what would change is shown field by field, and what a file does not mention stays") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const Format before = stored(house, "world-cafe");
    const auto dry = send(office, "key;summary\nworld-cafe;Ganz anders\n");
    CHECK(dry.has("0 neu, 1 geändert, 0 unverändert"));
    CHECK(dry.has(">geändert</span>"));
    CHECK(dry.has("<ins>"));
    CHECK(dry.has("<del>"));
    REQUIRE(confirm(office, dry).status == 303);
    const Format after = stored(house, "world-cafe");
    CHECK(after.summary == "Ganz anders");
    CHECK(after.title == before.title);
    CHECK(after.title_en == before.title_en);
    CHECK(after.description == before.description);
    CHECK(after.purposes == before.purposes);
    CHECK(after.staff_days == before.staff_days);
    CHECK(after.publish == before.publish);
    CHECK(after.version == before.version + 1);
}

TEST_CASE("every error is named with row and column, and nothing is taken over") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string rows = "neu-eins;Neu;inform;digital;11-50;ja;ja;Kurz\nNeu Zwei;;unsinn;digital;;vielleicht;;\n" +
                             std::string("neu-eins;Noch einmal;inform;;;;;\n");
    const auto page = send(office, head + rows);
    CHECK(page.status == 422);
    CHECK(page.has("Es wurde nichts geändert"));
    CHECK(page.has("Zeile 3"));
    CHECK(page.has("unsinn"));
    CHECK(page.has("<span dir=\"auto\">distance</span>"));
    CHECK(page.has("Dieser Schlüssel steht zweimal da: neu-eins"));
    CHECK_FALSE(page.has("name=\"token\""));
    CHECK_FALSE(is_there(house, "neu-eins"));
}

TEST_CASE("columns that do not exist, stand twice or are missing are named") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    CHECK(send(office, "key;titel\nneu;Neu\n").has("title"));
    CHECK(send(office, "key;title;title\nneu;Neu;Neu\n").has("Diese Spalte steht zweimal da."));
    CHECK(send(office, "key;title\nfinden;Neu\n").has("Dieses Wort ist die Adresse einer anderen Seite: finden"));
    CHECK(send(office, "title\nNeu\n").has("Die Spalte mit den Schlüsseln (key) fehlt."));
    CHECK(send(office, "key;summary\nneues;Kurz\n").has("Bitte geben Sie dem Format einen Namen."));
}

TEST_CASE("an encoding of old spreadsheets and other separators are understood") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    REQUIRE(confirm(office, send(office,
                                 "key,title,summary\numlaut,Gespr\xe4"
                                 "ch f\xfc"
                                 "r alle,Kurz\n"))
                .status == 303);
    CHECK(stored(house, "umlaut").title == "Gespräch für alle");
    REQUIRE(confirm(office, send(office, "key\ttitle\ntabulator\tMit Tabulator\n")).status == 303);
    CHECK(stored(house, "tabulator").title == "Mit Tabulator");
    CHECK(send(office, "key|title\nstrich|Mit Strich\n").status == 422);
    CHECK(send(office, std::string("\x00\x01\x02\xff\xfe\x00", 6)).status == 422);
}

TEST_CASE("100,000 rows are refused with the limit, and so is a file that is empty or none") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    std::string rows = "key;title\n";
    for (int i = 0; i < 100'000; ++i) rows += "zeile-" + std::to_string(i) + ";Zeile\n";
    const auto page = send(office, rows);
    CHECK(page.status == 422);
    CHECK(page.has("20000"));
    CHECK(send(office, "").status == 422);
    CHECK(send(office, "key;title\n").has("In dieser Datei steht kein Eintrag."));
    CHECK(office.post(path).status == 422);
    auto entries = nlohmann::json::array();
    for (int i = 0; i < 20'001; ++i) entries.push_back({{"key", "zeile-" + std::to_string(i)}, {"title", "Zeile"}});
    CHECK(send(office, nlohmann::json{{"entries", entries}}.dump(), "a.json").has("20000"));
    CHECK_FALSE(is_there(house, "zeile-0"));
}

TEST_CASE("JSON of the wrong shape is named at its place") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string wrong =
        R"json({"entries":[{"key":"neues","title":"Neu"},{"key":"zwei","title":7,"distance":"ja",)json"
        R"json("tools":[{"title":"X","url":"javascript:alert(1)"}],"farbe":"rot","purposes":["inform",3]}]})json";
    const auto page = send(office, wrong, "a.json");
    CHECK(page.status == 422);
    CHECK(page.has("Eintrag 2"));
    for (const char* column : {"title", "distance", "tools", "farbe", "purposes"})
        CHECK_MESSAGE(page.has("<span dir=\"auto\">" + std::string(column) + "</span>"), column);
    CHECK(send(office, "{\"entries\":").status == 422);
    CHECK_FALSE(is_there(house, "neues"));
}

TEST_CASE("a plan that is out of date is shown anew instead of carried out") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto dry = send(office, "key;summary\nworld-cafe;Ganz anders\n");
    house.write([&](db::Tx& tx) {
        auto format = *find_format(tx, house.tenant(), "world-cafe");
        format.summary = "Inzwischen";
        save(tx, house.tenant(), format, parts_of(tx, format.id), {}, "", house.clock().now());
    });
    const auto again = confirm(office, dry);
    CHECK(again.status == 200);
    CHECK(again.has("Inzwischen hat jemand anderes etwas geändert."));
    CHECK(stored(house, "world-cafe").summary == "Inzwischen");
    CHECK(confirm(office, again).status == 303);
    CHECK(stored(house, "world-cafe").summary == "Ganz anders");
}

TEST_CASE("a waiting file belongs to the account that sent it") {
    TestHouse house;
    auto office = house.as(Role::coordinator), other = house.as(Role::admin);
    const auto dry = send(office, head + "neu-eins;Neu;inform;digital;11-50;ja;ja;Kurz\n");
    CHECK(confirm(other, dry).status == 422);
    CHECK(office.post(path, {{"token", "../../mitwirken.db"}, {"plan", ""}}).status == 422);
    CHECK_FALSE(is_there(house, "neu-eins"));
    CHECK(house.as(Role::editor).post(path, {{"token", "x"}}).status == 403);
}

TEST_CASE("what is exported can be imported again without a change, as JSON and as CSV") {
    TestHouse house;
    for (const char* export_path : {"/instrumente.json", "/instrumente.csv"}) {
        INFO(export_path);
        const auto exported = house.visitor().get(export_path);
        const auto outcome = run_import(house.house(), house.tenant(), {}, exported.body, ImportKind::dry_run);
        CHECK(outcome.report.problems.empty());
        CHECK(outcome.report.changes.size() == 34);
        for (const auto& change : outcome.report.changes) CHECK_MESSAGE(change.what == "same", change.key);
    }
}

TEST_CASE("a table with German heads and German words is read like one for programs") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string german =
        "Schlüssel;Format/Methode;Anwendungskategorie;Umsetzungsform;Teilnehmerkreis;Abstandsformat;Kosten;Kurztext\n";
    REQUIRE(confirm(office, send(office, german + "neu-eins;Neu;Austauschen/Diskutieren, informieren;digital;"
                                                  "11 bis 50 Personen;ja;geringe Kosten;Kurz\n"))
                .status == 303);
    const Format f = stored(house, "neu-eins");
    CHECK(words_of(purposes(), f.purposes) == std::vector<std::string>{"inform", "exchange"});
    CHECK(words_of(group_sizes(), f.group_sizes) == std::vector<std::string>{"11-50"});
    CHECK(f.cost == Cost::low);
    const auto wrong = send(office, german + "neu-zwei;Neu;Unsinn;digital;;ja;;Kurz\n");
    CHECK(wrong.has("<span dir=\"auto\">Anwendungskategorie</span>"));
    CHECK(send(office, "Schlüssel;key;title\na;a;A\n").has("Diese Spalte steht zweimal da."));
}

TEST_CASE("English words of links come line by line, and stay with their link when a file does not mention them") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string head = "key;title;tools;tools_en\n";
    REQUIRE(confirm(office, send(office, head + "neu-eins;Neu;\"Stift\nPapier\";\"Pencil | soft\n\"\n")).status == 303);
    const auto tools = [&] {
        Parts parts;
        house.read([&](db::Tx& tx) { parts = parts_of(tx, find_format(tx, house.tenant(), "neu-eins")->id); });
        return parts.tools;
    };
    CHECK(tools()[0].title_en == "Pencil");
    CHECK(tools()[0].note_en == "soft");
    CHECK(tools()[1].title_en.empty());
    REQUIRE(confirm(office, send(office, "key;tools\nneu-eins;\"Papier\nStift\"\n")).status == 303);
    CHECK(tools()[1].title_en == "Pencil");
    CHECK(send(office, head + "neu-eins;Neu;Stift;\"a\nb\"\n").status == 422);
}

TEST_CASE("from the command line nothing becomes public that nobody asked to publish") {
    TestHouse house;
    const std::string file = head + "neu-eins;Neu;inform;digital;11-50;ja;ja;Kurz\n";
    import_data(house.house(), house.tenant(), {}, file, {});
    CHECK(stored(house, "neu-eins").state == State::handed_in);
    import_data(house.house(), house.tenant(), {}, head + "neu-zwei;Neu;inform;digital;11-50;ja;ja;Kurz\n",
                {.publish = true});
    CHECK(stored(house, "neu-zwei").state == State::published);
}

TEST_CASE("links survive the table with address and note") {
    const std::vector<Link> links{{"Zoom", "https://zoom.us/", "Leitfaden"}, {"Papier", "", ""}, {"Stift", "", "rot"}};
    CHECK(links_from_lines(lines_from_links(links)) == links);
}
