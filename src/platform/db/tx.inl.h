// The templates of Tx: parameters to Value, rows to T. Everything that does not depend on T is in connection.h.
#pragma once

#include <array>

namespace mitwirken::db {

class Tx::Result {
public:
    Result(Rows* rows, std::int64_t* changes) : rows_(rows), changes_(changes) {}
    ~Result() {
        if (changes_) *changes_ += rows_->changed();
        rows_->finish();
    }
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;
    Rows* operator->() const { return rows_; }
    Rows& operator*() const { return *rows_; }

    template <class T>
    std::vector<T> list() {
        rows_->expect_columns(detail::column_count<T>());
        std::vector<T> found;
        while (rows_->next()) found.push_back(detail::read_row<T>(*rows_));
        return found;
    }

private:
    Rows* rows_;
    std::int64_t* changes_;  // of the transaction; nullptr when this cannot change anything
};

template <class T, class... P>
std::vector<T> Tx::all(const Query& query, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    return run(query, values).template list<T>();
}

template <class T, class... P>
std::optional<T> Tx::one(const Query& query, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    const Result rows = run(query, values);
    rows->expect_columns(detail::column_count<T>());
    if (!rows->next()) return {};
    return detail::read_row<T>(*rows);
}

template <class T, class... P>
T Tx::value(const Query& query, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    const Result rows = run(query, values);
    rows->expect_columns(detail::column_count<T>());
    if (!rows->next()) rows->unexpected(-1, "found no row where exactly one was expected");
    T row = detail::read_row<T>(*rows);
    if (rows->next()) rows->unexpected(-1, "found several rows where exactly one was expected");
    return row;
}

template <class T, class... P>
void Tx::each(const Query& query, const std::function<bool(T&&)>& use, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    const Result rows = stream(query, values);
    bool first = true;
    while (rows->next()) {
        if (first) rows->expect_columns(detail::column_count<T>());
        first = false;
        if (!use(detail::read_row<T>(*rows))) return;
    }
}

template <class... P>
std::int64_t Tx::exec(const Query& query, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    const Result rows = run(query, values);
    while (rows->next()) {
    }
    return rows->changed();
}

template <class T, class... P>
std::vector<T> Tx::all_built(const std::string& sql, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    return run_built(sql, values).template list<T>();
}

template <class... P>
std::int64_t Tx::exec_built(const std::string& sql, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{detail::to_value(parameters)...};
    const Result rows = run_built(sql, values);
    while (rows->next()) {
    }
    return rows->changed();
}

template <class T>
std::vector<T> Tx::all_built_with(const std::string& sql, const std::vector<Parameter>& parameters) {
    std::vector<Value> values;
    values.reserve(parameters.size());
    for (const Parameter& parameter : parameters) values.push_back(detail::parameter_value(parameter));
    return run_built(sql, values).template list<T>();
}

}  // namespace mitwirken::db
