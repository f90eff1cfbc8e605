// PostgreSQL behind the interface of db.h: pools, transactions that are tried again, threads for write_later.
//
// Writes are SERIALIZABLE, so that code which reads and then writes behaves as on SQLite, where writers take turns; the
// price is that a transaction may have to run again. A read is REPEATABLE READ: a page sees one state of the data.
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <thread>

#include <fmt/format.h>

#include "platform/db/pool.h"
#include "platform/db/postgresql_connection.h"
#include "platform/db/postgresql_copy.h"
#include "platform/db/postgresql_listener.h"

namespace mitwirken::db {

namespace {

constexpr const char* begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
constexpr const char* begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE, READ WRITE";
constexpr int most_attempts = 12, attempts_among_others = 3;

// Databases this thread is writing to, so that write() inside write() is noticed instead of waiting for a connection.
thread_local std::vector<const void*> writing;

class WritingMark {
public:
    explicit WritingMark(const void* database) {
        for (const void* other : writing) {
            if (other == database) throw std::logic_error("write() inside a write would wait for itself");
        }
        writing.push_back(database);
    }
    ~WritingMark() { writing.pop_back(); }
    WritingMark(const WritingMark&) = delete;
    WritingMark& operator=(const WritingMark&) = delete;
};

// Who had to give way tries again after a pause that is longer each time and differs between competitors.
void pause_before(int attempt) {
    thread_local std::minstd_rand random(std::random_device{}());
    const int longest = 2 << std::min(attempt, 6);
    std::this_thread::sleep_for(std::chrono::microseconds(500) + std::chrono::milliseconds(random() % longest));
}

std::string plain_type(const std::string& type) {
    static const std::map<std::string, std::string> known{
        {"bigint", "integer"}, {"integer", "integer"},        {"smallint", "integer"},
        {"text", "text"},      {"character varying", "text"}, {"jsonb", "text"},
        {"bytea", "bytes"},    {"double precision", "real"},  {"real", "real"}};
    const auto found = known.find(type);
    return found == known.end() ? type : found->second;
}

class PostgresqlDatabase : public Database {
public:
    using Connections = Pool<PostgresqlConnection>;

    explicit PostgresqlDatabase(const Options& options)
        : options_(options),
          readers_(options.readers, wait(), opener(options.read_url.empty() ? options.url : options.read_url)),
          writers_(options.writers, wait(), opener(options.url)) {
        for (int i = 0; i < options.writers; ++i) threads_.emplace_back([this] { write_waiting(); });
    }

    ~PostgresqlDatabase() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        arrived_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    Engine engine() const override { return Engine::postgresql; }

    std::unique_ptr<Listener> listen(Ear ear) override {
        return std::make_unique<PostgresqlListener>(options_.url, std::move(ear));
    }

    void read(const std::function<void(Tx&)>& work) override {
        const auto connection = readers_.lend();
        connection->begin(begin_read);
        attempt(*connection, false, work);
    }

    void write(const std::function<void(Tx&)>& work) override {
        const WritingMark mark(this);
        try {
            run_after_commit(write_and_commit(work));
            const std::lock_guard lock(mutex_);
            ++statistics_.writes;
            ++statistics_.commits;
        } catch (...) {
            const std::lock_guard lock(mutex_);
            ++statistics_.failed;
            throw;
        }
    }

    void write_later(std::function<void(Tx&)> work, std::function<void(std::exception_ptr)> done) override {
        {
            std::unique_lock lock(mutex_);
            if (waiting_.size() >= std::size_t(options_.max_queued_writes)) {
                lock.unlock();
                answer(done, std::make_exception_ptr(Busy()));
                return;
            }
            waiting_.emplace_back(std::move(work), std::move(done));
        }
        arrived_.notify_one();
    }

    void script(const std::string& sql) override {
        const WritingMark mark(this);
        const auto connection = writers_.lend();
        connection->begin("BEGIN");
        try {
            // One script at a time over all processes; a long index build must not be cut off.
            connection->execute("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(7305808869)");
            connection->execute(sql);
            connection->commit();
        } catch (...) {
            connection->rollback();
            throw;
        }
    }

    void backup(const std::string& file) override { dump_postgresql(options_.url, file); }
    std::string check() override;

    void prepare(const Query& query) override {
        const auto connection = readers_.lend();
        connection->begin("BEGIN");
        try {
            connection->check(query);
        } catch (...) {
            connection->rollback();
            throw;
        }
        connection->rollback();
    }

