// The overview before sending, sending, and one's own answer afterwards.
#include <algorithm>

#include "core/forms/forms.h"
#include "core/forms/guard.h"
#include "core/participation/taking_part.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/surveys.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::check;
using core::ContributionState;

bool needs_address(Visit& visit) {
    if (visit.place().activity->who != core::Who::email || visit.signed_in()) return false;
    const auto* participant = visit.participant();
    return !participant || participant->email.empty();
}

void add_answers(Visit& visit, html::Values& view, const Questionnaire& asked, const Values& values, bool links) {
    const auto visible = shown(asked, values);
    const std::string language = visit.language.code();
    int number = 0;
    for (const auto& page : asked.pages) {
        if (!visible.pages.contains(page.key) || page.questions.empty()) continue;
        auto part = view.add(v::PART);
        const std::string title = page.title.in(language);
        part.set(v::TITLE,
                 title.empty() ? visit.tr(tr_noop("Page {number}", {{"number", std::to_string(++number)}})) : title);
        for (const auto& q : page.questions) {
            if (!visible.questions.contains(q.key)) continue;
            auto line = part.add(v::LINE).set(v::QUESTION, q.title.in(language));
            const auto at = values.find(q.key);
            const std::string said = at == values.end() ? "" : in_words(q, at->second, language, visit.tr("Other"));
            if (said.empty())
                line.show(v::NOTHING);
            else
                line.add(v::SAID).set(v::TEXT, said);
        }
        if (links) part.add(v::CHANGE_LINK).set(v::URL, visit.url(base_of(visit) + "/fragen?seite=" + page.key));
    }
}

void add_problems(Visit& visit, html::Values& view, const Questionnaire& asked, const Problems& problems) {
    if (!problems.any()) return;
    auto box = view.add(v::PROBLEMS)
                   .set(v::HEADING, visit.language.plural("Please check one entry", "Please check {n} entries",
                                                          std::int64_t(problems.list().size())));
    for (const auto& problem : problems.list()) {
        auto line = box.add(v::PROBLEM).set(v::TEXT, visit.tr(problem.message));
        const std::string page = page_of_field(asked, problem.field);
        if (page.empty()) {
            line.show(v::PLAIN);
            continue;
        }
        const auto* q = asked.find(std::string_view(problem.field).substr(2));
        line.set(v::QUESTION, q ? q->title.in(visit.language.code()) : "");
        line.add(v::LINK).set(v::URL, visit.url(base_of(visit) + "/fragen?seite=" + page + "&pruefen=ja#f-" +
                                                core::field_id(problem.field)));
    }
}

html::SafeHtml send_form(Visit& visit, const Taking& t, const Problems& person) {
    core::FormView form(visit, visit.form, person);
    form.hidden("_survey", std::to_string(t.version.number));
    if (needs_address(visit))
        form.email("email", tr_noop("E-mail address"))
            .fill("email")
            .hint(tr_noop("For the confirmation only; it is not shown."));
    // Answering took its time already; the overview itself may be sent at once.
    core::add_guard(form, visit, std::max(t.sitting->started_at, visit.now - std::chrono::hours{1}));
    return form.html({.action = base_of(visit) + "/senden",
                      .submit = t.sitting->changes ? tr_noop("Send the changed answer") : tr_noop("Send my answers")});
}

http::Response show_check(Visit& visit, const Taking& t, const Problems& answers, const Problems& person) {
    html::Values view;
    const std::string title = visit.tr("Look over and send");
    view.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, true)}));
    if (!t.changed.empty()) {
        auto box = view.add(v::CHANGED);
        for (const auto& words : t.changed) box.add(v::CHANGE).set(v::TEXT, visit.tr(words));
    }
    add_problems(visit, view, t.asked, answers);
    add_answers(visit, view, t.asked, t.values, true);
    view.set(v::FORM, send_form(visit, t, person));
    const core::PageHead head{.title = title + " – " + visit.place().activity->title, .kind = "form", .index = false};
    auto content = html::render_part(v::file, view, visit.language);
    const bool again = visit.tx.writes();
    return again ? core::show_again(visit, head, content) : visit.page(head, content);
}

// Nothing is in hand: it was sent in another tab, or never begun.
http::Response nothing_to_send(Visit& visit, const Taking& t) {
    const bool sent = t.sent.has_value();
    return visit.go(base_of(visit), sent ? tr_noop("Your answer is here already. You can change it as long as the "
                                                   "survey is open.")
                                         : tr_noop("There is nothing to send: please begin with the first question."));
}

std::string own_path(const Visit& visit, ContributionId id) { return base_of(visit) + "/" + std::to_string(id.value); }

http::Response send_change(Visit& visit, const Taking& t, const Values& values) {
    const auto before = find_answer(visit.tx, t.sitting->changes);
    const auto head = core::find_contribution(visit.tx, visit.tenant.id, t.sitting->changes);
    drop_sitting(visit.tx, t.sitting->id);
    if (!before || !head || head->state == ContributionState::withdrawn) return nothing_to_send(visit, t);
    Sent after = *before;
    after.version = t.version.id;
    after.answers = write_values(values).dump();
    change_answer(visit.tx, visit.tenant.id, head->activity, *before, after, t.asked);
    move_files(visit.tx, visit.tenant.id, files_of_sitting(t.sitting->id), head->id.value);
    core::note_interaction(visit.tx, visit.occasion("contribute"), head->participant, "edit", head->id,
                           core::Channel::online, visit.now);
    return visit.go(own_path(visit, head->id), tr_noop("Your change is saved."));
}

