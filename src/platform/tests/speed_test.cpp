// Measures the search in a large town; skipped unless asked for, and only meaningful in a release build:
//   tools/with_postgres build/release/src/platform/platform_tests -ns -tc='speed:*'
// The texts follow Zipf's law, so the commonest words stand in most documents, as in real language.
#include <algorithm>
#include <cstdio>
#include <random>
#include <thread>

#include "platform/db/migrations.h"
#include "platform/search/search.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;
using std::chrono::steady_clock;

namespace {

const db::Query list_of_ideas{"speed.list", R"(
    SELECT id, author, title, body, created_at, supporters, state FROM speed_idea
    WHERE activity = :activity AND (created_at, id) < (:at, :id) ORDER BY created_at DESC, id DESC LIMIT 20)"};
const db::Query insert_idea{"speed.insert", R"(
    INSERT INTO speed_idea (activity, author, title, body, created_at, supporters, state)
    VALUES (:activity, :author, :title, :body, :at, :supporters, :state))"};

struct Line {
    Id<struct IdeaTag> id;
    std::optional<std::int64_t> author;
    std::string title, body;
    Timestamp created_at;
    std::int64_t supporters;
    std::string state;
};

const db::Migration tables{"speed", "0001_tables", R"(
    CREATE TABLE speed_idea (id {{id}}, activity {{int}} NOT NULL, author {{int}}, title TEXT NOT NULL,
        body TEXT NOT NULL, created_at {{int}} NOT NULL, supporters {{int}} NOT NULL, state TEXT NOT NULL);
    CREATE INDEX speed_idea_page ON speed_idea (activity, created_at, id);)"};

double seconds_since(steady_clock::time_point from) {
    return std::chrono::duration<double>(steady_clock::now() - from).count();
}

const char* engine_of(const TestDatabase& database) { return database.is_sqlite() ? "SQLite" : "PostgreSQL"; }

// Made-up German-looking words; the number of a word is its rank.
std::string word(std::size_t rank) {
    static const char* const parts[] = {"rad",   "weg",  "stadt", "platz", "grün",  "haus",  "park",  "bahn",
                                        "schul", "bürg", "baum",  "see",   "licht", "markt", "brück", "spiel"};
    std::string result;
    for (std::size_t rest = rank + 16; rest > 0; rest /= 16) result += parts[rest % 16];
    return result;
}

class Zipf {
public:
    explicit Zipf(std::size_t count) : sums_(count) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) sums_[i] = sum += 1.0 / double(i + 1);
    }
    std::size_t operator()(std::mt19937& random) const {
        const double at = std::uniform_real_distribution<>(0, sums_.back())(random);
        return std::size_t(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
    }

private:
    std::vector<double> sums_;
};

std::string sentence(std::mt19937& random, const Zipf& zipf, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += word(zipf(random)) + " ";
    return text;
}

void fill_index(TestDatabase& database, int documents, const Zipf& zipf) {
    std::mt19937 random(7);
    const auto from = steady_clock::now();
    for (int first = 0; first < documents; first += 500) {
        database->write([&](db::Tx& tx) {
            for (int i = first; i < std::min(documents, first + 500); ++i) {
                search::Document document;
                document.tenant = 1 + i % 2;
                document.module = "ideas";
                document.item = i;
                document.audience = "public";
                document.title = sentence(random, zipf, 6);
                document.summary = sentence(random, zipf, 20);
                document.body = sentence(random, zipf, 150);
                document.facet = i % 3 == 0 ? "idea" : "news";
                document.at = Timestamp{std::chrono::milliseconds{i}};
                search::put(tx, document);
            }
        });
    }
    std::printf("%s: %d documents in %.1f s\n", engine_of(database), documents, seconds_since(from));
}

void measure(TestDatabase& database, const char* what, const std::function<std::string(int)>& text) {
    std::vector<double> times;
    std::int64_t found = 0;
    for (int i = -20; i < 300; ++i) {  // the first ones warm up
        search::Query query;
        query.tenant = 1;
        query.audiences = {"public"};
        query.text = text(i + 20);
        const auto from = steady_clock::now();
        database->read([&](db::Tx& tx) { found += search::find(tx, query).count; });
        if (i >= 0) times.push_back(seconds_since(from) * 1000);
    }
    std::sort(times.begin(), times.end());
    const double p99 = times[times.size() * 99 / 100];
    std::printf("%s: %-28s p50 %6.2f ms  p99 %6.2f ms  found on average %.0f\n", engine_of(database), what,
                times[times.size() / 2], p99, double(found) / 320);
    CHECK(p99 <= 20);
}

}  // namespace

