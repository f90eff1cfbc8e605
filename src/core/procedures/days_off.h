// Weekends and the public holidays of North Rhine-Westphalia (Feiertagsgesetz NW, section 2): a step that ends on one
// is not wrong, but nobody is in the office to answer on its last day, so the editor says so. Pure.
#pragma once

#include <optional>

#include "platform/base/message.h"
#include "platform/base/time.h"

namespace mitwirken::core {

// Easter Sunday of the Gregorian calendar.
Date easter(std::chrono::year year);
// "Saturday", "Easter Monday"; nothing for a working day.
std::optional<Message> day_off(Date day);

}  // namespace mitwirken::core
