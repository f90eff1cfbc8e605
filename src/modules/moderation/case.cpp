// One case: everything that is needed to decide, and the decision.
#include <algorithm>

#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/procedures/records.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

using core::Case;
using core::CaseState;
using core::Contribution;
using core::ContributionState;
using core::RulingKind;
using core::Visit;

struct Found {
    Case which;
    Contribution contribution;
};

// What waits for its author's confirmation is nobody else's yet.
Found found(Visit& visit) {
    const auto which = core::find_case(visit.tx, visit.tenant.id, visit.id_parameter<core::CaseId>("id"));
    if (!which) throw NotFound();
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, which->contribution);
    if (!c || c->state == ContributionState::waiting) throw NotFound();
    return {*which, *c};
}

core::PageHead head_of(Visit& visit) {
    return {.title = visit.tr("Case of the moderation"), .navigation = desk_path, .kind = "admin", .admin = true};
}

// What changes for everybody who reads: the page of the contribution, the lists of its procedure, the search.
void show_everywhere(Visit& visit, core::ContributionId id) {
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, id);
    const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, c->procedure);
    if (!procedure) return;
    const auto plan = core::load_plan(visit.tx, *procedure);
    core::index_contribution(visit, *c, core::path_of(visit, *procedure, plan, *c));
    visit.touch(procedure->scope());
    core::tell_followers(visit, *c);
}

Message done(RulingKind kind) {
    switch (kind) {
        case RulingKind::publish:
            return tr_noop("The contribution is public.");
        case RulingKind::hide:
            return tr_noop("The contribution is hidden.");
        case RulingKind::redact:
            return tr_noop("The passage is removed; the original is kept apart.");
        case RulingKind::dismiss:
            return tr_noop("The contribution stays as it is.");
        case RulingKind::propose_hide:
            return tr_noop("Another person decides now.");
    }
    return {};
}

}  // namespace

http::Response case_page(Visit& visit) {
    const auto [which, c] = found(visit);
    return visit.page(head_of(visit), case_view(visit, which, c, {}, {}));
}

http::Response decide(Visit& visit) {
    const auto [which, c] = found(visit);
    if (which.state == CaseState::decided)
        throw Conflict(tr_noop("Somebody else has decided this case in the meantime."));
    if (c.state == ContributionState::withdrawn)
        throw Conflict(tr_noop("Its author has withdrawn this contribution; there is nothing to decide."));
    const auto decision =
        check(visit.form, c, offered(which, visit.setting_on("moderation.two_persons")),
              rules_from(visit.setting("moderation.rules")), blocks_from(visit.setting("moderation.text_blocks")));
    if (!decision)
        return core::show_again(visit, head_of(visit), case_view(visit, which, c, visit.form, decision.problems()));
    core::decide(visit.tx, visit.tenant.id, which,
                 {visit.actor.account, decision->kind, decision->rule, decision->words, visit.now}, visit.now);
    if (decision->kind == RulingKind::redact) core::reword(visit.tx, c, decision->wording, visit.now);
    visit.record("moderation." + std::string(db::Names<RulingKind>::words[std::size_t(decision->kind)]),
                 {"moderation", which.id.value}, "contribution " + std::to_string(c.id.value));
    if (decision->kind == RulingKind::propose_hide) return visit.go(case_path(which.id), done(decision->kind));
    show_everywhere(visit, c.id);
    tell_author(visit, c, *decision);
    return visit.go(desk_path, done(decision->kind));
}

}  // namespace mitwirken::moderation
