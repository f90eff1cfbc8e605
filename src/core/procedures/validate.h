// What is refused in a procedure, whether it comes from a file or from the editor. Each problem names its place in
// Problem::field ("track public, step collect, last_day") and says what is wrong in a translatable sentence; the editor
// asks for the problems of a field with the same functions that name it here.
#pragma once

#include <string>
#include <string_view>

#include "core/procedures/procedures.h"
#include "platform/base/result.h"

namespace mitwirken::core {

Problems validate(const Procedure& procedure);

// Names of places. `field` is the member of the exchange format; "" stands for the part as a whole.
std::string track_place(std::string_view track, std::string_view field);
std::string step_place(std::string_view track, std::string_view step, std::string_view field);
std::string activity_place(std::string_view activity, std::string_view field);
std::string cell_place(const StepSetting& cell, std::string_view field);
// The member of the format in which the beginning (the end) of a step stands.
std::string_view begin_field(const StepDates& dates);
std::string_view end_field(const StepDates& dates);

}  // namespace mitwirken::core
