// Finding, rights, and acts on contributions; see work.h. Items are in items.cpp.
#include "modules/answers/work.h"

#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/tasks/tasks.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::ContributionState;
using core::Visit;
using What = core::ProcedureHappened::What;

void tell(Visit& visit, const Desk& desk, What what, const Contribution& c, const std::string& text) {
    visit.publish(core::ProcedureHappened{.what = what,
                                          .procedure = desk.procedure.id,
                                          .contribution = c.id,
                                          .title = title_of(visit, c),
                                          .text = text,
                                          .url = public_path(visit, desk, c)});
}

std::string status_text(const Visit& visit, const std::string& status, const std::string& reason) {
    const std::string name = visit.tr(status_of(status).name);
    return reason.empty() ? name : name + ": " + reason;
}

}  // namespace

Desk desk_at(Visit& visit) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!record) throw NotFound();
    Desk desk;
    if (!visit.may(write_action, record->organisation)) {
        const auto own = visit.actor.organisation;
        const bool helper = visit.actor.role == core::Role::editor && own && visit.actor.tenant == visit.tenant.id &&
                            was_assigned(visit.tx, record->id, own);
        if (!helper) visit.need(write_action, record->organisation);
        desk.whole = false;
    }
    desk.plan = core::load_plan(visit.tx, *record);
    desk.procedure = std::move(*record);
    return desk;
}

Desk whole_desk_at(Visit& visit) {
    Desk desk = desk_at(visit);
    visit.need(write_action, desk.procedure.organisation);
    return desk;
}

bool in_reach(Visit& visit, const Desk& desk, const Contribution& c) {
    return c.procedure == desk.procedure.id && (desk.whole || was_assigned(visit.tx, c.id, visit.actor.organisation));
}

Contribution contribution_at(Visit& visit, const Desk& desk, ContributionId id) {
    auto found = core::find_contribution(visit.tx, visit.tenant.id, id);
    if (!found || !in_reach(visit, desk, *found)) throw NotFound();
    return std::move(*found);
}

bool may_publish(const Visit& visit, core::OrganisationId owner) {
    return visit.may(publish_action, owner) ||
           (visit.setting_on(editors_publish_setting) && visit.may(write_action, owner));
}

bool may_set(const Visit& visit, const Desk& desk, std::string_view status) {
    return may_publish(visit, desk.procedure.organisation) || (desk.whole && !settles(status));
}

std::optional<Message> why_no_task(const Contribution& c) {
    if (c.state == ContributionState::withdrawn) return tr_noop("Its author has withdrawn it.");
    if (c.state == ContributionState::waiting) return tr_noop("Its author has not confirmed it yet.");
    return {};
}

std::optional<Message> why_no_answer(const Contribution& c) {
    if (const auto reason = why_no_task(c)) return reason;
    if (c.state == ContributionState::held) return tr_noop("It is not public yet: the moderation looks at it first.");
    if (c.state == ContributionState::hidden) return tr_noop("The moderation has hidden it.");
    if (c.merged_into) return tr_noop("It was joined with another; please answer that one.");
    return {};
}

std::string title_of(const Visit& visit, const Contribution& c) {
    if (!c.title.empty()) return c.title;
    const std::string words = first_letters(c.body, 80);
    return words.empty() ? visit.tr("(text deleted)") : words;
}

std::string public_path(const Visit& visit, const Desk& desk, const Contribution& c) {
    return core::path_of(visit, desk.procedure, desk.plan, c);
}

core::Snapshot desk_snapshot(Visit& visit, const Contribution& c) {
    core::Snapshot fields;
    fields.emplace_back("Status", i18n::german().tr(status_of(c.status).name));
    fields.emplace_back("Reason", c.status_reason);
    std::string texts, offices;
    for (const auto& item : items_about(visit.tx, c.id))
        if (item.kind == Kind::answer && item.state != core::State::archived)
            texts += (texts.empty() ? "" : "\n\n") + (item.title.empty() ? "" : item.title + "\n") + item.body;
    for (const auto& task : core::tasks_of(visit.tx, visit.tenant.id, c.id)) {
        if (!task.open()) continue;
        const auto office = core::find_organisation(visit.tx, visit.tenant.id, task.organisation);
        offices += (office ? office->name : "") + ", " + to_iso(task.due) + "\n";
    }
    fields.emplace_back("Answer", texts);
    fields.emplace_back("Assigned to", offices);
    if (c.merged_into) fields.emplace_back("Joined with", "#" + std::to_string(c.merged_into.value));
    return fields;
}

void note_desk(Visit& visit, ContributionId id) {
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, id);
    core::add_revision(visit.tx, visit.tenant.id, desk_ref(id), desk_snapshot(visit, *c), visit.actor.account, "",
                       visit.now);
}

BatchId set_statuses(Visit& visit, const Desk& desk, const std::vector<Contribution>& contributions,
                     const std::string& status, const std::string& reason) {
    const auto batch = add_batch(visit.tx, visit.tenant.id, desk.procedure.id, status,
                                 std::int64_t(contributions.size()), visit.actor.account, visit.now);
    for (const auto& c : contributions) {
        add_status(visit.tx, {.contribution = c.id,
                              .batch = batch,
                              .status = status,
                              .reason = reason,
                              .status_before = c.status,
                              .reason_before = c.status_reason,
                              .at = visit.now});
        core::set_status(visit.tx, c, status, reason, visit.now);
        note_reaction(visit.tx, c);
        note_desk(visit, c.id);
        tell(visit, desk, What::status, c, status_text(visit, status, reason));
    }
    visit.record("answers.status", desk.procedure.ref(),
                 status + " × " + std::to_string(contributions.size()) + ", batch " + std::to_string(batch.value));
    visit.touch(desk.procedure.scope());
    return batch;
}

