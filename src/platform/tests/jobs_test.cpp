// Jobs on both engines: written with what wants them, done once, tried again, given up, taken over.
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "platform/db/migrations.h"
#include "platform/jobs/jobs.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;
using std::chrono::minutes;

namespace {

const Timestamp start = *parse_instant("2027-03-01T08:00:00Z");

void with_jobs(const std::function<void(TestDatabase&)>& check) {
    on_both([&check](TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform"}), start);
        check(database);
    });
}

void enqueue(db::Database& database, const jobs::NewJob& job, Timestamp now = start) {
    database.write([&](db::Tx& tx) { jobs::enqueue(tx, job, now); });
}

std::vector<jobs::Job> list(db::Database& database, const std::string& state = "") {
    std::vector<jobs::Job> found;
    database.read([&](db::Tx& tx) { found = jobs::list(tx, state, {}, 100); });
    return found;
}

jobs::Counts counts(db::Database& database) {
    jobs::Counts found{};
    database.read([&](db::Tx& tx) { found = jobs::counts(tx); });
    return found;
}

}  // namespace

TEST_CASE("a job is done when it is due, in order, and is gone then") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start);
        std::vector<std::string> done;
        jobs::Runner runner(*database, clock, {{"note", [&](const jobs::Job& job) { done.push_back(job.payload); }}});
        enqueue(*database, {"note", "later", start + minutes(10)});
        enqueue(*database, {"note", "first"});
        enqueue(*database, {"note", "second"});
        CHECK(runner.run_due() == 2);
        CHECK(done == std::vector<std::string>{"first", "second"});
        clock.set(start + minutes(10));
        CHECK(runner.run_due() == 1);
        CHECK(runner.run_due() == 0);
        CHECK(done.back() == "later");
        CHECK(list(*database).empty());
    });
}

TEST_CASE("a job that was enqueued in a transaction that failed does not exist") {
    with_jobs([](TestDatabase& database) {
        CHECK_THROWS_AS(database->write([](db::Tx& tx) {
            jobs::enqueue(tx, {"note", "never"}, start);
            throw std::runtime_error("no");
        }),
                        std::runtime_error);
        CHECK(list(*database).empty());
    });
}

TEST_CASE("a job that fails is tried again with growing pauses, then is dead, and said to be so once") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start);
        int attempts = 0, dead = 0;
        jobs::Runner runner(
            *database, clock,
            {{"mail", [&](const jobs::Job&) { throw std::runtime_error("no server " + std::to_string(++attempts)); }}},
            1, [&](const jobs::Job& job) {
                ++dead;
                CHECK(job.error == "no server 6");
            });
        enqueue(*database, {"mail", "{}"});
        for (const int pause : {1, 5, 30, 120, 360}) {
            CHECK(runner.run_due() == 1);
            CHECK(runner.run_due() == 0);
            const auto waiting = list(*database, "waiting");
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].run_at == clock.now() + minutes(pause));
            CHECK(waiting[0].error == "no server " + std::to_string(attempts));
            clock.set(clock.now() + minutes(pause) - std::chrono::milliseconds(1));
            CHECK(runner.run_due() == 0);
            clock.set(clock.now() + std::chrono::milliseconds(1));
        }
        CHECK(runner.run_due() == 1);
        CHECK(attempts == 6);
        CHECK(dead == 1);
        clock.set(clock.now() + minutes(100000));
        CHECK(runner.run_due() == 0);
        CHECK(counts(*database).dead == 1);
    });
}

TEST_CASE("a dead job can be started again or removed") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start);
        bool works = false;
        jobs::Runner runner(*database, clock, {{"mail", [&](const jobs::Job&) {
                                                    if (!works) throw std::runtime_error("no");
                                                }}});
        for (const char* key : {"a", "b"}) enqueue(*database, {"mail", key, {}, key});
        for (int i = 0; i < 6; ++i) {
            runner.run_due();
            clock.set(clock.now() + minutes(360));
        }
        const auto dead = list(*database, "dead");
        REQUIRE(dead.size() == 2);
        CHECK(dead[0].payload == "b");  // newest first
        database->write([&](db::Tx& tx) {
            CHECK(jobs::list(tx, "dead", dead[0].id, 10).size() == 1);
            CHECK(jobs::run_again(tx, dead[0].id, clock.now()));
            CHECK(jobs::remove(tx, dead[1].id));
            CHECK_FALSE(jobs::remove(tx, dead[1].id));
            CHECK_FALSE(jobs::run_again(tx, dead[1].id, clock.now()));
        });
        works = true;
        CHECK(runner.run_due() == 1);
        CHECK(list(*database).empty());
    });
}

