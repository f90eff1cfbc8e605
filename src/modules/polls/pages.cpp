// Quick polls as people see them: voting, and how it stands.
// What must stay true: a page without a vote is the same for everybody and may be kept; a vote sent twice counts once.
#include "modules/polls/pages.h"

#include <algorithm>

#include "core/forms/forms.h"
#include "core/forms/guard.h"
#include "core/participation/taking_part.h"
#include "platform/base/text.h"
#include "polls/templates.h"

namespace mitwirken::polls {

namespace {

// A whole hall stands behind one address: many at once, then two hundred a minute.
core::Throttle& throttle(const core::House& house) {
    return house.throttles.named("polls.by_address", 2000, std::chrono::seconds{1});
}

// Every pseudonym of this person: of the browser, and what the account has claimed.
std::vector<ParticipantId> pseudonyms(Visit& visit) {
    std::vector<ParticipantId> who;
    if (visit.signed_in())
        for (const auto& one : core::participants_of(visit.tx, visit.tenant.id, visit.actor.account))
            who.push_back(one.id);
    const auto* own = visit.participant();
    if (own && std::find(who.begin(), who.end(), own->id) == who.end()) who.push_back(own->id);
    return who;
}

std::vector<core::Option> options_of(const Question& question) {
    std::vector<core::Option> options;
    for (const auto& option : question.options) options.push_back({option.key, option.label});
    return options;
}

// One page as one visitor sees it.
class View {
public:
    explicit View(Visit& visit)
        : visit_(visit),
          place_(visit.place()),
          activity_(*place_.activity),
          settings_(settings_of(activity_.settings)),
          list_(questions(visit.tx, activity_.id)),
          votes_(votes_of(visit.tx, activity_.id, pseudonyms(visit))) {}
    // `wrong` is the question whose vote was refused.
    html::SafeHtml html(QuestionId wrong = {}, const Problems& problems = {});

private:
    bool voted(const Question& question) const { return votes_.count(question.id) > 0; }
    bool shown(const Question& question) const { return shows_results(place_, activity_, question, voted(question)); }
    void question(html::Values box, const Question& question, const Problems* problems);
    html::SafeHtml form(const Question& question, const Problems* problems) const;
    void results(html::Values& page) const;

    Visit& visit_;
    const core::Place& place_;
    const core::Activity& activity_;
    const Settings settings_;
    const std::vector<Question> list_;
    const Votes votes_;
};

html::SafeHtml View::form(const Question& question, const Problems* problems) const {
    Form values = problems ? visit_.form : Form{};
    const auto before = votes_.find(question.id);
    if (!problems && before != votes_.end())
        for (const auto& key : before->second) values.add(question.field(), key);
    core::FormView form(visit_, values, problems ? *problems : core::no_problems());
    form.hidden("fassung", std::to_string(question.edits));
    const Message label = tr_noop("{question}", {{"question", question.title}});
    auto& field = question.most == 1 ? form.radios(question.field(), label, options_of(question))
                                     : form.choices(question.field(), label, options_of(question));
    std::string hint = question.note;
    if (question.most > 1)
        hint += (hint.empty() ? "" : " ") +
                visit_.tr(tr_noop("You can choose up to {n} answers.", {{"n", std::to_string(question.most)}}));
    if (!hint.empty()) field.hint_with(hint);
    return form.html({.action = base_of(visit_) + "/" + std::to_string(question.id.value),
                      .submit = before == votes_.end() ? tr_noop("Vote") : tr_noop("Change my vote"),
                      .once = false,  // the page is the same for everybody, and a second vote changes nothing
                      .id = "form-" + question.key});
}

void View::question(html::Values box, const Question& question, const Problems* problems) {
    namespace t = tpl::poll;
    box.set(t::KEY, question.key).set(t::TITLE, question.title);
    const bool open = is_open(place_, activity_, question);
    if (!open || (voted(question) && !problems)) box.show(t::HEADING);
    if (const auto vote = votes_.find(question.id); vote != votes_.end()) {
        std::vector<std::string> labels;
        for (const auto& key : vote->second)
            if (const auto* option = question.option(key)) labels.push_back(option->label);
        box.add(t::VOTED).set(t::TEXT, join(labels, ", "));
    }
    if (question.closed) box.show(t::CLOSED);
    if (!open) return;
    if (!voted(question) || problems)
        box.add(t::FORM).set(t::CONTENT, form(question, problems));
    else if (settings_.change)
        box.add(t::CHANGE).set(t::CONTENT, form(question, nullptr));
}

void View::results(html::Values& page) const {
    namespace t = tpl::poll;
    std::vector<Question> seen;
    for (const auto& one : list_)
        if (shown(one)) seen.push_back(one);
    if (seen.empty()) {
        if (!list_.empty()) page.add(t::LATER).show(settings_.results == Settings::Results::after ? t::AFTER : t::END);
        return;
    }
    auto box = page.add(t::RESULTS);
    box.set(t::CONTENT, results_part(visit_.language, seen, turn_of(visit_.tx, activity_.id), Shown::results));
    box.set(t::CSV, visit_.url(base_of(visit_) + "/ergebnisse.csv")).set(t::RELOAD, visit_.url(base_of(visit_)));
    const bool open =
        std::any_of(list_.begin(), list_.end(), [&](const Question& one) { return is_open(place_, activity_, one); });
    if (open && seen.size() == list_.size()) box.add(t::LIVE).set(t::URL, visit_.url(base_of(visit_) + "/live"));
    if (seen.size() < list_.size()) box.show(t::SOME);
}

html::SafeHtml View::html(QuestionId wrong, const Problems& problems) {
    namespace t = tpl::poll;
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit_, {.title = activity_.title,
                                      .crumbs = {{visit_.tr("Procedures"), "/verfahren"},
                                                 {place_.procedure.title, "/verfahren/" + place_.procedure.key}}}));
    if (!activity_.intro.empty()) page.add(t::INTRO).set(t::PROSE, html::markdown(activity_.intro));
    page.set(t::NEEDS, core::needs_of(visit_, "vote").notice);
    if (list_.empty()) page.show(t::NONE);
    for (const auto& one : list_) question(page.add(t::QUESTION), one, one.id == wrong ? &problems : nullptr);
    results(page);
    page.set(t::WALL, visit_.url(base_of(visit_) + "/leinwand"));
    return html::render_part(t::file, page, visit_.language);
}

