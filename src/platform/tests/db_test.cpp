// The database floor, every case on SQLite and on PostgreSQL: values, rows, transactions, group commit, faults, backup.
#include <algorithm>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "platform/base/error.h"
#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;

namespace {

enum class Colour { red, green };
using ThingId = Id<struct ThingTag>;

}  // namespace

template <>
struct mitwirken::db::Names<Colour> {
    static constexpr std::string_view words[] = {"red", "green"};
};

namespace {

const db::Query insert_thing{"test.insert_thing", R"(
    INSERT INTO test_thing (number, small, flag, real, text, day, at, colour, bytes, maybe)
    VALUES (:number, :small, :flag, :real, :text, :day, :at, :colour, :bytes, :maybe) RETURNING id)"};
const db::Query all_things{"test.all_things", R"(
    SELECT id, number, small, flag, real, text, day, at, colour, bytes, maybe FROM test_thing ORDER BY id)"};
const db::Query insert_word{"test.insert_word", "INSERT INTO test_word (word) VALUES (:word)"};
const db::Query insert_note{"test.insert_note", "INSERT INTO test_note (word, text) VALUES (:word, :text)"};
const db::Query all_words{"test.all_words", "SELECT word FROM test_word ORDER BY word"};
const db::Query count_words{"test.count_words", "SELECT count(*) FROM test_word"};
const db::Query rename_words{"test.rename_words", "UPDATE test_word SET word = word || :end WHERE word LIKE :like"};
const db::Query words_from{"test.words_from",
                           "SELECT word FROM test_word WHERE word >= :from AND :from <> '' ORDER BY 1"};
const db::Query counter_value{"test.counter", "SELECT value FROM test_counter WHERE name = :name"};
const db::Query set_counter{"test.set_counter", "UPDATE test_counter SET value = :value WHERE name = :name"};
const db::Query numbers{"test.numbers", R"(
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(:last AS BIGINT))
    SELECT i FROM n)"};

const db::Query count_numbers{"test.count_numbers", R"(
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(:last AS BIGINT))
    SELECT count(*) FROM n)"};

struct Thing {
    ThingId id;
    std::int64_t number;
    int small;
    bool flag;
    double real;
    std::string text;
    Date day;
    Timestamp at;
    Colour colour;
    db::Bytes bytes;
    std::optional<std::string> maybe;
};

const db::Migration tables{"test", "0001_tables", R"(
    CREATE TABLE test_thing (id {{id}}, number {{int}}, small {{int}}, flag {{int}}, real DOUBLE PRECISION, text TEXT,
        day TEXT, at {{int}}, colour TEXT, bytes {{bytes}}, maybe TEXT);
    CREATE TABLE test_word (word TEXT PRIMARY KEY);
    CREATE TABLE test_note (id {{id}}, word TEXT NOT NULL REFERENCES test_word (word), text TEXT NOT NULL);
    CREATE TABLE test_counter (name TEXT PRIMARY KEY, value {{int}} NOT NULL);
    INSERT INTO test_counter (name, value) VALUES ('visits', 0);)"};

void with_tables(const std::function<void(TestDatabase&)>& check) {
    on_both([&check](TestDatabase& database) {
        db::migrate(*database, {tables}, Timestamp{});
        check(database);
    });
}

std::vector<std::string> words(db::Database& database) {
    std::vector<std::string> found;
    database.read([&found](db::Tx& tx) { found = tx.all<std::string>(all_words); });
    return found;
}

db::Fault fault_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const db::Error& error) {
        return error.fault();
    }
    FAIL("nothing was thrown");
    return db::Fault::other;
}

const Date new_year{std::chrono::year{2027}, std::chrono::month{1}, std::chrono::day{1}};

}  // namespace

