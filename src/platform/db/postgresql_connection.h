// Inside this folder: one PostgreSQL session by libpq, with its prepared statements.
// Invariants: a statement is prepared once per session and per types of its parameters; after a reconnect none is left;
// messages of errors carry no values of rows (the DETAIL line stays out of the log).
#pragma once

#include <libpq-fe.h>

#include <list>
#include <map>
#include <unordered_map>

#include "platform/db/connection.h"

namespace mitwirken::db {

class PostgresqlRows;

// Name of the channel that Tx::tell speaks on: one for each schema, so that two houses in one database stay apart.
inline constexpr const char* channel_sql = "'mitwirken_' || coalesce(current_schema(), 'public')";

// An Error that may go away when the transaction is run again.
class TryAgain : public Error {
public:
    using Error::Error;
};

class PostgresqlConnection : public Connection {
public:
    PostgresqlConnection(std::string url, int statement_timeout_ms);
    ~PostgresqlConnection() override;

    Engine engine() const override { return Engine::postgresql; }
    Rows& run(const Query& query, std::span<const Value> values) override;
    Rows& stream(const Query& query, std::span<const Value> values) override;
    Rows& run_built(const std::string& sql, std::span<const Value> values) override;

    void tell(const std::string& text) override;

    // Any SQL text, several statements, no rows wanted.
    void execute(const std::string& sql);
    // BEGIN; when the server was away, connects again and tries once more.
    void begin(const char* sql);
    // Throws also when the server turned it into a roll-back because a failed statement was caught and ignored.
    void commit();
    void rollback();
    void check(const Query& query);
    bool alive() const { return handle_ != nullptr && PQstatus(handle_) == CONNECTION_OK; }

private:
    friend class PostgresqlRows;
    using Built = std::list<std::pair<std::string, std::string>>;  // text with types, name of the statement
    void connect();
    void close();
    PGresult* expect(PGresult* result, std::string_view where) const;
    std::string prepare(std::string_view where, const std::string& sql, std::span<const Value> values);
    PGresult* call(const char* statement, const char* sql, std::string_view where, std::span<const Value> values);

    std::string url_;
    int statement_timeout_ms_;
    PGconn* handle_ = nullptr;
    int next_number_ = 0;
    std::map<std::pair<int, std::string>, std::string> queries_;  // Query::number() and types, name of the statement
    Built built_;                                                 // the latest used first
    std::unordered_map<std::string_view, Built::iterator> built_by_text_;
};

}  // namespace mitwirken::db