http::Response send_new(Visit& visit, const Taking& t, const Values& values) {
    const auto activity = visit.place().activity->id;
    if (t.sitting->invitation && !spend_invitation(visit.tx, t.sitting->invitation)) {
        drop_with_files(visit.tx, visit.tenant.id, t.sitting->id, visit.now);
        return visit.go(base_of(visit), tr_noop("This invitation was used already, so the answer could not be sent."));
    }
    // The head says who and where; what was said stands apart, so that it can be changed and removed as a whole.
    core::NewContribution head{.module = "surveys", .kind = std::string(kind)};
    head.original = Json{{"version", t.version.number}}.dump();
    const auto taken = core::take(visit, head, "contribute");
    Sent sent{taken.id,
              t.version.id,
              core::Channel::online,
              write_values(values).dump(),
              taken.state == ContributionState::published,
              visit.now};
    add_answer(visit.tx, visit.tenant.id, activity, sent, t.asked);
    move_files(visit.tx, visit.tenant.id, files_of_sitting(t.sitting->id), taken.id.value);
    drop_sitting(visit.tx, t.sitting->id);
    settle(visit.tx, visit.tenant.id, activity);
    const std::string path = own_path(visit, taken.id);
    if (taken.state != ContributionState::published) return core::thank(visit, taken, path);
    return visit.go(path, tr_noop("Thank you. Your answer has arrived."));
}

}  // namespace

http::Response check_page(Visit& visit) {
    visit.do_not_cache();
    const auto t = taking(visit);
    if (!t.sitting || needs_code(visit, t)) return visit.go(base_of(visit));
    return show_check(visit, t, check_all(t.asked, t.values), {});
}

http::Response send(Visit& visit) {
    const auto t = taking(visit, to_int(visit.form["_survey"]).value_or(0));
    if (!t.sitting || needs_code(visit, t)) return nothing_to_send(visit, t);
    const bool again = t.sent && !t.settings.many && t.sitting->changes != t.sent->id;
    if (again) {
        drop_with_files(visit.tx, visit.tenant.id, t.sitting->id, visit.now);
        return nothing_to_send(visit, t);
    }
    const auto answers = check_all(t.asked, t.values);
    const auto person = core::check_person(visit);
    if (answers.any() || person.any() || !t.changed.empty()) return show_check(visit, t, answers, person);
    Values values = kept(t.asked, t.values);
    for (auto& [key, value] : values)
        if (const auto* q = t.asked.find(key)) value = tidy(*q, value);
    return t.sitting->changes ? send_change(visit, t, values) : send_new(visit, t, values);
}

// ---- afterwards

namespace {

core::Contribution own_answer(Visit& visit) {
    const auto answer =
        core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<ContributionId>("answer"));
    const auto* participant = visit.participant();
    const bool here = answer && answer->activity == visit.place().activity->id && answer->kind == kind;
    if (!here || !participant || answer->participant != participant->id) throw NotFound();
    return *answer;
}

}  // namespace

http::Response own_page(Visit& visit) {
    visit.do_not_cache();
    const auto head = own_answer(visit);
    const auto& place = visit.place();
    const std::string title = visit.tr("My answer");
    html::Values view;
    view.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, true)}));
    const auto sent = find_answer(visit.tx, head.id);
    if (sent)
        if (const auto version = find_version(visit.tx, head.activity, sent->version))
            add_answers(visit, view, parse_questionnaire(version->content), sent->values(), false);
    const bool gone = head.state == ContributionState::withdrawn;
    view.show_if(head.state == ContributionState::waiting, v::WAITING);
    view.show_if(gone || head.state == ContributionState::hidden || head.state == ContributionState::held, v::HELD);
    auto own = view.add(v::OWN);
    if (sent && !gone && place.ask("contribute").allowed() && !settings_of(place.activity->settings).many)
        own.add(v::EDIT).set(v::ACTION, visit.url(base_of(visit) + "/beginnen"));
    if (sent && !gone) own.add(v::WITHDRAW).set(v::ACTION, visit.url(own_path(visit, head.id) + "/zurueckziehen"));
    if (results_are_public(place, *place.activity))
        own.add(v::SEE).set(v::URL, visit.url(base_of(visit) + "/ergebnisse"));
    return visit.page({.title = title + " – " + place.activity->title, .index = false}, v::file, view);
}

http::Response withdraw(Visit& visit) {
    const auto head = own_answer(visit);
    drop_answer(visit.tx, visit.tenant.id, head.activity, head.id);
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, head.ref()))
        core::detach(visit.tx, visit.tenant.id, file.id, visit.now);
    core::set_state(visit.tx, head, ContributionState::withdrawn, visit.now);
    core::note_interaction(visit.tx, visit.occasion("contribute"), head.participant, "withdraw", head.id,
                           core::Channel::online, visit.now);
    return visit.go(base_of(visit), tr_noop("Your answer is withdrawn and deleted."));
}

}  // namespace mitwirken::surveys
