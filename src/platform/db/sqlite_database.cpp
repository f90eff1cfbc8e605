// SQLite behind the interface of db.h: readers, the writer, backup, check, schema.
#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <future>
#include <thread>

#include <fmt/format.h>

#include "platform/base/log.h"
#include "platform/db/pool.h"
#include "platform/db/sqlite_writer.h"

namespace mitwirken::db {

namespace {

using std::chrono::steady_clock;

void sync_to_disk(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags);
    if (file < 0 || ::fsync(file) != 0) {
        if (file >= 0) ::close(file);
        throw Error(Fault::unavailable, "backup: the copy cannot be written to disk");
    }
    ::close(file);
}

std::string plain_type(std::string type) {
    for (char& c : type) c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    if (type.find("int") != std::string::npos) return "integer";
    if (type.find("char") != std::string::npos || type.find("text") != std::string::npos) return "text";
    if (type.find("blob") != std::string::npos) return "bytes";
    if (type.find("real") != std::string::npos || type.find("double") != std::string::npos) return "real";
    return type;
}

class SqliteDatabase : public Database {
public:
    SqliteDatabase(const std::string& path, const Options& options)
        : writer_(path, options, work_),
          time_limit_(options.statement_timeout_ms),
          most_waiting_(std::size_t(options.max_queued_writes)),
          readers_(options.readers, time_limit_, [this, &path] {
              return std::make_unique<SqliteConnection>(path, SqliteConnection::Use::read, work_);
          }) {}

    Engine engine() const override { return Engine::sqlite; }
    std::unique_ptr<Listener> listen(Ear ear) override;

    void read(const std::function<void(Tx&)>& work) override {
        const auto connection = readers_.lend();
        read_on(*connection, steady_clock::now() + time_limit_, work);
    }

    void write(const std::function<void(Tx&)>& work) override {
        if (writer_.is_this_thread()) throw std::logic_error("write() inside a write would wait for itself");
        std::promise<void> finished;
        writer_.enqueue(
            work,
            [&finished](std::exception_ptr problem) {
                if (problem)
                    finished.set_exception(std::move(problem));
                else
                    finished.set_value();
            },
            std::numeric_limits<std::size_t>::max());
        finished.get_future().get();
    }

    void write_later(std::function<void(Tx&)> work, std::function<void(std::exception_ptr)> done) override {
        // The copy of `done` is for the answer when there is no room.
        if (!writer_.enqueue(std::move(work), done, most_waiting_)) answer(done, std::make_exception_ptr(Busy()));
    }

    void script(const std::string& sql) override;
    void backup(const std::string& file) override;
    std::string check() override;

    void prepare(const Query& query) override {
        const auto connection = readers_.lend();
        const Numbered text = numbered(query.sql(), '?', Numbering::by_first_use);
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v2(connection->handle(), text.sql.c_str(), -1, &statement, nullptr);
        sqlite3_finalize(statement);
        if (code != SQLITE_OK) connection->fail(query.name());
    }

    std::vector<std::pair<std::string, std::vector<std::string>>> schema() override;
    Statistics statistics() const override {
        Statistics all = writer_.statistics();
        all.statements = work_.statements.load(std::memory_order_relaxed);
        all.steps = work_.steps.load(std::memory_order_relaxed);
        return all;
    }
    // The number rises for a connection when another one has committed. In this process only the writer's commits, so
    // what its connection sees rising was committed elsewhere (https://sqlite.org/pragma.html#pragma_data_version).
    std::int64_t data_version() {
        std::int64_t number = 0;
        writer_.alone([&number](SqliteConnection& connection) {
            Tx tx(connection, false);
            number = tx.all_built<std::int64_t>("PRAGMA data_version").at(0);
        });
        return number;
    }

private:
    static void read_on(SqliteConnection& connection, steady_clock::time_point deadline,
                        const std::function<void(Tx&)>& work) {
        connection.execute("BEGIN");
        connection.set_deadline(deadline);
        try {
            Tx tx(connection, false);
            work(tx);
        } catch (...) {
            connection.set_deadline(steady_clock::time_point::max());
            if (connection.in_transaction()) connection.execute("ROLLBACK");
            throw;
        }
        connection.set_deadline(steady_clock::time_point::max());
        if (connection.in_transaction()) connection.execute("COMMIT");
    }