TEST_CASE("every kind of value comes back as it went in") {
    with_tables([](TestDatabase& database) {
        const std::string long_text(1024 * 1024, 'x'), bytes("\0\xff\n'\\", 5);
        const Timestamp at{std::chrono::milliseconds{1795421397123}};
        ThingId id;
        database->write([&](db::Tx& tx) {
            id = tx.value<ThingId>(insert_thing, std::int64_t{9007199254740993}, -7, true, 0.1, "Straße 'süß' -- ☕",
                                   new_year, at, Colour::green, db::Bytes{bytes}, nullptr);
            tx.exec(insert_thing, 0, 0, false, -2.5e300, long_text, new_year, at, Colour::red, db::Bytes{},
                    std::optional<std::string>("da"));
        });
        CHECK(id.value > 0);
        database->read([&](db::Tx& tx) {
            const auto things = tx.all<Thing>(all_things);
            REQUIRE(things.size() == 2);
            CHECK(things[0].id == id);
            CHECK(things[0].number == 9007199254740993);
            CHECK(things[0].small == -7);
            CHECK(things[0].flag);
            CHECK(things[0].real == 0.1);
            CHECK(things[0].text == "Straße 'süß' -- ☕");
            CHECK(things[0].day == new_year);
            CHECK(things[0].at == at);
            CHECK(things[0].colour == Colour::green);
            CHECK(things[0].bytes.data == bytes);
            CHECK_FALSE(things[0].maybe);
            CHECK(things[1].text == long_text);
            CHECK(things[1].bytes.data.empty());
            CHECK(things[1].real == -2.5e300);
            CHECK(things[1].maybe == "da");
        });
    });
}

TEST_CASE("rows that do not fit their type are refused on both engines") {
    with_tables([](TestDatabase& database) {
        struct Two {
            std::string word, other;
        };
        database->write([](db::Tx& tx) { tx.exec(insert_word, "blau"); });
        database->read([](db::Tx& tx) {
            CHECK_THROWS_AS(tx.all<Two>(all_words), db::Error);
            CHECK_THROWS_AS(tx.all<std::int64_t>(all_words), db::Error);
            CHECK_THROWS_AS(tx.all<Colour>(all_words), db::Error);
            CHECK_THROWS_AS(tx.all<Date>(all_words), db::Error);
            CHECK_THROWS_AS(tx.all<std::string>(all_words, 1), db::Error);
        });
        database->read([](db::Tx& tx) {
            CHECK_THROWS_AS(tx.all_built<std::string>("SELECT CAST(NULL AS TEXT)"), db::Error);
            CHECK(tx.all_built<std::optional<std::string>>("SELECT CAST(NULL AS TEXT)").at(0) == std::nullopt);
        });
        CHECK_THROWS_AS(database->write([](db::Tx& tx) { tx.exec(insert_word, std::string("a\0b", 3)); }), db::Error);
    });
}

TEST_CASE("one, value and exec say how many rows there were") {
    with_tables([](TestDatabase& database) {
        database->write([](db::Tx& tx) {
            CHECK_FALSE(tx.one<std::string>(all_words));
            CHECK_THROWS_AS(tx.value<std::string>(all_words), db::Error);
            CHECK(tx.exec(insert_word, "eins") == 1);
            CHECK(tx.exec(insert_word, "zwei") == 1);
            CHECK(tx.one<std::string>(all_words) == "eins");
            CHECK_THROWS_AS(tx.value<std::string>(all_words), db::Error);
            CHECK(tx.value<std::int64_t>(count_words) == 2);
            CHECK(tx.exec(rename_words, "!", "%ei%") == 2);
            CHECK(tx.exec(rename_words, "!", "nichts") == 0);
            CHECK(tx.all<std::string>(words_from, "f") == std::vector<std::string>{"zwei!"});
        });
        CHECK(words(*database) == std::vector<std::string>{"eins!", "zwei!"});
    });
}

TEST_CASE("a read cannot write") {
    with_tables([](TestDatabase& database) {
        CHECK(fault_of([&] { database->read([](db::Tx& tx) { tx.exec(insert_word, "nein"); }); }) ==
              db::Fault::read_only);
        CHECK(words(*database).empty());
        database->write([](db::Tx& tx) { tx.exec(insert_word, "ja"); });
        CHECK(words(*database) == std::vector<std::string>{"ja"});
    });
}

