// Telling and listening on PostgreSQL: what is told arrives once and only after the commit, and a cut is noticed.
#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "platform/tests/test_database.h"

using namespace mitwirken;
using namespace mitwirken::testing;

namespace {

// What an ear has heard, in order; "+" and "-" for in touch and not.
class Notes {
public:
    db::Ear ear() {
        return {.heard = [this](std::string_view text) { add(std::string(text)); },
                .in_touch = [this](bool in_touch) { add(in_touch ? "+" : "-"); }};
    }
    // True when exactly these came, waiting for the last of them.
    bool are(const std::vector<std::string>& expected) {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::seconds(10), [&] { return notes_.size() >= expected.size(); });
        return notes_ == expected;
    }

private:
    void add(std::string note) {
        const std::lock_guard lock(mutex_);
        notes_.push_back(std::move(note));
        came_.notify_all();
    }
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<std::string> notes_;
};

std::string told(int number) { return "Nachricht " + std::to_string(number) + " „ä“"; }

void tell(TestDatabase& database, int number) {
    database->write([&](db::Tx& tx) { tx.tell(told(number)); });
}

void roll_back(TestDatabase& database) {
    CHECK_THROWS(database->write([](db::Tx& tx) {
        tx.tell("never");
        throw std::runtime_error("on purpose");
    }));
}

}  // namespace

TEST_CASE("what a transaction tells is heard after its commit and never after a roll-back") {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) return;
    auto database = TestDatabase::postgresql(server, {});
    Notes notes;
    const auto listener = database->listen(notes.ear());
    tell(database, 1);
    roll_back(database);
    tell(database, 2);
    CHECK(notes.are({"+", told(1), told(2)}));
}

TEST_CASE("two houses in one database do not hear each other") {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) return;
    auto here = TestDatabase::postgresql(server, {}), there = TestDatabase::postgresql(server, {});
    Notes notes;
    const auto listener = here->listen(notes.ear());
    tell(there, 1);
    tell(here, 2);
    CHECK(notes.are({"+", told(2)}));
}

TEST_CASE("a listener that was cut off says so, comes back and hears again") {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) return;
    auto database = TestDatabase::postgresql(server, {});
    Notes notes;
    const auto listener = database->listen(notes.ear());
    database->write([](db::Tx& tx) {
        CHECK(tx.all_built<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                                 "'mitwirken listener' AND query LIKE '%' || current_schema() || '%'")
                  .size() == 1);
    });
    REQUIRE(notes.are({"+", "-", "+"}));
    tell(database, 3);
    CHECK(notes.are({"+", "-", "+", told(3)}));
}

TEST_CASE("listening ends at once when nobody wants it any more") {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (server == nullptr) return;
    auto database = TestDatabase::postgresql(server, {});
    Notes notes;
    const auto began = std::chrono::steady_clock::now();
    { const auto listener = database->listen(notes.ear()); }
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
    CHECK(notes.are({"+"}));
}
