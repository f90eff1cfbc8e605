// Frame, versions and keeping of the administration's screens; see editing.h.
#include "modules/procedures/editing.h"

#include "core/desk/desk.h"
#include "core/people/people.h"
#include "core/procedures/parts.h"
#include "core/procedures/validate.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;

std::string iso_dates(const core::StepDates& dates) {
    if (const auto* days = std::get_if<core::ByDays>(&dates))
        return to_iso(days->first) + " – " + (days->last ? to_iso(*days->last) : "");
    if (const auto* times = std::get_if<core::ByTimes>(&dates))
        return core::to_local_iso(times->opens) + " – " + (times->closes ? core::to_local_iso(*times->closes) : "");
    return std::get<core::Roughly>(dates).words;
}

std::string tracks_in_words(const Visit& visit, const core::Procedure& plan) {
    std::string text;
    for (const auto& track : plan.tracks) {
        text += track.label + " (" + visit.tr(audience_name(track.audience)) + ") " + track.for_whom + "\n";
        for (const auto& step : track.steps)
            text += "– " + step.label + ": " + iso_dates(step.dates) + (step.silent ? " ·" : "") +
                    (step.round ? " " + std::to_string(step.round) : "") + " " + step.text + "\n";
    }
    return text;
}

std::string activities_in_words(const Visit& visit, const core::Procedure& plan) {
    std::string text;
    for (const auto& activity : plan.activities)
        text += activity.title + " (" + activity.module + ", " + visit.tr(who_name(activity.who)) + ") " +
                activity.intro + " " + activity.settings + "\n";
    return text;
}

std::string grid_in_words(const core::Procedure& plan) {
    std::string text;
    for (const auto& cell : plan.grid)
        text += cell.activity + " · " + cell.track + " / " + cell.step + ": " + (cell.visible ? "✓ " : "") +
                join(cell.open, ", ") + "\n";
    return text;
}

std::string goals_in_words(const Visit& visit, const core::ProcedureRecord& record) {
    std::string text;
    for (const auto& goal : core::goals_of(visit.tx, visit.tenant.id, record.id))
        text += goal.text + ": " + std::to_string(goal.target) + " (" + visit.tr(core::indicator_name(goal.indicator)) +
                ")\n";
    return text;
}

std::string faq_in_words(const Visit& visit, const core::ProcedureRecord& record) {
    std::string text;
    for (const auto& one : core::faq_of(visit.tx, visit.tenant.id, record.id))
        text += one.question + "\n" + one.answer + "\n";
    return text;
}

// The days of the public steps with dates; none when there are none, or no end.
core::ParticipationAnnounced announcement(const Editing& e) {
    core::ParticipationAnnounced fact;
    fact.source = e.record.ref();
    fact.title = e.record.title;
    fact.summary = e.record.summary;
    fact.url = "/verfahren/" + e.record.key;
    fact.how = {"online"};
    bool endless = false;
    for (const auto& track : e.plan.tracks)
        for (const auto& step : track.steps) {
            const auto period = core::period(step);
            if (!period.from || track.audience == core::Audience::staff) continue;
            const Date first = berlin_day(*period.from);
            if (!fact.starts || first < *fact.starts) fact.starts = first;
            endless = endless || !period.until;
            if (!period.until) continue;
            const Date last = berlin_day(*period.until - std::chrono::milliseconds{1});
            if (!fact.ends || last > *fact.ends) fact.ends = last;
        }
    if (endless) fact.ends.reset();
    return fact;
}

// What came from a file or the example has no version yet: without it the first change could not be compared.
void note_beginning(Visit& visit, const Editing& before) {
    const auto ref = before.record.ref();
    if (core::latest_revision(visit.tx, visit.tenant.id, ref) == 0)
        core::add_revision(visit.tx, visit.tenant.id, ref, snapshot(visit, before), {}, "", before.record.changed_at);
}

