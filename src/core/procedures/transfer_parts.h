// Goals, questions, tasks and meetings in the exchange file; see transfer.h. Each part keeps the members that are not
// known here.
#pragma once

#include "core/procedures/members.h"
#include "core/procedures/transfer.h"

namespace mitwirken::core {

// Takes them out of the members that are left over. Meetings are only checked and stay: they are what was planned; the
// dates themselves are kept by whoever keeps dates.
void read_parts(Json& rest, WholeProcedure& whole, Problems& problems);
void write_parts(const WholeProcedure& whole, Json& to);

// The meetings that a procedure's remaining members name.
std::vector<MeetingPlanned> meetings_of(const std::string& extra);

}  // namespace mitwirken::core
