// The database: typed, cached statements over SQLite or PostgreSQL, behind one interface.
//
// Invariants
//  * read() runs in a read-only transaction: a statement that writes fails in the database itself.
//  * On SQLite one writer thread commits waiting writes together (group commit, synchronous=FULL): each runs in its
//    own savepoint, so one that throws takes nothing of the others with it. When write() returns, the data are on disk.
//  * On PostgreSQL write() runs on the calling thread with its own connection and is tried again on 40001 and 40P01.
//  * Writes are serialisable on both engines: what a write has read is still so when it commits.
//  * work may run more than once (PostgreSQL: tried again; SQLite: a neighbour's full disk) and must not have effects
//    outside the transaction other than through after_commit.
//  * No type of sqlite3 or libpq leaves this folder, except the handle search/tokenizer.h is given.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
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
    std::string url;                  // "sqlite:/path/file.db" or "postgresql://user@host/name" (libpq URI)
    std::string read_url;             // optional replica for reads (PostgreSQL)
    int readers = 4;                  // read connections
    int writers = 4;                  // PostgreSQL write connections; SQLite always has one
    int statement_timeout_ms = 5000;  // of one statement (PostgreSQL), of one read() or write() (SQLite)
    int max_queued_writes = 1024;
};

class Connection;  // one session and its prepared statements

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
    template <class... P>
    std::int64_t exec_built(const std::string& sql, const P&... parameters);
    template <class T>
    std::vector<T> all_built_with(const std::string& sql, const std::vector<Parameter>& parameters);

    // Runs after the commit that contains this transaction, on the committing thread; not run when it is rolled back.
    // Like `done` of write_later it may call write_later(), but not write().
    void after_commit(std::function<void()> action);
    // Told to every process that listens on this database, once this transaction is committed, and to none when it is
    // rolled back. At most 7,900 bytes. On SQLite nobody else listens, so nothing happens.
    void tell(const std::string& text);
    bool writes() const;
    // Rows inserted, changed or removed so far; 0: it may write, but nothing was written.
    std::int64_t changes() const { return changes_; }
    Engine engine() const;

    // Used by the engines.
    Tx(Connection& connection, bool writes) : connection_(&connection), writes_(writes) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    std::vector<std::function<void()>> take_after_commit() { return std::move(after_commit_); }

private:
    class Result;  // a running statement, given back by its destructor
    Result run(const Query& query, std::span<const Value> values);
    Result run_built(const std::string& sql, std::span<const Value> values);
    Result stream(const Query& query, std::span<const Value> values);

    Connection* connection_;
    std::vector<std::function<void()>> after_commit_;
    bool writes_;
    std::int64_t changes_ = 0;
};

struct Statistics {
    std::int64_t writes = 0;   // write() and write_later() that were kept
    std::int64_t commits = 0;  // fewer than writes where they were committed together
    std::int64_t failed = 0;
    std::int64_t queued = 0;  // waiting now
    // SQLite: statements run so far, and the steps of its virtual machine, which rise with the rows that are read. What
    // happens inside full-text search is not among them.
    std::int64_t statements = 0, steps = 0;
};

// Ends listening in its destructor.
class Listener {
public:
    virtual ~Listener() = default;
};
// Called on a thread of the listener, one call at a time; they must not throw or wait for long.
struct Ear {
    std::function<void(std::string_view)> heard;
    // false: the connection is lost, so things are being missed from now on. true: it is there again, and what was told
    // in between stays unknown.
    std::function<void(bool)> in_touch;
};

class Database {
public:
    static std::unique_ptr<Database> open(const Options& options);
    virtual ~Database() = default;

    virtual Engine engine() const = 0;
    // Runs on the calling thread with a free read connection; waits for one at most statement_timeout_ms, then Busy.
    virtual void read(const std::function<void(Tx&)>& work) = 0;
    // Returns after the commit; rethrows what work threw (and nothing of it is kept). Inside another write() of the
    // same thread it would wait for itself: std::logic_error.
    virtual void write(const std::function<void(Tx&)>& work) = 0;
    // The same without waiting: done is called after the commit (nullptr) or with what went wrong. Used by the web
    // server so that a response, not a worker, waits for the disk. At most `max_queued_writes` wait; when it is one
    // more, done is called at once, on this thread, with Busy. done is called exactly once and must not throw or block.
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
    // Types are integer, real, text, bytes on both; what belongs to full-text search is left out.
    virtual std::vector<std::pair<std::string, std::vector<std::string>>> schema() = 0;
    virtual Statistics statistics() const = 0;
    // Hears what Tx::tell says in any process, this one included. It is listening when this returns; throws db::Error
    // when the server is away. On SQLite nothing is told: when another process has committed something, in_touch(true)
    // says within a quarter of a second that things have been missed.
    virtual std::unique_ptr<Listener> listen(Ear ear) = 0;
};

// Puts a copy made by backup() into a database that is empty (SQLite: whose file is not there yet), all or nothing.
void restore(const std::string& url, const std::string& file);

}  // namespace mitwirken::db

#include "platform/db/tx.inl.h"
