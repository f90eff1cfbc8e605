// Tasks: what an office has to do in a procedure until a day – answer a contribution, book a hall, publish the record.
// Invariants: a task that is done stays, with who did it and when; whether it was late is computed, never stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::core {

// The fields stand in the order of the SELECT in tasks.cpp.
struct OfficeTask {
    TaskId id;
    ProcedureId procedure;
    ContributionId contribution;  // that is to be answered; none = the procedure as a whole
    OrganisationId organisation;
    std::string title, text;
    Date due{};  // the last day
    AccountId created_by;
    Timestamp created_at{};
    AccountId done_by;
    std::optional<Timestamp> done_at;
    std::string extra;  // members of the exchange format that are not known here, JSON

    bool open() const { return !done_at; }
    bool late(Timestamp now) const { return open() && berlin_day(now) > due; }
};

// Reminds offices by mail; planned for the next morning whenever a task gets a day, done by the module that shows
// tasks.
inline constexpr std::string_view reminder_job = "procedures.remind";
void plan_reminders(db::Tx& tx, TenantId tenant, Timestamp now);

TaskId add_task(db::Tx& tx, TenantId tenant, const OfficeTask& task, Timestamp now);
// Title, text, office and day; not whether it is done.
void save_task(db::Tx& tx, TenantId tenant, const OfficeTask& task);
void finish_task(db::Tx& tx, TenantId tenant, TaskId id, AccountId by, Timestamp now);
void reopen_task(db::Tx& tx, TenantId tenant, TaskId id);
void drop_task(db::Tx& tx, TenantId tenant, TaskId id);
std::optional<OfficeTask> find_task(db::Tx& tx, TenantId tenant, TaskId id);

// By the day they are due; done ones too.
std::vector<OfficeTask> tasks_of(db::Tx& tx, TenantId tenant, ProcedureId procedure);
std::vector<OfficeTask> tasks_of(db::Tx& tx, TenantId tenant, ContributionId contribution);
// Open ones of an office (none = of every office), what is due first comes first.
struct TaskFilter {
    OrganisationId organisation;
    std::optional<Date> until;  // due on or before this day
    // The page begins behind this one.
    Date after_day{};
    TaskId after;
};
std::vector<OfficeTask> open_tasks(db::Tx& tx, TenantId tenant, const TaskFilter& filter, int count);
std::int64_t count_open_tasks(db::Tx& tx, TenantId tenant, const TaskFilter& filter);  // exact up to 1,000

// Open tasks due within `ahead` days that nobody was reminded of yet; marks them as reminded. For the daily job.
std::vector<OfficeTask> take_reminders(db::Tx& tx, TenantId tenant, Date today, int ahead, Timestamp now);
// Open tasks that are late and that nobody was told of yet; marks them, too. Take these first.
std::vector<OfficeTask> take_late(db::Tx& tx, TenantId tenant, Date today, Timestamp now);

}  // namespace mitwirken::core