Undone undo(Visit& visit, const Desk& desk, const Batch& batch) {
    Undone result;
    for (const auto& change : changes_of(visit.tx, batch.id)) {
        const auto c = core::find_contribution(visit.tx, visit.tenant.id, change.contribution);
        const bool untouched = c && is_last(visit.tx, change) && c->status == change.status &&
                               c->status_reason == change.reason && !c->merged_into;
        if (!untouched) {
            ++result.left;
            continue;
        }
        take_back(visit.tx, change.id, visit.now);
        core::set_status(visit.tx, *c, change.status_before, change.reason_before, visit.now);
        note_reaction(visit.tx, *c);
        note_desk(visit, c->id);
        ++result.taken_back;
    }
    mark_undone(visit.tx, batch.id, visit.now);
    visit.record("answers.status_undone", desk.procedure.ref(), "batch " + std::to_string(batch.id.value));
    visit.touch(desk.procedure.scope());
    return result;
}

void assign(Visit& visit, const Desk& desk, const std::vector<Contribution>& contributions, const Assignment& a) {
    for (const auto& c : contributions) {
        core::OfficeTask task;
        for (const auto& known : core::tasks_of(visit.tx, visit.tenant.id, c.id))
            if (known.open()) task = known;
        task.procedure = desk.procedure.id, task.contribution = c.id;
        task.organisation = a.department, task.due = a.due, task.text = a.text;
        task.title = visit.tr(tr_noop("Answer: {title}", {{"title", first_letters(title_of(visit, c), 120)}}));
        if (!task.id) task.created_by = visit.actor.account;
        if (task.id)
            core::save_task(visit.tx, visit.tenant.id, task);
        else
            core::add_task(visit.tx, visit.tenant.id, task, visit.now);
        note_desk(visit, c.id);
    }
    visit.record("answers.assigned", desk.procedure.ref(),
                 "department " + std::to_string(a.department.value) + " × " + std::to_string(contributions.size()));
}

void finish_tasks(Visit& visit, ContributionId id) {
    for (const auto& task : core::tasks_of(visit.tx, visit.tenant.id, id))
        if (task.open()) core::finish_task(visit.tx, visit.tenant.id, task.id, visit.actor.account, visit.now);
}

std::optional<Message> why_not_join(const Contribution& duplicate, const Contribution& stays) {
    if (duplicate.id == stays.id) return tr_noop("A contribution cannot be joined with itself.");
    if (duplicate.procedure != stays.procedure) return tr_noop("The other contribution is in another procedure.");
    if (stays.target || stays.kind != duplicate.kind)
        return tr_noop("Only contributions of the same kind can be joined.");
    if (duplicate.merged_into) return tr_noop("This contribution is joined with another already.");
    if (stays.merged_into)
        return tr_noop(
            "No. {number} is itself joined with no. {other}. Please choose that one.",
            {{"number", std::to_string(stays.id.value)}, {"other", std::to_string(stays.merged_into.value)}});
    if (!stays.is_public()) return tr_noop("The contribution that stays must be public.");
    return why_no_answer(duplicate);
}

void join(Visit& visit, const Desk& desk, const Contribution& duplicate, const Contribution& stays) {
    add_join(visit.tx, visit.tenant.id, {duplicate.id, stays.id, duplicate.status, duplicate.status_reason, visit.now},
             visit.actor.account);
    core::merge(visit.tx, duplicate, stays, visit.now);
    note_reaction(visit.tx, duplicate);
    finish_tasks(visit, duplicate.id);
    note_desk(visit, duplicate.id);
    tell(visit, desk, What::status, duplicate,
         visit.tr(tr_noop("Your contribution and “{title}” want the same. They go on together there; supports count "
                          "for it.",
                          {{"title", title_of(visit, stays)}})));
    tell(visit, desk, What::status, stays,
         visit.tr(tr_noop("“{title}” wants the same and was joined with it; its supports count here now.",
                          {{"title", title_of(visit, duplicate)}})));
    visit.record("answers.joined", {duplicate.module, duplicate.id.value}, "into " + std::to_string(stays.id.value));
    visit.touch(desk.procedure.scope());
}

std::optional<Message> why_not_part(Visit& visit, const Contribution& duplicate) {
    const auto join = join_of(visit.tx, duplicate.id);
    if (!join || !duplicate.merged_into) return tr_noop("This contribution is not joined with another.");
    const auto stays = core::find_contribution(visit.tx, visit.tenant.id, join->stays);
    const bool quiet = stays && duplicate.changed_at == join->at && stays->changed_at <= join->at &&
                       written_after(visit.tx, {duplicate.id, join->stays}, join->at).empty();
    if (quiet) return {};
    return tr_noop("Something else has happened to one of the two since; they cannot be parted any more.");
}

void part(Visit& visit, const Desk& desk, const Contribution& duplicate) {
    const auto join = *join_of(visit.tx, duplicate.id);
    core::unmerge(visit.tx, duplicate, join.status_before, join.reason_before, visit.now);
    drop_join(visit.tx, duplicate.id);
    note_reaction(visit.tx, duplicate);
    note_desk(visit, duplicate.id);
    visit.record("answers.parted", {duplicate.module, duplicate.id.value}, "from " + std::to_string(join.stays.value));
    visit.touch(desk.procedure.scope());
}

}  // namespace mitwirken::answers
