// Saving and going on later: by the browser's cookie, or by a signed link on any device. Opening the link changes
// nothing (mail scanners open links); its button brings the answers to this browser.
#include "core/forms/forms.h"
#include "core/forms/guard.h"
#include "core/notify/letter.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/surveys.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::later;

// A mail to somebody who did not ask for it is a nuisance even with nothing but a link in it.
core::Throttle letters_sent(5, std::chrono::minutes{10});

std::string link_of(const Visit& visit, SittingId id) {
    return visit.absolute(base_of(visit) + "/fortsetzen/" + mark_of(visit, id));
}

Sitting own_sitting(Visit& visit) {
    const auto* participant = visit.participant();
    auto sitting = participant ? find_sitting(visit.tx, visit.place().activity->id, participant->id) : std::nullopt;
    if (!sitting) throw NotFound(tr_noop("Nothing is kept here: it was sent already, or thirty days have passed."));
    return std::move(*sitting);
}

Sitting marked_sitting(Visit& visit) {
    const auto id = sitting_of_mark(visit, visit.parameter("mark"));
    auto sitting = id ? find_sitting(visit.tx, visit.tenant.id, *id) : std::nullopt;
    if (!sitting || sitting->activity != visit.place().activity->id)
        throw NotFound(tr_noop("Nothing is kept here: it was sent already, or thirty days have passed."));
    return std::move(*sitting);
}

Message kept_until(const Visit& visit, const Sitting& sitting) {
    const Date day = berlin_day(sitting.changed_at + sitting_kept);
    return tr_noop("In this browser you find them by this survey's page, until {day}.",
                   {{"day", visit.language.date(day)}});
}

http::Response show_later(Visit& visit, const Sitting& sitting, const Problems& problems) {
    const std::string title = visit.tr("Go on later");
    html::Values view;
    view.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, true)}));
    auto kept = view.add(v::KEPT).set(v::TEXT, visit.tr(kept_until(visit, sitting)));
    kept.set(v::URL, link_of(visit, sitting.id)).set(v::BACK, visit.url(base_of(visit) + "/fragen"));
    core::FormView form(visit, visit.form, problems);
    form.email("email", tr_noop("E-mail address")).fill("email").hint(tr_noop("For this one mail; we do not keep it."));
    kept.set(v::FORM, form.html({.action = base_of(visit) + "/spaeter", .submit = tr_noop("Send the link")}));
    const core::PageHead head{.title = title + " – " + visit.place().activity->title, .kind = "form", .index = false};
    auto content = html::render_part(v::file, view, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

}  // namespace

http::Response later_page(Visit& visit) {
    visit.do_not_cache();
    return show_later(visit, own_sitting(visit), {});
}

http::Response mail_link(Visit& visit) {
    const auto sitting = own_sitting(visit);
    const std::string email = trimmed(visit.form["email"]);
    Problems problems;
    if (!mail::is_address(email))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    else
        problems = core::check_throttle(visit, letters_sent);
    if (problems.any()) return show_later(visit, sitting, problems);
    const core::Letter letter{
        .subject = visit.tr("Your answers so far"),
        .words = {visit.tr(tr_noop("with this link you go on with the survey “{title}”. Your answers so far are kept "
                                   "for thirty days.",
                                   {{"title", visit.place().activity->title}})),
                  visit.tr("If you did not ask for this mail, you need not do anything.")},
        .url = link_of(visit, sitting.id),
        .button = visit.tr("Go on with my answers")};
    core::send_mail(visit.tx, visit.tenant.id, core::compose(visit.language, visit.tenant, email, letter), visit.now);
    return visit.go(base_of(visit) + "/spaeter", tr_noop("The link is on its way."));
}

http::Response resume_page(Visit& visit) {
    visit.do_not_cache();
    const auto sitting = marked_sitting(visit);
    const std::string title = visit.tr("Go on with my answers");
    html::Values view;
    view.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, true)}));
    view.add(v::RESUME)
        .set(v::TEXT,
             visit.tr(tr_noop("You were here last on {day}.", {{"day", visit.language.date_time(sitting.changed_at)}})))
        .set(v::ACTION, visit.url(visit.path));
    return visit.page({.title = title + " – " + visit.place().activity->title, .kind = "form", .index = false}, v::file,
                      view);
}

http::Response resume(Visit& visit) {
    const auto sitting = marked_sitting(visit);
    const auto who = visit.need_participant().id;
    // Of a change only its author's browser may send; there it can be found by the answer itself.
    if (sitting.changes && sitting.participant != who)
        throw NotAllowed(tr_noop("An answer that was sent is changed in the browser it was sent from."));
    give_sitting(visit.tx, sitting.id, who);
    // The newest one of a person counts: an empty one that was begun here meanwhile must not stand before it.
    if (const auto newer = find_sitting(visit.tx, sitting.activity, who); newer && newer->id != sitting.id)
        if (newer->values().empty()) drop_sitting(visit.tx, newer->id);
    return visit.go(base_of(visit) + "/fragen", tr_noop("Welcome back. Your answers are in the form."));
}

}  // namespace mitwirken::surveys
