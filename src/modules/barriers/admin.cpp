// The list of reports for staff and one report with its answer. The deleting of old ones: cleaning.cpp.
#include "barriers/templates.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/notify/notify.h"
#include "core/people/people.h"
#include "core/tenants/tenants.h"
#include "modules/barriers/barriers.h"
#include "platform/base/text.h"

namespace mitwirken::barriers {

namespace {

using core::Visit;
const std::string base = "/verwaltung/barrieren";
constexpr std::size_t per_page = 50;

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

Report stored(Visit& visit) {
    const auto report = find(visit.tx, visit.tenant.id, visit.id_parameter<ReportId>("id"));
    if (!report) throw NotFound();
    return *report;
}

std::string address(const Report& report) { return base + "/" + std::to_string(report.id.value); }

void add_lines(html::Values box, html::Section section, html::Var name, const std::string& text) {
    for (const auto& line : split(text, '\n'))
        if (!trimmed(line).empty()) box.add(section).set(name, trimmed(line));
}

void fill_answer(Visit& visit, html::Values& page, const Report& report) {
    namespace t = tpl::report;
    const auto by = report.answered_by ? core::find_account(visit.tx, report.answered_by) : std::nullopt;
    auto box = page.add(t::ANSWERED)
                   .set(t::BY, by && !by->name.empty() ? by->name : visit.tr("Automatic or erased"))
                   .set(t::WHEN, report.answered_at ? visit.language.date_time(*report.answered_at) : "");
    add_lines(box, t::ANSWER_LINE, t::TEXT, report.answer);
    box.show_if(report.answer.empty(), t::NO_WORDS);
}

html::SafeHtml answer_fields(Visit& visit, const Report& report, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    const bool by_mail = !report.email.empty();
    auto& field = form.area("answer", by_mail ? tr_noop("Answer by e-mail") : tr_noop("What was done (note)"));
    field.limit(most_letters);
    if (by_mail)
        field.hint(tr_noop("The report is quoted below your text. Please write in the language of the report."));
    else
        field.hint(tr_noop("There is no address to answer to; the note stays here.")).optional();
    return form.html(
        {.action = address(report), .submit = by_mail ? tr_noop("Send the answer") : tr_noop("Mark as done")});
}

html::SafeHtml content(Visit& visit, const Report& report, const Form& values, const Problems& problems) {
    namespace t = tpl::report;
    html::Values page;
    page.set(
        t::HEAD,
        core::admin_head(
            visit, {.title = visit.tr(tr_noop("Report no. {number}", {{"number", std::to_string(report.id.value)}})),
                    .crumbs = {{visit.tr("Reports of barriers"), base}}}));
    const bool open = report.state == State::open;
    page.set(t::STATE, visit.tr(state_name(report.state))).set(t::CLASS, open ? "review" : "ok");
    page.set(t::WHEN, visit.language.date_time(report.created_at));
    // A path of this site; "//host" and "/\\host" would lead elsewhere.
    const bool path =
        report.page.size() > 1 && report.page[0] == '/' && report.page[1] != '/' && report.page[1] != '\\';
    if (path)
        page.add(t::PAGE_LINK).set(t::URL, report.page).set(t::TEXT, report.page);
    else
        page.add(t::PAGE_WORDS).set(t::TEXT, report.page.empty() ? visit.tr("not named") : report.page);
    page.set(t::NAME, report.name.empty() ? visit.tr("not given") : report.name);
    page.set(t::EMAIL, report.email.empty() ? visit.tr("not given") : report.email);
    add_lines(page, t::LINE, t::TEXT, report.body);
    if (open)
        page.set(t::FORM, answer_fields(visit, report, values, problems));
    else
        fill_answer(visit, page, report);
    page.set(t::REMOVE_URL, visit.url(address(report) + "/loeschen"));
    return html::render_part(t::file, page, visit.language);
}

void send_answer(Visit& visit, const Report& report, const std::string& text) {
    if (report.email.empty()) return;
    const auto* language = i18n::find_language(report.language);
    const auto& words = language ? *language : i18n::german();
    std::string quoted;
    for (const auto& line : split(report.body, '\n')) quoted += "> " + line + "\n";
    core::send_mail(
        visit.tx, visit.tenant.id,
        {.to = report.email,
         .subject = words.tr("Our answer to your report of a barrier"),
         .text = text + "\n\n" + visit.tenant.site_name + "\n\n" +
                 words.tr(tr_noop("You wrote on {day}:", {{"day", words.date(berlin_day(report.created_at))}})) + "\n" +
                 quoted,
         .html = "",
         .kind = tr_noop("Answer to the report of a barrier")},
        visit.now);
}

}  // namespace

http::Response managed_page(Visit& visit) {
    std::optional<State> state;
    for (const State one : {State::open, State::answered})
        if (visit.query["stand"] == db::Names<State>::words[std::size_t(one)]) state = one;
    const ReportId before{to_int(visit.query["vor"]).value_or(0)};
    auto reports = list(visit.tx, visit.tenant.id, state, before, per_page + 1);
    std::string next;
    if (reports.size() > per_page) {
        reports.pop_back();
        next = visit.with("vor", std::to_string(reports.back().id.value));
    }
    const std::string title = visit.tr("Reports of barriers");
    core::TableView view{.id = "reports", .caption = title, .empty = visit.tr("No barrier has been reported here.")};
    view.columns = {visit.tr("Report"), visit.tr("State"), visit.tr("Page"), visit.tr("Answer wanted"),
                    visit.tr("Arrived")};
    for (const auto& report : reports) {
        const bool open = report.state == State::open;
        view.rows.push_back({core::link_cell(first_letters(report.body, 80), address(report)),
                             core::pill_cell(visit.tr(state_name(report.state)), open ? "review" : "ok"),
                             core::text_cell(first_letters(report.page, 60)),
                             core::text_cell(report.email.empty() ? visit.tr("No") : visit.tr("Yes")),
                             core::text_cell(visit.language.ago(report.created_at, visit.now))});
    }
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = title,
                                                 .lead = visit.tr("What visitors have told about things they cannot "
                                                                  "read, use or understand.")}));
    values.add(t::TAB).set(t::URL, visit.url(base)).set(t::LABEL, visit.tr("All")).show_if(!state, t::CURRENT);
    for (const State one : {State::open, State::answered})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + "?stand=" + std::string(db::Names<State>::words[std::size_t(one)]))
            .set(t::LABEL, visit.tr(state_name(one)))
            .show_if(state == one, t::CURRENT);
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, before ? visit.with("vor", "") : "", next, ""));
    return visit.page(head_of(title), t::file, values);
}

http::Response report_page(Visit& visit) {
    const Report report = stored(visit);
    return visit.page(head_of(visit.tr("Report of a barrier")), content(visit, report, {}, {}));
}

http::Response answer_form(Visit& visit) {
    const Report report = stored(visit);
    if (report.state == State::answered)
        throw Conflict(tr_noop("Somebody else has answered this report in the meantime."));
    const auto text = check_answer(visit.form, report);
    if (!text)
        return core::show_again(visit, head_of(visit.tr("Report of a barrier")),
                                content(visit, report, visit.form, text.problems()));
    answer(visit.tx, visit.tenant.id, report.id, *text, visit.actor.account, visit.now);
    send_answer(visit, report, *text);
    visit.record("barriers.answered", ref_of(report.id), report.email.empty() ? "note" : "mail");
    return visit.go(address(report), report.email.empty() ? tr_noop("The report is marked as done.")
                                                          : tr_noop("The answer is on its way."));
}

http::Response remove_report(Visit& visit) {
    const Report report = stored(visit);
    remove(visit.tx, visit.tenant.id, report.id);
    visit.record("barriers.removed", ref_of(report.id));
    return visit.go(base, tr_noop("The report is deleted."));
}

}  // namespace mitwirken::barriers
