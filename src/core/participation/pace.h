// How much somebody may hand in, and what has to be looked at first: limits per hour in each activity, trust, proof of
// work. The figures are settings of the municipality ("moderation.…"); they are kept in memory, by process.
#pragma once

#include <optional>

#include "core/moderation/moderation.h"
#include "core/visit.h"

namespace mitwirken::core {

// Somebody whose contributions were public so often without complaint ("moderation.trusted_after"; 0 = nobody).
bool is_trusted(Visit& visit);
// Counts one sending in this activity; a problem in words when there were too many. Trusted people may send three
// times as much.
Problems check_pace(Visit& visit);
// Why somebody looks at this text before everybody sees it, or nothing.
std::optional<CaseReason> reason_to_look(Visit& visit, const std::string& text);

}  // namespace mitwirken::core
