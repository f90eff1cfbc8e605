// Search on both engines: what is found by which words, in which order, by whom, and what is offered instead.
#include "platform/search/search.h"

#include <set>

#include "platform/db/migrations.h"
#include "platform/search/analyse.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;
using Items = std::vector<std::int64_t>;
using Words = std::vector<std::string>;

namespace {

void with_search(const std::function<void(TestDatabase&)>& check) {
    on_both([&check](TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform"}), Timestamp{});
        check(database);
    });
}

search::Document document(std::int64_t item, std::string title, std::string summary = "", std::string body = "") {
    search::Document result;
    result.tenant = 1;
    result.module = "ideas";
    result.item = item;
    result.audience = "public";
    result.title = std::move(title);
    result.summary = std::move(summary);
    result.body = std::move(body);
    result.url = "/ideen/" + std::to_string(item);
    result.facet = "idea";
    result.at = Timestamp{std::chrono::milliseconds{item * 1000}};
    return result;
}

void put(TestDatabase& database, const std::vector<search::Document>& documents) {
    database->write([&](db::Tx& tx) {
        for (const auto& each : documents) search::put(tx, each);
    });
}

search::Query asking(std::string text) {
    search::Query query;
    query.tenant = 1;
    query.audiences = {"public"};
    query.text = std::move(text);
    return query;
}

search::Hits find(TestDatabase& database, const search::Query& query) {
    search::Hits hits;
    database->read([&](db::Tx& tx) { hits = search::find(tx, query); });
    return hits;
}

Items items(TestDatabase& database, const search::Query& query) {
    Items found;
    database->read([&](db::Tx& tx) { found = search::find_items(tx, query); });
    return found;
}

Items items(TestDatabase& database, const std::string& text) { return items(database, asking(text)); }

std::optional<std::string> suggestion(TestDatabase& database, const std::string& text) {
    std::optional<std::string> found;
    database->read([&](db::Tx& tx) { found = search::suggestion(tx, asking(text)); });
    return found;
}

}  // namespace

TEST_CASE("all ways to write people of every gender have one stem") {
    const std::string stem = search::stems("Bürger");
    for (const char* text :
         {"Bürgerinnen", "Bürgerin", "Bürger*innen", "Bürger:innen", "Bürger_innen", "BürgerInnen", "Bürger/innen",
          "Bürger/-innen", "Bürger(innen)", "Bürger*in", "BÜRGER", "bürgern", "Bu\xCC\x88rger"}) {
        INFO(text);
        CHECK(search::stems(text) == stem);
    }
    CHECK(search::stems("Student*innen") == search::stems("Studentinnen"));
    CHECK(search::stems("Kolleg:innen") == search::stems("Kollegen"));
    CHECK(search::stems("gewinnen") == search::stems("gewinnen"));
    CHECK(search::stems("gewinnen") != search::stems("gewiss"));
    CHECK(search::stems("Berlin") == "berlin");
}

TEST_CASE("inflection, umlauts and stop words do not matter, numbers do") {
    CHECK(search::stems("Die Straßen und der Radweg") == "strass radweg");
    CHECK(search::stems("Straße") == search::stems("Strassen"));
    CHECK(search::stems("Maßnahmen 2027, A3!") == search::stems("Maßnahme 2027 a3"));
    CHECK(search::stems("und der die das") == "");
    CHECK(search::stems("Café-Gärten") == search::stems("cafe garten"));
    CHECK(search::stems("\xff\xfe kaputt\xc3") == "kaputt");
    CHECK(search::words("1 a 22").size() == 2);
}

TEST_CASE("words are found in every form, and the title counts more than the text") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Ein Platz für alle", "Begrünung", "Mehr Radwege wären gut."),
                       document(2, "Radwege ausbauen", "", "Die Stadt baut."),
                       document(3, "Neue Bänke", "Am Radweg sitzen", "Bänke für Bürger*innen."),
                       document(4, "Spielplätze", "", "Nichts davon.")});
        CHECK(items(database, "Radweg") == Items{2, 3, 1});
        CHECK(items(database, "radwegen ") == Items{2, 3, 1});
        CHECK(items(database, "Bürgerin") == Items{3});
        CHECK(items(database, "Spielplatz") == Items{4});
        CHECK(items(database, "Buergerinnen") == Items{3});
        CHECK(items(database, "Radweg Bank") == Items{3});
        CHECK(items(database, "Radweg -Bänke") == Items{2, 1});
        CHECK(items(database, "-Bänke").empty());
        CHECK(items(database, "der die das").empty());
        CHECK(items(database, "").empty());
    });
}

