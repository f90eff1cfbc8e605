// The registry of queries, and the numbering of their parameters.
#include "platform/db/query.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/db/connection.h"

namespace mitwirken::db {

namespace {

// Reserved once, so that a span handed out stays good; the product has some hundred queries.
constexpr std::size_t most_queries = 16384;

struct Registry {
    std::mutex mutex;
    std::vector<const Query*> list;
    Registry() { list.reserve(most_queries); }
};

// Queries are constants of many files, made before main in no known order.
Registry& registry() {
    static Registry instance;
    return instance;
}

bool name_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of what begins at `at` and is no SQL of ours: a string, a quoted name or a comment; `at` when nothing does.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const auto behind = [&](std::string_view end, std::size_t from) {
        const std::size_t found = sql.find(end, from);
        return found == std::string_view::npos ? sql.size() : found + end.size();
    };
    if (sql[at] == '\'') return behind("'", at + 1);
    if (sql[at] == '"') return behind("\"", at + 1);
    if (sql.substr(at, 2) == "--") return behind("\n", at);
    if (sql.substr(at, 2) == "/*") return behind("*/", at + 2);
    return at;
}

int number_of(std::string_view name, Numbering numbering, std::vector<std::string_view>& names) {
    if (numbering == Numbering::by_first_use) {
        const auto known = std::find(names.begin(), names.end(), name);
        if (known != names.end()) return int(known - names.begin()) + 1;
        names.push_back(name);
        return int(names.size());
    }
    int number = 0;
    if (name[0] == 'p') std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (number < 1) throw Error(Fault::other, "parameters of a built query are :p1, :p2 …, not :" + std::string(name));
    return number;
}

}  // namespace

Query::Query(std::string_view name, std::string_view sql) : name_(name), sql_(sql) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    if (all.list.size() == most_queries) throw std::logic_error("more queries than the registry holds");
    number_ = int(all.list.size());
    all.list.push_back(this);
}

std::span<const Query* const> Query::all() {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    return {all.list.data(), all.list.size()};
}

Numbered numbered(std::string_view sql, char sign, Numbering numbering) {
    Numbered result;
    std::vector<std::string_view> names;
    std::size_t at = 0;
    while (at < sql.size()) {
        std::size_t end = end_of_quoted(sql, at);
        if (end == at && sql.substr(at, 2) == "::") end = at + 2;
        if (end == at && (sql[at] != ':' || at + 1 == sql.size() || !name_letter(sql[at + 1]))) end = at + 1;
        if (end != at) {
            result.sql.append(sql.substr(at, end - at));
            at = end;
            continue;
        }
        end = at + 1;
        while (end < sql.size() && name_letter(sql[end])) ++end;
        const int number = number_of(sql.substr(at + 1, end - at - 1), numbering, names);
        result.parameters = std::max(result.parameters, number);
        result.sql += sign + std::to_string(number);
        at = end;
    }
    return result;
}

}  // namespace mitwirken::db
