// A condition under construction, for lists with filters: the text is put together from literals only, bind() gives the
// placeholder of a value. See docs/sql.md, "Built queries".
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "platform/db/db.h"

namespace mitwirken::db {

struct Condition {
    std::string text;
    std::vector<Parameter> values;

    std::string bind(Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
    // "(:p3, :p4, …)" with 1, 4, 16, 64 … places, so that few texts stay prepared; the last value fills what is left.
    // `nothing` stands there when the list is empty: a value that no row has.
    template <class T>
    std::string bind_list(const std::vector<T>& list, const T& nothing) {
        std::size_t places = 1;
        while (places < list.size()) places *= 4;
        std::string result = "(";
        for (std::size_t i = 0; i < places; ++i)
            result += (i ? ", " : "") + bind(list.empty() ? nothing : list[std::min(i, list.size() - 1)]);
        return result + ")";
    }
};

}  // namespace mitwirken::db
