// Keys, cells, and time within each track; see validate.h.
#include "core/procedures/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

std::string with_field(std::string place, std::string_view field) {
    return field.empty() ? place : fmt::format("{}, {}", place, field);
}

// What people know a step by.
std::string name_of(const Step& step) { return step.label.empty() ? step.key : step.label; }

template <class Part, class Place>
void check_keys(const std::vector<Part>& parts, Place place, Problems& problems) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        if (trimmed(part.key).empty())
            problems.add(place(fmt::format("no. {}", i + 1), "key"), tr_noop("The key is missing."));
        else if (!seen.insert(part.key).second)
            problems.add(place(part.key, "key"), tr_noop("The key “{key}” is there twice.", {{"key", part.key}}));
    }
}

bool ends_before_it_begins(const StepDates& dates, const Period& period) {
    // The day before the first one ends at the very midnight at which the first begins.
    if (const auto* days = std::get_if<ByDays>(&dates)) return days->last && *days->last < days->first;
    return period.until && *period.until < *period.from;
}

// Adds what is wrong with the dates of one step for itself; true when they are right.
bool check_dates(const Track& track, const Step& step, Problems& problems) {
    const auto place = [&](std::string_view field) { return step_place(track.key, step.key, field); };
    const auto before = problems.list().size();
    const auto check_day = [&](std::string_view field, bool there) {
        if (!there) problems.add(place(field), tr_noop("This date does not exist."));
    };
    if (const auto* rough = std::get_if<Roughly>(&step.dates)) {
        if (trimmed(rough->words).empty())
            problems.add(place("roughly"),
                         tr_noop("Please say in words when it is planned, for example “autumn 2027”."));
    } else if (const auto* days = std::get_if<ByDays>(&step.dates)) {
        check_day("first_day", exists(days->first));
        check_day("last_day", !days->last || exists(*days->last));
    } else if (const auto* times = std::get_if<ByTimes>(&step.dates)) {
        check_day("opens_at", exists(times->opens));
        check_day("closes_at", !times->closes || exists(*times->closes));
    }
    if (problems.list().size() == before && ends_before_it_begins(step.dates, period(step)))
        problems.add(place(end_field(step.dates)), tr_noop("The end is before the beginning."));
    return problems.list().size() == before;
}

struct Dated {
    const Step* step = nullptr;
    std::size_t index = 0;
    Period period;
    Timestamp end() const { return period.until.value_or(Timestamp::max()); }
};

void say_after_endless(const Track& track, const Step& step, const Step& endless, Problems& problems) {
    problems.add(step_place(track.key, step.key, begin_field(step.dates)),
                 tr_noop("“{step}” cannot come after “{other}”, which has no end.",
                         {{"step", name_of(step)}, {"other", name_of(endless)}}));
}

void check_overlaps(const Track& track, std::vector<Dated> dated, std::size_t first_endless, Problems& problems) {
    std::sort(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) {
        return std::tuple(*a.period.from, a.end(), a.index) < std::tuple(*b.period.from, b.end(), b.index);
    });
    const Dated* longest = nullptr;  // of those before, the one that ends last
    for (const auto& next : dated) {
        if (longest && *next.period.from < longest->end() && next.index <= first_endless) {
            if (!longest->period.until)
                say_after_endless(track, *next.step, *longest->step, problems);
            else
                problems.add(step_place(track.key, next.step->key, begin_field(next.step->dates)),
                             tr_noop("“{step}” begins before “{other}” has ended.",
                                     {{"step", name_of(*next.step)}, {"other", name_of(*longest->step)}}));
        }
        if (!longest || next.end() > longest->end()) longest = &next;
    }
}

void check_steps(const Track& track, Problems& problems) {
    check_keys(
        track.steps, [&](auto key, auto field) { return step_place(track.key, key, field); }, problems);
    std::vector<Dated> dated;
    std::size_t first_endless = track.steps.size();  // the steps behind it in the file have their problem already
    for (std::size_t i = 0; i < track.steps.size(); ++i) {
        const Step& step = track.steps[i];
        const bool right = check_dates(track, step, problems);
        if (i > first_endless) say_after_endless(track, step, track.steps[first_endless], problems);
        if (!right || std::holds_alternative<Roughly>(step.dates)) continue;
        dated.push_back({&step, i, period(step)});
        if (!dated.back().period.until) first_endless = std::min(first_endless, i);
    }
    check_overlaps(track, std::move(dated), first_endless, problems);
}

template <class List>
auto find_key(const List& list, std::string_view key) {
    return std::find_if(list.begin(), list.end(), [&](const auto& part) { return part.key == key; });
}

void check_grid(const Procedure& procedure, Problems& problems) {
    std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
    for (const auto& cell : procedure.grid) {
        if (find_key(procedure.activities, cell.activity) == procedure.activities.end())
            problems.add(cell_place(cell, "activity"),
                         tr_noop("There is no activity “{key}”.", {{"key", cell.activity}}));
        const auto track = find_key(procedure.tracks, cell.track);
        if (track == procedure.tracks.end())
            problems.add(cell_place(cell, "track"), tr_noop("There is no track “{key}”.", {{"key", cell.track}}));
        else if (find_key(track->steps, cell.step) == track->steps.end())
            problems.add(cell_place(cell, "step"), tr_noop("The track “{track}” has no step “{key}”.",
                                                           {{"track", cell.track}, {"key", cell.step}}));
        if (!seen.insert({cell.activity, cell.track, cell.step}).second)
            problems.add(cell_place(cell, ""), tr_noop("The setting of this activity in this step is there twice."));
        for (const auto& interaction : cell.open)
            if (trimmed(interaction).empty())
                problems.add(cell_place(cell, "open"), tr_noop("An interaction without a name cannot be open."));
    }
}

}  // namespace

std::string track_place(std::string_view track, std::string_view field) {
    return with_field(fmt::format("track {}", track), field);
}

std::string step_place(std::string_view track, std::string_view step, std::string_view field) {
    return with_field(fmt::format("track {}, step {}", track, step), field);
}

std::string activity_place(std::string_view activity, std::string_view field) {
    return with_field(fmt::format("activity {}", activity), field);
}

std::string cell_place(const StepSetting& cell, std::string_view field) {
    const std::string place =
        fmt::format("grid (activity {}, track {}, step {})", cell.activity, cell.track, cell.step);
    return with_field(place, field);
}

std::string_view begin_field(const StepDates& dates) {
    constexpr std::string_view names[] = {"first_day", "opens_at", "roughly"};
    return names[dates.index()];
}

std::string_view end_field(const StepDates& dates) {
    constexpr std::string_view names[] = {"last_day", "closes_at", "roughly"};
    return names[dates.index()];
}

Problems validate(const Procedure& procedure) {
    Problems problems;
    check_keys(procedure.tracks, track_place, problems);
    check_keys(procedure.activities, activity_place, problems);
    for (const auto& track : procedure.tracks) check_steps(track, problems);
    check_grid(procedure, problems);
    return problems;
}

}  // namespace mitwirken::core
