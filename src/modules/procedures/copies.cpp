// See copies.h.
#include "modules/procedures/copies.h"

#include <nlohmann/json.hpp>

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

void move_to(core::WholeProcedure& whole, Date day) {
    const auto first = first_day(whole.plan);
    if (!first) return;
    const int by = days_between(*first, day);
    move_to(whole.plan, day);
    for (auto& task : whole.tasks) task.due = add_days(task.due, by);
    if (whole.record.extra.empty()) return;
    auto extra = nlohmann::ordered_json::parse(whole.record.extra);
    if (!extra.contains("events")) return;
    for (auto& meeting : extra["events"])
        if (const auto planned = parse_date(meeting["day"].get<std::string>()))
            meeting["day"] = to_iso(add_days(*planned, by));
    whole.record.extra = whole.plan.extra = extra.dump();
}

}  // namespace mitwirken::procedures
