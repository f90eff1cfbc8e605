// See words.h.
#include "core/procedures/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace mitwirken::core {

namespace {

std::string day_in_words(const i18n::Language& language, Date day, Timestamp now) {
    return day.year() == berlin_day(now).year() ? language.day_month(day) : language.date(day);
}

std::string clock_in_words(const i18n::Language& language, const LocalTime& local) {
    if (local.second) return fmt::format("{:02}:{:02}:{:02}", local.hour, local.minute, local.second);
    return language.clock_time(local.hour * 60 + local.minute);
}

// The hour that exists twice in autumn says which of the two it is.
std::string moment_in_words(const i18n::Language& language, Timestamp instant, Timestamp now) {
    const LocalTime local = to_berlin(instant);
    const std::string day = day_in_words(language, local.day, now), time = clock_in_words(language, local);
    const Timestamp summer = from_berlin(local, Ambiguous::first), winter = from_berlin(local, Ambiguous::second);
    if (summer == winter) return language.tr(tr_noop("{day}, {time}", {{"day", day}, {"time", time}}));
    if (instant < winter) return language.tr(tr_noop("{day}, {time} summer time", {{"day", day}, {"time", time}}));
    return language.tr(tr_noop("{day}, {time} winter time", {{"day", day}, {"time", time}}));
}

bool is_midnight(const LocalTime& local) { return local.hour == 0 && local.minute == 0 && local.second == 0; }

// The tracks for which the activity is meant: where the interaction can be open, else where it stands at all.
std::vector<const Track*> tracks_of(const Procedure& procedure, std::string_view activity,
                                    std::string_view interaction) {
    std::vector<const Track*> offering, standing;
    for (const auto& track : procedure.tracks) {
        bool stands = false, offers = false;
        for (const auto& cell : procedure.grid) {
            if (cell.activity != activity || cell.track != track.key) continue;
            stands = true;
            offers = offers || std::find(cell.open.begin(), cell.open.end(), interaction) != cell.open.end();
        }
        if (offers) offering.push_back(&track);
        if (stands) standing.push_back(&track);
    }
    return offering.empty() ? standing : offering;
}

std::string listed(const i18n::Language& language, const std::vector<std::string>& parts) {
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == 0)
            all = parts[i];
        else if (i + 1 < parts.size())
            all = language.tr(tr_noop("{some}, {next}", {{"some", all}, {"next", parts[i]}}));
        else
            all = language.tr(tr_noop("{some} and {last}", {{"some", all}, {"last", parts[i]}}));
    }
    return all;
}

std::string for_whom_in_words(const i18n::Language& language, const Procedure& procedure, std::string_view activity,
                              std::string_view interaction) {
    const auto tracks = tracks_of(procedure, activity, interaction);
    if (tracks.empty()) return language.tr(tr_noop("not part of this procedure at the moment"));
    const bool said = std::all_of(tracks.begin(), tracks.end(), [](const Track* t) { return !t->for_whom.empty(); });
    std::vector<std::string> names;
    for (const Track* track : tracks) names.push_back(said ? track->for_whom : track->label);
    // A label is a name without its article: it does not fit into the sentence and stands behind a colon.
    if (said) return language.tr(tr_noop("only for {whom}", {{"whom", listed(language, names)}}));
    return language.tr(tr_noop("only for: {names}", {{"names", listed(language, names)}}));
}

std::string rough_words(const Procedure& procedure, const Answer& answer) {
    const Step& step = procedure.tracks[answer.where->track].steps[answer.where->step];
    const auto* rough = std::get_if<Roughly>(&step.dates);
    return rough ? rough->words : step.label;
}

}  // namespace

std::string beginning_in_words(const i18n::Language& language, Timestamp from, Timestamp now) {
    const LocalTime local = to_berlin(from);
    return is_midnight(local) ? day_in_words(language, local.day, now) : moment_in_words(language, from, now);
}

std::string end_in_words(const i18n::Language& language, Timestamp until, Timestamp now) {
    const LocalTime local = to_berlin(until);
    if (!is_midnight(local)) return moment_in_words(language, until, now);
    return language.tr(tr_noop("{day}, 24:00", {{"day", day_in_words(language, add_days(local.day, -1), now)}}));
}

std::string reason_in_words(const i18n::Language& language, const Procedure& procedure, const Answer& answer,
                            std::string_view activity, std::string_view interaction, Timestamp now) {
    const auto end = [&] { return end_in_words(language, *answer.period.until, now); };
    switch (answer.because) {
        case Reason::draft:
            return language.tr(tr_noop("not published yet"));
        case Reason::not_for_you:
            return for_whom_in_words(language, procedure, activity, interaction);
        case Reason::not_offered:
            return language.tr(tr_noop("not intended here"));
        case Reason::paused:
            return language.tr(tr_noop("paused at the moment"));
        case Reason::open:
            if (!answer.period.until) return language.tr(tr_noop("open, without an end date"));
            return language.tr(tr_noop("open until {when}", {{"when", end()}}));
        case Reason::not_yet:
            return language.tr(
                tr_noop("not yet – from {when}", {{"when", beginning_in_words(language, *answer.period.from, now)}}));
        case Reason::no_date:
            return language.tr(
                tr_noop("The date is not fixed yet: {when}", {{"when", rough_words(procedure, answer)}}));
        case Reason::closed:
            return language.tr(tr_noop("closed since {when}", {{"when", end()}}));
    }
    return {};
}

std::string problems_in_words(const i18n::Language& language, const Problems& problems) {
    std::string text;
    for (const auto& problem : problems.list())
        text += fmt::format("{}{}{}\n", problem.field, problem.field.empty() ? "" : ": ", language.tr(problem.message));
    return text;
}

}  // namespace mitwirken::core