    SqliteWork work_;  // first: the connections count in it
    SqliteWriter writer_;
    std::chrono::milliseconds time_limit_;
    std::size_t most_waiting_;
    Pool<SqliteConnection> readers_;
};

// Tables are rebuilt by migrations, so references are checked once at the end instead of at every step
// (https://sqlite.org/lang_altertable.html, section 7).
void SqliteDatabase::script(const std::string& sql) {
    if (writer_.is_this_thread()) throw std::logic_error("script() inside a write would wait for itself");
    writer_.alone([&sql](SqliteConnection& connection) {
        connection.execute("PRAGMA foreign_keys=OFF");
        try {
            connection.execute("BEGIN IMMEDIATE");
            connection.execute(sql.c_str());
            Tx tx(connection, true);
            const auto broken = tx.all_built<std::string>("SELECT \"table\" FROM pragma_foreign_key_check");
            if (!broken.empty()) {
                throw Error(Fault::constraint, fmt::format("a reference in table {} leads nowhere", broken[0]));
            }
            connection.execute("COMMIT");
        } catch (...) {
            if (connection.in_transaction()) connection.execute("ROLLBACK");
            connection.execute("PRAGMA foreign_keys=ON");
            throw;
        }
        connection.execute("PRAGMA foreign_keys=ON");
    });
}

// One step copies everything from one snapshot; writers go on meanwhile, as WAL lets them.
void SqliteDatabase::backup(const std::string& file) {
    const std::filesystem::path final_path = std::filesystem::absolute(file), part = final_path.string() + ".part";
    std::filesystem::remove(part);
    {
        const auto source = readers_.lend();
        sqlite3* target = nullptr;
        int code = sqlite3_open_v2(part.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        if (code == SQLITE_OK) {
            sqlite3_backup* copy = sqlite3_backup_init(target, "main", source->handle(), "main");
            if (copy != nullptr) sqlite3_backup_step(copy, -1);
            if (copy != nullptr) sqlite3_backup_finish(copy);
            code = sqlite3_errcode(target);
        }
        const std::string words = sqlite3_errmsg(target);
        sqlite3_close_v2(target);
        if (code != SQLITE_OK) {
            std::filesystem::remove(part);
            throw Error((code & 0xff) == SQLITE_FULL ? Fault::full : Fault::unavailable, "backup: " + words);
        }
    }
    sync_to_disk(part, O_RDONLY);
    std::filesystem::rename(part, final_path);
    sync_to_disk(final_path.parent_path(), O_RDONLY | O_DIRECTORY);
}

// Asks four times a second whether another process has written. What it wrote nobody says: everything may be stale.
class SqliteListener : public Listener {
public:
    SqliteListener(SqliteDatabase& database, Ear ear) : ear_(std::move(ear)), seen_(database.data_version()) {
        thread_ = std::thread([this, &database] { run(database); });
    }
    ~SqliteListener() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }

private:
    void run(SqliteDatabase& database) {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, std::chrono::milliseconds(250), [this] { return stopping_; })) {
            lock.unlock();
            look(database);
            lock.lock();
        }
    }

    void look(SqliteDatabase& database) {
        try {
            const auto number = database.data_version();
            if (number != seen_) ear_.in_touch(true);
            seen_ = number;
        } catch (const Error& error) {
            log::warning("database_watch_failed", {{"error", error.what()}});
        }
    }

    Ear ear_;
    std::int64_t seen_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

std::unique_ptr<Listener> SqliteDatabase::listen(Ear ear) {
    return std::make_unique<SqliteListener>(*this, std::move(ear));
}

std::string SqliteDatabase::check() {
    std::string problems;
    const auto connection = readers_.lend();
    read_on(*connection, steady_clock::time_point::max(), [&problems](Tx& tx) {
        for (const auto& line : tx.all_built<std::string>("SELECT * FROM pragma_integrity_check")) {
            if (line != "ok") problems += line + "\n";
        }
        struct Broken {
            std::string table;
            std::optional<std::int64_t> row;
            std::string parent;
        };
        for (const auto& broken :
             tx.all_built<Broken>("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100")) {
            problems +=
                fmt::format("{} row {} refers to nothing in {}\n", broken.table, broken.row.value_or(0), broken.parent);
        }
    });
    return problems;
}

std::vector<std::pair<std::string, std::vector<std::string>>> SqliteDatabase::schema() {
    struct Column {
        std::string table, name, type;
    };
    std::vector<std::pair<std::string, std::vector<std::string>>> result;
    read([&result](Tx& tx) {
        const auto columns = tx.all_built<Column>(
            "SELECT t.name, c.name, c.type FROM pragma_table_list t, pragma_table_info(t.name) c "
            "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
            "ORDER BY t.name, c.name");
        for (const auto& column : columns) {
            if (result.empty() || result.back().first != column.table) result.push_back({column.table, {}});
            result.back().second.push_back(column.name + " " + plain_type(column.type));
        }
    });
    return result;
}

}  // namespace

void restore_sqlite(const std::string& path, const std::string& file) {
    const std::string part = path + ".part";
    for (const char* beside : {"", "-wal", "-shm"})
        if (std::filesystem::exists(path + beside))
            throw Error(Fault::constraint, path + beside + " is there already; a copy needs an empty place");
    std::filesystem::copy_file(file, part, std::filesystem::copy_options::overwrite_existing);
    sync_to_disk(part, O_RDONLY);
    std::filesystem::rename(part, path);
    sync_to_disk(std::filesystem::absolute(path).parent_path(), O_RDONLY | O_DIRECTORY);
}

std::unique_ptr<Database> open_sqlite(const Options& options) {
    return std::make_unique<SqliteDatabase>(options.url.substr(std::string_view("sqlite:").size()), options);
}

}  // namespace mitwirken::db
