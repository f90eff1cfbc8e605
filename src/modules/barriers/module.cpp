// The manifest of the reports of barriers.
#include <nlohmann/json.hpp>

#include "core/audit/audit.h"
#include "core/house.h"
#include "core/manifest.h"
#include "core/tenants/tenants.h"
#include "core/visit.h"
#include "modules/barriers/barriers.h"

namespace mitwirken::barriers {

namespace {

using core::Role;
using http::Method;

// The address stands in two of the city's papers; the mediation office of the Land is named by its law (§ 10d BGG NRW).
void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp) {
    core::set_setting(tx, tenant, "accessibility.mail", "mitwirken@dortmund.de");
    core::set_setting(tx, tenant, "accessibility.office", "Ombudsstelle für barrierefreie Informationstechnik NRW");
    core::set_setting(tx, tenant, "accessibility.office_url", "https://www.lbbp.nrw.de/ombudsstelle");
}

core::Route staff(Method method, std::string_view pattern, http::Response (*handler)(core::Visit&)) {
    return {.method = method, .pattern = pattern, .permission = answer_action, .handler = handler, .cacheable = false};
}

std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    for (const auto& [id, state] : core::titles_of(visit.tx, visit.tenant.id, "barriers_report", "state", items))
        names[id] = {visit.tr(tr_noop("Report {number}", {{"number", std::to_string(id)}})),
                     visit.may(answer_action) ? "/verwaltung/barrieren/" + std::to_string(id) : ""};
    return names;
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "barriers";
    m.title = tr_noop("Reports of barriers");
    m.recorded = {{"barriers.reported", tr_noop("Barrier reported")},
                  {"barriers.answered", tr_noop("Report of a barrier answered")},
                  {"barriers.removed", tr_noop("Report of a barrier deleted")},
                  {"barriers.expired", tr_noop("Old reports of barriers deleted")}};
    m.name_items = name_items;
    m.actions = {{answer_action, {Role::admin, Role::coordinator, Role::moderator}}};
    m.settings = {{.key = "barriers.keep_months",
                   .kind = core::Setting::Kind::number,
                   .label = tr_noop("Months until an answered report of a barrier is deleted"),
                   .hint = tr_noop("1 to 120. What nobody answered is deleted as many months after it came."),
                   .initial = "12"}};
    m.routes = {{.method = Method::get,
                 .pattern = "/barriere-melden",
                 .permission = core::everyone,
                 .handler = form_page,
                 .cacheable = false},
                {.method = Method::post, .pattern = "/barriere-melden", .permission = core::everyone, .handler = send},
                {.method = Method::get,
                 .pattern = "/barriere-melden/danke",
                 .permission = core::everyone,
                 .handler = thanks_page},
                staff(Method::get, "/verwaltung/barrieren", managed_page),
                staff(Method::get, "/verwaltung/barrieren/{id}", report_page),
                staff(Method::post, "/verwaltung/barrieren/{id}", answer_form),
                staff(Method::post, "/verwaltung/barrieren/{id}/loeschen", remove_report)};
    m.navigation = {{Place::footer, "/barriere-melden", tr_noop("Report a barrier"), 35, "", "", "legal"},
                    {Place::admin, "/verwaltung/barrieren", tr_noop("Reports of barriers"), 80, answer_action,
                     "accessible", "Contents"}};
    const std::string_view keep = "until the months of the setting after the answer have passed";
    m.personal = {{"barriers_report", "name", "to address whoever reported a barrier", keep},
                  {"barriers_report", "email", "to answer a report of a barrier", keep},
                  {"barriers_report", "body", "the report itself, which may speak of its writer", keep},
                  {"barriers_report", "answered_by", "who answered a report", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(answer_action)) return {};
        return {{tr_noop("Open reports of barriers"), count_open(visit.tx, visit.tenant.id),
                 "/verwaltung/barrieren?stand=open"}};
    };
    m.jobs = {{"barriers.clean", remove_old}};
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::barriers
