// What the house does by itself, for those who look after it: jobs, and mails kept in the outbox.
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
constexpr std::string_view settle = "app.settings";
constexpr std::string_view run = "app.operation";
constexpr int per_page = 50;

core::PageHead head_of(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

http::Response simple_page(Visit& visit, const core::Heading& heading, const html::SafeHtml& list,
                           const html::SafeHtml& more = {}) {
    namespace t = tpl::simple;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, heading)).set(t::LIST, list).set(t::MORE, more);
    return visit.page(head_of(heading.title), t::file, values);
}

// Operators look after all jobs, administrators after those of their municipality.
std::optional<std::int64_t> whose_jobs(const Visit& visit) {
    if (visit.actor.role == Role::operator_) return {};
    return visit.tenant.id.value;
}

std::string job_words(const Visit& visit, const jobs::Job& job, const std::optional<core::GivenUpMail>& mail) {
    if (!mail) return job.kind;
    const std::string what = mail->kind.empty() ? visit.tr("Mail") : visit.tr(mail->kind);
    return visit.tr(tr_noop("{kind} (not sent, emptied)", {{"kind", what}}));
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
        // Of a mail that was given up nothing is left to be sent: it can only be removed.
        const auto mail_id = dead && job.kind == "mail.send" ? to_int(job.payload) : std::nullopt;
        const auto mail = mail_id ? core::given_up_mail(visit.tx, *mail_id) : std::nullopt;
        view.rows.push_back({core::text_cell(job_words(visit, job, mail)),
                             core::pill_cell(job.state, dead ? "failed" : "running"),
                             core::number_cell(std::to_string(job.attempts)),
                             core::text_cell(visit.language.date_time(job.run_at)), core::text_cell(job.error),
                             dead && !mail ? core::Cell{.text = visit.tr("Try again"),
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
    m.actions = {{run, {Role::operator_, Role::admin}}};
    m.recorded = {{"job.again", tr_noop("Job tried again")},
                  {"job.removed", tr_noop("Job removed")},
                  {"example.loaded", tr_noop("Example loaded")}};
    m.routes = {route(Method::get, "/verwaltung/auftraege", run, jobs_page),
                route(Method::post, "/verwaltung/auftraege", run, change_job),
                route(Method::get, "/verwaltung/postausgang", settle, outbox_page),
                route(Method::get, "/verwaltung/postausgang/{name}", settle, outbox_mail)};
    using Place = core::Navigation::Place;
    m.navigation = {{Place::admin, "/verwaltung/auftraege", tr_noop("Jobs"), 930, run, "clock", "Settings"},
                    {Place::admin, "/verwaltung/postausgang", tr_noop("Outbox"), 940, settle, "mail", "Settings"}};
    return m;
}

}  // namespace mitwirken::app