TEST_CASE("the last word may be unfinished, quoted words stand in this order") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Bürgerbeteiligung im Quartier"), document(2, "Bürgerhaushalt"),
                       document(3, "Haus am See", "", "Der See am grünen Haus")});
        CHECK(items(database, "bürgerbet") == Items{1});
        CHECK(items(database, "bürgerh") == Items{2});
        CHECK(items(database, "bürgerbet ").empty());  // finished: a word of its own
        CHECK(items(database, "\"Haus am See\"") == Items{3});
        CHECK(items(database, "\"See Haus\"").empty());
        CHECK(items(database, "\"grünes Haus\"") == Items{3});
        CHECK(items(database, "\"See See\"").empty());  // no phrase reaches from the title into the text
    });
}

TEST_CASE("the beginning of a long word finds what it may become, wherever that stands and however much there is") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Bürgerbeteiligung"), document(2, "Etwas", "Die Bürgerbeteiligungssatzung"),
                       document(3, "Etwas", "", "Der Bürgerbeteiligungsrat tagt"), document(4, "Bürgerberatung")});
        CHECK(items(database, "bürgerbeteil") == Items{1, 2, 3});
        CHECK(items(database, "bürgerbeteiligungss") == Items{2});
        CHECK(items(database, "bürgerbeteiligungx").empty());
        put(database, {document(5, "", "", "Bürgerbeteiligungshaushalt")});  // a word nobody had written before
        CHECK(items(database, "bürgerbeteiligungsh") == Items{5});
        std::string many;
        for (int i = 0; i < 300; ++i) many += "bürgerbeteiligung" + std::to_string(i) + "platz ";
        put(database, {document(6, "", "", many)});
        CHECK(items(database, "bürgerbeteiligung299") == Items{6});
        CHECK(items(database, "bürgerbeteil") == Items{1, 2, 6, 5, 3});
    });
}

TEST_CASE("nobody finds what is for others") {
    with_search([](TestDatabase& database) {
        auto staff = document(1, "Geheimer Brunnen");
        staff.audience = "staff";
        auto other = document(2, "Fremder Brunnen");
        other.tenant = 11;
        put(database, {staff, other, document(3, "Offener Brunnen")});
        CHECK(items(database, "Brunnen") == Items{3});
        auto query = asking("Brunnen");
        query.audiences = {"public", "staff"};
        CHECK(items(database, query).size() == 2);
        query.audiences = {};
        CHECK(items(database, query).empty());
        CHECK_FALSE(suggestion(database, "Geheimmer").has_value());
    });
}

TEST_CASE("what somebody types is never an operator") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Brunnen"), document(2, "AND OR NOT NEAR")});
        for (const char* text : {"\"",
                                 "\"\"",
                                 "-",
                                 "--",
                                 "- -",
                                 "'",
                                 "')--",
                                 "Brunnen\"",
                                 "Brunnen AND",
                                 "a:b:c",
                                 "(",
                                 "*",
                                 "title:x",
                                 "{title} : x",
                                 "^x",
                                 "x^",
                                 "\"Brunnen\" *",
                                 "!brunnen & |",
                                 "\\",
                                 ":*",
                                 "Brunnen:*",
                                 "\xff\xfe",
                                 "-\"x y\"",
                                 "a1publicx scope",
                                 "NEAR(a b)",
                                 "%",
                                 "\x01"}) {
            INFO(text);
            CHECK_NOTHROW(find(database, asking(text)));
        }
        CHECK(items(database, "Brunnen\"") == Items{1});
        CHECK(items(database, "NOT NEAR") == Items{2});
    });
}

TEST_CASE("putting again replaces, removing removes, in the index and in the suggestions") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Alter Bahnhof", "", "Gleise"), document(2, "Bahnhof Süd")});
        CHECK(suggestion(database, "Bahnhoff") == "bahnhof");
        put(database, {document(1, "Neuer Hafen", "", "Schiffe")});
        CHECK(items(database, "Gleise").empty());
        CHECK(items(database, "Hafen") == Items{1});
        CHECK(items(database, "Bahnhof") == Items{2});
        CHECK(suggestion(database, "Bahnhoff ") == "bahnhof ");
        database->write([](db::Tx& tx) {
            search::remove(tx, "ideas", 2);
            search::remove(tx, "ideas", 99);
        });
        CHECK(items(database, "Bahnhof").empty());
        CHECK_FALSE(suggestion(database, "Bahnhoff").has_value());
        CHECK(database->check() == "");
    });
}

