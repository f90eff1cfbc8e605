// See tasks.h.
#include "core/tasks/tasks.h"

#include "platform/jobs/jobs.h"

namespace mitwirken::core {

namespace {

#define TASK_COLUMNS                                                                                                   \
    "id, procedure_id, contribution_id, organisation_id, title, text, due, created_by, created_at, done_by, done_at, " \
    "extra "
const db::Query insert{"core.task_insert", R"(
    INSERT INTO core_task (tenant_id, procedure_id, contribution_id, organisation_id, title, text, due, created_by,
                           created_at, extra)
    VALUES (:tenant, :procedure, :contribution, :organisation, :title, :text, :due, :by, :now, :extra) RETURNING id)"};
const db::Query update{"core.task_update", R"(
    UPDATE core_task SET title = :title, text = :text, organisation_id = :organisation, due = :due,
                         reminded_at = CASE WHEN due = :same THEN reminded_at ELSE NULL END,
                         late_reminded_at = CASE WHEN due = :same THEN late_reminded_at ELSE NULL END
    WHERE id = :id AND tenant_id = :tenant)"};
const db::Query update_done{"core.task_done", R"(
    UPDATE core_task SET done_by = :by, done_at = :now WHERE id = :id AND tenant_id = :tenant AND done_at IS NULL)"};
const db::Query update_reopened{"core.task_reopen", R"(
    UPDATE core_task SET done_by = 0, done_at = NULL WHERE id = :id AND tenant_id = :tenant)"};
const db::Query remove{"core.task_drop", "DELETE FROM core_task WHERE id = :id AND tenant_id = :tenant"};
const db::Query select_one{"core.task", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_of_procedure{"core.tasks_of_procedure", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE procedure_id = :procedure AND tenant_id = :tenant ORDER BY due, id)"};
const db::Query select_of_contribution{"core.tasks_of_contribution", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE contribution_id = :contribution AND contribution_id <> 0 AND tenant_id = :tenant
    ORDER BY id)"};
const db::Query select_open{"core.tasks_open", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE tenant_id = :tenant AND done_at IS NULL AND (:any = 0 OR organisation_id = :organisation)
      AND due <= :until AND (due, id) > (:after_day, :after) ORDER BY due, id LIMIT :count)"};
const db::Query count_open{"core.tasks_count", R"(
    SELECT count(*) FROM (SELECT 1 FROM core_task
      WHERE tenant_id = :tenant AND done_at IS NULL AND (:any = 0 OR organisation_id = :organisation)
        AND due <= :until LIMIT 1001) AS counted)"};
const db::Query select_due{"core.tasks_due", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE tenant_id = :tenant AND done_at IS NULL AND reminded_at IS NULL AND due <= :until
    ORDER BY due, id LIMIT 500)"};
const db::Query select_late{"core.tasks_late", "SELECT " TASK_COLUMNS R"(
    FROM core_task WHERE tenant_id = :tenant AND done_at IS NULL AND late_reminded_at IS NULL AND due < :today
    ORDER BY due, id LIMIT 500)"};
const db::Query update_late_reminded{"core.task_late_reminded", R"(
    UPDATE core_task SET reminded_at = COALESCE(reminded_at, :now), late_reminded_at = :now WHERE id = :id)"};
const db::Query update_reminded{"core.task_reminded", "UPDATE core_task SET reminded_at = :now WHERE id = :id"};

const Date last_day{std::chrono::year{9999} / 12 / 31};
const Date first_day{std::chrono::year{1} / 1 / 1};

}  // namespace

// At six in the morning: who is reminded has the day before them.
void plan_reminders(db::Tx& tx, TenantId tenant, Timestamp now) {
    Timestamp at = start_of(berlin_day(now)) + std::chrono::hours{6};
    if (at <= now) at = start_of(add_days(berlin_day(now), 1)) + std::chrono::hours{6};
    jobs::enqueue(tx,
                  {.kind = std::string(reminder_job),
                   .payload = "",
                   .run_at = at,
                   .unique_key = std::string(reminder_job),
                   .tenant = tenant.value},
                  now);
}

TaskId add_task(db::Tx& tx, TenantId tenant, const OfficeTask& t, Timestamp now) {
    plan_reminders(tx, tenant, now);
    return tx.value<TaskId>(insert, tenant, t.procedure, t.contribution, t.organisation, t.title, t.text, t.due,
                            t.created_by, now, t.extra);
}

// Another day is another reminder.
void save_task(db::Tx& tx, TenantId tenant, const OfficeTask& t) {
    tx.exec(update, t.title, t.text, t.organisation, t.due, t.due, t.id, tenant);
}

void finish_task(db::Tx& tx, TenantId tenant, TaskId id, AccountId by, Timestamp now) {
    tx.exec(update_done, by, now, id, tenant);
}

void reopen_task(db::Tx& tx, TenantId tenant, TaskId id) { tx.exec(update_reopened, id, tenant); }
void drop_task(db::Tx& tx, TenantId tenant, TaskId id) { tx.exec(remove, id, tenant); }

std::optional<OfficeTask> find_task(db::Tx& tx, TenantId tenant, TaskId id) {
    return tx.one<OfficeTask>(select_one, id, tenant);
}

std::vector<OfficeTask> tasks_of(db::Tx& tx, TenantId tenant, ProcedureId procedure) {
    return tx.all<OfficeTask>(select_of_procedure, procedure, tenant);
}

std::vector<OfficeTask> tasks_of(db::Tx& tx, TenantId tenant, ContributionId contribution) {
    return tx.all<OfficeTask>(select_of_contribution, contribution, tenant);
}

std::vector<OfficeTask> open_tasks(db::Tx& tx, TenantId tenant, const TaskFilter& f, int count) {
    return tx.all<OfficeTask>(select_open, tenant, f.organisation, f.organisation, f.until.value_or(last_day),
                              f.after ? f.after_day : first_day, f.after, count);
}

std::int64_t count_open_tasks(db::Tx& tx, TenantId tenant, const TaskFilter& f) {
    return tx.value<std::int64_t>(count_open, tenant, f.organisation, f.organisation, f.until.value_or(last_day));
}

std::vector<OfficeTask> take_reminders(db::Tx& tx, TenantId tenant, Date today, int ahead, Timestamp now) {
    auto due = tx.all<OfficeTask>(select_due, tenant, Date{std::chrono::sys_days{today} + std::chrono::days{ahead}});
    for (const auto& task : due) tx.exec(update_reminded, now, task.id);
    return due;
}

// Nobody is told on the same day that a task will be due and that it is late.
std::vector<OfficeTask> take_late(db::Tx& tx, TenantId tenant, Date today, Timestamp now) {
    auto late = tx.all<OfficeTask>(select_late, tenant, today);
    for (const auto& task : late) tx.exec(update_late_reminded, now, task.id);
    return late;
}

}  // namespace mitwirken::core
