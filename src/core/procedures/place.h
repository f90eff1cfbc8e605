// Where in a procedure a request stands: the procedure, the activity, who the person is for it, and what the grid says.
#pragma once

#include <string_view>
#include <vector>

#include "core/procedures/grid.h"
#include "core/procedures/records.h"

namespace mitwirken::core {

// The action of those who set procedures up; it also lets them see what is not public yet. Declared by the module.
inline constexpr std::string_view edit_procedures_action = "procedures.edit";

struct Place {
    ProcedureRecord procedure;
    Procedure plan;
    Grid grid;
    Grid::Audience audience;        // the tracks this person belongs to
    const Activity* activity = {};  // of plan; none on pages of the procedure as a whole
    Timestamp at{};                 // now, or the day that staff look at ("Vorschau am 14. März")
    bool preview = false;           // looked at by staff before it is public: nothing can be handed in

    Answer ask(std::string_view interaction) const { return ask(*activity, interaction); }
    Answer ask(const Activity& which, std::string_view interaction) const {
        return grid.ask(audience, which.key, interaction, at);
    }
    bool visible(const Activity& which) const { return grid.visible(audience, which.key, at); }
    // The step that an answer names; none when it names none.
    const Step* step(const Answer& answer) const {
        return answer.where ? &plan.tracks[answer.where->track].steps[answer.where->step] : nullptr;
    }
};

class Visit;
// A procedure as this person sees it, with `activity` when it names one; NotFound when it is not for them.
Place open_place(Visit& visit, ProcedureRecord record, std::string_view activity = "");
// For the routes of building blocks: finds {procedure} and {activity} of the address, refuses with the reason what the
// grid does not open, and leaves the place in the visit.
void enter_place(Visit& visit, std::string_view module);

}  // namespace mitwirken::core
