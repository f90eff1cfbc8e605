// The form for everybody, and the page that says what happens next.
#include "barriers/templates.h"
#include "core/access/throttle.h"
#include "core/forms/guard.h"
#include "core/notify/notify.h"
#include "core/tenants/tenants.h"
#include "modules/barriers/barriers.h"
#include "platform/base/text.h"

namespace mitwirken::barriers {

namespace {

using core::Visit;

// Standing pages are another module's; a page that nobody has written is not linked.
bool stands_in_a_menu(Visit& visit, std::string_view path) {
    for (const auto& module : visit.house.modules) {
        if (!module.menu) continue;
        visit.reads(module.name);
        for (const auto& link : module.menu(visit))
            if (link.path == path) return true;
    }
    return false;
}
const std::string base = "/barriere-melden";

std::int64_t answer_weeks(const Visit& visit) {
    return number_from(visit.setting("accessibility.answer_weeks"), 4, 12);
}

std::string promise(const Visit& visit) {
    return visit.language.plural("We answer within one week.", "We answer within {n} weeks.", answer_weeks(visit));
}

// Who helps when the answer does not: an office with or without an address on the web.
void fill_office(const Visit& visit, html::Values& box, html::Section link, html::Section plain, html::Var name,
                 html::Var url) {
    const std::string office = visit.setting("accessibility.office");
    const std::string address = visit.setting("accessibility.office_url");
    if (address.empty())
        box.add(plain).set(name, office);
    else
        box.add(link).set(name, office).set(url, address);
}

html::SafeHtml content(Visit& visit, const Form& values, const Problems& problems) {
    namespace t = tpl::form;
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("Report a barrier"),
                                     .lead = visit.tr("Something cannot be read, used or understood? Tell us.") + " " +
                                             promise(visit)}));
    core::FormView form(visit, values, problems);
    form.text("page", tr_noop("Which page is it about?"))
        .hint(tr_noop("Its address or its title. Filled in already when you come from there."))
        .limit(500)
        .optional();
    form.area("body", tr_noop("What does not work?"))
        .hint(tr_noop("If you like, also which aid or device you use."))
        .limit(most_letters);
    form.text("name", tr_noop("Name")).limit(200).fill("name").optional();
    form.email("email", tr_noop("E-mail")).hint(tr_noop("If you would like an answer.")).fill("email").optional();
    core::add_guard(form, visit);
    page.set(t::FORM, form.html({.action = base, .submit = tr_noop("Report the barrier")}));
    if (stands_in_a_menu(visit, "/datenschutz")) page.add(t::PRIVACY).set(t::URL, visit.url("/datenschutz"));
    page.set(t::KEPT, visit.language.plural("We delete your report one month after our answer.",
                                            "We delete your report {n} months after our answer.",
                                            number_from(visit.setting("barriers.keep_months"), 12, 120)));
    const std::string mail = visit.setting("accessibility.mail");
    const bool statement = stands_in_a_menu(visit, "/barrierefreiheit");
    if (!mail.empty() || statement) {
        auto ways = page.add(t::WAYS);
        if (!mail.empty()) ways.add(t::MAIL).set(t::ADDRESS, mail);
        if (statement) ways.add(t::STATEMENT).set(t::URL, visit.url("/barrierefreiheit"));
    }
    if (!visit.setting("accessibility.office").empty()) {
        auto box = page.add(t::OFFICE);
        fill_office(visit, box, t::OFFICE_LINK, t::OFFICE_NAME, t::NAME, t::URL);
    }
    return html::render_part(t::file, page, visit.language);
}

core::PageHead head_of(const Visit& visit) {
    return {.title = visit.tr("Report a barrier"), .navigation = base, .kind = "form"};
}

// The office is told that there is something; who wrote it stays in the administration.
void tell_office(Visit& visit, const Report& report, ReportId id) {
    const std::string to = visit.setting("accessibility.mail");
    if (to.empty()) return;
    const auto* language = i18n::find_language(visit.tenant.languages.front());
    const auto& words = language ? *language : i18n::german();
    std::string text = words.tr("Somebody has reported a barrier.") + "\n\n";
    text += words.tr("Page:") + " " + (report.page.empty() ? words.tr("not named") : report.page) + "\n\n";
    text += report.body + "\n\n";
    text +=
        (report.email.empty() ? words.tr("No answer is wanted.") : words.tr("An answer by e-mail is wanted.")) + "\n";
    text += visit.request.scheme + "://" + std::string(visit.request.headers["Host"]) + "/verwaltung/barrieren/" +
            std::to_string(id.value) + "\n";
    core::send_mail(visit.tx, visit.tenant.id,
                    {.to = to,
                     .subject = words.tr("Report of a barrier"),
                     .text = text,
                     .html = "",
                     .kind = tr_noop("Report of a barrier")},
                    visit.now);
}

}  // namespace

http::Response form_page(Visit& visit) {
    Form values;
    const std::string& asked = visit.query["seite"];
    values.set("page", asked.empty() ? own_path(visit.request.headers["Referer"], visit.request.headers["Host"])
                                     : first_letters(asked, 500));
    return visit.page(head_of(visit), content(visit, values, {}));
}

http::Response send(Visit& visit) {
    auto checked = check(visit.form);
    // What a person can see comes first: nobody is asked to wait as well as to write.
    Problems problems = checked ? core::check_guard(visit) : checked.problems();
    if (!problems.any())
        problems = core::check_throttle(
            visit, visit.house.throttles.named("barriers.by_address", 10, std::chrono::seconds{60}));
    if (problems.any()) return core::show_again(visit, head_of(visit), content(visit, visit.form, problems));
    Report report = *checked;
    report.language = visit.language.code();
    const ReportId id = add(visit.tx, visit.tenant.id, report, visit.now);
    plan_cleaning(visit.tx, visit.tenant.id, visit.now);
    tell_office(visit, report, id);
    visit.record("barriers.reported", ref_of(id));
    return visit.go(report.email.empty() ? base + "/danke" : base + "/danke?antwort=ja");
}

http::Response thanks_page(Visit& visit) {
    namespace t = tpl::thanks;
    html::Values page;
    const bool waits = visit.query["antwort"] == "ja";
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Thank you, your report has arrived"),
                                              .crumbs = {{visit.tr("Report a barrier"), base}}}));
    if (waits)
        page.add(t::ANSWER).set(
            t::TEXT, visit.language.plural("You get an answer by e-mail within one week.",
                                           "You get an answer by e-mail within {n} weeks.", answer_weeks(visit)));
    else
        page.show(t::NO_ANSWER);
    if (!visit.setting("accessibility.office").empty()) {
        auto box = page.add(t::OFFICE);
        fill_office(visit, box, t::OFFICE_LINK, t::OFFICE_NAME, t::NAME, t::URL);
    }
    page.set(t::HOME_URL, visit.url("/"));
    core::PageHead head{.title = visit.tr("Thank you, your report has arrived"), .navigation = base};
    head.index = false;
    return visit.page(head, t::file, page);
}

}  // namespace mitwirken::barriers