// After everything that was kept: version, record, pages, list of offers.
void note_change(Visit& visit, const Editing& before, const Editing& after, std::string_view action) {
    const auto ref = after.record.ref();
    note_beginning(visit, before);
    core::add_revision(visit.tx, visit.tenant.id, ref, snapshot(visit, after), visit.actor.account, "", visit.now);
    visit.record(action, ref, after.record.key);
    make_pages_stale(visit, after.record);
    if (after.record.state != core::ProcedureState::draft) announce(visit, after);
}

}  // namespace

Editing editing(Visit& visit) {
    auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    auto plan = core::load_plan(visit.tx, record);
    return {std::move(record), std::move(plan)};
}

core::Snapshot snapshot(const Visit& visit, const Editing& e) {
    const auto office = core::find_organisation(visit.tx, visit.tenant.id, e.record.organisation);
    return {{"Title", e.record.title},
            {"Summary", e.record.summary},
            {"Text", e.record.body},
            {"What people can influence", e.record.influence},
            {"What happens next", e.record.next_steps},
            {"Contact", e.record.contact},
            {"Days until the answer", std::to_string(e.record.promise_days)},
            {"Department", office ? office->name : ""},
            {"Stands in lists", e.record.listed ? "✓" : ""},
            {"Tracks and steps", tracks_in_words(visit, e.plan)},
            {"Activities", activities_in_words(visit, e.plan)},
            {"What is open when", grid_in_words(e.plan)},
            {"Goals", goals_in_words(visit, e.record)},
            {"Questions and answers", faq_in_words(visit, e.record)}};
}

core::PageHead head_of(const std::string& title) { return core::desk_head(title); }

html::SafeHtml frame(Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content) {
    return core::desk_frame(visit, e.record, below(screen), content);
}

http::Response show(Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content) {
    return visit.page(head_of(e.record.title), frame(visit, e, screen, content));
}

http::Response show_again(Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content) {
    return core::show_again(visit, head_of(e.record.title), frame(visit, e, screen, content));
}

bool changed_meanwhile(const Visit& visit, const Editing& e) { return core::changed_meanwhile(visit, e.record.ref()); }
html::SafeHtml meanwhile(const Visit& visit, const Editing& e) { return core::meanwhile_notice(visit, e.record.ref()); }
std::string version_of(const Visit& visit, const Editing& e) { return core::version_field(visit, e.record.ref()); }

void keep_texts(Visit& visit, const Editing& before, core::ProcedureRecord record) {
    record.submitted_by = {};  // who was asked to look saw something else
    core::save_procedure(visit.tx, visit.tenant.id, record, visit.now);
    note_change(visit, before, {std::move(record), before.plan}, "procedures.texts");
}

Problems keep_plan(Visit& visit, const Editing& before, core::Procedure plan) {
    if (auto problems = core::validate(plan); problems.any()) return problems;
    if (auto problems = core::save_plan(visit.tx, visit.tenant.id, before.record.id, plan); problems.any())
        return problems;
    Editing after{before.record, std::move(plan)};
    after.record.submitted_by = {};
    core::save_procedure(visit.tx, visit.tenant.id, after.record, visit.now);
    note_change(visit, before, after, "procedures.plan");
    return {};
}

void keep_parts(Visit& visit, const Editing& e, const std::function<void()>& keep) {
    note_beginning(visit, e);
    keep();
    Editing after = e;
    after.record.submitted_by = {};
    core::save_procedure(visit.tx, visit.tenant.id, after.record, visit.now);
    note_change(visit, e, after, "procedures.parts");
}

void announce(Visit& visit, const Editing& e) {
    if (e.record.state == core::ProcedureState::published && e.record.listed)
        visit.publish(announcement(e));
    else
        visit.publish(core::ParticipationWithdrawn{e.record.ref()});
}

void make_pages_stale(Visit& visit, const core::ProcedureRecord& record) {
    visit.touch(record.scope());
    visit.touch("procedures");
}

}  // namespace mitwirken::procedures
