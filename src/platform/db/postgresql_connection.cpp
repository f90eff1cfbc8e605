// PostgreSQL: session settings, statements, values as text, SQLSTATE turned into Fault.
#include "platform/db/postgresql_connection.h"

#include <charconv>

#include <fmt/format.h>

namespace mitwirken::db {

namespace {

// From pg_type.dat; fixed since PostgreSQL 7. Text is left to the server, so that it fits jsonb and tsquery too.
constexpr Oid oid_bytea = 17, oid_int8 = 20, oid_float8 = 701, oid_unknown = 0;

Oid oid_of(const Value& value) {
    switch (value.type) {
        case Type::integer:
            return oid_int8;
        case Type::real:
            return oid_float8;
        case Type::bytes:
            return oid_bytea;
        default:
            return oid_unknown;
    }
}

std::string types_of(std::span<const Value> values) {
    std::string types;
    for (const Value& value : values) {
        types += value.type == Type::integer ? 'i'
                 : value.type == Type::real  ? 'r'
                 : value.type == Type::bytes ? 'b'
                                             : 't';
    }
    return types;
}

Fault fault_of(std::string_view state) {
    if (state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "53300") {
        return Fault::unavailable;
    }
    if (state.starts_with("23")) return Fault::constraint;
    if (state == "25006") return Fault::read_only;
    if (state == "57014" || state == "55P03") return Fault::timeout;
    if (state == "53100") return Fault::full;
    return Fault::other;
}

template <class N>
bool parse(std::string_view text, N& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size();
}

}  // namespace

class PostgresqlRows : public Rows {
public:
    PostgresqlRows(std::string_view name, PGresult* result) : name_(name), result_(result) {}
    // The rows of a server-side cursor, fetched 500 at a time.
    PostgresqlRows(std::string_view name, PostgresqlConnection& connection, std::string cursor)
        : name_(name), connection_(&connection), cursor_(std::move(cursor)) {}
    ~PostgresqlRows() override { PQclear(result_); }

    bool next() override {
        if (result_ != nullptr && ++row_ < PQntuples(result_)) return true;
        if (connection_ == nullptr || (result_ != nullptr && PQntuples(result_) < batch_size)) return false;
        PQclear(result_);
        result_ = nullptr;
        const std::string fetch = fmt::format("FETCH {} FROM {}", batch_size, cursor_);
        result_ = connection_->expect(PQexec(connection_->handle_, fetch.c_str()), name_);
        row_ = 0;
        return PQntuples(result_) > 0;
    }
    int columns() const override { return PQnfields(result_); }
    bool null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t integer(int column) const override {
        const std::string_view found = text(column);
        std::int64_t number = 0;
        if (parse(found, number)) return number;
        if (found == "t" || found == "f") return found == "t";
        unexpected(column, "is no whole number");
    }
    double real(int column) const override {
        double number = 0;
        if (!parse(text(column), number)) unexpected(column, "is no number");
        return number;
    }
    std::string_view text(int column) const override {
        if (null(column)) unexpected(column, "is NULL but its field is not optional");
        return {PQgetvalue(result_, row_, column), std::size_t(PQgetlength(result_, row_, column))};
    }
    std::string bytes(int column) const override {
        const auto* written = reinterpret_cast<const unsigned char*>(text(column).data());
        if (PQftype(result_, column) != oid_bytea) unexpected(column, "is no binary data");
        std::size_t size = 0;
        unsigned char* plain = PQunescapeBytea(written, &size);
        if (plain == nullptr) throw std::bad_alloc();
        std::string data(reinterpret_cast<const char*>(plain), size);
        PQfreemem(plain);
        return data;
    }
    std::int64_t changed() const override {
        std::int64_t number = 0;
        const bool reads = std::string_view(PQcmdStatus(result_)).starts_with("SELECT");
        return !reads && parse(std::string_view(PQcmdTuples(result_)), number) ? number : 0;
    }
    void finish() override {
        if (connection_ != nullptr && PQtransactionStatus(connection_->handle_) == PQTRANS_INTRANS) {
            PQclear(PQexec(connection_->handle_, ("CLOSE " + cursor_).c_str()));
        }
        delete this;
    }

protected:
    std::string_view name() const override { return name_; }

private:
    static constexpr int batch_size = 500;
    std::string name_;
    PGresult* result_ = nullptr;
    PostgresqlConnection* connection_ = nullptr;
    std::string cursor_;
    int row_ = -1;
};

PostgresqlConnection::PostgresqlConnection(std::string url, int statement_timeout_ms)
    : url_(std::move(url)), statement_timeout_ms_(statement_timeout_ms) {
    connect();
}

PostgresqlConnection::~PostgresqlConnection() { close(); }

void PostgresqlConnection::close() {
    queries_.clear();
    built_by_text_.clear();
    built_.clear();
    PQfinish(handle_);
    handle_ = nullptr;
}

void PostgresqlConnection::connect() {
    close();
    // What stands in the address wins over what stands before it.
    const char* const keys[] = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding", nullptr};
    const char* const words[] = {"5", "mitwirken", url_.c_str(), "UTF8", nullptr};
    handle_ = PQconnectdbParams(keys, words, 1);
    if (!alive()) {
        const Error error(Fault::unavailable, fmt::format("PostgreSQL: {}", PQerrorMessage(handle_)));
        close();
        throw error;
    }
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
    execute(
        fmt::format("SET statement_timeout = {}; SET idle_in_transaction_session_timeout = '60s'; "
                    "SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET standard_conforming_strings = on",
                    statement_timeout_ms_));
}

PGresult* PostgresqlConnection::expect(PGresult* result, std::string_view where) const {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
    const auto field = [result](int code) {
        const char* text = result == nullptr ? nullptr : PQresultErrorField(result, code);
        return std::string(text == nullptr ? "" : text);
    };
    const std::string state = field(PG_DIAG_SQLSTATE), constraint = field(PG_DIAG_CONSTRAINT_NAME);
    std::string words = field(PG_DIAG_MESSAGE_PRIMARY);
    if (words.empty()) words = "the connection to the server is lost";
    PQclear(result);
    words = fmt::format("{}: {}{}{}", where, words, state.empty() ? "" : " ", state);
    if (state == "40001" || state == "40P01") throw TryAgain(Fault::timeout, words);
    throw Error(fault_of(state), words);
}

void PostgresqlConnection::execute(const std::string& sql) {
    PQclear(expect(PQexec(handle_, sql.c_str()), std::string_view(sql).substr(0, 60)));
}

void PostgresqlConnection::begin(const char* sql) {
    if (alive()) {
        try {
            execute(sql);
            return;
        } catch (const Error&) {
            if (alive()) throw;
        }
    }
    connect();
    execute(sql);
}

void PostgresqlConnection::commit() {
    PGresult* result = expect(PQexec(handle_, "COMMIT"), "COMMIT");
    const bool kept = std::string_view(PQcmdStatus(result)) == "COMMIT";
    PQclear(result);
    if (!kept) throw Error(Fault::other, "a statement of this transaction failed, so nothing of it was kept");
}

void PostgresqlConnection::rollback() {
    if (alive() && PQtransactionStatus(handle_) != PQTRANS_IDLE) PQclear(PQexec(handle_, "ROLLBACK"));
}

void PostgresqlConnection::check(const Query& query) {
    PQclear(expect(PQprepare(handle_, "", numbered(query.sql(), '$', Numbering::by_first_use).sql.c_str(), 0, nullptr),
                   query.name()));
}

std::string PostgresqlConnection::prepare(std::string_view where, const std::string& sql,
                                          std::span<const Value> values) {
    std::vector<Oid> types;
    for (const Value& value : values) types.push_back(oid_of(value));
    const std::string name = "s" + std::to_string(++next_number_);
    PQclear(expect(PQprepare(handle_, name.c_str(), sql.c_str(), int(types.size()), types.data()), where));
    return name;
}

PGresult* PostgresqlConnection::call(const char* statement, const char* sql, std::string_view where,
                                     std::span<const Value> values) {
    std::vector<std::string> texts(values.size());
    std::vector<const char*> pointers(values.size(), nullptr);
    std::vector<int> lengths(values.size(), 0), formats(values.size(), 0);
    std::vector<Oid> types(values.size(), oid_unknown);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Value& value = values[i];
        types[i] = oid_of(value);
        if (value.null) continue;
        if (value.type == Type::integer) {
            texts[i] = std::to_string(value.integer);
        } else if (value.type == Type::real) {
            texts[i] = fmt::format("{}", value.real);
        } else {
            texts[i] = value.text();
            if (value.type != Type::bytes) refuse_zero_byte(where, texts[i]);
        }
        formats[i] = value.type == Type::bytes;
        lengths[i] = int(texts[i].size());
        pointers[i] = texts[i].c_str();
    }
    const int count = int(values.size());
    PGresult* result =
        statement != nullptr
            ? PQexecPrepared(handle_, statement, count, pointers.data(), lengths.data(), formats.data(), 0)
            : PQexecParams(handle_, sql, count, types.data(), pointers.data(), lengths.data(), formats.data(), 0);
    return expect(result, where);
}

