// Comments and reports; see README.md.
#include "modules/discussion/pages.h"

#include "core/access/throttle.h"
#include "core/forms/forms.h"
#include "core/forms/guard.h"
#include "core/moderation/moderation.h"
#include "core/participation/comments.h"
#include "core/participation/taking_part.h"
#include "core/procedures/words.h"
#include "discussion/templates.h"

namespace mitwirken::discussion {

namespace {

using core::Contribution;
using core::ContributionId;
using core::Visit;

Contribution public_one(Visit& visit, ContributionId id) {
    const auto found = core::find_contribution(visit.tx, visit.tenant.id, id);
    if (!found || !found->is_public() || found->activity != visit.place().activity->id) throw NotFound();
    return *found;
}

Contribution target_of(Visit& visit) { return public_one(visit, visit.id_parameter<ContributionId>("contribution")); }

html::SafeHtml framed(Visit& visit, const std::string& title, const html::SafeHtml& content) {
    const auto& place = visit.place();
    html::Values values;
    values
        .set(tpl::page::HEAD,
             core::page_head(visit, {.title = title,
                                     .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                {place.procedure.title, "/verfahren/" + place.procedure.key}}}))
        .set(tpl::page::CONTENT, content);
    return html::render_part(tpl::page::file, values, visit.language);
}

std::string title_of(const Visit& visit, const Contribution& target) {
    return target.title.empty() ? visit.tr("Discussion") : target.title;
}

// What may be answered: a public comment on the same thing. An answer to an answer joins its thread.
ContributionId parent_of(Visit& visit, const Contribution& target) {
    const auto id = to_int(visit.form["antwort"]);
    if (!id) return {};
    const auto answered = core::find_contribution(visit.tx, visit.tenant.id, ContributionId{*id});
    if (!answered || answered->target != target.id || !answered->is_public()) return {};
    return answered->parent ? answered->parent : answered->id;
}

std::vector<core::Option> reasons(const Visit& visit) {
    return {{"insult", visit.tr("It insults or threatens somebody")},
            {"privacy", visit.tr("It shows personal data")},
            {"spam", visit.tr("It is advertising")},
            {"off_topic", visit.tr("It does not belong here")},
            {"other", visit.tr("Something else")}};
}

http::Response report_form(Visit& visit, const Contribution& reported, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.hidden("beitrag", std::to_string(reported.id.value));
    form.radios("reason", tr_noop("What is wrong with it?"), reasons(visit));
    form.area("words", tr_noop("In your words")).limit(500).optional();
    core::add_guard(form, visit);
    html::Values values;
    values.set(tpl::report::BODY, html::markdown(reported.body, {.first_heading = 3, .by_public = true}))
        .set(tpl::report::FORM, form.html({.submit = tr_noop("Report it"), .cancel = core::path_of(visit, reported)}));
    const auto content =
        framed(visit, visit.tr("Report a contribution"), html::render_part(tpl::report::file, values, visit.language));
    const core::PageHead head{.title = visit.tr("Report a contribution"), .kind = "form", .index = false};
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

Contribution reported_one(Visit& visit, const Form& from) {
    const auto id = to_int(from["beitrag"]);
    return public_one(visit, id ? ContributionId{*id} : visit.id_parameter<ContributionId>("contribution"));
}

}  // namespace

http::Response thread_page(Visit& visit) {
    const auto target = target_of(visit);
    const std::string title = title_of(visit, target);
    return visit.page({.title = title + " – " + visit.place().procedure.title, .navigation = "/verfahren"},
                      framed(visit, title, core::comments_section(visit, target)));
}

http::Response add(Visit& visit) {
    const auto target = target_of(visit);
    const std::string body = trimmed(visit.form["body"]);
    Problems problems = core::check_person(visit);
    if (body.empty()) problems.add("body", tr_noop("Please write something."));
    if (letters(body) > core::comment_letters)
        problems.add("body", tr_noop("Please shorten the text to {limit} letters.",
                                     {{"limit", std::to_string(core::comment_letters)}}));
    if (problems.any()) {
        const std::string title = title_of(visit, target);
        return core::show_again(visit, {.title = title, .index = false},
                                framed(visit, title, core::comments_section(visit, target, visit.form, problems)));
    }
    core::NewContribution c{.module = "discussion", .kind = std::string(core::comment_kind), .title = "", .body = body};
    c.target = target.id;
    c.parent = parent_of(visit, target);
    c.original = nlohmann::json{{"body", body}}.dump();
    const auto taken = core::take(visit, std::move(c), "comment");
    return core::thank(visit, taken, core::path_of(visit, target) + "#beitrag-" + std::to_string(taken.id.value));
}

http::Response agree(Visit& visit) {
    const auto comment = reported_one(visit, visit.form);
    const auto& place = visit.place();
    const auto answer = core::may_agree(visit);
    if (place.preview) throw NotAllowed(tr_noop("This is a preview: nothing is handed in."));
    if (!answer.allowed())
        throw NotAllowed(tr_noop(
            "{reason}", {{"reason", core::reason_in_words(visit.language, place.plan, answer, place.activity->key,
                                                          core::agreeing(visit), visit.now)}}));
    if (comment.kind != core::comment_kind) throw NotFound();
    if (comment.official()) throw NotAllowed(tr_noop("Answers of the municipality are not agreed with."));
    core::need_person(visit);
    const auto who = visit.need_participant().id;
    const auto occasion = visit.occasion(core::agreeing(visit));
    if (visit.form["zuruecknehmen"] == "ja")
        core::take_support_back(visit.tx, occasion, comment, who, visit.now);
    else
        core::support(visit.tx, occasion, comment, who, visit.now);
    return visit.go(core::path_of(visit, comment) + "#beitrag-" + std::to_string(comment.id.value));
}

http::Response report_page(Visit& visit) { return report_form(visit, reported_one(visit, visit.query), {}); }

http::Response report(Visit& visit) {
    auto& by_address = visit.house.throttles.named("discussion.reports", 20, std::chrono::minutes{5});
    const auto reported = reported_one(visit, visit.form);
    Problems problems = core::check_guard(visit);
    const auto offered = reasons(visit);
    const bool known = std::any_of(offered.begin(), offered.end(),
                                   [&](const core::Option& option) { return option.value == visit.form["reason"]; });
    if (!known) problems.add("reason", tr_noop("Please choose what is wrong with it."));
    if (letters(visit.form["words"]) > 500) problems.add("words", tr_noop("Please shorten the text to 500 letters."));
    if (problems.any()) return report_form(visit, reported, problems);
    if (by_address.take(visit.request.remote, visit.now).count() > 0)
        throw TooManyRequests(tr_noop("You have reported a lot. Please try again later."));
    const auto who = visit.need_participant().id;
    core::flag(visit.tx, visit.tenant.id, reported, who, visit.form["reason"], trimmed(visit.form["words"]), visit.now);
    core::note_interaction(visit.tx, visit.occasion("comment"), who, "flag", reported.id, core::Channel::online,
                           visit.now);
    return visit.go(core::path_of(visit, reported), tr_noop("Thank you. Somebody will look at it."));
}

}  // namespace mitwirken::discussion