    std::vector<std::pair<std::string, std::vector<std::string>>> schema() override;

    Statistics statistics() const override {
        const std::lock_guard lock(mutex_);
        Statistics result = statistics_;
        result.queued = std::int64_t(waiting_.size());
        return result;
    }

private:
    using Actions = std::vector<std::function<void()>>;

    std::chrono::milliseconds wait() const { return std::chrono::milliseconds(options_.statement_timeout_ms); }
    std::function<std::unique_ptr<PostgresqlConnection>()> opener(const std::string& url) const {
        return [this, url] { return std::make_unique<PostgresqlConnection>(url, options_.statement_timeout_ms); };
    }

    // The transaction is open; commits it or takes it back.
    Actions attempt(PostgresqlConnection& connection, bool writes, const std::function<void(Tx&)>& work) const {
        try {
            Tx tx(connection, writes);
            work(tx);
            connection.commit();
            return tx.take_after_commit();
        } catch (...) {
            connection.rollback();
            throw;
        }
    }

    // The connection is given back before the hooks run: they may want it.
    Actions write_and_commit(const std::function<void(Tx&)>& work) {
        const auto connection = writers_.lend();
        for (int number = 1;; ++number) {
            try {
                return attempt_write(*connection, work, number > attempts_among_others);
            } catch (const TryAgain&) {
                if (number == most_attempts) throw;
            }
            pause_before(number);
        }
    }

    // Who had to give way several times runs alone in this process: under load it would lose for ever. Whoever waits
    // for that holds the gate, so that nobody overtakes.
    Actions attempt_write(PostgresqlConnection& connection, const std::function<void(Tx&)>& work, bool alone) {
        std::shared_lock among_others(turns_, std::defer_lock);
        std::unique_lock by_itself(turns_, std::defer_lock);
        {
            const std::lock_guard gate(gate_);
            if (alone)
                by_itself.lock();
            else
                among_others.lock();
        }
        connection.begin(begin_write);
        return attempt(connection, true, work);
    }

    void write_waiting() {
        while (true) {
            std::pair<std::function<void(Tx&)>, std::function<void(std::exception_ptr)>> request;
            {
                std::unique_lock lock(mutex_);
                arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
                if (waiting_.empty()) return;
                request = std::move(waiting_.front());
                waiting_.pop_front();
            }
            std::exception_ptr problem;
            try {
                write(request.first);
            } catch (...) {
                problem = std::current_exception();
            }
            const WritingMark mark(this);  // as on SQLite, where this is the writer's thread
            answer(request.second, problem);
        }
    }

    Options options_;
    Connections readers_, writers_;
    std::mutex gate_;
    std::shared_mutex turns_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::pair<std::function<void(Tx&)>, std::function<void(std::exception_ptr)>>> waiting_;
    Statistics statistics_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

// PostgreSQL checks its pages itself; what can be wrong are constraints and indexes that were left half made.
std::string PostgresqlDatabase::check() {
    std::string problems;
    read([&problems](Tx& tx) {
        for (const auto& name : tx.all_built<std::string>(
                 "SELECT CAST(indexrelid AS regclass)::text FROM pg_index WHERE NOT indisvalid")) {
            problems += "index " + name + " is not valid\n";
        }
        for (const auto& name :
             tx.all_built<std::string>("SELECT conname::text FROM pg_constraint WHERE NOT convalidated")) {
            problems += "constraint " + name + " was never checked\n";
        }
    });
    return problems;
}

std::vector<std::pair<std::string, std::vector<std::string>>> PostgresqlDatabase::schema() {
    struct Column {
        std::string table, name, type;
    };
    std::vector<std::pair<std::string, std::vector<std::string>>> result;
    read([&result](Tx& tx) {
        const auto columns = tx.all_built<Column>(
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text "
            "FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type <> 'tsvector' "
            "ORDER BY c.table_name COLLATE \"C\", c.column_name COLLATE \"C\"");
        for (const auto& column : columns) {
            if (result.empty() || result.back().first != column.table) result.push_back({column.table, {}});
            result.back().second.push_back(column.name + " " + plain_type(column.type));
        }
    });
    return result;
}

}  // namespace

std::unique_ptr<Database> open_postgresql(const Options& options) {
    return std::make_unique<PostgresqlDatabase>(options);
}

}  // namespace mitwirken::db
