// The administration's own pages: what waits, settings of the municipality, record of what was done, jobs, mails kept
// in the outbox. Contents are edited by the modules.
#include <fmt/format.h>

#include "app/layout.h"
#include "app/operation.h"
#include "app/templates.h"
#include "core/audit/audit.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/notify/notify.h"
#include "core/visit.h"
#include "platform/base/text.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::app {

namespace {

using core::Role;
using core::Visit;
constexpr std::string_view look = "app.administration";  // the first page, for all of the staff
constexpr std::string_view settle = "app.settings";
constexpr std::string_view read_audit = "app.audit";
constexpr std::string_view run = "app.operation";
constexpr int per_page = 50;
constexpr std::size_t longest_setting = 2000;

core::PageHead head_of(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

http::Response simple_page(Visit& visit, const core::Heading& heading, const html::SafeHtml& list,
                           const html::SafeHtml& more = {}) {
    namespace t = tpl::simple;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, heading)).set(t::LIST, list).set(t::MORE, more);
    return visit.page(head_of(heading.title), t::file, values);
}

http::Response first_page(Visit& visit) {
    namespace t = tpl::dashboard;
    html::Values values;
    values.set(t::HEAD,
               core::admin_head(visit, {.title = visit.tr("Administration"),
                                        .lead = visit.tr(tr_noop("Hello {name}", {{"name", visit.account->name}})) +
                                                " · " + visit.tr(core::role_name(visit.actor.role))}));
    std::vector<core::Task> open, done;
    if (visit.actor.role != Role::operator_)
        for (const auto& module : visit.house.modules) {
            if (!module.tasks) continue;
            for (auto& task : module.tasks(visit)) (task.count > 0 ? open : done).push_back(std::move(task));
        }
    values.show_if(open.empty(), t::NOTHING);
    const auto show = [&](html::Section section, const std::vector<core::Task>& tasks) {
        if (tasks.empty()) return;
        auto part = values.add(section);
        for (const auto& task : tasks)
            part.add(t::TASK)
                .set(t::COUNT, visit.language.number(task.count))
                .set(t::LABEL, visit.tr(task.label))
                .set(t::URL, visit.url(task.url));
    };
    show(t::WAITING, open);
    show(t::DONE, done);
    for (const auto* entry : navigation_of(visit, core::Navigation::Place::admin))
        if (entry->path != "/verwaltung")
            values.add(t::AREA)
                .set(t::URL, visit.url(entry->path))
                .set(t::LABEL, visit.tr(entry->label))
                .set(t::ICON, entry->icon.empty() ? "file" : entry->icon);
    return visit.page(head_of(visit.tr("Administration")), t::file, values);
}

// ---- settings

Form settings_form(Visit& visit) {
    const auto& tenant = visit.tenant;
    Form form;
    form.set("name", tenant.name);
    form.set("site_name", tenant.site_name);
    for (const auto& code : tenant.languages) form.add("languages", code);
    const auto& c = tenant.theme;
    for (const auto& [name, value] :
         std::vector<std::pair<const char*, std::string>>{{"primary", c.primary},
                                                          {"primary_deep", c.primary_deep},
                                                          {"primary_light", c.primary_light},
                                                          {"accent", c.accent},
                                                          {"primary_dark", c.primary_dark},
                                                          {"primary_deep_dark", c.primary_deep_dark},
                                                          {"primary_light_dark", c.primary_light_dark},
                                                          {"accent_dark", c.accent_dark}})
        form.set(name, value);
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) form.set(setting.key, visit.setting(setting.key));
    return form;
}

