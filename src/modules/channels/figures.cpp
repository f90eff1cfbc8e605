// The rules of figures; see figures.h.
#include "modules/channels/figures.h"

#include <algorithm>

namespace mitwirken::channels {

using std::chrono::sys_days;

bool Figures::by_weeks() const {
    return !days.empty() && (days.rbegin()->first - days.begin()->first).count() >= most_days;
}

std::vector<Bucket> Figures::time_series() const {
    std::vector<Bucket> list;
    if (days.empty()) return list;
    const int width = by_weeks() ? 7 : 1;
    sys_days first = days.begin()->first;
    if (width == 7) first -= std::chrono::days{std::chrono::weekday{first}.iso_encoding() - 1};
    for (sys_days day = first; day <= days.rbegin()->first; day += std::chrono::days{width})
        list.push_back({Date{day}, 0, 0});
    for (const auto& [day, counted] : days) {
        auto& bucket = list[std::size_t((day - first).count() / width)];
        bucket.contributions += counted.contributions;
        bucket.comments += counted.comments;
    }
    return list;
}

bool Figures::answers_tell_channels() const {
    return std::all_of(answers_by_channel.begin(), answers_by_channel.end(),
                       [](const auto& one) { return one.second == 0 || one.second >= few; });
}

std::vector<core::ActivityId> public_activities(const core::Procedure& plan) {
    std::vector<core::ActivityId> list;
    const auto is_office = [&](const std::string& track) {
        return std::any_of(plan.tracks.begin(), plan.tracks.end(), [&](const core::Track& one) {
            return one.key == track && one.audience == core::Audience::staff;
        });
    };
    for (const auto& activity : plan.activities)
        if (std::any_of(plan.grid.begin(), plan.grid.end(), [&](const core::StepSetting& cell) {
                return cell.activity == activity.key && !is_office(cell.track);
            }))
            list.push_back(activity.id);
    return list;
}

}  // namespace mitwirken::channels
