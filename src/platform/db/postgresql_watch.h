// Inside this folder: hears what other processes on the same PostgreSQL have committed.
// Every write transaction ends with NOTIFY and the word of its process, which PostgreSQL hands out with the commit, to
// all or (rolled back) to nobody. A listener that lost its connection has missed words: it reports a change when it is
// back. LISTEN needs a session of its own: PgBouncer only in session mode.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace mitwirken::db {

// A word no other process has.
std::string new_notice();
// The statement that sends it.
std::string notify_statement(const std::string& notice);

class PostgresqlWatch {
public:
    PostgresqlWatch(std::string url, std::string own_notice, std::function<void()> changed);
    ~PostgresqlWatch();

private:
    void listen();
    void pause() const;
    bool hear(void* connection);

    std::string url_, own_notice_;
    std::function<void()> changed_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;  // last: it uses everything above
};

}  // namespace mitwirken::db
