// Databases for tests: each case gets an empty one of its own on every engine, and leaves nothing behind.
// SQLite lives in a temporary folder; PostgreSQL in a schema of the server that tools/with_postgres starts. Without
// that server the cases say "SKIPPED: no PostgreSQL", and fail where CI is set.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "platform/db/db.h"

namespace mitwirken::testing {

class TestDatabase {
public:
    static TestDatabase sqlite(db::Options options = {}) {
        std::string folder = (std::filesystem::temp_directory_path() / "mitwirken-test-XXXXXX").string();
        REQUIRE(::mkdtemp(folder.data()) != nullptr);
        options.url = "sqlite:" + folder + "/test.db";
        return TestDatabase(folder, {}, std::move(options));
    }

    static TestDatabase postgresql(const std::string& server, db::Options options = {}) {
        static std::atomic<int> number = 0;
        const std::string schema = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
        db::Options plain;
        plain.url = server;
        plain.readers = plain.writers = 1;
        auto creator = db::Database::open(plain);
        creator->script("CREATE SCHEMA " + schema);
        options.url =
            server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
        return TestDatabase({}, schema, std::move(options), std::move(creator));
    }

    ~TestDatabase() {
        database.reset();
        if (creator_) creator_->script("DROP SCHEMA " + schema_ + " CASCADE");
        if (!folder.empty()) std::filesystem::remove_all(folder);
    }
    TestDatabase(TestDatabase&&) = default;
    TestDatabase& operator=(TestDatabase&&) = delete;

    db::Database& operator*() const { return *database; }
    db::Database* operator->() const { return database.get(); }
    bool is_sqlite() const { return database->engine() == db::Engine::sqlite; }

    std::string folder;  // SQLite only
    db::Options options;
    std::unique_ptr<db::Database> database;

private:
    TestDatabase(std::string made_folder, std::string schema, db::Options with,
                 std::unique_ptr<db::Database> creator = {})
        : folder(std::move(made_folder)),
          options(std::move(with)),
          database(db::Database::open(options)),
          schema_(std::move(schema)),
          creator_(std::move(creator)) {}
    std::string schema_;
    std::unique_ptr<db::Database> creator_;
};

// The case on SQLite, then on PostgreSQL.
inline void on_both(const db::Options& options, const std::function<void(TestDatabase&)>& check) {
    {
        INFO("on SQLite");
        TestDatabase database = TestDatabase::sqlite(options);
        check(database);
    }
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) {
        MESSAGE("SKIPPED: no PostgreSQL (run the tests by tools/with_postgres)");
        if (::getenv("CI") != nullptr) FAIL("the tests must run on both databases here");
        return;
    }
    INFO("on PostgreSQL");
    TestDatabase database = TestDatabase::postgresql(server, options);
    check(database);
}

inline void on_both(const std::function<void(TestDatabase&)>& check) { on_both({}, check); }

}  // namespace mitwirken::testing