TEST_CASE("a key keeps one waiting job per kind and tenant") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start);
        int ran = 0;
        jobs::Runner runner(
            *database, clock,
            {{"index", [&](const jobs::Job& job) {
                  if (++ran > 1) return;
                  CHECK(job.state == "running");
                  CHECK(counts(*database).running == 1);
                  enqueue(*database, {"index", "again", {}, "page 7"});  // one runs, so another may wait
                  throw std::runtime_error("the first attempt fails");
              }}});
        enqueue(*database, {"index", "", {}, "page 7"});
        enqueue(*database, {"index", "", {}, "page 7"});
        CHECK(counts(*database).waiting == 1);
        enqueue(*database, {"index", "", start + minutes(60), "page 7", 2});
        enqueue(*database, {"index", "", start + minutes(60), "page 8"});
        CHECK(counts(*database).waiting == 3);
        CHECK(runner.run_due() == 2);  // the one that failed gave way to the one enqueued meanwhile
        CHECK(ran == 2);
        CHECK(counts(*database).waiting == 2);
    });
}

TEST_CASE("a kind without a handler is an error of the job, not of the runner") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start);
        jobs::Runner runner(*database, clock, {});
        enqueue(*database, {"unknown", ""});
        CHECK(runner.run_due() == 1);
        CHECK(list(*database, "waiting").at(0).error.find("handler") != std::string::npos);
    });
}

TEST_CASE("the job of a worker that died is taken over when its lease ends, and the dead one can change nothing") {
    with_jobs([](TestDatabase& database) {
        FixedClock clock(start), later(start + minutes(6));
        enqueue(*database, {"slow", ""});
        int second_ran = 0;
        jobs::Runner second(*database, later, {{"slow", [&](const jobs::Job& job) {
                                                    ++second_ran;
                                                    CHECK(job.attempts == 2);
                                                    throw std::runtime_error("the second attempt failed");
                                                }}});
        jobs::Runner early(*database, clock, {{"slow", [](const jobs::Job&) { FAIL("its lease still holds"); }}});
        jobs::Runner first(*database, clock, {{"slow", [&](const jobs::Job&) {
                                                   CHECK(early.run_due() == 0);
                                                   CHECK(second.run_due() == 1);
                                               }}});
        CHECK(first.run_due() == 1);  // comes back after it was thought dead; its "done" must not count
        CHECK(second_ran == 1);
        const auto waiting = list(*database, "waiting");
        REQUIRE(waiting.size() == 1);
        CHECK(waiting[0].error == "the second attempt failed");
    });
}

TEST_CASE("several runners on one database do every job once") {
    with_jobs([](TestDatabase& database) {
        const SystemClock clock;
        constexpr int count = 60;
        std::mutex mutex;
        std::multiset<std::string> done;
        std::promise<void> finished;
        const auto note = [&](const jobs::Job& job) {
            const std::lock_guard lock(mutex);
            done.insert(job.payload);
            if (done.size() == count) finished.set_value();
        };
        const auto other = db::Database::open(database.options);
        jobs::Runner one(*database, clock, {{"note", note}}, 3), two(*other, clock, {{"note", note}}, 3);
        one.start();
        two.start();
        for (int i = 0; i < count; ++i) enqueue(*database, {"note", std::to_string(i)}, clock.now());
        one.wake();
        two.wake();
        CHECK(finished.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready);
        one.stop();
        two.stop();
        CHECK(done.size() == count);
        CHECK(std::set<std::string>(done.begin(), done.end()).size() == count);
        CHECK(list(*database).empty());
    });
}

TEST_CASE("wake starts a job at once, and stop waits for what runs") {
    with_jobs([](TestDatabase& database) {
        const SystemClock clock;
        std::promise<void> running;
        std::atomic<bool> ended = false;
        jobs::Runner runner(*database, clock, {{"note", [&](const jobs::Job&) {
                                                    running.set_value();
                                                    std::this_thread::sleep_for(std::chrono::milliseconds(50));
                                                    ended = true;
                                                }}});
        runner.start();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // it has looked, found nothing, and waits
        const auto from = std::chrono::steady_clock::now();
        database->write([&](db::Tx& tx) {
            jobs::enqueue(tx, {"note", ""}, clock.now());
            tx.after_commit([&] { runner.wake(); });
        });
        running.get_future().wait();
        CHECK(std::chrono::steady_clock::now() - from < std::chrono::milliseconds(500));
        runner.stop();
        CHECK(ended);
    });
}