TEST_CASE("speed: a list of twenty rows is read 30,000 times a second" * doctest::skip()) {
    db::Options options;
    options.statement_timeout_ms = 60000;
    on_both(options, [](TestDatabase& database) {
        db::migrate(*database, {tables}, Timestamp{});
        database->write([](db::Tx& tx) {
            for (int i = 0; i < 20000; ++i) {
                tx.exec(insert_idea, i % 10, i, "Ein Titel mit Umlauten äöü", std::string(200, 'x'),
                        Timestamp{std::chrono::milliseconds{i}}, i % 100, "open");
            }
        });
        int lists = 0;
        double seconds = 0;
        const auto from = steady_clock::now();
        for (; (seconds = seconds_since(from)) < 2; ++lists) {
            database->read([lists](db::Tx& tx) {
                const auto lines = tx.all<Line>(list_of_ideas, lists % 10, 1 + lists % 20000 + 500, 1000000);
                if (lines.size() != 20) FAIL("a page is not full");
            });
        }
        std::printf("%s: %.0f lists of 20 rows a second, each in its transaction\n", engine_of(database),
                    lists / seconds);
        if (database.is_sqlite()) CHECK(lists / seconds > 30000);
    });
}

TEST_CASE("speed: writes of many threads share commits" * doctest::skip()) {
    on_both([](TestDatabase& database) {
        db::migrate(*database, {tables}, Timestamp{});
        for (const int threads : {1, 8, 32}) {
            const auto before = database->statistics();
            std::vector<std::thread> writers;
            const auto from = steady_clock::now();
            for (int thread = 0; thread < threads; ++thread) {
                writers.emplace_back([&] {
                    while (seconds_since(from) < 2) {
                        database->write(
                            [](db::Tx& tx) { tx.exec(insert_idea, 1, 1, "Titel", "Text", Timestamp{}, 0, "open"); });
                    }
                });
            }
            for (auto& writer : writers) writer.join();
            const auto after = database->statistics();
            std::printf("%s: %d threads: %.0f writes a second in %.0f commits\n", engine_of(database), threads,
                        double(after.writes - before.writes) / 2, double(after.commits - before.commits) / 2);
            CHECK(after.failed == 0);
        }
    });
}

TEST_CASE("speed: search over 100,000 documents stays below 20 ms" * doctest::skip()) {
    db::Options options;
    options.statement_timeout_ms = 600000;
    on_both(options, [](TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform"}), Timestamp{});
        const Zipf zipf(60000);
        fill_index(database, 100000, zipf);
        if (!database.is_sqlite()) database->script("ANALYZE");
        std::mt19937 random(11);
        const auto any = [&] { return word(zipf(random)) + " "; };
        measure(database, "one word, as in the texts", [&](int) { return any(); });
        measure(database, "two words, as in the texts", [&](int) { return any() + any(); });
        measure(database, "one of the 20 commonest", [](int i) { return word(std::size_t(i % 20)) + " "; });
        measure(database, "two of the 20 commonest",
                [](int i) { return word(std::size_t(i % 20)) + " " + word(std::size_t(i / 20 % 20)) + " "; });
        measure(database, "a rare and a common one",
                [](int i) { return word(std::size_t(5000 + i * 10)) + " " + word(std::size_t(i % 5)) + " "; });
        measure(database, "one of medium frequency", [](int i) { return word(std::size_t(100 + i)) + " "; });
        measure(database, "an unfinished word", [&](int) {
            std::string text = any();
            return text.substr(0, std::max<std::size_t>(4, text.size() * 2 / 3));
        });
        measure(database, "three letters", [&](int) { return any().substr(0, 3); });
        measure(database, "a phrase",
                [&](int i) { return "\"" + word(std::size_t(i % 10)) + " " + word(std::size_t(i % 7)) + "\""; });
    });
}
