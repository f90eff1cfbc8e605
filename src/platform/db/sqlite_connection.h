// Inside this folder: one SQLite connection with its prepared statements.
// Invariant: opened without SQLite's own locks; one thread uses it at a time.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <list>
#include <unordered_map>

#include "platform/db/connection.h"

namespace mitwirken::db {

class SqliteStatement;

// What all connections of a database have done.
struct SqliteWork {
    std::atomic<std::int64_t> statements = 0, steps = 0;
};

class SqliteConnection : public Connection {
public:
    enum class Use { read, write };
    SqliteConnection(const std::string& path, Use use, SqliteWork& work);
    ~SqliteConnection() override;

    Engine engine() const override { return Engine::sqlite; }
    Rows& run(const Query& query, std::span<const Value> values) override;
    Rows& stream(const Query& query, std::span<const Value> values) override { return run(query, values); }
    Rows& run_built(const std::string& sql, std::span<const Value> values) override;

    void tell(const std::string&) override {}

    // Any SQL text, several statements, no rows wanted.
    void execute(const char* sql);
    // True between BEGIN and COMMIT; false when SQLite has rolled everything back by itself (full disk, interrupt).
    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    // Statements are interrupted after this; max() for no limit.
    void set_deadline(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }
    sqlite3* handle() const { return handle_; }
    // A statement is finished that took so many steps.
    void count(int steps) {
        work_.statements.fetch_add(1, std::memory_order_relaxed);
        work_.steps.fetch_add(steps, std::memory_order_relaxed);
    }
    [[noreturn]] void fail(std::string_view where) const;

private:
    using Built = std::list<std::unique_ptr<SqliteStatement>>;
    std::unique_ptr<SqliteStatement> prepared(std::string_view name, std::string_view sql, Numbering numbering);
    Rows& start(std::unique_ptr<SqliteStatement>& cached, std::string_view name, std::string_view sql,
                Numbering numbering, std::span<const Value> values);
    static int past_deadline(void* self);

    sqlite3* handle_ = nullptr;
    SqliteWork& work_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
    std::vector<std::unique_ptr<SqliteStatement>> queries_;  // by Query::number()
    Built built_;                                            // the latest used first
    std::unordered_map<std::string_view, Built::iterator> built_by_text_;
};

}  // namespace mitwirken::db
