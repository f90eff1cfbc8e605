// Words of the administration, and what is missing before a procedure may be published; see editing.h.
#include <algorithm>

#include "core/procedures/parts.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;

std::string time_in_words(const Visit& visit, const LocalTime& local) {
    const std::string iso = core::to_local_iso(local);
    return visit.language.date_short(local.day) + ", " + iso.substr(11);
}

bool has_dated_step(const core::Procedure& plan) {
    for (const auto& track : plan.tracks)
        for (const auto& step : track.steps)
            if (!std::holds_alternative<core::Roughly>(step.dates)) return true;
    return false;
}

// What a template left to be filled in: "[Ort]"; not a link "[text](address)" and not the box of a list "[x]".
std::optional<std::string> placeholder_in(const std::string& text) {
    constexpr std::size_t longest = 80;
    for (auto at = text.find('['); at != std::string::npos; at = text.find('[', at + 1)) {
        const auto end = text.find_first_of("]\n", at);
        if (end == std::string::npos || text[end] != ']' || end - at < 3 || end - at > longest) continue;
        if (end + 1 < text.size() && text[end + 1] == '(') continue;
        return text.substr(at, end - at + 1);
    }
    return {};
}

void add_placeholders(const Editing& e, const std::vector<core::Faq>& faq, std::vector<Missing>& list) {
    const auto look = [&](const std::string& text, Screen where) {
        if (const auto found = placeholder_in(text))
            list.push_back({tr_noop("“{words}” is still to be filled in.", {{"words", *found}}), where});
    };
    const auto& r = e.record;
    for (const auto* text : {&r.title, &r.summary, &r.body, &r.influence, &r.next_steps, &r.contact})
        look(*text, Screen::texts);
    for (const auto& track : e.plan.tracks)
        for (const auto& step : track.steps) {
            look(step.label + " " + step.text, Screen::plan);
            if (const auto* rough = std::get_if<core::Roughly>(&step.dates)) look(rough->words, Screen::plan);
        }
    for (const auto& activity : e.plan.activities) look(activity.title + " " + activity.intro, Screen::activities);
    for (const auto& one : faq) look(one.question + " " + one.answer, Screen::faq);
}

bool is_in_grid(const core::Procedure& plan, const core::Activity& activity) {
    return std::any_of(plan.grid.begin(), plan.grid.end(), [&](const core::StepSetting& cell) {
        return cell.activity == activity.key && (cell.visible || !cell.open.empty());
    });
}

}  // namespace

Message state_name(core::ProcedureState state) {
    switch (state) {
        case core::ProcedureState::draft:
            return tr_noop("Draft");
        case core::ProcedureState::published:
            return tr_noop("Published");
        case core::ProcedureState::paused:
            return tr_noop("Interrupted");
    }
    return {};
}

std::string state_class(core::ProcedureState state) {
    return state == core::ProcedureState::draft ? "draft" : state == core::ProcedureState::paused ? "review" : "ok";
}

Message audience_name(core::Audience audience) {
    switch (audience) {
        case core::Audience::anyone:
            return tr_noop("for everyone");
        case core::Audience::invited:
            return tr_noop("only for those who were invited");
        case core::Audience::staff:
            return tr_noop("only for the office");
    }
    return {};
}

Message who_name(core::Who who) {
    switch (who) {
        case core::Who::anyone:
            return tr_noop("Everyone, without an account");
        case core::Who::email:
            return tr_noop("Whoever has confirmed an e-mail address");
        case core::Who::account:
            return tr_noop("Whoever has an account");
        case core::Who::verified:
            return tr_noop("Residents who were verified");
        case core::Who::invited:
            return tr_noop("Those who were invited");
        case core::Who::token:
            return tr_noop("Whoever has an access code");
    }
    return {};
}

std::string dates_in_words(const Visit& visit, const core::StepDates& dates) {
    if (const auto* rough = std::get_if<core::Roughly>(&dates)) return rough->words;
    std::string from, until;
    if (const auto* days = std::get_if<core::ByDays>(&dates)) {
        from = visit.language.date_short(days->first);
        if (days->last) until = visit.language.date_short(*days->last);
    } else {
        const auto& times = std::get<core::ByTimes>(dates);
        from = time_in_words(visit, times.opens);
        if (times.closes) until = time_in_words(visit, *times.closes);
    }
    return until.empty() ? visit.tr(tr_noop("from {date}", {{"date", from}})) : from + " – " + until;
}

const core::ActivityKind* kind_of(const Visit& visit, const std::string& module) {
    for (const auto& known : visit.house.modules)
        if (known.name == module && known.activity) return &*known.activity;
    return nullptr;
}

std::vector<Missing> missing(Visit& visit, const Editing& e) {
    std::vector<Missing> list;
    const auto& r = e.record;
    const std::pair<const std::string*, Message> texts[] = {
        {&r.summary, tr_noop("The summary is missing.")},
        {&r.body, tr_noop("The text about what it is about is missing.")},
        {&r.influence, tr_noop("It does not say yet what people can influence.")},
        {&r.next_steps, tr_noop("It does not say yet what happens next.")},
        {&r.contact, tr_noop("The contact is missing.")}};
    for (const auto& [text, words] : texts)
        if (trimmed(*text).empty()) list.push_back({words, Screen::texts});
    if (!r.organisation) list.push_back({tr_noop("No department is responsible yet."), Screen::texts});
    if (!has_dated_step(e.plan))
        list.push_back({tr_noop("There is no step with a date yet: at least one is needed."), Screen::plan});
    for (const auto& activity : e.plan.activities) {
        if (!is_in_grid(e.plan, activity))
            list.push_back(
                {tr_noop("“{title}” is in no step visible or open yet.", {{"title", activity.title}}), Screen::grid});
        const auto* kind = kind_of(visit, activity.module);
        if (!kind || !kind->missing) continue;
        for (const auto& words : kind->missing(visit.tx, activity))
            list.push_back({tr_noop("“{title}”: {words}", {{"title", activity.title}, {"words", visit.tr(words)}}),
                            Screen::activities});
    }
    add_placeholders(e, core::faq_of(visit.tx, visit.tenant.id, e.record.id), list);
    return list;
}

// Worth a thought, but no reason to wait.
std::vector<Missing> advisable(Visit& visit, const Editing& e) {
    std::vector<Missing> list;
    if (core::goals_of(visit.tx, visit.tenant.id, e.record.id).empty())
        list.push_back({tr_noop("No goal is set: later nobody can say whether it was worth it."), Screen::goals});
    if (core::faq_of(visit.tx, visit.tenant.id, e.record.id).empty())
        list.push_back({tr_noop("There are no questions with answers yet."), Screen::faq});
    for (const auto& track : e.plan.tracks)
        for (const auto& step : track.steps)
            if (const auto hint = end_hint(step))
                list.push_back(
                    {tr_noop("“{step}” ends on a day off: {day}.", {{"step", step.label}, {"day", visit.tr(*hint)}}),
                     Screen::plan});
    return list;
}

}  // namespace mitwirken::procedures
