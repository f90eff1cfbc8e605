// The rules in the order of the exchange format's description; see grid.h.
#include "core/procedures/grid.h"

#include <algorithm>

namespace mitwirken::core {

namespace {

// No end is the last of all ends.
Timestamp end_of(const Period& period) { return period.until.value_or(Timestamp::max()); }

bool running(const Period& period, Timestamp at) { return period.from && *period.from <= at && at < end_of(period); }

template <class List>
std::optional<std::size_t> position(const List& list, std::string_view key) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& part) { return part.key == key; });
    if (found == list.end()) return {};
    return std::size_t(found - list.begin());
}

std::optional<Spot> spot_of(const Procedure& procedure, const StepSetting& cell) {
    const auto track = position(procedure.tracks, cell.track);
    if (!track) return {};
    const auto step = position(procedure.tracks[*track].steps, cell.step);
    if (!step) return {};
    return Spot{*track, *step};
}

}  // namespace

std::string_view to_word(Reason reason) {
    switch (reason) {
        case Reason::draft:
            return "draft";
        case Reason::not_for_you:
            return "not_for_you";
        case Reason::not_offered:
            return "not_offered";
        case Reason::paused:
            return "paused";
        case Reason::open:
            return "open";
        case Reason::not_yet:
            return "not_yet";
        case Reason::no_date:
            return "no_date";
        case Reason::closed:
            return "closed";
    }
    return "";
}

bool Grid::Setting::offers(std::string_view interaction) const {
    return std::find(open.begin(), open.end(), interaction) != open.end();
}

Grid::Grid(const Procedure& procedure) : state_(procedure.state) {
    for (const auto& track : procedure.tracks) {
        TrackTimes times{track.key, {}, {}};
        for (const auto& step : track.steps) {
            times.periods.push_back(core::period(step));
            const Period& last = times.periods.back();
            if (last.from) times.beginning.push_back(times.periods.size() - 1);
            for (const auto& boundary : {last.from, last.until})
                if (boundary) boundaries_.push_back(*boundary);
        }
        std::stable_sort(times.beginning.begin(), times.beginning.end(),
                         [&](std::size_t a, std::size_t b) { return *times.periods[a].from < *times.periods[b].from; });
        tracks_.push_back(std::move(times));
    }
    std::sort(boundaries_.begin(), boundaries_.end());
    boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
    for (const auto& cell : procedure.grid)
        if (const auto spot = spot_of(procedure, cell))
            settings_[cell.activity].push_back({*spot, cell.visible, cell.open});
    // "The order of the file" is that of tracks and steps: it is they who are compared, not the cells.
    for (auto& [activity, settings] : settings_)
        std::stable_sort(settings.begin(), settings.end(),
                         [](const Setting& a, const Setting& b) { return a.spot < b.spot; });
}

Grid::Audience Grid::audience(const std::vector<std::string>& tracks) const {
    Audience result;
    for (const auto& track : tracks_)
        result.tracks_.push_back(std::find(tracks.begin(), tracks.end(), track.key) != tracks.end());
    return result;
}

Grid::Audience Grid::everybody() const {
    Audience result;
    result.tracks_.assign(tracks_.size(), true);
    return result;
}

const std::vector<Grid::Setting>& Grid::settings(std::string_view activity) const {
    static const std::vector<Setting> none;
    const auto found = settings_.find(activity);
    return found == settings_.end() ? none : found->second;
}

std::optional<Current> Grid::current(std::size_t track, Timestamp at) const {
    const auto& times = tracks_[track];
    const auto later = std::upper_bound(times.beginning.begin(), times.beginning.end(), at,
                                        [&](Timestamp t, std::size_t step) { return t < *times.periods[step].from; });
    if (later == times.beginning.begin()) return {};
    const std::size_t step = *std::prev(later);
    return Current{step, running(times.periods[step], at)};
}

// Reading follows the step that began last, also when it has ended.
bool Grid::shows(const Setting& setting, Timestamp at) const {
    if (!setting.visible) return false;
    const auto now = current(setting.spot.track, at);
    return now && now->step == setting.spot.step;
}

bool Grid::visible(const Audience& person, std::string_view activity, Timestamp at) const {
    if (state_ == ProcedureState::draft) return false;
    const auto& all = settings(activity);
    return std::any_of(all.begin(), all.end(),
                       [&](const Setting& s) { return person.has(s.spot.track) && shows(s, at); });
}

// The best of each kind while the settings go by in the order of the file; of equals the first stays.
struct Grid::Scan {
    const Grid& grid;
    Timestamp at;
    const Setting *open = nullptr, *later = nullptr, *rough = nullptr, *ended = nullptr;

    const Period& of(const Setting* setting) const { return grid.period(setting->spot); }
    void take(const Setting& setting) {
        const Period& period = of(&setting);
        if (!period.from) {
            if (!rough) rough = &setting;
        } else if (*period.from > at) {
            if (!later || *period.from < *of(later).from) later = &setting;
        } else if (running(period, at)) {
            if (!open || end_of(period) > end_of(of(open))) open = &setting;
        } else if (!ended || end_of(period) > end_of(of(ended))) {
            ended = &setting;
        }
    }
};

Answer Grid::ask(const Audience& person, std::string_view activity, std::string_view interaction, Timestamp at) const {
    Answer answer;
    if (state_ == ProcedureState::draft) return answer;
    bool mine = false, offered = false;
    Scan scan{*this, at};
    for (const auto& setting : settings(activity)) {
        if (!person.has(setting.spot.track)) continue;
        mine = true;
        answer.visible = answer.visible || shows(setting, at);
        if (!setting.offers(interaction)) continue;
        offered = true;
        scan.take(setting);
    }
    const auto decided = [&](Reason because, const Setting* by) {
        answer.because = because;
        if (by) {
            answer.where = by->spot;
            answer.period = period(by->spot);
        }
        return answer;
    };
    if (!mine) return decided(Reason::not_for_you, nullptr);
    if (!offered) return decided(Reason::not_offered, nullptr);
    if (state_ == ProcedureState::paused) return decided(Reason::paused, nullptr);
    if (scan.open) return decided(Reason::open, scan.open);
    if (scan.later) return decided(Reason::not_yet, scan.later);
    if (scan.rough) return decided(Reason::no_date, scan.rough);
    return decided(Reason::closed, scan.ended);
}

std::optional<Timestamp> Grid::next_change(Timestamp at) const {
    const auto later = std::upper_bound(boundaries_.begin(), boundaries_.end(), at);
    if (later == boundaries_.end()) return {};
    return *later;
}

Answer ask(const Procedure& procedure, const std::vector<std::string>& tracks, std::string_view activity,
           std::string_view interaction, Timestamp at) {
    const Grid grid(procedure);
    return grid.ask(grid.audience(tracks), activity, interaction, at);
}

std::optional<Timestamp> next_change(const Procedure& procedure, Timestamp at) {
    return Grid(procedure).next_change(at);
}

}  // namespace mitwirken::core
