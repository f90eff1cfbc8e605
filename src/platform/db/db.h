// The database: typed, cached statements over SQLite or PostgreSQL, behind one interface.
//
// Invariants
//  * read() runs in a read-only transaction: a statement that writes fails in the database itself.
//  * On SQLite one writer thread commits waiting writes together (group commit, synchronous=FULL): each runs in its
//    own savepoint, so one that throws takes nothing of the others with it. When write() returns, the data are on disk.
//  * On PostgreSQL write() runs on the calling thread with its own connection and is tried again on 40001 and 40P01.
//  * No SOCI type leaves this folder.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/db/query.h"
#include "platform/db/row.h"

namespace mitwirken::db {

enum class Engine { sqlite, postgresql };

enum class Fault { unavailable, constraint, read_only, timeout, full, other };
class Error : public std::runtime_error {
public:
    Error(Fault fault, const std::string& what) : std::runtime_error(what), fault_(fault) {}
    Fault fault() const { return fault_; }

private:
    Fault fault_;
};

struct Options {
    std::string url;          // "sqlite:/path/file.db" or "postgresql://user@host/name" (libpq URI)
    std::string read_url;     // optional replica for reads (PostgreSQL)
    int readers = 4;          // read connections
    int writers = 4;          // PostgreSQL write connections; SQLite always has one
    int statement_timeout_ms = 5000;
};

class Connection;  // one SOCI session and its prepared statements

// One transaction. Row types are aggregates whose fields stand in the order of the SELECT (row.h), single values, ids,
// Timestamp, Date, bool, std::optional of these, or enums with a db::Names specialisation.
class Tx {
public:
    template <class T, class... P>
    std::vector<T> all(const Query& query, const P&... parameters);
    // Nothing or the first row.
    template <class T, class... P>
    std::optional<T> one(const Query& query, const P&... parameters);
    // Exactly one row is expected; anything else is a bug and throws db::Error.
    template <class T, class... P>
    T value(const Query& query, const P&... parameters);
    // Rows handed on one by one without being kept; for exports. Return false to stop.
    template <class T, class... P>
    void each(const Query& query, const std::function<bool(T&&)>& use, const P&... parameters);
    // Number of rows changed.
    template <class... P>
    std::int64_t exec(const Query& query, const P&... parameters);

    // For the few statements whose text is put together (filters, sort orders): `sql` must be built from literals only,
    // values are bound by position to :p1, :p2 … Cached by text, at most 200 texts a connection.
    template <class T, class... P>
    std::vector<T> all_built(const std::string& sql, const P&... parameters);
    template <class T>
    std::vector<T> all_built_with(const std::string& sql, const std::vector<Parameter>& parameters);

    // Runs after the commit that contains this transaction, on the committing thread; not run when it is rolled back.
    void after_commit(std::function<void()> action);
    bool writes() const;
    Engine engine() const;

private:
    friend class Database;
    friend class Connection;
    explicit Tx(Connection& connection, bool writes);
    Connection* connection_;
    std::vector<std::function<void()>> after_commit_;
    bool writes_;
};

class Database {
public:
    static std::unique_ptr<Database> open(const Options& options);
    virtual ~Database() = default;

    virtual Engine engine() const = 0;
    // Runs on the calling thread with a free read connection; waits for one at most statement_timeout_ms, then Busy.
    virtual void read(const std::function<void(Tx&)>& work) = 0;
    // Returns after the commit; rethrows what work threw (and nothing of it is kept).
    virtual void write(const std::function<void(Tx&)>& work) = 0;
    // The same without waiting: done is called after the commit (nullptr) or with what went wrong. Used by the web
    // server so that a response, not a worker, waits for the disk. At most `max_queued_writes` wait; then Busy.
    virtual void write_later(std::function<void(Tx&)> work, std::function<void(std::exception_ptr)> done) = 0;

    // For migrations: one transaction, any SQL text (several statements), no caching.
    virtual void script(const std::string& sql) = 0;
    // A consistent copy of the whole database while it is being written to (SQLite backup API; pg_dump).
    virtual void backup(const std::string& file) = 0;
    // "" when sound, else what is wrong (PRAGMA integrity_check, foreign_key_check).
    virtual std::string check() = 0;
    // Prepares a statement without running it; throws db::Error with the database's words. For the query test.
    virtual void prepare(const Query& query) = 0;
    // Table -> its columns "name type", for the test that compares both engines, and for the privacy register.
    virtual std::vector<std::pair<std::string, std::vector<std::string>>> schema() = 0;
};

}  // namespace mitwirken::db

#include "platform/db/tx.inl.h"
