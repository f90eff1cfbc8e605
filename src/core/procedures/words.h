// The answer of the grid as a page says it: "noch nicht – ab 6. April", "geschlossen seit 29. März, 24 Uhr". A period
// that ends at midnight is said to end on the day before, at 24 o'clock. The year is left out while it is the present
// one.
#pragma once

#include <string>
#include <string_view>

#include "core/procedures/grid.h"
#include "platform/base/result.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::core {

// The procedure is the one the answer is about; `now` the instant it was asked for.
std::string reason_in_words(const i18n::Language& language, const Procedure& procedure, const Answer& answer,
                            std::string_view activity, std::string_view interaction, Timestamp now);

std::string beginning_in_words(const i18n::Language& language, Timestamp from, Timestamp now);
std::string end_in_words(const i18n::Language& language, Timestamp until, Timestamp now);

// "track public, step vote, last_day: …", a line for each problem.
std::string problems_in_words(const i18n::Language& language, const Problems& problems);

}  // namespace mitwirken::core
