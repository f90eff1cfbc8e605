// The condition of a filtered list of contributions, put together from literals; for this folder's stores.
#pragma once

#include <string>
#include <vector>

#include "core/contributions/contributions.h"

namespace mitwirken::core {

struct Built {
    std::string where;
    std::vector<db::Parameter> values;
    std::string bind(db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
};

// Everything of the filter but its place in the list. The seed of a random order is bound first: its sort value names
// :p1.
Built build_where(TenantId tenant, const ContributionFilter& filter);

}  // namespace mitwirken::core
