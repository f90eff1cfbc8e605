// Statements of the desk; see desk_store.h. The list is put together from literals only; values are bound.
#include "core/contributions/columns.h"
#include "modules/answers/desk_store.h"
#include "platform/db/condition.h"

namespace mitwirken::answers {

namespace {

using Sort = DeskFilter::Sort;

const db::Query select_was_assigned{"answers.procedure_assigned", R"(
    SELECT count(*) FROM (SELECT 1 FROM core_task WHERE procedure_id = :procedure AND organisation_id = :organisation
      AND contribution_id <> 0 LIMIT 1) AS found)"};
const db::Query select_one_assigned{"answers.contribution_assigned", R"(
    SELECT count(*) FROM (SELECT 1 FROM core_task WHERE contribution_id = :contribution AND contribution_id <> 0
      AND organisation_id = :organisation LIMIT 1) AS found)"};
const db::Query insert_batch{"answers.batch_insert", R"(
    INSERT INTO answers_batch (tenant_id, procedure_id, status, many, at, set_by)
    VALUES (:tenant, :procedure, :status, :many, :now, :by) RETURNING id)"};
const db::Query select_batch{"answers.batch", R"(
    SELECT id, procedure_id, status, many, at, set_by, undone_at FROM answers_batch
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_batches{"answers.batches", R"(
    SELECT id, procedure_id, status, many, at, set_by, undone_at FROM answers_batch
    WHERE tenant_id = :tenant AND procedure_id = :procedure ORDER BY id DESC LIMIT :count)"};
const db::Query update_batch{"answers.batch_undone", "UPDATE answers_batch SET undone_at = :now WHERE id = :id"};
const db::Query insert_status{"answers.status_insert", R"(
    INSERT INTO answers_status (contribution_id, batch_id, status, reason, status_before, reason_before, at)
    VALUES (:contribution, :batch, :status, :reason, :before, :reason_before, :at))"};
const db::Query select_history{"answers.history", R"(
    SELECT id, contribution_id, batch_id, status, reason, status_before, reason_before, at FROM answers_status
    WHERE contribution_id = :contribution AND undone_at IS NULL ORDER BY id)"};
const db::Query select_changes{"answers.changes_of_batch", R"(
    SELECT id, contribution_id, batch_id, status, reason, status_before, reason_before, at FROM answers_status
    WHERE batch_id = :batch AND undone_at IS NULL ORDER BY id)"};
const db::Query count_later{"answers.later_changes", R"(
    SELECT count(*) FROM answers_status WHERE contribution_id = :contribution AND id > :id AND undone_at IS NULL)"};
const db::Query update_undone{"answers.status_undone", "UPDATE answers_status SET undone_at = :now WHERE id = :id"};
const db::Query insert_join{"answers.join_insert", R"(
    INSERT INTO answers_merge (duplicate_id, tenant_id, stays_id, status_before, reason_before, at, merged_by)
    VALUES (:duplicate, :tenant, :stays, :before, :reason_before, :at, :by))"};
const db::Query select_join{"answers.join", R"(
    SELECT duplicate_id, stays_id, status_before, reason_before, at FROM answers_merge
    WHERE duplicate_id = :duplicate)"};
const db::Query select_joined{"answers.joined_into", R"(
    SELECT c.id, c.activity_id, c.title, c.status FROM answers_merge m JOIN core_contribution c ON c.id = m.duplicate_id
    WHERE m.stays_id = :stays AND c.state = 'published' ORDER BY c.id)"};
const db::Query delete_join{"answers.join_delete", "DELETE FROM answers_merge WHERE duplicate_id = :duplicate"};
const db::Query select_first_answer{"answers.first_answer", R"(
    SELECT i.published_at FROM answers_link l JOIN answers_item i ON i.id = l.item_id
    WHERE l.contribution_id = :contribution AND i.kind = 'answer' AND i.state = 'published'
      AND i.published_at IS NOT NULL ORDER BY i.published_at LIMIT 1)"};
template <class E>
std::string word(E value) {
    return std::string(db::Names<E>::words[std::size_t(value)]);
}

db::Condition where(core::TenantId tenant, const DeskFilter& f) {
    db::Condition c;
    c.text = "tenant_id = " + c.bind(tenant.value) + " AND procedure_id = " + c.bind(f.procedure.value);
    c.text += f.comments ? " AND target_id <> 0" : " AND target_id = 0 AND title <> ''";
    if (f.state) c.text += " AND state = " + c.bind(word(*f.state));
    if (f.status) c.text += " AND status = " + c.bind(*f.status);
    if (f.channel) c.text += " AND channel = " + c.bind(word(*f.channel));
    if (f.topic)
        c.text += " AND EXISTS (SELECT 1 FROM core_classification AS t WHERE t.tenant_id = " + c.bind(tenant.value) +
                  " AND t.module = core_contribution.module AND t.term_id = " + c.bind(f.topic.value) +
                  " AND t.item = core_contribution.id)";
    if (f.department)
        c.text +=
            " AND EXISTS (SELECT 1 FROM core_task AS a WHERE a.contribution_id = core_contribution.id"
            " AND a.contribution_id <> 0 AND a.done_at IS NULL AND a.organisation_id = " +
            c.bind(f.department.value) + ")";
    if (f.only_of)
        c.text +=
            " AND EXISTS (SELECT 1 FROM core_task AS o WHERE o.contribution_id = core_contribution.id"
            " AND o.contribution_id <> 0 AND o.organisation_id = " +
            c.bind(f.only_of.value) + ")";
    if (f.unanswered || f.published_before)
        c.text +=
            " AND state = 'published' AND NOT EXISTS (SELECT 1 FROM core_reaction AS r"
            " WHERE r.contribution_id = core_contribution.id)";
    if (f.published_before)
        c.text += " AND published_at < " + c.bind(std::int64_t{f.published_before->time_since_epoch().count()});
    if (f.among) {
        std::vector<std::int64_t> ids;
        for (const auto id : *f.among) ids.push_back(id.value);
        c.text += " AND id IN " + c.bind_list(ids, std::int64_t{0});
    }
    return c;
}

std::vector<std::int64_t> numbers(const std::vector<ContributionId>& ids) {
    std::vector<std::int64_t> list;
    for (const auto id : ids) list.push_back(id.value);
    return list;
}

}  // namespace

DeskFilter::Key key_of(const core::Contribution& c, Sort sort) {
    return {sort == Sort::supports ? c.supports : std::int64_t{c.created_at.time_since_epoch().count()}, c.id};
}

std::vector<core::Contribution> desk_list(db::Tx& tx, core::TenantId tenant, const DeskFilter& filter, int count) {
    auto c = where(tenant, filter);
    const std::string value = filter.sort == Sort::supports ? "supports" : "created_at";
    const bool down = filter.sort != Sort::oldest;
    if (filter.after) {
        const auto at = c.bind(filter.after->value), id = c.bind(filter.after->id.value);
        c.text += " AND (" + value + ", id) " + (down ? "<" : ">") + " (" + at + ", " + id + ")";
    }
    const auto limit = c.bind(std::int64_t{count});
    const std::string order = down ? " DESC" : "";
    return tx.all_built_with<core::Contribution>(
        "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS "FROM core_contribution WHERE " + c.text + " ORDER BY " + value +
            order + ", id" + order + " LIMIT " + limit,
        c.values);
}

std::int64_t count_desk_list(db::Tx& tx, core::TenantId tenant, const DeskFilter& filter, int most) {
    auto c = where(tenant, filter);
    const auto limit = c.bind(std::int64_t{most} + 1);
    return tx
        .all_built_with<std::int64_t>(
            "SELECT count(*) FROM (SELECT 1 FROM core_contribution WHERE " + c.text + " LIMIT " + limit + ") AS found",
            c.values)
        .front();
}

std::vector<core::Contribution> contributions_by_id(db::Tx& tx, core::TenantId tenant,
                                                    const std::vector<ContributionId>& ids) {
    db::Condition c;
    c.text = "tenant_id = " + c.bind(tenant.value);
    c.text += " AND id IN " + c.bind_list(numbers(ids), std::int64_t{0});
    return tx.all_built_with<core::Contribution>(
        "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS "FROM core_contribution WHERE " + c.text + " ORDER BY id", c.values);
}

std::vector<Assigned> assigned(db::Tx& tx, const std::vector<ContributionId>& among) {
    if (among.empty()) return {};
    db::Condition c;
    c.text = c.bind_list(numbers(among), std::int64_t{-1});
    return tx.all_built_with<Assigned>(
        "SELECT contribution_id, organisation_id, due FROM core_task WHERE contribution_id <> 0"
        " AND done_at IS NULL AND contribution_id IN " +
            c.text + " ORDER BY due, id",
        c.values);
}

std::vector<ContributionId> answered_among(db::Tx& tx, const std::vector<ContributionId>& among) {
    if (among.empty()) return {};
    db::Condition c;
    c.text = c.bind_list(numbers(among), std::int64_t{-1});
    return tx.all_built_with<ContributionId>(
        "SELECT contribution_id FROM core_reaction WHERE contribution_id IN " + c.text, c.values);
}

std::vector<ContributionId> written_after(db::Tx& tx, const std::vector<ContributionId>& among, Timestamp after) {
    if (among.empty()) return {};
    db::Condition c;
    c.text = c.bind_list(numbers(among), std::int64_t{-1});
    const auto at = c.bind(std::int64_t{after.time_since_epoch().count()});
    return tx.all_built_with<ContributionId>(
        "SELECT DISTINCT l.contribution_id FROM answers_link l JOIN answers_item i ON i.id = l.item_id"
        " WHERE l.contribution_id IN " +
            c.text + " AND i.kind = 'answer' AND i.changed_at > " + at,
        c.values);
}

bool was_assigned(db::Tx& tx, core::ProcedureId procedure, core::OrganisationId organisation) {
    return tx.value<std::int64_t>(select_was_assigned, procedure, organisation) > 0;
}
bool was_assigned(db::Tx& tx, ContributionId contribution, core::OrganisationId organisation) {
    return tx.value<std::int64_t>(select_one_assigned, contribution, organisation) > 0;
}

BatchId add_batch(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const std::string& status,
                  std::int64_t many, core::AccountId by, Timestamp now) {
    return tx.value<BatchId>(insert_batch, tenant, procedure, status, many, now, by);
}
std::optional<Batch> find_batch(db::Tx& tx, core::TenantId tenant, BatchId id) {
    return tx.one<Batch>(select_batch, tenant, id);
}
std::vector<Batch> batches(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, int count) {
    return tx.all<Batch>(select_batches, tenant, procedure, count);
}
void mark_undone(db::Tx& tx, BatchId id, Timestamp now) { tx.exec(update_batch, now, id); }

void add_status(db::Tx& tx, const StatusChange& s) {
    tx.exec(insert_status, s.contribution, s.batch, s.status, s.reason, s.status_before, s.reason_before, s.at);
}
std::vector<StatusChange> history(db::Tx& tx, ContributionId contribution) {
    return tx.all<StatusChange>(select_history, contribution);
}
std::vector<StatusChange> changes_of(db::Tx& tx, BatchId batch) { return tx.all<StatusChange>(select_changes, batch); }
bool is_last(db::Tx& tx, const StatusChange& change) {
    return tx.value<std::int64_t>(count_later, change.contribution, change.id) == 0;
}
void take_back(db::Tx& tx, std::int64_t change, Timestamp now) { tx.exec(update_undone, now, change); }

void add_join(db::Tx& tx, core::TenantId tenant, const Joined& j, core::AccountId by) {
    tx.exec(insert_join, j.duplicate, tenant, j.stays, j.status_before, j.reason_before, j.at, by);
}
std::optional<Joined> join_of(db::Tx& tx, ContributionId duplicate) { return tx.one<Joined>(select_join, duplicate); }
std::vector<Linked> joined_into(db::Tx& tx, ContributionId stays) { return tx.all<Linked>(select_joined, stays); }
void drop_join(db::Tx& tx, ContributionId duplicate) { tx.exec(delete_join, duplicate); }

void note_reaction(db::Tx& tx, const core::Contribution& c) {
    auto first = tx.one<Timestamp>(select_first_answer, c.id);
    for (const auto& change : history(tx, c.id))
        if (settles(change.status) && (!first || change.at < *first)) first = change.at;
    if (const auto join = join_of(tx, c.id); join && (!first || join->at < *first)) first = join->at;
    std::optional<core::Reaction> reaction;
    if (first) reaction = {*first, days_taken(c.published_at.value_or(c.created_at), *first)};
    core::set_reaction(tx, c.id, reaction);
}

PromiseFigures promise_until(db::Tx& tx, core::ProcedureId procedure, std::int64_t promise_days, Timestamp now) {
    return core::promise_figures(tx, procedure, promise_days, late_before(promise_days, now));
}

}  // namespace mitwirken::answers
