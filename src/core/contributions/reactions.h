// When an office has first answered a contribution: what "we answer within n days" is measured by. The module that
// keeps answers says when that was; figures of every kind read it here.
#pragma once

#include <optional>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::core {

struct Reaction {
    Timestamp at{};
    std::int64_t days = 0;  // of Berlin, since the contribution was published
};
// Replaces what is known; nothing = not answered (any more).
void set_reaction(db::Tx& tx, ContributionId contribution, const std::optional<Reaction>& first);
std::optional<Timestamp> reaction(db::Tx& tx, ContributionId contribution);

// Of everything public in a procedure that has a page of its own.
struct PromiseFigures {
    std::int64_t all = 0, in_time = 0, late = 0, overdue = 0;
    std::int64_t open() const { return all - in_time - late - overdue; }
};
// `late_before`: what was published earlier and is not answered is overdue.
PromiseFigures promise_figures(db::Tx& tx, ProcedureId procedure, std::int64_t promise_days, Timestamp late_before);

}  // namespace mitwirken::core
