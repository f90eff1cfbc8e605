// Group commit: one fsync for everything that waits; see sqlite_writer.h.
#include "platform/db/sqlite_writer.h"

#include <future>

#include "platform/base/log.h"

namespace mitwirken::db {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t most_in_batch = 256;
constexpr auto longest_batch = std::chrono::milliseconds(20);

}  // namespace

SqliteWriter::SqliteWriter(const std::string& path, const Options& options, SqliteWork& work)
    : connection_(path, SqliteConnection::Use::write, work),
      time_limit_(options.statement_timeout_ms),
      thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
    try {
        connection_.execute("PRAGMA analysis_limit=400; PRAGMA optimize");
    } catch (const Error& error) {
        log::warning("database_optimize_failed", {{"error", error.what()}});
    }
}

bool SqliteWriter::enqueue(Work work, Done done, std::size_t limit) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= limit) return false;
        waiting_.push_back({std::move(work), std::move(done), {}, {}});
    }
    arrived_.notify_one();
    return true;
}

void SqliteWriter::alone(const std::function<void(SqliteConnection&)>& work) {
    std::promise<void> finished;
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({{},
                            [&finished](std::exception_ptr problem) {
                                if (problem)
                                    finished.set_exception(std::move(problem));
                                else
                                    finished.set_value();
                            },
                            work,
                            {}});
    }
    arrived_.notify_one();
    finished.get_future().get();
}

Statistics SqliteWriter::statistics() const {
    const std::lock_guard lock(mutex_);
    Statistics result = statistics_;
    result.queued = std::int64_t(waiting_.size());
    return result;
}

void SqliteWriter::count(std::int64_t Statistics::*what, std::int64_t by) {
    const std::lock_guard lock(mutex_);
    statistics_.*what += by;
}

void SqliteWriter::loop() {
    while (true) {
        std::function<void(SqliteConnection&)> alone;
        Done done;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            if (waiting_.front().alone) {
                alone = std::move(waiting_.front().alone);
                done = std::move(waiting_.front().done);
                waiting_.pop_front();
            }
        }
        if (!alone) {
            batch();
            continue;
        }
        std::exception_ptr problem;
        try {
            alone(connection_);
        } catch (...) {
            problem = std::current_exception();
        }
        answer(done, problem);
    }
}

bool SqliteWriter::take(Request& request) {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() || waiting_.front().alone) return false;
    request = std::move(waiting_.front());
    waiting_.pop_front();
    return true;
}

void SqliteWriter::put_back(std::vector<Request> requests) {
    const std::lock_guard lock(mutex_);
    for (auto request = requests.rbegin(); request != requests.rend(); ++request) {
        request->after_commit.clear();
        waiting_.push_front(std::move(*request));
    }
}

std::exception_ptr SqliteWriter::run(Request& request) {
    try {
        connection_.execute("SAVEPOINT request");
        connection_.set_deadline(steady_clock::now() + time_limit_);
        Tx tx(connection_, true);
        request.work(tx);
        connection_.set_deadline(steady_clock::time_point::max());
        connection_.execute("RELEASE request");
        request.after_commit = tx.take_after_commit();
        return nullptr;
    } catch (...) {
        const std::exception_ptr problem = std::current_exception();
        connection_.set_deadline(steady_clock::time_point::max());
        try {
            if (connection_.in_transaction()) connection_.execute("ROLLBACK TO request; RELEASE request");
        } catch (const Error& error) {
            log::error("savepoint_rollback_failed", {{"error", error.what()}});
            sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        }
        return problem;
    }
}

void SqliteWriter::batch() {
    std::vector<Request> kept;
    Request request;
    bool begun = false;
    try {
        connection_.execute("BEGIN IMMEDIATE");
        begun = true;
        const auto until = steady_clock::now() + longest_batch;
        while (kept.size() < most_in_batch && steady_clock::now() < until && take(request)) {
            const std::exception_ptr problem = run(request);
            if (problem) {
                count(&Statistics::failed, 1);
                answer(request.done, problem);
                if (connection_.in_transaction()) continue;
                put_back(std::move(kept));  // SQLite has undone them together with the one that failed
                return;
            }
            kept.push_back(std::move(request));
        }
        connection_.execute("COMMIT");
    } catch (...) {
        const std::exception_ptr problem = std::current_exception();
        if (connection_.in_transaction()) sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        if (!begun && take(request)) kept.push_back(std::move(request));  // or the first would wait for ever
        finish(kept, problem);
        return;
    }
    finish(kept, nullptr);
}

void SqliteWriter::finish(std::vector<Request>& requests, const std::exception_ptr& problem) {
    {
        const std::lock_guard lock(mutex_);
        (problem ? statistics_.failed : statistics_.writes) += std::int64_t(requests.size());
        if (!problem && !requests.empty()) ++statistics_.commits;
    }
    for (Request& request : requests) {
        if (!problem) run_after_commit(request.after_commit);
        answer(request.done, problem);
    }
}

}  // namespace mitwirken::db
