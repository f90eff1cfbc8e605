// See copies.h.
#include "modules/procedures/copies.h"

namespace mitwirken::procedures {

namespace {

// Days of a step that stand in it; none of one in words.
std::vector<Date*> days_of(core::StepDates& dates) {
    std::vector<Date*> days;
    if (auto* whole = std::get_if<core::ByDays>(&dates)) {
        days.push_back(&whole->first);
        if (whole->last) days.push_back(&*whole->last);
    } else if (auto* times = std::get_if<core::ByTimes>(&dates)) {
        days.push_back(&times->opens.day);
        if (times->closes) days.push_back(&times->closes->day);
    }
    return days;
}

}  // namespace

std::optional<Date> first_day(const core::Procedure& plan) {
    std::optional<Date> first;
    for (const auto& track : plan.tracks)
        for (auto step : track.steps)
            for (const Date* day : days_of(step.dates))
                if (!first || *day < *first) first = *day;
    return first;
}

void move_to(core::Procedure& plan, Date day) {
    const auto first = first_day(plan);
    if (!first) return;
    const int by = days_between(*first, day);
    for (auto& track : plan.tracks)
        for (auto& step : track.steps)
            for (Date* moved : days_of(step.dates)) *moved = add_days(*moved, by);
}

}  // namespace mitwirken::procedures
