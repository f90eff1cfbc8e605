// See public_words.h.
#include "modules/procedures/public_words.h"

#include <algorithm>

#include "core/house.h"
#include "core/procedures/words.h"
#include "modules/procedures/editing.h"

namespace mitwirken::procedures {

using core::Visit;

std::string words_of(const Visit& visit, Situation situation) {
    switch (situation) {
        case Situation::planned:
            return visit.tr("Planned");
        case Situation::running:
            return visit.tr("Running");
        case Situation::over:
            return visit.tr("Finished");
        case Situation::paused:
            return visit.tr("Interrupted");
    }
    return "";
}

std::string pill_of(Situation situation) {
    switch (situation) {
        case Situation::planned:
            return "pill--planned";
        case Situation::running:
            return "pill--running";
        case Situation::over:
            return "pill--past";
        case Situation::paused:
            return "pill--warn";
    }
    return "";
}

std::string dates_of(const Visit& visit, const core::Place& place, const core::Step& step, core::Spot spot) {
    if (const auto* rough = std::get_if<core::Roughly>(&step.dates)) return rough->words;
    const auto& period = place.grid.period(spot);
    const std::string from = core::beginning_in_words(visit.language, *period.from, visit.now);
    if (!period.until) return visit.tr(tr_noop("from {date}", {{"date", from}}));
    // Of whole days the last one is said, not the midnight after it.
    const auto* days = std::get_if<core::ByDays>(&step.dates);
    const std::string until = days ? core::beginning_in_words(visit.language, start_of(*days->last), visit.now)
                                   : core::end_in_words(visit.language, *period.until, visit.now);
    if (from == until) return from;
    return visit.tr(tr_noop("{from} to {until}", {{"from", from}, {"until", until}}));
}

Opening opening_of(const Visit& visit, const core::Place& place, const core::Activity& activity) {
    Opening opening{&activity, false, {}, {}};
    const auto* kind = kind_of(visit, activity.module);
    if (!kind) return opening;
    bool endless = false;
    for (const auto& interaction : kind->interactions) {
        const auto answer = place.ask(activity, interaction.word);
        if (answer.allowed()) {
            opening.open = true;
            endless = endless || !answer.period.until;
            if (answer.period.until && (!opening.until || *answer.period.until > *opening.until))
                opening.until = answer.period.until;
        } else if (answer.because == core::Reason::not_yet && answer.period.from &&
                   (!opening.opens_next || *answer.period.from < *opening.opens_next)) {
            opening.opens_next = answer.period.from;
        }
    }
    if (endless) opening.until.reset();
    return opening;
}

std::vector<Opening> openings(const Visit& visit, const core::Place& place) {
    std::vector<Opening> list;
    for (const auto& activity : place.plan.activities)
        if (place.visible(activity)) list.push_back(opening_of(visit, place, activity));
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.open && !b.open; });
    return list;
}

}  // namespace mitwirken::procedures
