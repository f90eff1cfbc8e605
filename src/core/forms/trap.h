// Against programs that fill in forms which anybody may send: an input that people do not see, and a signed note of
// when the form was opened, since nobody reads and writes in two seconds. No picture riddles: they shut people out. A
// page with a trap is never cached: its note and its key belong to one visitor.
#pragma once

#include "core/forms/forms.h"

namespace mitwirken::core {

inline constexpr auto shortest_reading = std::chrono::seconds{3};

void add_trap(Visit& visit, FormView& form);
// Problems in words for the people whom a trap meets by mistake.
Problems check_trap(const Visit& visit);

}  // namespace mitwirken::core