html::SafeHtml settings_fields(Visit& visit, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", std::to_string(visit.tenant.version));
    form.text("name", tr_noop("Name of the municipality")).limit(100);
    form.text("site_name", tr_noop("Name of the site")).limit(100);
    std::vector<core::Option> languages;
    for (const auto* language : i18n::languages()) languages.push_back({language->code(), language->name()});
    form.choices("languages", tr_noop("Languages"), languages).hint(tr_noop("German is always the first."));
    form.heading(tr_noop("Colours"));
    form.colour("primary", tr_noop("Main colour")).hint(tr_noop("For links and buttons; at least 4.5:1 on white."));
    form.colour("primary_deep", tr_noop("Dark area"));
    form.colour("primary_light", tr_noop("Light area"));
    form.colour("accent", tr_noop("Accent"));
    form.colour("primary_dark", tr_noop("Main colour on dark pages"));
    form.colour("primary_deep_dark", tr_noop("Dark area on dark pages"));
    form.colour("primary_light_dark", tr_noop("Light area on dark pages"));
    form.colour("accent_dark", tr_noop("Accent on dark pages"));
    form.heading(tr_noop("Further settings"));
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) {
            const std::string key(setting.key);
            if (setting.kind == core::Setting::Kind::on_off)
                form.check(key, setting.label).hint(setting.hint);
            else if (setting.kind == core::Setting::Kind::long_text)
                form.area(key, setting.label).hint(setting.hint).optional();
            else if (setting.kind == core::Setting::Kind::email)
                form.email(key, setting.label).hint(setting.hint).optional();
            else if (setting.kind == core::Setting::Kind::url)
                form.url(key, setting.label).hint(setting.hint).optional();
            else if (setting.kind == core::Setting::Kind::number)
                form.number(key, setting.label).hint(setting.hint);
            else
                form.text(key, setting.label).hint(setting.hint).optional();
        }
    return form.html({.action = "/verwaltung/einstellungen"});
}

// What the kinds of settings ask for; an empty text means that the setting is not used.
void check_settings(const Visit& visit, Problems& problems) {
    using Kind = core::Setting::Kind;
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) {
            const std::string key(setting.key), value = trimmed(visit.form[key]);
            if (setting.kind == Kind::number) {
                const auto number = to_int(value);
                if (!number || *number < 1) problems.add(key, tr_noop("Please give a whole number from 1."));
            } else if (setting.kind == Kind::email && !value.empty() && !mail::is_address(value)) {
                problems.add(key, tr_noop("Please give an e-mail address such as name@example.org."));
            } else if (setting.kind == Kind::url && !value.empty() && !is_web_address(value)) {
                problems.add(key, tr_noop("Please give an address that begins with https://."));
            }
        }
}

http::Response settings_page(Visit& visit) {
    return simple_page(visit,
                       {.title = visit.tr("Settings"), .links = {{"/verwaltung/logo", visit.tr("Logo"), "image"}}},
                       settings_fields(visit, settings_form(visit), {}));
}

http::Response save_settings(Visit& visit) {
    core::Tenant tenant = visit.tenant;
    Problems problems;
    tenant.name = trimmed(visit.form["name"]);
    tenant.site_name = trimmed(visit.form["site_name"]);
    if (tenant.name.empty()) problems.add("name", tr_noop("Please give a name."));
    if (tenant.site_name.empty()) problems.add("site_name", tr_noop("Please give a name."));
    for (const char* name : {"name", "site_name"}) core::need_short(problems, name, visit.form[name], 100);
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings)
            core::need_short(problems, std::string(setting.key), visit.form[setting.key], longest_setting);
    tenant.languages = {"de"};
    for (const auto& code : visit.form.all("languages"))
        if (code != "de" && i18n::find_language(code)) tenant.languages.push_back(code);
    core::Theme theme{visit.form["primary"],
                      visit.form["primary_deep"],
                      visit.form["primary_light"],
                      visit.form["accent"],
                      visit.form["primary_dark"],
                      visit.form["primary_deep_dark"],
                      visit.form["primary_light_dark"],
                      visit.form["accent_dark"]};
    const auto checked = core::check_theme(theme);
    if (!checked) problems.append(checked.problems());
    tenant.theme = theme;
    check_settings(visit, problems);
    if (visit.form["_version"] != std::to_string(visit.tenant.version))
        problems.add("",
                     tr_noop("In the meantime somebody else has changed the settings. Please compare and save again."));
    if (problems.any()) {
        namespace t = tpl::simple;
        html::Values values;
        values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Settings")}))
            .set(t::LIST, settings_fields(visit, visit.form, problems));
        return core::show_again(visit, head_of(visit.tr("Settings")),
                                html::render_part(t::file, values, visit.language));
    }
    core::save_tenant(visit.tx, tenant, visit.now);
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) {
            const std::string key(setting.key);
            std::string value = trimmed(visit.form[key]);
            if (setting.kind == core::Setting::Kind::on_off) value = visit.form[key] == "on" ? "on" : "off";
            if (value != visit.setting(key)) core::set_setting(visit.tx, tenant.id, key, value);
        }
    visit.record("settings.changed", {"app", tenant.id.value});
    visit.touch("tenant");
    visit.house.versions.raise_at_commit(visit.tx, {}, "tenants");
    return visit.go("/verwaltung/einstellungen", tr_noop("Saved."));
}

