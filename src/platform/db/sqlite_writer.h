// Inside this folder: the one thread that writes to a SQLite file, and its group commit.
//
// Invariants
//  * A request is answered exactly once, after the COMMIT that contains it has returned, or with what went wrong.
//  * Each request runs in its own SAVEPOINT. When SQLite itself rolls the whole batch back (full disk, interrupt), the
//    one that caused it fails and the others run again.
//  * stop() answers everything that waits before it returns.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "platform/db/sqlite_connection.h"

namespace mitwirken::db {

class SqliteWriter {
public:
    using Work = std::function<void(Tx&)>;
    using Done = std::function<void(std::exception_ptr)>;

    SqliteWriter(const std::string& path, const Options& options, SqliteWork& work);
    ~SqliteWriter();

    // False when `limit` requests wait already.
    bool enqueue(Work work, Done done, std::size_t limit);
    // Runs between two batches, outside any transaction. Waits for it.
    void alone(const std::function<void(SqliteConnection&)>& work);
    bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }
    Statistics statistics() const;

private:
    struct Request {
        Work work;
        Done done;
        std::function<void(SqliteConnection&)> alone;
        std::vector<std::function<void()>> after_commit;
    };
    void loop();
    bool take(Request& request);
    void put_back(std::vector<Request> requests);
    void batch();
    // What went wrong, or nullptr when the work is in its savepoint's parent now.
    std::exception_ptr run(Request& request);
    void finish(std::vector<Request>& requests, const std::exception_ptr& problem);
    void count(std::int64_t Statistics::*what, std::int64_t by);

    SqliteConnection connection_;
    std::chrono::milliseconds time_limit_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Request> waiting_;
    Statistics statistics_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses everything above
};

}  // namespace mitwirken::db
