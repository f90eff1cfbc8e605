// One track with its steps as a form, and back: pure, so that its rules can be tried without a page. A step is five
// fields of time: two days, two times, words; what is filled in says which kind it is.
#pragma once

#include "core/procedures/procedures.h"
#include "platform/base/form.h"
#include "platform/base/result.h"

namespace mitwirken::procedures {

inline constexpr int most_steps = 60;

// "step-3-label"
std::string step_field(int number, std::string_view name);
void write_track(Form& form, const core::Track& track);
// How many steps the form carries, empty ones for new steps included.
int steps_in(const Form& form);

// The track as typed. Steps that the form does not name stay; a step without any text is none. `numbers` gives for
// each step the number it has in the form (0 for one that only stays), to find the field of a problem.
struct TypedTrack {
    core::Track track;
    std::vector<int> numbers;
    Problems problems;
};
TypedTrack read_track(const Form& form, const core::Track& before);
// The field of a place that validate() names; "" when this form has none.
std::string field_of(const TypedTrack& typed, const std::string& place);

}  // namespace mitwirken::procedures
