// Schema changes: order, placeholders, checksums, and that a failed one leaves nothing, on both engines.
#include <algorithm>
#include <thread>

#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;
using Words = std::vector<std::string>;

namespace {

const db::Migration first{"zoo", "0001_animals", R"(
    CREATE TABLE zoo_animal (id {{id}}, legs {{int}} NOT NULL, picture {{bytes}}, name TEXT NOT NULL,
        weight DOUBLE PRECISION);)"};
const db::Migration second{"zoo", "0002_keepers", R"(
    -- The two engines differ here.
    -- only sqlite
    CREATE TABLE zoo_keeper (id {{id}}, engine TEXT NOT NULL DEFAULT 'sqlite');
    -- end
    -- only postgresql
    CREATE TABLE zoo_keeper (id {{id}}, engine TEXT NOT NULL DEFAULT 'postgresql');
    -- end
    INSERT INTO zoo_keeper (id) VALUES (7);)"};

}  // namespace

TEST_CASE("migrations run once, in their order, and are known as run") {
    on_both([](TestDatabase& database) {
        CHECK(db::pending(*database, {first, second}) == Words{"zoo/0001_animals", "zoo/0002_keepers"});
        CHECK(database->schema().empty());
        CHECK(db::migrate(*database, {first}, Timestamp{}) == Words{"zoo/0001_animals"});
        CHECK(db::pending(*database, {first, second}) == Words{"zoo/0002_keepers"});
        CHECK(db::migrate(*database, {first, second}, Timestamp{}) == Words{"zoo/0002_keepers"});
        CHECK(db::migrate(*database, {first, second}, Timestamp{}).empty());
        CHECK(db::pending(*database, {first, second}).empty());
        database->read([&](db::Tx& tx) {
            CHECK(tx.all_built<std::string>("SELECT engine FROM zoo_keeper WHERE id = 7").at(0) ==
                  (database.is_sqlite() ? "sqlite" : "postgresql"));
        });
    });
}

TEST_CASE("both engines end with the same tables and columns") {
    on_both([](TestDatabase& database) {
        auto migrations = db::embedded_migrations({"platform"});
        migrations.push_back(first);
        db::migrate(*database, migrations, Timestamp{});
        const auto schema = database->schema();
        static const auto expected = schema;
        CHECK(schema == expected);
        const auto zoo =
            std::find_if(schema.begin(), schema.end(), [](auto& table) { return table.first == "zoo_animal"; });
        REQUIRE(zoo != schema.end());
        CHECK(zoo->second == Words{"id integer", "legs integer", "name text", "picture bytes", "weight real"});
    });
}

TEST_CASE("a migration that was edited after it ran stops the start") {
    on_both([](TestDatabase& database) {
        db::migrate(*database, {first}, Timestamp{});
        db::Migration edited = first;
        edited.sql += "\n-- and a word more";
        CHECK_THROWS_AS(db::migrate(*database, {edited}, Timestamp{}), db::Error);
        CHECK_THROWS_AS(db::pending(*database, {edited}), db::Error);
    });
}

TEST_CASE("a migration that fails leaves nothing behind") {
    on_both([](TestDatabase& database) {
        db::migrate(*database, {first}, Timestamp{});
        const db::Migration broken{"zoo", "0002_broken",
                                   "CREATE TABLE zoo_cage (id {{id}}); INSERT INTO nowhere VALUES (1);"};
        CHECK_THROWS_WITH_AS(db::migrate(*database, {first, broken}, Timestamp{}), doctest::Contains("zoo/0002_broken"),
                             db::Error);
        CHECK(db::pending(*database, {first, broken}) == Words{"zoo/0002_broken"});
        const auto schema = database->schema();
        CHECK(std::none_of(schema.begin(), schema.end(), [](auto& table) { return table.first == "zoo_cage"; }));
        const db::Migration unknown{"zoo", "0003_unknown", "CREATE TABLE zoo_x (id {{identity}});"};
        CHECK_THROWS_AS(db::migrate(*database, {unknown}, Timestamp{}), db::Error);
        const db::Migration named{"zoo'; --", "0001_x", "SELECT 1;"};
        CHECK_THROWS_AS(db::migrate(*database, {named}, Timestamp{}), db::Error);
    });
}

TEST_CASE("a table with references to it can be rebuilt, but no reference may be left without its row") {
    TestDatabase database = TestDatabase::sqlite();
    db::migrate(*database,
                {{"zoo", "0001_tables",
                  "CREATE TABLE zoo_a (id {{id}}); CREATE TABLE zoo_b (id {{id}}, a {{int}} "
                  "REFERENCES zoo_a (id)); INSERT INTO zoo_a VALUES (1); INSERT INTO zoo_b VALUES (1, 1);"}},
                Timestamp{});
    const std::string rebuild =
        "CREATE TABLE zoo_new (id {{id}}, word TEXT); INSERT INTO zoo_new (id) SELECT id FROM zoo_a; "
        "DROP TABLE zoo_a; ALTER TABLE zoo_new RENAME TO zoo_a;";
    CHECK(db::migrate(*database, {{"zoo", "0002_rebuild", rebuild}}, Timestamp{}).size() == 1);
    CHECK(database->check() == "");
    CHECK_THROWS_AS(db::migrate(*database, {{"zoo", "0003_lost", "DELETE FROM zoo_a;"}}, Timestamp{}), db::Error);
    CHECK(database->check() == "");
}

TEST_CASE("two processes that start together run each migration once") {
    on_both([](TestDatabase& database) {
        const auto other = db::Database::open(database.options);
        std::atomic<std::size_t> ran = 0;
        std::thread one([&] { ran += db::migrate(*database, {first, second}, Timestamp{}).size(); });
        std::thread two([&] { ran += db::migrate(*other, {first, second}, Timestamp{}).size(); });
        one.join();
        two.join();
        CHECK(ran == 2);
        CHECK(db::pending(*other, {first, second}).empty());
    });
}
