// A named SQL statement. Every statement of the product is such a constant in a store.cpp; the names are listed in one
// registry, and one test prepares them all on SQLite and on PostgreSQL.
// Invariants: parameters are written :name and always bound; text that both databases understand. What differs is
// behind placeholders: {{id}} (identity column in migrations), {{bytes}} (binary column).
#pragma once

#include <span>
#include <string_view>

namespace mitwirken::db {

class Query {
public:
    // name: "module.words". Both live as long as the program. Registers itself in all().
    Query(std::string_view name, std::string_view sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    std::string_view name() const { return name_; }
    std::string_view sql() const { return sql_; }
    int number() const { return number_; }  // dense, for the statement cache of a connection

    static std::span<const Query* const> all();

private:
    std::string_view name_, sql_;
    int number_;
};

}  // namespace mitwirken::db