Rows& PostgresqlConnection::run(const Query& query, std::span<const Value> values) {
    std::string& statement = queries_[{query.number(), types_of(values)}];
    if (statement.empty()) {
        const Numbered text = numbered(query.sql(), '$', Numbering::by_first_use);
        expect_parameters(query.name(), text.parameters, values.size());
        statement = prepare(query.name(), text.sql, values);
    }
    return *new PostgresqlRows(query.name(), call(statement.c_str(), nullptr, query.name(), values));
}

void PostgresqlConnection::tell(const std::string& text) {
    const char* const values[] = {text.c_str()};
    const std::string sql = fmt::format("SELECT pg_notify({}, $1)", channel_sql);
    PQclear(expect(PQexecParams(handle_, sql.c_str(), 1, nullptr, values, nullptr, nullptr, 0), "db.tell"));
}

Rows& PostgresqlConnection::stream(const Query& query, std::span<const Value> values) {
    const Numbered text = numbered(query.sql(), '$', Numbering::by_first_use);
    expect_parameters(query.name(), text.parameters, values.size());
    const std::string cursor = "c" + std::to_string(++next_number_);
    const std::string sql = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", cursor, text.sql);
    PQclear(call(nullptr, sql.c_str(), query.name(), values));
    return *new PostgresqlRows(query.name(), *this, cursor);
}

Rows& PostgresqlConnection::run_built(const std::string& sql, std::span<const Value> values) {
    const std::string key = types_of(values) + ' ' + sql;
    const auto known = built_by_text_.find(key);
    if (known != built_by_text_.end()) {
        built_.splice(built_.begin(), built_, known->second);
    } else {
        const Numbered text = numbered(sql, '$', Numbering::by_number);
        expect_parameters(sql, text.parameters, values.size());
        built_.emplace_front(key, prepare(sql, text.sql, values));
        built_by_text_.emplace(built_.front().first, built_.begin());
        if (built_.size() > most_built_statements) {
            execute("DEALLOCATE " + built_.back().second);
            built_by_text_.erase(built_.back().first);
            built_.pop_back();
        }
    }
    return *new PostgresqlRows(sql, call(built_.front().second.c_str(), nullptr, sql, values));
}

}  // namespace mitwirken::db