// ---- record, jobs, mails

http::Response audit_page(Visit& visit) {
    core::AuditFilter filter{visit.query["tat"], visit.query["modul"], {}, to_int(visit.query["vor"]).value_or(0)};
    const core::TenantId chain = visit.actor.role == Role::operator_ ? core::TenantId{} : visit.tenant.id;
    auto list = core::audit_entries(visit.tx, chain, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().number));
    }
    std::map<std::int64_t, std::string> names;
    core::TableView view{
        .id = "audit", .caption = visit.tr("Record"), .empty = visit.tr("Nothing has been recorded yet.")};
    view.columns = {visit.tr("No."),  visit.tr("When"),  visit.tr("Who"),
                    visit.tr("What"), visit.tr("Thing"), visit.tr("Details")};
    for (const auto& entry : list) {
        auto& name = names[entry.by.value];
        if (name.empty()) {
            const auto account = entry.by ? core::find_account(visit.tx, entry.by) : std::nullopt;
            name = account && !account->name.empty() ? account->name : visit.tr("Automatic or erased");
        }
        view.rows.push_back(
            {core::number_cell(visit.language.number(entry.number)),
             core::text_cell(visit.language.date_time(entry.at)), core::text_cell(name), core::text_cell(entry.action),
             core::text_cell(entry.module + " " + std::to_string(entry.item)), core::text_cell(entry.details)});
    }
    return simple_page(
        visit,
        {.title = visit.tr("Record"),
         .lead = visit.tr("Append-only and hash-chained: what was done can be added to, but not changed.")},
        core::table(visit, view),
        core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
}

// Operators look after all jobs, administrators after those of their municipality.
std::optional<std::int64_t> whose_jobs(const Visit& visit) {
    if (visit.actor.role == Role::operator_) return {};
    return visit.tenant.id.value;
}

