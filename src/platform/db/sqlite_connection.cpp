// SQLite: connection settings, statements, and the words of its errors turned into Fault.
#include "platform/db/sqlite_connection.h"

#include <fmt/format.h>

namespace mitwirken::db {

namespace {

Fault fault_of(int code) {
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            return Fault::constraint;
        case SQLITE_READONLY:
            return Fault::read_only;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT:
            return Fault::timeout;
        case SQLITE_FULL:
            return Fault::full;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Fault::unavailable;
        default:
            return Fault::other;
    }
}

// Before SQLite is used for the first time in the process; nobody reads its memory counters, which cost a lock.
void configure_library() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(done);  // another library may have been quicker; nothing depends on it
}

}  // namespace

class SqliteStatement : public Rows {
public:
    SqliteStatement(SqliteConnection& connection, std::string_view name, sqlite3_stmt* statement, int parameters)
        : connection_(connection), name_(name), statement_(statement), parameters_(parameters) {}
    ~SqliteStatement() override { sqlite3_finalize(statement_); }

    bool busy() const { return busy_; }
    const std::string& text_name() const { return name_; }
    // finish() deletes it: it was made because the cached one is being read.
    void only_once() { only_once_ = true; }

    void start(std::span<const Value> values) {
        expect_parameters(name_, parameters_, values.size());
        for (std::size_t i = 0; i < values.size(); ++i) bind(int(i) + 1, values[i]);
        busy_ = true;
    }

    bool next() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        connection_.fail(name_);
    }
    int columns() const override { return sqlite3_column_count(statement_); }
    bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        expect(column, SQLITE_INTEGER, "is no whole number");
        return sqlite3_column_int64(statement_, column);
    }
    double real(int column) const override {
        if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) expect(column, SQLITE_FLOAT, "is no number");
        return sqlite3_column_double(statement_, column);
    }
    std::string_view text(int column) const override {
        expect(column, SQLITE_TEXT, "is no text");
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {data, std::size_t(sqlite3_column_bytes(statement_, column))};
    }
    std::string bytes(int column) const override {
        expect(column, SQLITE_BLOB, "is no binary data");
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return data ? std::string(data, std::size_t(sqlite3_column_bytes(statement_, column))) : std::string();
    }
    std::int64_t changed() const override {
        return sqlite3_stmt_readonly(statement_) ? 0 : sqlite3_changes64(connection_.handle());
    }
    void finish() override {
        connection_.count(sqlite3_stmt_status(statement_, SQLITE_STMTSTATUS_VM_STEP, 1));
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
        busy_ = false;
        if (only_once_) delete this;
    }

protected:
    std::string_view name() const override { return name_; }

private:
    void expect(int column, int type, std::string_view what) const {
        const int found = sqlite3_column_type(statement_, column);
        if (found == type) return;
        unexpected(column, found == SQLITE_NULL ? "is NULL but its field is not optional" : what);
    }
    void bind(int index, const Value& value) {
        int code = SQLITE_OK;
        if (value.null) {
            code = sqlite3_bind_null(statement_, index);
        } else if (value.type == Type::integer) {
            code = sqlite3_bind_int64(statement_, index, value.integer);
        } else if (value.type == Type::real) {
            code = sqlite3_bind_double(statement_, index, value.real);
        } else if (value.type == Type::bytes) {
            code = sqlite3_bind_blob64(statement_, index, value.long_text.empty() ? "" : value.long_text.data(),
                                       value.long_text.size(), SQLITE_STATIC);
        } else {
            // A day lives in the Value, which is gone when rows are streamed from a temporary: copied.
            const std::string_view text = value.text();
            refuse_zero_byte(name_, text);
            code = sqlite3_bind_text64(statement_, index, text.empty() ? "" : text.data(), text.size(),
                                       value.is_day ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
        }
        if (code != SQLITE_OK) connection_.fail(name_);
    }

    SqliteConnection& connection_;
    std::string name_;
    sqlite3_stmt* statement_;
    int parameters_;
    bool busy_ = false;
    bool only_once_ = false;
};