TEST_CASE("a write that throws takes nothing of its neighbours with it") {
    with_tables([](TestDatabase& database) {
        std::promise<void> all_waiting;
        auto gate = all_waiting.get_future().share();
        std::vector<std::promise<std::exception_ptr>> answers(4);
        const auto later = [&](std::size_t number, std::function<void(db::Tx&)> work) {
            database->write_later(std::move(work), [&answers, number](std::exception_ptr problem) {
                answers[number].set_value(std::move(problem));
            });
        };
        later(0, [gate](db::Tx&) { gate.wait(); });
        later(1, [](db::Tx& tx) { tx.exec(insert_word, "erstes"); });
        later(2, [](db::Tx& tx) {
            tx.exec(insert_word, "zweites");
            throw NotFound();
        });
        later(3, [](db::Tx& tx) { tx.exec(insert_word, "drittes"); });
        const auto before = database->statistics();
        all_waiting.set_value();
        CHECK(answers[1].get_future().get() == nullptr);
        const std::exception_ptr problem = answers[2].get_future().get();
        CHECK_THROWS_AS(std::rethrow_exception(problem), NotFound);
        CHECK(answers[3].get_future().get() == nullptr);
        CHECK(answers[0].get_future().get() == nullptr);
        CHECK(words(*database) == std::vector<std::string>{"drittes", "erstes"});
        const auto after = database->statistics();
        CHECK(after.writes - before.writes == 3);
        CHECK(after.failed - before.failed == 1);
        if (database.is_sqlite()) CHECK(after.commits - before.commits <= 2);  // the gate may stand alone
    });
}

TEST_CASE("many writers at once share commits on SQLite and lose nothing on either engine") {
    with_tables([](TestDatabase& database) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&database] {
                for (int n = 0; n < 25; ++n) {
                    database->write([](db::Tx& tx) {
                        const auto value = tx.value<std::int64_t>(counter_value, "visits");
                        tx.exec(set_counter, value + 1, "visits");
                    });
                }
            });
        }
        for (auto& thread : threads) thread.join();
        database->read([](db::Tx& tx) { CHECK(tx.value<std::int64_t>(counter_value, "visits") == 200); });
        const auto statistics = database->statistics();
        CHECK(statistics.writes == 200);
        CHECK(statistics.commits <= statistics.writes);
        if (database.is_sqlite()) CHECK(statistics.commits < 200);
    });
}

TEST_CASE("a queue that is full answers Busy at once") {
    db::Options options;
    options.max_queued_writes = 3;
    options.writers = 1;
    on_both(options, [](TestDatabase& database) {
        std::promise<void> running, go_on;
        auto gate = go_on.get_future().share();
        database->write_later(
            [&running, gate](db::Tx&) {
                running.set_value();
                gate.wait();
            },
            [](std::exception_ptr) {});
        running.get_future().wait();
        int busy = 0;
        std::atomic<int> kept = 0;
        for (int i = 0; i < 5; ++i) {
            database->write_later([](db::Tx&) {},
                                  [&](std::exception_ptr problem) {
                                      if (!problem)
                                          ++kept;
                                      else
                                          CHECK_THROWS_AS((++busy, std::rethrow_exception(problem)), Busy);
                                  });
        }
        CHECK(busy == 2);
        go_on.set_value();
        database.database.reset();  // answers what waits before it ends
        CHECK(kept == 3);
    });
}

TEST_CASE("what a SQLite commit says is on disk") {
    TestDatabase database = TestDatabase::sqlite();
    const auto settings = [](db::Tx& tx) {
        CHECK(tx.all_built<std::int64_t>("PRAGMA synchronous").at(0) == 2);  // FULL
        CHECK(tx.all_built<std::string>("PRAGMA journal_mode").at(0) == "wal");
        CHECK(tx.all_built<std::int64_t>("PRAGMA foreign_keys").at(0) == 1);
    };
    database->write(settings);
    database->read(settings);
}

TEST_CASE("built queries are cached by text and their values are data") {
    with_tables([](TestDatabase& database) {
        const std::string evil = "x'; DROP TABLE test_word; --";
        database->write([&](db::Tx& tx) {
            tx.exec(insert_word, evil);
            tx.exec(insert_word, "gut");
        });
        database->read([&](db::Tx& tx) {
            const std::string sql = "SELECT word FROM test_word WHERE word <> ':p9' AND word >= :p2 AND word = :p1";
            CHECK(tx.all_built<std::string>(sql, evil, "a") == std::vector<std::string>{evil});
            CHECK(tx.all_built_with<std::string>(sql, {std::string("gut"), std::string("a")}).size() == 1);
            CHECK(tx.all_built_with<std::int64_t>("SELECT CAST(:p1 AS BIGINT) + :p2",
                                                  {std::int64_t{40}, std::int64_t{2}}) ==
                  std::vector<std::int64_t>{42});
            for (int i = 0; i < 450; ++i) {  // more texts than are kept
                const auto found =
                    tx.all_built<std::int64_t>("SELECT CAST(:p1 AS BIGINT) + " + std::to_string(i % 225), 1);
                CHECK(found.at(0) == 1 + i % 225);
            }
        });
        CHECK(words(*database).size() == 2);
    });
}

