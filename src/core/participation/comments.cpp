// See comments.h.
#include "core/participation/comments.h"

#include <algorithm>
#include <map>

#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/templates.h"

namespace mitwirken::core {

namespace {

namespace t = tpl::comments;

struct Thread {
    const Contribution* head = nullptr;
    std::vector<const Contribution*> answers;
};

// Answers under what they answer; what answers something that is not shown (hidden, on an earlier page) stands alone.
std::vector<Thread> threads_of(const std::vector<Contribution>& comments) {
    std::vector<Thread> threads;
    std::map<ContributionId, std::size_t> place;
    for (const auto& comment : comments) {
        const auto at = place.find(comment.parent);
        if (comment.parent && at != place.end()) {
            threads[at->second].answers.push_back(&comment);
            continue;
        }
        place[comment.id] = threads.size();
        threads.push_back({&comment, {}});
    }
    std::stable_sort(threads.begin(), threads.end(),
                     [](const Thread& a, const Thread& b) { return a.head->official() > b.head->official(); });
    return threads;
}

std::string author_of(const Visit& visit, const Contribution& comment) {
    if (comment.official())
        if (const auto office = find_organisation(visit.tx, visit.tenant.id, comment.organisation)) return office->name;
    return comment.author_name.empty() ? visit.tr("anonymous") : comment.author_name;
}

void fill(Visit& visit, html::Values line, const Contribution& comment, const std::string& path) {
    line.set(t::ID, comment.id.value)
        .set(t::BODY, html::markdown(comment.body, {.first_heading = 5, .by_public = true}))
        .set(t::AUTHOR, author_of(visit, comment))
        .set(t::WHEN, visit.language.ago(comment.published_at.value_or(comment.created_at), visit.now))
        .set(t::INSTANT, to_iso(comment.created_at));
    line.show_if(comment.official(), t::OFFICIAL);
    if (!comment.is_public()) return void(line.show(t::ONLY_YOU));
    line.add(t::REPORT).set(t::URL, visit.url(path + "/melden?beitrag=" + std::to_string(comment.id.value)));
}

html::SafeHtml comment_form(Visit& visit, const Contribution& target, const Form& values, const Problems& problems) {
    const auto needs = needs_of(visit, "comment");
    FormView form(visit, values, problems);
    form.part(needs.notice);
    if (!needs.open) return needs.notice;
    form.area("body", tr_noop("Your comment")).limit(comment_letters);
    add_person_fields(visit, form);
    if (const auto& answered = values["antwort"]; !answered.empty()) form.hidden("antwort", answered);
    return form.html({.action = comment_path(visit, target),
                      .submit = tr_noop("Send the comment"),
                      .keep_draft = true,
                      .id = "comment-form"});
}

}  // namespace

std::string comment_path(const Visit& visit, const Contribution& target) {
    const auto& place = visit.place();
    return "/verfahren/" + place.procedure.key + "/gespraech/" + place.activity->key + "/" +
           std::to_string(target.id.value);
}

html::SafeHtml comments_section(Visit& visit, const Contribution& target, const Form& values,
                                const Problems& problems) {
    const auto* participant = visit.participant();
    const ContributionId after{to_int(visit.query["ab"]).value_or(0)};
    auto comments = comments_of(visit.tx, target.id, participant ? participant->id : ParticipantId{}, after,
                                comments_on_a_page + 1);
    html::Values section;
    if (int(comments.size()) > comments_on_a_page) {
        comments.pop_back();
        section.add(t::MORE).set(t::URL, visit.with("ab", std::to_string(comments.back().id.value)) + "#comments");
    }
    const std::string path = comment_path(visit, target);
    const bool open = visit.place().ask("comment").allowed();
    section.set(t::REPORT_URL, visit.url(path + "/melden"));
    section.set(t::COUNT, visit.language.plural("{n} comment", "{n} comments", target.comments));
    for (const auto& thread : threads_of(comments)) {
        auto line = section.add(t::THREAD);
        fill(visit, line, *thread.head, path);
        if (open && thread.head->is_public())
            line.add(t::ANSWER).set(t::URL,
                                    visit.with("antwort", std::to_string(thread.head->id.value)) + "#comment-form");
        for (const auto* answer : thread.answers) fill(visit, line.add(t::REPLY), *answer, path);
    }
    Form shown = values;
    if (shown["antwort"].empty() && !visit.query["antwort"].empty()) shown.set("antwort", visit.query["antwort"]);
    section.set(t::FORM, comment_form(visit, target, shown, problems));
    section.show_if(!shown["antwort"].empty(), t::ANSWERING);
    return html::render_part(t::file, section, visit.language);
}

}  // namespace mitwirken::core