TEST_CASE("a write that fails leaves the index as it was") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Brunnen")});
        CHECK_THROWS_AS(database->write([](db::Tx& tx) {
            search::put(tx, document(1, "Denkmal"));
            search::put(tx, document(2, "Brunnen"));
            throw std::runtime_error("no");
        }),
                        std::runtime_error);
        CHECK(items(database, "Brunnen") == Items{1});
        CHECK(items(database, "Denkmal").empty());
    });
}

TEST_CASE("a slip of the keyboard is offered right, at the beginning and at the end of a word") {
    with_search([](TestDatabase& database) {
        put(database, {document(1, "Wärmeplanung für Mannheim"), document(2, "Wärmepumpen"),
                       document(3, "Wärmeplanung im Süden")});
        CHECK(suggestion(database, "Wärmeplannung") == "wärmeplanung");
        CHECK(suggestion(database, "Särmeplanung Manheim") == "wärmeplanung mannheim");
        CHECK_FALSE(suggestion(database, "Wärmeplanung").has_value());
        CHECK_FALSE(suggestion(database, "Xylophonkonzert").has_value());
    });
}

TEST_CASE("pages follow one another without gaps, counts and facets belong to all of them") {
    with_search([](TestDatabase& database) {
        std::vector<search::Document> documents;
        for (int i = 1; i <= 45; ++i) {
            documents.push_back(
                document(i, i % 3 == 0 ? "Baum pflanzen" : "Idee " + std::to_string(i), "", "Ein Baum."));
            if (i % 5 == 0) documents.back().facet = "news";
        }
        put(database, documents);
        auto query = asking("Bäume");
        std::set<std::int64_t> seen;
        int pages = 0;
        double last = 100;
        do {
            const auto hits = find(database, query);
            CHECK(hits.count == 45);
            CHECK(hits.facets == std::vector<std::pair<std::string, std::int64_t>>{{"idea", 36}, {"news", 9}});
            for (const auto& hit : hits.list) {
                CHECK(seen.insert(hit.item).second);
                CHECK(hit.score <= last);
                last = hit.score;
            }
            query.after = hits.next;
            ++pages;
        } while (!query.after.empty() && pages < 10);
        CHECK(seen.size() == 45);
        CHECK(pages == 3);
        query.facet = "news";
        const auto news = find(database, query);
        CHECK(news.count == 9);
        CHECK(news.facets.size() == 2);
        query.module = "other";
        CHECK(find(database, query).count == 0);
        query.after = "no cursor";
        query.module = query.facet = "";
        CHECK(find(database, query).list.size() == 20);
    });
}

TEST_CASE("above two hundred the count stops, and matches in titles are found however old they are") {
    with_search([](TestDatabase& database) {
        std::vector<search::Document> documents{document(1, "Der große Brunnen"), document(2, "Brunnen")};
        for (int i = 3; i <= 1203; ++i) documents.push_back(document(i, "Idee", "", "Am Brunnen."));
        put(database, documents);
        const auto hits = find(database, asking("Brunnen"));
        CHECK(hits.count == search::most_found + 1);
        REQUIRE(hits.list.size() == 20);
        CHECK(hits.list[0].item == 2);
        CHECK(hits.list[1].item == 1);
        CHECK(hits.list[2].item == 1203);
        CHECK(hits.facets.at(0).second == search::most_found + 1);
    });
}

TEST_CASE("a snippet shows why something was found") {
    with_search([](TestDatabase& database) {
        const std::string long_text = std::string(40, '.') + " Vieles steht hier. " +
                                      [] {
                                          std::string text;
                                          for (int i = 0; i < 100; ++i) text += "Wörter über Wörter. ";
                                          return text;
                                      }() +
                                      "Dann kommen Bürger:innen zum Brunnen.\nUnd weiter " + std::string(500, 'x');
        put(database, {document(1, "Idee", "Eine kurze Zusammenfassung", long_text),
                       document(2, "Markt", "Der Brunnen am Markt", "Text")});
        const auto hits = find(database, asking("brunnen bürgerin"));
        REQUIRE(hits.list.size() == 1);
        const std::string& snippet = hits.list[0].snippet;
        CHECK(snippet.find("\x01"
                           "Bürger:innen\x02 zum \x01"
                           "Brunnen\x02. Und weiter") != std::string::npos);
        CHECK(snippet.size() < 700);
        CHECK(snippet.starts_with("… "));
        CHECK(find(database, asking("Markt")).list.at(0).snippet == "Der Brunnen am \x01Markt\x02");
        CHECK(find(database, asking("Idee")).list.at(0).snippet == "Eine kurze Zusammenfassung");
    });
}