http::Response jobs_page(Visit& visit) {
    const std::string state = visit.query["stand"] == "alle" ? "" : "dead";
    auto list = jobs::list(visit.tx, state, jobs::JobId{to_int(visit.query["vor"]).value_or(0)}, per_page + 1,
                           whose_jobs(visit));
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    core::TableView view{.id = "jobs", .caption = visit.tr("Jobs"), .empty = visit.tr("No job has failed.")};
    view.columns = {visit.tr("Kind"), visit.tr("State"), visit.tr("Tries"), visit.tr("Due"), visit.tr("Error"), "", ""};
    for (const auto& job : list) {
        const std::string id = std::to_string(job.id.value);
        const bool dead = job.state == "dead";
        view.rows.push_back({core::text_cell(job.kind), core::pill_cell(job.state, dead ? "failed" : "running"),
                             core::number_cell(std::to_string(job.attempts)),
                             core::text_cell(visit.language.date_time(job.run_at)), core::text_cell(job.error),
                             dead ? core::Cell{.text = visit.tr("Try again"),
                                               .post_to = "/verwaltung/auftraege",
                                               .fields = {{"id", id}, {"do", "again"}},
                                               .spoken = job.kind}
                                  : core::text_cell(""),
                             dead ? core::Cell{.text = visit.tr("Remove"),
                                               .post_to = "/verwaltung/auftraege",
                                               .fields = {{"id", id}, {"do", "remove"}},
                                               .spoken = job.kind,
                                               .danger = true}
                                  : core::text_cell("")});
    }
    const auto counts = jobs::counts(visit.tx, whose_jobs(visit));
    const std::string lead = visit.tr(tr_noop("{waiting} waiting, {running} running, {dead} failed",
                                              {{"waiting", visit.language.number(counts.waiting)},
                                               {"running", visit.language.number(counts.running)},
                                               {"dead", visit.language.number(counts.dead)}}));
    return simple_page(visit,
                       {.title = visit.tr("Jobs"),
                        .lead = lead,
                        .links = {{"/verwaltung/auftraege?stand=alle", visit.tr("Show all"), "list"}}},
                       core::table(visit, view),
                       core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
}

http::Response change_job(Visit& visit) {
    const jobs::JobId id{to_int(visit.form["id"]).value_or(0)};
    const bool again = visit.form["do"] == "again";
    const auto whose = whose_jobs(visit);
    if (whose && jobs::tenant_of(visit.tx, id) != whose) throw NotFound();
    if (!(again ? jobs::run_again(visit.tx, id, visit.now) : jobs::remove(visit.tx, id))) throw NotFound();
    // In the record of those who may read it: the municipality's, or the installation's.
    core::audit(visit.tx, core::TenantId{whose.value_or(0)}, visit.actor.account, again ? "job.again" : "job.removed",
                {"app", id.value}, "", visit.now);
    if (again && visit.house.jobs) visit.tx.after_commit([jobs = visit.house.jobs] { jobs->wake(); });
    return visit.go("/verwaltung/auftraege",
                    again ? tr_noop("The job is tried again.") : tr_noop("The job is removed."));
}

std::string shelf(const Visit& visit) { return visit.house.mail_outbox + "/" + core::outbox_shelf(visit.tenant.id); }

http::Response outbox_page(Visit& visit) {
    if (visit.house.mail_outbox.empty())
        return simple_page(
            visit,
            {.title = visit.tr("Outbox"), .lead = visit.tr("Mails go to the mail server; nothing is kept here.")}, {});
    core::TableView view{
        .id = "outbox", .caption = visit.tr("Outbox"), .empty = visit.tr("No mail has been written yet.")};
    view.columns = {visit.tr("Subject"), visit.tr("To"), visit.tr("When")};
    for (const auto& mail : mail::outbox(shelf(visit), 200))
        view.rows.push_back({core::link_cell(mail.subject, "/verwaltung/postausgang/" + escape_url(mail.name)),
                             core::text_cell(mail.to), core::text_cell(visit.language.date_time(mail.at))});
    return simple_page(visit,
                       {.title = visit.tr("Outbox"),
                        .lead = visit.tr("No mail server is set up, so mails are kept here instead of being sent.")},
                       core::table(visit, view));
}

http::Response outbox_mail(Visit& visit) {
    const auto mail =
        visit.house.mail_outbox.empty() ? std::nullopt : mail::read_outbox(shelf(visit), visit.parameter("name"));
    if (!mail) throw NotFound();
    namespace t = tpl::mail;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = mail->head.subject,
                                                 .crumbs = {{visit.tr("Outbox"), "/verwaltung/postausgang"}}}));
    values.set(t::TO, mail->head.to).set(t::WHEN, visit.language.date_time(mail->head.at)).set(t::TEXT, mail->text);
    return visit.page(head_of(mail->head.subject), t::file, values);
}

}  // namespace

core::Manifest admin_manifest() {
    using http::Method;
    const auto route = [](Method method, std::string_view pattern, std::string_view permission,
                          http::Response (*handler)(Visit&)) {
        return core::Route{
            .method = method, .pattern = pattern, .permission = permission, .handler = handler, .cacheable = false};
    };
    core::Manifest m;
    m.actions = {{look, core::staff_roles()},
                 {settle, {Role::admin}},
                 {read_audit, {Role::admin, Role::coordinator, Role::operator_}},
                 {run, {Role::operator_, Role::admin}}};
    m.routes = {route(Method::get, "/verwaltung", look, first_page),
                route(Method::get, "/verwaltung/einstellungen", settle, settings_page),
                route(Method::post, "/verwaltung/einstellungen", settle, save_settings),
                route(Method::get, "/verwaltung/protokoll", read_audit, audit_page),
                route(Method::get, "/verwaltung/auftraege", run, jobs_page),
                route(Method::post, "/verwaltung/auftraege", run, change_job),
                route(Method::get, "/verwaltung/postausgang", settle, outbox_page),
                route(Method::get, "/verwaltung/postausgang/{name}", settle, outbox_mail)};
    using Place = core::Navigation::Place;
    m.navigation = {
        {Place::admin, "/verwaltung", tr_noop("Overview"), 1, look, "home"},
        {Place::admin, "/verwaltung/einstellungen", tr_noop("Settings"), 910, settle, "settings", "Settings"},
        {Place::admin, "/verwaltung/protokoll", tr_noop("Record"), 920, read_audit, "history", "Settings"},
        {Place::admin, "/verwaltung/auftraege", tr_noop("Jobs"), 930, run, "clock", "Settings"},
        {Place::admin, "/verwaltung/postausgang", tr_noop("Outbox"), 940, settle, "mail", "Settings"}};
    return m;
}

}  // namespace mitwirken::app
