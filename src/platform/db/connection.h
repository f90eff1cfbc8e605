// Inside this folder: what an engine is to the rest. One connection is used by one thread at a time.
// Invariant: a Rows handed out is given back by finish() before the transaction ends; the same query may be run again
// while its rows are being read (a second statement is made for it).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/db/db.h"

namespace mitwirken::db {

class Connection {
public:
    virtual ~Connection() = default;
    virtual Engine engine() const = 0;
    virtual Rows& run(const Query& query, std::span<const Value> values) = 0;
    // Like run(), but the rows are not held in memory all at once.
    virtual Rows& stream(const Query& query, std::span<const Value> values) = 0;
    virtual Rows& run_built(const std::string& sql, std::span<const Value> values) = 0;
    virtual void tell(const std::string& text) = 0;
};

constexpr std::size_t most_built_statements = 200;

// SQL as the engine wants it: every :name becomes a number behind `sign` ("?" or "$"). Named queries number the names
// in the order in which they first appear; built ones by the number in :p1, :p2. Quoted text, comments and :: stay.
struct Numbered {
    std::string sql;
    int parameters = 0;
};
enum class Numbering { by_first_use, by_number };
Numbered numbered(std::string_view sql, char sign, Numbering numbering);

void expect_parameters(std::string_view name, int expected, std::size_t given);
// PostgreSQL cannot keep U+0000 in text, so SQLite must not either.
void refuse_zero_byte(std::string_view name, std::string_view text);

// Runs the hooks of a committed transaction; one that throws is logged and takes nothing of the others with it.
void run_after_commit(const std::vector<std::function<void()>>& actions);
// The same for the answer of write_later.
void answer(const std::function<void(std::exception_ptr)>& done, std::exception_ptr problem);

std::unique_ptr<Database> open_sqlite(const Options& options);
void restore_sqlite(const std::string& path, const std::string& file);
std::unique_ptr<Database> open_postgresql(const Options& options);

}  // namespace mitwirken::db
