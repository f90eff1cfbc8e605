// The SQL of jobs; see store.h and jobs.h.
#include "platform/jobs/store.h"

#include <limits>

namespace mitwirken::jobs {

namespace {

const db::Query insert_job{"jobs.insert", R"(
    INSERT INTO platform_job (tenant_id, kind, payload, unique_key, state, due_at, created_at)
    VALUES (:tenant, :kind, :payload, :unique_key, 'waiting', :due, :now)
    ON CONFLICT (tenant_id, kind, unique_key) WHERE state = 'waiting' AND unique_key IS NOT NULL DO NOTHING)"};

const db::Query list_all{"jobs.list", R"(
    SELECT id, kind, payload, state, error, tenant_id, attempts, due_at, created_at FROM platform_job
    WHERE id < :before AND (:every = 1 OR tenant_id = :tenant) ORDER BY id DESC LIMIT :count)"};

const db::Query list_by_state{"jobs.list_by_state", R"(
    SELECT id, kind, payload, state, error, tenant_id, attempts, due_at, created_at FROM platform_job
    WHERE state = :state AND id < :before AND (:every = 1 OR tenant_id = :tenant) ORDER BY id DESC LIMIT :count)"};

const db::Query count_jobs{"jobs.counts", R"(
    SELECT (SELECT count(*) FROM platform_job WHERE state = 'waiting'),
           (SELECT count(*) FROM platform_job WHERE state = 'running'),
           (SELECT count(*) FROM platform_job WHERE state = 'dead'))"};

const db::Query count_jobs_of_tenant{"jobs.counts_of_tenant", R"(
    SELECT (SELECT count(*) FROM platform_job WHERE state = 'waiting' AND tenant_id = :tenant1),
           (SELECT count(*) FROM platform_job WHERE state = 'running' AND tenant_id = :tenant2),
           (SELECT count(*) FROM platform_job WHERE state = 'dead' AND tenant_id = :tenant3))"};

const db::Query select_tenant{"jobs.tenant", "SELECT tenant_id FROM platform_job WHERE id = :id"};

const db::Query due_again{"jobs.run_again", R"(
    UPDATE platform_job SET state = 'waiting', attempts = 0, due_at = :now WHERE id = :id AND state <> 'running')"};

const db::Query remove_job{"jobs.remove", "DELETE FROM platform_job WHERE id = :id AND state <> 'running'"};

// When another one with its key waits already, this one has nothing left to do.
const db::Query remove_if_another_waits{"jobs.remove_if_another_waits", R"(
    DELETE FROM platform_job WHERE id = :id AND attempts = :attempts AND EXISTS (
        SELECT 1 FROM platform_job other
        WHERE other.tenant_id = platform_job.tenant_id AND other.kind = platform_job.kind
            AND other.unique_key = platform_job.unique_key AND other.state = 'waiting'
            AND other.id <> platform_job.id))"};

const db::Query attempts_of{"jobs.attempts", "SELECT attempts FROM platform_job WHERE id = :id AND state <> 'running'"};

const db::Query first_due{"jobs.first_due", R"(
    SELECT id FROM platform_job WHERE state <> 'dead' AND due_at <= :now ORDER BY due_at, id LIMIT 1)"};

const db::Query claim_job{"jobs.claim", R"(
    UPDATE platform_job SET state = 'running', attempts = attempts + 1, due_at = :until
    WHERE id = :id AND state <> 'dead' AND due_at <= :now
    RETURNING id, kind, payload, state, error, tenant_id, attempts, due_at, created_at)"};

const db::Query renew_lease{"jobs.renew", R"(
    UPDATE platform_job SET due_at = :until WHERE id = :id AND state = 'running' AND attempts = :attempts)"};

const db::Query delete_done{"jobs.done", R"(
    DELETE FROM platform_job WHERE id = :id AND state = 'running' AND attempts = :attempts)"};

const db::Query set_failed{"jobs.failed", R"(
    UPDATE platform_job SET state = :state, error = :error, due_at = :due
    WHERE id = :id AND state = 'running' AND attempts = :attempts)"};

}  // namespace

void enqueue(db::Tx& tx, const NewJob& job, Timestamp now) {
    const std::optional<std::string> key = job.unique_key.empty() ? std::nullopt : std::optional(job.unique_key);
    tx.exec(insert_job, job.tenant, job.kind, job.payload, key, std::max(job.run_at, now), now);
}

std::vector<Job> list(db::Tx& tx, const std::string& state, JobId before, int count,
                      std::optional<std::int64_t> tenant) {
    if (!before) before.value = std::numeric_limits<std::int64_t>::max();
    if (state.empty()) return tx.all<Job>(list_all, before, tenant ? 0 : 1, tenant.value_or(0), count);
    return tx.all<Job>(list_by_state, state, before, tenant ? 0 : 1, tenant.value_or(0), count);
}

Counts counts(db::Tx& tx, std::optional<std::int64_t> tenant) {
    if (tenant) return tx.value<Counts>(count_jobs_of_tenant, *tenant, *tenant, *tenant);
    return tx.value<Counts>(count_jobs);
}

std::optional<std::int64_t> tenant_of(db::Tx& tx, JobId id) { return tx.one<std::int64_t>(select_tenant, id); }

bool run_again(db::Tx& tx, JobId id, Timestamp now) {
    const auto attempts = tx.one<std::int64_t>(attempts_of, id);
    if (!attempts) return false;
    return tx.exec(remove_if_another_waits, id, *attempts) == 1 || tx.exec(due_again, now, id) == 1;
}

bool remove(db::Tx& tx, JobId id) { return tx.exec(remove_job, id) == 1; }

namespace store {

bool anything_due(db::Tx& tx, Timestamp now) { return tx.one<JobId>(first_due, now).has_value(); }

std::optional<Job> claim(db::Tx& tx, Timestamp now, Timestamp until) {
    const auto id = tx.one<JobId>(first_due, now);
    if (!id) return {};
    return tx.one<Job>(claim_job, until, *id, now);
}

void renew(db::Tx& tx, const Job& job, Timestamp until) { tx.exec(renew_lease, until, job.id, job.attempts); }

void done(db::Tx& tx, const Job& job) { tx.exec(delete_done, job.id, job.attempts); }

bool failed(db::Tx& tx, const Job& job, const std::string& error, std::optional<Timestamp> again, Timestamp now) {
    if (again && tx.exec(remove_if_another_waits, job.id, job.attempts) == 1) return true;
    return tx.exec(set_failed, again ? "waiting" : "dead", error, again.value_or(now), job.id, job.attempts) == 1;
}

}  // namespace store

}  // namespace mitwirken::jobs
