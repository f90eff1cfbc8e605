// What recorded things are called, for modules whose things are rows with a title and an address made of the number.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/audit/audit.h"
#include "core/manifest.h"
#include "core/visit.h"

namespace mitwirken::core {

// `table` and `column` are literals. The address is `path` with the number behind it; it is shown to those who may do
// `permission`.
inline std::function<std::map<std::int64_t, NamedItem>(Visit&, const std::vector<std::int64_t>&)> names_by_number(
    std::string_view table, std::string_view column, std::string_view path, std::string_view permission) {
    return [=](Visit& visit, const std::vector<std::int64_t>& items) {
        const bool linked = visit.may(permission).allowed;
        std::map<std::int64_t, NamedItem> names;
        for (auto& [id, title] : titles_of(visit.tx, visit.tenant.id, table, column, items))
            names[id] = {std::move(title), linked ? std::string(path) + std::to_string(id) : std::string()};
        return names;
    };
}

}  // namespace mitwirken::core
