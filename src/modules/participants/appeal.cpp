// The author's second chance: what the moderation has hidden is looked at again, once.
#include <algorithm>

#include "core/forms/forms.h"
#include "modules/participants/pages.h"
#include "participants/templates.h"
#include "platform/base/text.h"

namespace mitwirken::participants {

namespace {

using core::Contribution;
using core::Visit;

constexpr std::size_t most_letters = 1000;

Contribution appealed_one(Visit& visit) {
    const auto* participant = visit.participant();
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<core::ContributionId>("id"));
    if (!participant || !c || c->participant != participant->id) throw NotFound();
    if (!may_appeal(*c, core::cases_of(visit.tx, c->id)))
        throw Conflict(
            tr_noop("A hidden contribution is looked at again once. This one is not hidden, or you have "
                    "asked already."));
    return *c;
}

http::Response show(Visit& visit, const Contribution& c, const Problems& problems) {
    namespace t = tpl::appeal;
    core::FormView form(visit, visit.form, problems);
    form.area("words", tr_noop("Why should it be public?")).limit(most_letters).optional();
    html::Values values;
    const std::string title = visit.tr("Have it looked at again");
    values
        .set(t::HEAD,
             core::page_head(visit, {.title = title, .crumbs = {{visit.tr("My contributions"), "/meine-beitraege"}}}))
        .set(t::BODY, html::markdown(c.body, {.first_heading = 3, .by_public = true}))
        .set(t::RULES_URL, visit.url("/moderation"))
        .set(t::FORM, form.html({.submit = tr_noop("Ask for it"), .cancel = "/meine-beitraege"}));
    if (!c.title.empty()) values.add(t::TITLED).set(t::TITLE, c.title);
    const auto content = html::render_part(t::file, values, visit.language);
    const core::PageHead head{.title = title, .kind = "form", .index = false};
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

}  // namespace

bool may_appeal(const Contribution& c, const std::vector<core::Case>& cases) {
    const auto asked = [](const core::Case& which) { return which.reason == core::CaseReason::appeal; };
    return c.state == core::ContributionState::hidden && std::none_of(cases.begin(), cases.end(), asked);
}

std::string appeal_path(core::ContributionId id) {
    return "/meine-beitraege/" + std::to_string(id.value) + "/widerspruch";
}

http::Response appeal_page(Visit& visit) { return show(visit, appealed_one(visit), {}); }

http::Response appeal(Visit& visit) {
    const auto c = appealed_one(visit);
    const std::string words = trimmed(visit.form["words"]);
    Problems problems;
    core::need_short(problems, "words", words, most_letters);
    if (problems.any()) return show(visit, c, problems);
    core::open_case(visit.tx, visit.tenant.id, c, core::CaseReason::appeal, visit.now);
    if (!words.empty()) core::flag(visit.tx, visit.tenant.id, c, c.participant, "appeal", words, visit.now);
    return visit.go("/meine-beitraege", tr_noop("Thank you. Somebody will look at it again."));
}

}  // namespace mitwirken::participants
