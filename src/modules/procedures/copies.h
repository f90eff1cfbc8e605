// Moving a plan in time: what copies need. Pure.
#pragma once

#include "core/procedures/transfer.h"

namespace mitwirken::procedures {

// The earliest day of all steps with dates; none when there are only words.
std::optional<Date> first_day(const core::Procedure& plan);
// All dates by the same number of days, so that the earliest is `day`; clock times and words stay. Days that would lie
// outside the years that can be written become such as validate() refuses.
void move_to(core::Procedure& plan, Date day);
// The same for everything with a day: tasks and planned meetings move along.
void move_to(core::WholeProcedure& whole, Date day);

}  // namespace mitwirken::procedures