core::PageHead head(const Visit& visit) {
    const auto& place = visit.place();
    return {.title = place.activity->title + " – " + place.procedure.title, .navigation = "/verfahren"};
}

// A vote needs somebody whose address is known where the activity asks for one; it is never kept half counted.
void need_address(Visit& visit) {
    if (visit.place().activity->who != core::Who::email || visit.signed_in()) return;
    const auto* participant = visit.participant();
    if (!participant || participant->email.empty())
        throw NotAllowed(
            tr_noop("Here those vote who have confirmed their e-mail address: with a contribution in this "
                    "browser, or with an account. Please sign in first."));
}

}  // namespace

std::string base_of(const Visit& visit) {
    return core::path_of(visit, visit.place().procedure, *visit.place().activity);
}

http::Response poll_page(Visit& visit) { return visit.page(head(visit), View(visit).html()); }

http::Response vote(Visit& visit) {
    const auto& activity = *visit.place().activity;
    const auto question = find_question(visit.tx, activity.id, visit.id_parameter<QuestionId>("question"));
    if (!question) throw NotFound(tr_noop("This question is no longer there. The office has taken it out."));
    if (throttle(visit.house).take(visit.request.remote, visit.now).count() > 0)
        throw TooManyRequests(tr_noop("That was a lot at once. Please try again in a moment."));
    core::need_person(visit);
    need_address(visit);
    if (question->closed)
        throw NotAllowed(
            tr_noop("Voting on this question is over: the office has closed it. Your vote was not counted."));
    const auto chosen = check_vote(*question, visit.form);
    if (!chosen) return core::show_again(visit, head(visit), View(visit).html(question->id, chosen.problems()));

    const auto who = pseudonyms(visit);
    const auto before = votes_of(visit.tx, activity.id, who);
    const auto earlier = before.find(question->id);
    const std::string path = base_of(visit);
    if (earlier != before.end() && earlier->second == *chosen)
        return visit.go(path, tr_noop("You have voted already; your vote counts once."));
    if (earlier != before.end() && !settings_of(activity.settings).change)
        return visit.go(path, tr_noop("You have voted already. A vote cannot be changed here; your first one counts."));
    const auto self = visit.need_participant().id;
    if (earlier != before.end())
        change_vote(visit.tx, visit.tenant.id, activity.id, *question, who, *chosen, visit.now);
    else if (!cast(visit.tx, visit.tenant.id, activity.id, *question, self, *chosen, visit.now))
        return visit.go(path, tr_noop("You have voted already; your vote counts once."));
    core::note_interaction(visit.tx, visit.occasion("vote"), self, earlier == before.end() ? "vote" : "edit", {},
                           core::Channel::online, visit.now);
    tell_listeners(visit, activity);
    return visit.go(
        path, earlier == before.end() ? tr_noop("Thank you. Your vote is counted.") : tr_noop("Your vote is changed."));
}

http::Response results_csv(Visit& visit) {
    const auto& activity = *visit.place().activity;
    const auto votes = votes_of(visit.tx, activity.id, pseudonyms(visit));
    std::vector<Question> seen;
    for (const auto& one : questions(visit.tx, activity.id))
        if (shows_results(visit.place(), activity, one, votes.count(one.id) > 0)) seen.push_back(one);
    if (seen.empty()) throw NotFound(tr_noop("The results are not shown yet."));
    return table_of(visit, seen, activity.key + ".csv");
}

html::SafeHtml card(Visit& visit, const core::Place& place, const core::Activity& activity) {
    namespace t = tpl::card;
    const auto list = questions(visit.tx, activity.id);
    html::Values values;
    values.set(t::URL, visit.url(core::path_of(visit, place.procedure, activity))).set(t::TITLE, activity.title);
    const bool open =
        std::any_of(list.begin(), list.end(), [&](const Question& one) { return is_open(place, activity, one); });
    values.show(open ? t::OPEN : t::SHUT);
    if (list.size() == 1) values.add(t::ASKS).set(t::TEXT, list.front().title);
    if (list.size() > 1)
        values.add(t::ASKS).set(t::TEXT,
                                visit.language.plural("{n} question", "{n} questions", std::int64_t(list.size())));
    std::int64_t most = 0;
    for (const auto& one : list) most = std::max(most, one.votes);
    values.add(t::COUNT).set(t::TEXT, visit.language.plural("{n} vote", "{n} votes", most));
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml paper_form(Visit& visit, const core::Place&, const core::Activity& activity) {
    namespace t = tpl::paper;
    html::Values page;
    for (const auto& one : questions(visit.tx, activity.id)) {
        if (one.closed) continue;
        auto box = page.add(t::QUESTION).set(t::TITLE, one.title);
        if (!one.note.empty()) box.add(t::NOTE).set(t::TEXT, one.note);
        box.add(t::RULE).set(t::TEXT, one.most == 1 ? visit.tr("Please tick one answer.")
                                                    : visit.tr(tr_noop("You can choose up to {n} answers.",
                                                                       {{"n", std::to_string(one.most)}})));
        for (const auto& option : one.options) box.add(t::OPTION).set(t::LABEL, option.label);
    }
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::polls
