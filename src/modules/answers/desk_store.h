// What the desk reads and writes about contributions: the filtered list, statuses with their history, joining, and the
// figures of the promise.
#pragma once

#include "core/contributions/reactions.h"
#include "modules/answers/answers.h"

namespace mitwirken::answers {

// ---- the list of a procedure
struct DeskFilter {
    core::ProcedureId procedure;
    std::optional<core::ContributionState> state;
    std::optional<std::string> status;
    std::optional<core::Channel> channel;
    core::TermId topic;
    core::OrganisationId department;  // has an open task of this department
    core::OrganisationId only_of;     // of an editor of another department: what was ever assigned to them
    bool comments = false;            // comments instead of contributions
    bool unanswered = false;
    std::optional<Timestamp> published_before;  // late: published before this and unanswered
    std::optional<std::vector<ContributionId>> among;
    enum class Sort { newest, oldest, supports } sort = Sort::newest;
    struct Key {
        std::int64_t value = 0;
        ContributionId id;
    };
    std::optional<Key> after;
};
std::vector<core::Contribution> desk_list(db::Tx& tx, core::TenantId tenant, const DeskFilter& filter, int count);
DeskFilter::Key key_of(const core::Contribution& contribution, DeskFilter::Sort sort);
std::int64_t count_desk_list(db::Tx& tx, core::TenantId tenant, const DeskFilter& filter, int most);
// Of these, in the order of their numbers.
std::vector<core::Contribution> contributions_by_id(db::Tx& tx, core::TenantId tenant,
                                                    const std::vector<ContributionId>& ids);
struct Assigned {
    ContributionId contribution;
    core::OrganisationId organisation;
    Date due{};
};
std::vector<Assigned> assigned(db::Tx& tx, const std::vector<ContributionId>& among);  // open ones
std::vector<ContributionId> answered_among(db::Tx& tx, const std::vector<ContributionId>& among);
bool was_assigned(db::Tx& tx, core::ProcedureId procedure, core::OrganisationId organisation);
bool was_assigned(db::Tx& tx, ContributionId contribution, core::OrganisationId organisation);
// Which of these have a text that was changed after this instant.
std::vector<ContributionId> written_after(db::Tx& tx, const std::vector<ContributionId>& among, Timestamp after);

// ---- statuses
struct Batch {
    BatchId id;
    core::ProcedureId procedure;
    std::string status;
    std::int64_t many = 0;
    Timestamp at{};
    core::AccountId by;
    std::optional<Timestamp> undone_at;
};
BatchId add_batch(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const std::string& status,
                  std::int64_t many, core::AccountId by, Timestamp now);
std::optional<Batch> find_batch(db::Tx& tx, core::TenantId tenant, BatchId id);
std::vector<Batch> batches(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, int count);  // newest first
void mark_undone(db::Tx& tx, BatchId id, Timestamp now);
struct StatusChange {
    std::int64_t id = 0;
    ContributionId contribution;
    BatchId batch;
    std::string status, reason, status_before, reason_before;
    Timestamp at{};
};
void add_status(db::Tx& tx, const StatusChange& change);
std::vector<StatusChange> history(db::Tx& tx, ContributionId contribution);  // what stands, oldest first
std::vector<StatusChange> changes_of(db::Tx& tx, BatchId batch);
// Takes it back, when it is the last that stands.
bool is_last(db::Tx& tx, const StatusChange& change);
void take_back(db::Tx& tx, std::int64_t change, Timestamp now);

// ---- joining
struct Joined {
    ContributionId duplicate, stays;
    std::string status_before, reason_before;
    Timestamp at{};
};
void add_join(db::Tx& tx, core::TenantId tenant, const Joined& join, core::AccountId by);
std::optional<Joined> join_of(db::Tx& tx, ContributionId duplicate);
std::vector<Linked> joined_into(db::Tx& tx, ContributionId stays);  // public ones
void drop_join(db::Tx& tx, ContributionId duplicate);

// ---- the promise
// Works out anew when this contribution was first answered; read by core::reaction.
void note_reaction(db::Tx& tx, const core::Contribution& contribution);
using core::PromiseFigures;
PromiseFigures promise_until(db::Tx& tx, core::ProcedureId procedure, std::int64_t promise_days, Timestamp now);

}  // namespace mitwirken::answers