TEST_CASE("rows are handed on one by one, and the same query may run inside") {
    with_tables([](TestDatabase& database) {
        database->read([](db::Tx& tx) {
            std::int64_t sum = 0, inner = 0;
            tx.each<std::int64_t>(
                numbers,
                [&](std::int64_t&& number) {
                    sum += number;
                    if (number % 400 == 0) inner += std::int64_t(tx.all<std::int64_t>(numbers, number).size());
                    return number < 1500;
                },
                100000);
            CHECK(sum == 1500 * 1501 / 2);
            CHECK(inner == 400 + 800 + 1200);
        });
    });
}

TEST_CASE("after_commit runs in order after the commit and never after a roll-back") {
    with_tables([](TestDatabase& database) {
        std::vector<std::string> heard;
        database->write([&](db::Tx& tx) {
            tx.after_commit([&] { heard.push_back("first " + std::to_string(words(*database).size())); });
            tx.after_commit([] { throw std::runtime_error("a hook that fails"); });
            tx.after_commit([&] { heard.push_back("second"); });
            tx.exec(insert_word, "wort");
            CHECK(heard.empty());
        });
        CHECK(heard == std::vector<std::string>{"first 1", "second"});
        CHECK_THROWS_AS(database->write([&](db::Tx& tx) {
            tx.after_commit([&] { heard.push_back("never"); });
            throw Conflict();
        }),
                        Conflict);
        CHECK(heard.size() == 2);
    });
}

TEST_CASE("a write inside a write is a mistake, not a standstill") {
    with_tables([](TestDatabase& database) {
        database->write([&](db::Tx&) { CHECK_THROWS_AS(database->write([](db::Tx&) {}), std::logic_error); });
        database->write([&](db::Tx& tx) {
            tx.after_commit([&] { CHECK_THROWS_AS(database->write([](db::Tx&) {}), std::logic_error); });
        });
    });
}

TEST_CASE("faults are named by their meaning") {
    with_tables([](TestDatabase& database) {
        database->write([](db::Tx& tx) { tx.exec(insert_word, "da"); });
        const auto write = [&](const std::function<void(db::Tx&)>& work) { database->write(work); };
        CHECK(fault_of([&] { write([](db::Tx& tx) { tx.exec(insert_word, "da"); }); }) == db::Fault::constraint);
        CHECK(fault_of([&] { write([](db::Tx& tx) { tx.exec(insert_note, "weg", "x"); }); }) == db::Fault::constraint);
        CHECK(fault_of([&] { write([](db::Tx& tx) { tx.exec(insert_note, "da", nullptr); }); }) ==
              db::Fault::constraint);
        CHECK(fault_of([&] { write([](db::Tx& tx) { tx.all_built<int>("SELEKT 1"); }); }) == db::Fault::other);
        db::Options nowhere = database.options;
        nowhere.url = database.is_sqlite() ? "sqlite:/nowhere/at/all.db" : "postgresql:///x?host=/nowhere";
        CHECK(fault_of([&] { db::Database::open(nowhere); }) == db::Fault::unavailable);
        try {
            write([](db::Tx& tx) { tx.exec(insert_word, "da"); });
        } catch (const db::Error& error) {
            CHECK(std::string(error.what()).find("test.insert_word") != std::string::npos);
        }
    });
}

TEST_CASE("a statement that takes too long is stopped, and its neighbours are kept") {
    db::Options options;
    options.statement_timeout_ms = 300;
    on_both(options, [](TestDatabase& database) {
        db::migrate(*database, {tables}, Timestamp{});
        CHECK(fault_of([&] {
                  database->read([](db::Tx& tx) { tx.value<std::int64_t>(count_numbers, 1000000000); });
              }) == db::Fault::timeout);
        std::promise<std::exception_ptr> first;
        database->write_later([](db::Tx& tx) { tx.exec(insert_word, "bleibt"); },
                              [&](std::exception_ptr problem) { first.set_value(std::move(problem)); });
        CHECK(fault_of([&] {
                  database->write([](db::Tx& tx) {
                      tx.all_built<std::int64_t>(
                          "INSERT INTO test_counter (name, value) WITH RECURSIVE n(i) AS (SELECT 1 "
                          "UNION ALL SELECT i + 1 FROM n) SELECT 'n' || i, i FROM n RETURNING value");
                  });
              }) == db::Fault::timeout);
        CHECK(first.get_future().get() == nullptr);
        CHECK(words(*database) == std::vector<std::string>{"bleibt"});
    });
}