SqliteConnection::SqliteConnection(const std::string& path, Use use, SqliteWork& work) : work_(work) {
    configure_library();
    // Readers are opened for writing too: WAL needs it for the shared index; query_only refuses their writes.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (use == Use::write ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
        const Error error(Fault::unavailable, fmt::format("{}: {}", path, sqlite3_errmsg(handle_)));
        sqlite3_close_v2(handle_);
        throw error;
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    sqlite3_progress_handler(handle_, 4000, past_deadline, this);
    try {
        // Pages are read through the file mapping, which the system may take back; the caches stay small.
        execute(
            "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA mmap_size=2147418112; "
            "PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
        if (use == Use::write) {
            execute("PRAGMA journal_mode=WAL; PRAGMA cache_size=-4096; PRAGMA journal_size_limit=67108864");
        } else {
            execute("PRAGMA query_only=ON; PRAGMA cache_size=-1024");
        }
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    built_by_text_.clear();
    built_.clear();
    queries_.clear();
    sqlite3_close_v2(handle_);
}

int SqliteConnection::past_deadline(void* self) {
    const auto deadline = static_cast<SqliteConnection*>(self)->deadline_;
    return deadline != std::chrono::steady_clock::time_point::max() && std::chrono::steady_clock::now() > deadline;
}

void SqliteConnection::fail(std::string_view where) const {
    const int code = sqlite3_extended_errcode(handle_);
    throw Error(fault_of(code), fmt::format("{}: {}", where, sqlite3_errmsg(handle_)));
}

void SqliteConnection::execute(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(std::string_view(sql).substr(0, 60));
    }
}

std::unique_ptr<SqliteStatement> SqliteConnection::prepared(std::string_view name, std::string_view sql,
                                                            Numbering numbering) {
    const Numbered text = numbered(sql, '?', numbering);
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(handle_, text.sql.c_str(), int(text.sql.size()) + 1, SQLITE_PREPARE_PERSISTENT, &statement,
                           &rest) != SQLITE_OK) {
        fail(name);
    }
    auto result = std::make_unique<SqliteStatement>(*this, name, statement, text.parameters);
    if (statement == nullptr) throw Error(Fault::other, fmt::format("{}: there is no statement in it", name));
    while (*rest == ' ' || *rest == '\n' || *rest == '\t' || *rest == ';') ++rest;
    if (*rest != '\0') throw Error(Fault::other, fmt::format("{}: more than one statement", name));
    return result;
}

Rows& SqliteConnection::start(std::unique_ptr<SqliteStatement>& cached, std::string_view name, std::string_view sql,
                              Numbering numbering, std::span<const Value> values) {
    if (!cached) cached = prepared(name, sql, numbering);
    if (!cached->busy()) {
        cached->start(values);
        return *cached;
    }
    auto second = prepared(name, sql, numbering);
    second->only_once();
    second->start(values);
    return *second.release();
}

Rows& SqliteConnection::run(const Query& query, std::span<const Value> values) {
    const auto number = std::size_t(query.number());
    if (number >= queries_.size()) queries_.resize(number + 1);
    return start(queries_[number], query.name(), query.sql(), Numbering::by_first_use, values);
}

Rows& SqliteConnection::run_built(const std::string& sql, std::span<const Value> values) {
    const auto known = built_by_text_.find(sql);
    if (known != built_by_text_.end()) {
        built_.splice(built_.begin(), built_, known->second);
    } else {
        built_.push_front(prepared(sql, sql, Numbering::by_number));
        built_by_text_.emplace(built_.front()->text_name(), built_.begin());
        if (built_.size() > most_built_statements && !built_.back()->busy()) {
            built_by_text_.erase(built_.back()->text_name());
            built_.pop_back();
        }
    }
    return start(built_.front(), sql, sql, Numbering::by_number, values);
}

}  // namespace mitwirken::db
