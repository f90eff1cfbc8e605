// Words of the public pages: the situation of a procedure and the dates of its steps.
#pragma once

#include <string>

#include "core/procedures/place.h"
#include "core/visit.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

std::string words_of(const core::Visit& visit, Situation situation);
std::string pill_of(Situation situation);
// "6. April bis 30. Mai", "ab 6. April", "Herbst 2027".
std::string dates_of(const core::Visit& visit, const core::Place& place, const core::Step& step, core::Spot spot);

// What is open for this person at this moment; nothing when the building block is not there.
struct Opening {
    const core::Activity* activity = nullptr;
    bool open = false;
    std::optional<Timestamp> until;       // of what is open longest
    std::optional<Timestamp> opens_next;  // of what is not open yet
};
Opening opening_of(const core::Visit& visit, const core::Place& place, const core::Activity& activity);
// Those that this person sees: what is open comes first, else in the order of the plan.
std::vector<Opening> openings(const core::Visit& visit, const core::Place& place);

}  // namespace mitwirken::procedures