TEST_CASE("a PostgreSQL connection that was cut is opened again") {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) return;  // said loudly by every other case
    db::Options options;
    options.readers = options.writers = 1;
    TestDatabase database = TestDatabase::postgresql(server, options);
    TestDatabase other = TestDatabase::postgresql(server, options);
    db::migrate(*database, {tables}, Timestamp{});
    int number = 0;
    database->write([&](db::Tx& tx) { number = tx.all_built<int>("SELECT pg_backend_pid()").at(0); });
    other->write(
        [&](db::Tx& tx) { tx.all_built<bool>("SELECT pg_terminate_backend(:p1::int)", std::to_string(number)); });
    database->write([&](db::Tx& tx) { tx.exec(insert_word, "wieder da"); });
    CHECK(words(*database) == std::vector<std::string>{"wieder da"});
}

TEST_CASE("a backup taken while others write is whole and can be opened") {
    with_tables([](TestDatabase& database) {
        std::atomic<bool> stop = false;
        std::thread writer([&] {
            for (int i = 0; !stop; ++i) {
                database->write([i](db::Tx& tx) { tx.exec(insert_word, "wort " + std::to_string(i)); });
            }
        });
        while (words(*database).size() < 20) std::this_thread::yield();
        const auto file = std::filesystem::temp_directory_path() / ("mitwirken-backup-" + std::to_string(::getpid()));
        database->backup(file.string());
        stop = true;
        writer.join();
        if (database.is_sqlite()) {
            db::Options options;
            options.url = "sqlite:" + file.string();
            const auto copy = db::Database::open(options);
            CHECK(words(*copy).size() >= 20);
            CHECK(copy->check() == "");
        } else {
            const std::string list = "pg_restore --data-only -f " + file.string() + ".sql " + file.string();
            REQUIRE(std::system(list.c_str()) == 0);
            std::ifstream text(file.string() + ".sql");
            const std::string sql((std::istreambuf_iterator<char>(text)), {});
            CHECK(sql.find("\nwort 19\n") != std::string::npos);
        }
        for (const char* end : {"", ".sql", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
        CHECK_THROWS_AS(database->backup("/nowhere/at/all"), db::Error);
        CHECK(database->check() == "");
    });
}

TEST_CASE("on SQLite, what another process commits is noticed, what it takes back and what we commit is not") {
    TestDatabase database = TestDatabase::sqlite();
    db::migrate(*database, {tables}, Timestamp{});
    std::atomic<int> missed = 0;
    const auto listener = database->listen({[](std::string_view) {}, [&missed](bool) { ++missed; }});
    const auto other = db::Database::open(database.options);
    const auto comes = [&missed](int before) {
        for (int i = 0; i < 400 && missed == before; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return missed != before;
    };
    database->write([](db::Tx& tx) { tx.exec(insert_word, "eigenes"); });
    CHECK_THROWS(other->write([](db::Tx&) { throw std::runtime_error("taken back"); }));
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    CHECK(missed == 0);
    other->write([](db::Tx& tx) { tx.exec(insert_word, "fremdes"); });
    CHECK(comes(0));
}

TEST_CASE("check finds what is broken in SQLite") {
    TestDatabase database = TestDatabase::sqlite();
    db::migrate(*database, {tables}, Timestamp{});
    database->write([](db::Tx& tx) {
        tx.exec(insert_word, "da");
        tx.exec(insert_note, "da", "Text");
    });
    REQUIRE(std::system(("sqlite3 " + database.folder + "/test.db \"DELETE FROM test_word\"").c_str()) == 0);
    CHECK(database->check().find("test_note") != std::string::npos);
}

TEST_CASE("query names are unique and every query is understood by both engines") {
    std::set<std::string_view> names;
    for (const db::Query* query : db::Query::all()) {
        INFO(query->name());
        CHECK(names.insert(query->name()).second);
        CHECK(query->name().find('.') != std::string_view::npos);
    }
    on_both([](TestDatabase& database) {
        auto migrations = db::embedded_migrations({"platform"});
        migrations.push_back(tables);
        db::migrate(*database, migrations, Timestamp{});
        for (const db::Query* query : db::Query::all()) {
            if (query->name().starts_with("speed.")) continue;  // their tables are made by their own cases
            INFO(query->name());
            CHECK_NOTHROW(database->prepare(*query));
        }
    });
}
