// The morning's mails about tasks: three days before one is due, and once when it is late. Each office gets one mail
// with all of them; an office without active editors is reminded through the coordinators.
#include <map>
#include <nlohmann/json.hpp>

#include "core/house.h"
#include "core/notify/letter.h"
#include "core/people/people.h"
#include "core/procedures/records.h"
#include "core/tasks/tasks.h"
#include "core/tenants/tenants.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

namespace {

constexpr int days_ahead = 3;

struct OfOffice {
    std::vector<core::OfficeTask> soon, late;
};
// By the office that is to do them: the task's own, else that of its procedure.
using ByOffice = std::map<std::int64_t, OfOffice>;

core::OrganisationId office_of(db::Tx& tx, core::TenantId tenant, const core::OfficeTask& task) {
    if (task.organisation) return task.organisation;
    const auto procedure = core::find_procedure(tx, tenant, task.procedure);
    return procedure ? procedure->organisation : core::OrganisationId{};
}

std::vector<core::Account> readers(db::Tx& tx, core::TenantId tenant, core::OrganisationId office) {
    auto list =
        office ? core::accounts_with_role(tx, tenant, core::Role::editor, office) : std::vector<core::Account>{};
    if (list.empty()) list = core::accounts_with_role(tx, tenant, core::Role::coordinator, {});
    return list;
}

const i18n::Language& language_of(const core::Tenant& tenant, const core::Account& account) {
    if (const auto* own = i18n::find_language(account.language)) return *own;
    const auto* first = tenant.languages.empty() ? nullptr : i18n::find_language(tenant.languages.front());
    return first ? *first : i18n::english();
}

core::Letter letter_for(const i18n::Language& language, const core::Tenant& tenant, const core::Account& account,
                        const OfOffice& tasks) {
    core::Letter letter;
    letter.subject = language.tr(tr_noop("Tasks that are due"));
    letter.hello = language.tr(tr_noop("Hello {name},", {{"name", account.name}}));
    const auto add = [&](const Message& heading, const std::vector<core::OfficeTask>& list) {
        if (list.empty()) return;
        std::string words = language.tr(heading);
        for (const auto& task : list) words += "\n– " + task.title + " (" + language.date(task.due) + ")";
        letter.words.push_back(words);
    };
    add(tr_noop("These tasks are overdue:"), tasks.late);
    add(tr_noop("These tasks are due soon:"), tasks.soon);
    if (!tenant.hosts.empty()) {
        letter.url = "https://" + tenant.hosts.front() + "/verwaltung/aufgaben";
        letter.button = language.tr(tr_noop("Open the list of tasks"));
    }
    letter.footer =
        language.tr(tr_noop("You get this mail because your department has these tasks. Each is reminded of "
                            "twice at most."));
    return letter;
}

void remind_tenant(db::Tx& tx, const core::Tenant& tenant, Timestamp now) {
    const Date today = berlin_day(now);
    ByOffice offices;
    for (auto& task : core::take_late(tx, tenant.id, today, now))
        offices[office_of(tx, tenant.id, task).value].late.push_back(std::move(task));
    for (auto& task : core::take_reminders(tx, tenant.id, today, days_ahead, now))
        offices[office_of(tx, tenant.id, task).value].soon.push_back(std::move(task));
    for (const auto& [office, tasks] : offices)
        for (const auto& account : readers(tx, tenant.id, core::OrganisationId{office})) {
            const auto& language = language_of(tenant, account);
            core::send_mail(
                tx, tenant.id,
                core::compose(language, tenant, account.email, letter_for(language, tenant, account, tasks)), now);
        }
    // As long as something is open there is a morning to come.
    if (core::count_open_tasks(tx, tenant.id, {}) > 0) core::plan_reminders(tx, tenant.id, now);
}

}  // namespace

void remind(core::House& house, const jobs::Job& job) {
    const Timestamp now = house.clock->now();
    house.database->write([&](db::Tx& tx) {
        for (const auto& tenant : core::all_tenants(tx))
            if (tenant.id.value == job.tenant) remind_tenant(tx, tenant, now);
    });
}

}  // namespace mitwirken::procedures
