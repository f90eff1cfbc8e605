// The questionnaire for associations without an account, when the municipality has switched it on. What was sent waits,
// seen by nobody, until the button behind the link of the mail is pressed; opening the link changes nothing.
#include "core/forms/guard.h"
#include "core/notify/notify.h"
#include "modules/toolbox/report_form.h"
#include "platform/crypto/crypto.h"
#include "platform/mail/mail.h"
#include "toolbox/templates.h"

#include <nlohmann/json.hpp>

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::association;
const std::string base = "/instrumente/erfahrung";
constexpr std::chrono::hours time_to_confirm{48};
constexpr std::chrono::hours contact_kept{24 * 365};
constexpr std::size_t most_files = 5;

core::Throttle& sendings(const Visit& visit) {
    return visit.house.throttles.named("toolbox.sendings", 5, std::chrono::minutes{12});
}

void need_switched_on(const Visit& visit) {
    if (!visit.setting_on(associations_setting))
        throw NotFound(tr_noop("Experiences of associations are not taken in here at the moment."));
}

core::PageHead head_of(const Visit& visit) {
    return {.title = visit.tr("Your experience with a format"),
            .navigation = "/instrumente",
            .kind = "form",
            .index = false};
}

html::SafeHtml with_head(Visit& visit, const std::string& title, const std::string& lead, const html::SafeHtml& form) {
    html::Values values;
    values.set(t::HEAD, core::page_head(
                            visit, {.title = title, .lead = lead, .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.set(t::FORM, form);
    return html::render_part(t::file, values, visit.language);
}

std::vector<core::Option> public_options(Visit& visit, const std::string& chosen) {
    std::vector<core::Option> options{{"0", visit.tr("– not in the toolbox yet –")}};
    bool there = false;
    for (const auto& line : list(visit.tx, visit.tenant.id, {}, 500).lines) {
        options.push_back({std::to_string(line.id.value), title_in(visit, line.title, line.title_en)});
        there = there || options.back().value == chosen;
    }
    // With very many formats the one a person comes from may stand behind the end of this list.
    const auto format =
        there ? std::nullopt : find_format(visit.tx, visit.tenant.id, FormatId{to_int(chosen).value_or(0)});
    if (format && is_public(*format)) options.push_back({chosen, format->title});
    return options;
}

html::SafeHtml form_content(Visit& visit, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    core::add_guard(form, visit);
    add_report_fields(form, public_options(visit, values["format"]));
    form.file("files", tr_noop("Add files"))
        .several()
        .optional()
        .hint(tr_noop("At most five: PDF, Word, OpenDocument, text, pictures; at most 25 MB each."));
    form.heading(tr_noop("Who writes"));
    form.text("organisation", tr_noop("Association, initiative or institution"))
        .hint(tr_noop("It is published with the experience."))
        .limit(200)
        .fill("organization");
    form.text("contact_name", tr_noop("Your name"))
        .hint(tr_noop("For questions only. It is never published."))
        .limit(200)
        .fill("name");
    form.email("contact_email", tr_noop("Your e-mail address"))
        .hint(tr_noop("You get one mail there, with a button to confirm. The address is never published and is removed "
                      "after a year at the latest."))
        .fill("email");
    form.check("consent", tr_noop("The text and the files may be published; we hold the rights to them."));
    return with_head(
        visit, visit.tr("Your experience with a format"),
        visit.tr("You have used one of these formats, or another one? What you learned helps others. It is "
                 "read by the participation office before it is published."),
        form.html({.action = base, .submit = tr_noop("Send"), .has_files = true, .keep_draft = true}));
}

void read_sender(Visit& visit, Report& r, Problems& problems) {
    const auto text = [&](const char* name, const Message& missing) {
        const std::string value = trimmed(visit.form[name]);
        if (value.empty()) problems.add(name, missing);
        if (letters(value) > 200)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", "200"}}));
        return value;
    };
    r.origin = Origin::association;
    r.organisation = text("organisation", tr_noop("Please say for whom you write."));
    r.contact_name = text("contact_name", tr_noop("Please give your name, in case there are questions."));
    r.contact_email = trimmed(visit.form["contact_email"]);
    if (!mail::is_address(r.contact_email))
        problems.add("contact_email", tr_noop("Please give an e-mail address like name@example.org."));
    if (visit.form["consent"] != "on")
        problems.add("consent", tr_noop("Without your consent we cannot publish the experience."));
}

void read_public_format(Visit& visit, Report& r, Problems& problems) {
    const FormatId id{to_int(visit.form["format"]).value_or(0)};
    if (!id) return;
    const auto format = find_format(visit.tx, visit.tenant.id, id);
    if (!format || !is_public(*format)) return problems.add("format", tr_noop("Please choose from the list."));
    r.format = format->id;
}

void send_confirmation(Visit& visit, const Report& r, const std::string& token) {
    const std::string url = visit.absolute(base + "/" + token);
    const std::string hello = visit.tr(tr_noop("Hello {name},", {{"name", r.contact_name}}));
    const std::string words =
        visit.tr(tr_noop("an experience with the title “{title}” was sent to {site} with this e-mail address. Please "
                         "open the following address and press the button there, so that it reaches the participation "
                         "office. If it was not you, do nothing: it is removed after two days.",
                         {{"title", r.title}, {"site", visit.tenant.site_name}}));
    core::send_mail(visit.tx, visit.tenant.id,
                    {r.contact_email, visit.tr("Please confirm your experience"),
                     hello + "\n\n" + words + "\n\n" + url + "\n\n" + visit.tenant.site_name + "\n", "",
                     tr_noop("Confirmation of an experience")},
                    visit.now);
}

void later(Visit& visit, const std::string& kind, ReportId report, std::chrono::hours in) {
    jobs::enqueue(visit.tx,
                  {.kind = kind,
                   .payload = nlohmann::json{{"report", report.value}}.dump(),
                   .run_at = visit.now + in,
                   .unique_key = std::to_string(report.value),
                   .tenant = visit.tenant.id.value},
                  visit.now);
}

Report awaited(Visit& visit) {
    need_switched_on(visit);
    visit.do_not_cache();
    const auto report =
        find_unconfirmed(visit.tx, visit.tenant.id, crypto::token_hash(visit.parameter("token")), visit.now);
    if (!report)
        throw NotFound(
            tr_noop("This link is used already, or older than two days. If you have confirmed, everything is "
                    "fine; else please send your experience once more."));
    return *report;
}

ReportId report_of(const jobs::Job& job) {
    return ReportId{nlohmann::json::parse(job.payload).at("report").get<std::int64_t>()};
}

}  // namespace

http::Response association_page(Visit& visit) {
    need_switched_on(visit);
    Form values;
    const auto format = find_format(visit.tx, visit.tenant.id, visit.query["format"]);
    values.set("format", format && is_public(*format) ? std::to_string(format->id.value) : "0");
    return visit.page(head_of(visit), form_content(visit, values, {}));
}

void take_association_files(core::Preparation& p) {
    const auto on = p.tenant.settings.find(std::string(associations_setting));
    if (on == p.tenant.settings.end() || on->second != "on") return;
    if (p.uploads.size() > most_files) {
        Problems problems;
        problems.add("files", tr_noop("Please choose at most five files."));
        p.result = core::TakenFiles(std::move(problems));
        return;
    }
    core::take_files(p, "material");
}

http::Response send_association_report(Visit& visit) {
    need_switched_on(visit);
    Report r;
    Problems problems = core::check_guard(visit);
    problems.append(read_report(visit, r, true));
    read_public_format(visit, r, problems);
    read_sender(visit, r, problems);
    if (!problems.any()) problems = core::check_throttle(visit, sendings(visit));
    if (problems.any()) {
        return core::show_again(visit, head_of(visit), form_content(visit, visit.form, problems));
    }
    const std::string token = crypto::random_token();
    await_confirmation(visit.tx, visit.tenant.id, r, crypto::token_hash(token), visit.now + time_to_confirm, visit.now);
    core::keep_files(visit, ref_of(r.id));
    later(visit, "toolbox.remove_unconfirmed", r.id, time_to_confirm);
    send_confirmation(visit, r, token);
    return visit.go(base + "/gesendet");
}

http::Response association_sent_page(Visit& visit) {
    need_switched_on(visit);
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Please look into your mailbox"),
                                                .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.add(t::SENT).set(t::URL, visit.url("/instrumente"));
    return visit.page(head_of(visit), t::file, values);
}

http::Response confirmation_page(Visit& visit) {
    const Report r = awaited(visit);
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Confirm your experience"),
                                                .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.add(t::CONFIRM)
        .set(t::ACTION, visit.url(base + "/" + visit.parameter("token")))
        .set(t::TITLE, r.title)
        .set(t::NAME, r.organisation);
    return visit.page(head_of(visit), t::file, values);
}

http::Response confirm_report(Visit& visit) {
    Report r = awaited(visit);
    forget_confirmation(visit.tx, visit.tenant.id, r.id);
    r.state = ReportState::handed_in;
    save_report(visit.tx, visit.tenant.id, r, {}, "", visit.now);
    later(visit, "toolbox.forget_contact", r.id, contact_kept);
    visit.record("toolbox.report_handed_in_by_association", ref_of(r.id));
    return visit.go("/instrumente", tr_noop("Thank you. The participation office will look at it."));
}

void remove_unconfirmed_job(core::House& house, const jobs::Job& job) {
    house.database->write(
        [&](db::Tx& tx) { remove_unconfirmed(tx, TenantId{job.tenant}, report_of(job), house.clock->now()); });
}

void forget_contact_job(core::House& house, const jobs::Job& job) {
    house.database->write([&](db::Tx& tx) { forget_contact(tx, TenantId{job.tenant}, report_of(job)); });
}

}  // namespace mitwirken::toolbox
