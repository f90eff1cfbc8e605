// See making.h.
#include "modules/procedures/making.h"

#include "core/forms/table.h"
#include "core/people/people.h"
#include "core/procedures/days_off.h"
#include "core/procedures/transfer_parts.h"
#include "modules/procedures/editing.h"

namespace mitwirken::procedures {

using core::Visit;

void add_department(Visit& visit, core::FormView& form) {
    if (visit.actor.role == core::Role::editor) return;  // their own
    std::vector<core::Option> options{{"0", visit.tr("– none –")}};
    for (const auto& one : core::organisations(visit.tx, visit.tenant.id))
        options.push_back({std::to_string(one.id.value), one.name});
    form.select("organisation", tr_noop("Department"), options);
}

// A file may name a dossier that is there already; only those of one's own department are joined.
Problems check_dossier(Visit& visit, const core::WholeProcedure& whole) {
    Problems problems;
    const auto there =
        whole.dossier.key.empty() ? std::nullopt : core::find_dossier(visit.tx, visit.tenant.id, whole.dossier.key);
    if (there && !visit.may(core::edit_procedures_action, there->organisation))
        problems.add("dossier, key", tr_noop("This dossier belongs to another department."));
    return problems;
}

core::WholeProcedure as_draft(core::WholeProcedure whole, core::OrganisationId organisation) {
    whole.record.state = whole.plan.state = core::ProcedureState::draft;
    whole.record.organisation = organisation;
    whole.record.submitted_by = {};
    whole.record.published_at.reset();
    return whole;
}

// First version, record and address of what was just made.
http::Response made(Visit& visit, core::ProcedureId id, std::string_view action, const Message& notice) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, id);
    auto plan = core::load_plan(visit.tx, *record);
    const Editing e{std::move(*record), std::move(plan)};
    core::add_revision(visit.tx, visit.tenant.id, e.record.ref(), snapshot(visit, e), visit.actor.account, "",
                       visit.now);
    visit.record(action, e.record.ref(), e.record.key);
    return visit.go(e.address(), notice);
}

std::optional<Message> end_hint(const core::Step& step) {
    const auto* days = std::get_if<core::ByDays>(&step.dates);
    if (!days || !days->last) return {};
    return core::day_off(*days->last);
}

html::SafeHtml dates_table(const Visit& visit, const core::WholeProcedure& whole) {
    core::TableView view{.id = "dates", .caption = visit.tr("The dates")};
    view.columns = {visit.tr("What"), visit.tr("Days"), visit.tr("To consider")};
    const auto off = [&](Date day) {
        const auto name = core::day_off(day);
        return name ? visit.tr(*name) : std::string();
    };
    for (const auto& track : whole.plan.tracks)
        for (const auto& step : track.steps) {
            const auto hint = end_hint(step);
            view.rows.push_back(
                {core::text_cell(track.label + ": " + step.label), core::text_cell(dates_in_words(visit, step.dates)),
                 core::text_cell(hint ? visit.tr(tr_noop("ends on a day off: {day}", {{"day", visit.tr(*hint)}}))
                                      : "")});
        }
    for (const auto& task : whole.tasks)
        view.rows.push_back({core::text_cell(visit.tr(tr_noop("Task: {title}", {{"title", task.title}}))),
                             core::text_cell(visit.language.date_short(task.due)), core::text_cell(off(task.due))});
    for (const auto& meeting : core::meetings_of(whole.record.extra))
        view.rows.push_back({core::text_cell(visit.tr(tr_noop("Date: {title}", {{"title", meeting.title}}))),
                             core::text_cell(visit.language.date_short(meeting.day) +
                                             (meeting.from.empty() ? "" : ", " + meeting.from)),
                             core::text_cell(off(meeting.day))});
    return core::table(visit, view);
}

}  // namespace mitwirken::procedures
