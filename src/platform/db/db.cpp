// What both engines share: the transaction, the errors of rows, and which engine an address means.
#include "platform/db/db.h"

#include <fmt/format.h>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/connection.h"
#include "platform/db/postgresql_copy.h"

namespace mitwirken::db {

Tx::Result Tx::run(const Query& query, std::span<const Value> values) {
    return Result(&connection_->run(query, values), writes_ ? &changes_ : nullptr);
}

Tx::Result Tx::run_built(const std::string& sql, std::span<const Value> values) {
    return Result(&connection_->run_built(sql, values), writes_ ? &changes_ : nullptr);
}

Tx::Result Tx::stream(const Query& query, std::span<const Value> values) {
    return Result(&connection_->stream(query, values), nullptr);
}

void Tx::after_commit(std::function<void()> action) { after_commit_.push_back(std::move(action)); }

void Tx::tell(const std::string& text) { connection_->tell(text); }

bool Tx::writes() const { return writes_; }

Engine Tx::engine() const { return connection_->engine(); }

std::unique_ptr<Database> Database::open(const Options& options) {
    if (starts_with(options.url, "sqlite:")) return open_sqlite(options);
    if (starts_with(options.url, "postgresql:") || starts_with(options.url, "postgres:")) {
        return open_postgresql(options);
    }
    throw Error(Fault::other, "database.url must begin with sqlite: or postgresql:");
}

void restore(const std::string& url, const std::string& file) {
    if (starts_with(url, "sqlite:")) return restore_sqlite(url.substr(7), file);
    restore_postgresql(url, file);
}

void Rows::expect_columns(int count) const {
    if (columns() == count) return;
    throw Error(Fault::other,
                fmt::format("{}: the row type has {} fields, the statement {} columns", name(), count, columns()));
}

std::int64_t Rows::integer_between(int column, std::int64_t lowest, std::int64_t highest) const {
    const std::int64_t value = integer(column);
    if (value < lowest || value > highest) unexpected(column, "holds a number that does not fit its field");
    return value;
}

void Rows::unexpected(int column, std::string_view what) const {
    if (column < 0) throw Error(Fault::other, fmt::format("{}: {}", name(), what));
    throw Error(Fault::other, fmt::format("{}: column {} {}", name(), column + 1, what));
}

void expect_parameters(std::string_view name, int expected, std::size_t given) {
    if (std::size_t(expected) == given) return;
    throw Error(Fault::other, fmt::format("{}: {} parameters in the text, {} given", name, expected, given));
}

void refuse_zero_byte(std::string_view name, std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return;
    throw Error(Fault::other, fmt::format("{}: a text parameter holds U+0000", name));
}

void run_after_commit(const std::vector<std::function<void()>>& actions) {
    for (const auto& action : actions) {
        try {
            action();
        } catch (const std::exception& error) {
            log::error("after_commit_failed", {{"error", error.what()}});
        }
    }
}

void answer(const std::function<void(std::exception_ptr)>& done, std::exception_ptr problem) {
    try {
        done(std::move(problem));
    } catch (const std::exception& error) {
        log::error("write_answer_failed", {{"error", error.what()}});
    }
}

}  // namespace mitwirken::db
