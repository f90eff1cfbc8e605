// Many made-up entries, for the load test and for tests that ask whether a cost grows with the table. The same numbers
// give the same entries, whatever was added before.
// What must stay true: everything goes through the modules' own functions, so lists, counts and search are as in life.
#pragma once

#include "core/house.h"

namespace mitwirken::tests {

enum class What { formats, offers, news, events };

// Adds the entries number `from` to `to` - 1, all of them public at `now`.
void add_many(core::House& house, core::TenantId tenant, What what, int from, int to, Timestamp now);

// Procedures with ideas, comments and support, spread by chance; the first one has at least `largest` of the ideas, all
// of them with a place. Keys: "last-1", "last-2" …; the activity is "ideen". Adds everything at once; call it once.
struct Participation {
    int procedures = 200, ideas = 100'000, comments = 500'000, supports = 2'000'000;
    int largest = 20'000;
};
void add_participation(core::House& house, core::TenantId tenant, const Participation& numbers, Timestamp now);

}  // namespace mitwirken::tests
