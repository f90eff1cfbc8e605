// What somebody at the desk does: finding what they may work on, and every act on contributions and items with all it
// brings along – history, versions, tasks, search, cached pages, the audit log and the news for followers.
// Invariant: everything here happens in the request's one transaction.
#pragma once

#include "core/desk/desk.h"
#include "core/visit.h"
#include "modules/answers/desk_store.h"

namespace mitwirken::answers {

// A procedure at the desk. Not `whole`: an editor of another department, who sees what was assigned to it and no more.
struct Desk {
    core::ProcedureRecord procedure;
    core::Procedure plan;
    bool whole = true;

    std::string path(std::string_view below) const { return core::desk_path(procedure, below); }
    std::string path_to(ContributionId id) const { return path("/beitraege/" + std::to_string(id.value)); }
};
// The procedure {key} of the address; NotFound, or NotAllowed.
Desk desk_at(core::Visit& visit);
// The same for those who work on the procedure as a whole.
Desk whole_desk_at(core::Visit& visit);
bool in_reach(core::Visit& visit, const Desk& desk, const core::Contribution& contribution);
// Of this procedure and in reach; NotFound.
core::Contribution contribution_at(core::Visit& visit, const Desk& desk, ContributionId id);
bool may_publish(const core::Visit& visit, core::OrganisationId owner);
// A status that settles the matter is a publication.
bool may_set(const core::Visit& visit, const Desk& desk, std::string_view status);

// Why nothing public can be said to this contribution; nothing when it can.
std::optional<Message> why_no_answer(const core::Contribution& contribution);
std::optional<Message> why_no_task(const core::Contribution& contribution);
std::string title_of(const core::Visit& visit, const core::Contribution& contribution);
// "/verfahren/…"; "" when its activity is gone.
std::string public_path(const core::Visit& visit, const Desk& desk, const core::Contribution& contribution);
std::string public_path(const core::ProcedureRecord& procedure, const Item& item);

// What the desk knows of a contribution, as a version.
core::Snapshot desk_snapshot(core::Visit& visit, const core::Contribution& contribution);
void note_desk(core::Visit& visit, ContributionId id);

// ---- acts
BatchId set_statuses(core::Visit& visit, const Desk& desk, const std::vector<core::Contribution>& contributions,
                     const std::string& status, const std::string& reason);
struct Undone {
    std::int64_t taken_back = 0, left = 0;  // left: something else happened to them since
};
Undone undo(core::Visit& visit, const Desk& desk, const Batch& batch);
struct Assignment {
    core::OrganisationId department;
    Date due{};
    std::string text;
};
// One open task for each: an earlier one moves to the new department and day.
void assign(core::Visit& visit, const Desk& desk, const std::vector<core::Contribution>& contributions,
            const Assignment& assignment);
void finish_tasks(core::Visit& visit, ContributionId id);
// Why these two cannot be joined.
std::optional<Message> why_not_join(const core::Contribution& duplicate, const core::Contribution& stays);
void join(core::Visit& visit, const Desk& desk, const core::Contribution& duplicate, const core::Contribution& stays);
std::optional<Message> why_not_part(core::Visit& visit, const core::Contribution& duplicate);
void part(core::Visit& visit, const Desk& desk, const core::Contribution& duplicate);

// Writes a new or changed item with what belongs to it, and a version.
ItemId keep(core::Visit& visit, Whole whole);
// Moves it to another state, with everything that follows from its being public or not.
void move(core::Visit& visit, const Desk& desk, Item item, core::State state);
// After an item that is public has changed or appeared: search, reactions, cached pages.
void refresh(core::Visit& visit, const core::ProcedureRecord& procedure, const Item& item,
             const std::vector<ContributionId>& contributions);
void index(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure, const Item& item);

}  // namespace mitwirken::answers
