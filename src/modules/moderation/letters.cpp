// What the author is told by mail, when there is a confirmed address: what happened, why, and what can be done.
#include "core/notify/letter.h"
#include "modules/moderation/pages.h"

namespace mitwirken::moderation {

namespace {

using core::RulingKind;

struct Words {
    Message subject, happened;
};

Words words_of(RulingKind kind, const std::string& title) {
    switch (kind) {
        case RulingKind::publish:
            return {tr_noop("Your contribution is public"),
                    tr_noop("we have looked at your contribution “{title}”; it is public now.", {{"title", title}})};
        case RulingKind::redact:
            return {tr_noop("A passage of your contribution was removed"),
                    tr_noop("your contribution “{title}” is public, but we have removed a passage; “[…]” stands in its "
                            "place. Your own wording is kept and not shown to the public.",
                            {{"title", title}})};
        case RulingKind::hide:
            return {tr_noop("Your contribution is not public"),
                    tr_noop("we have looked at your contribution “{title}”; it is not shown to the public.",
                            {{"title", title}})};
        default:
            return {tr_noop("Your contribution stays as it is"),
                    tr_noop("somebody had reported your contribution “{title}”. We have looked at it: it stays as it "
                            "is.",
                            {{"title", title}})};
    }
}

}  // namespace

void tell_author(core::Visit& visit, const core::Contribution& c, const Decision& decision) {
    // Nobody is woken up because a report was unfounded, unless there is something to say.
    if (decision.kind == RulingKind::dismiss && decision.words.empty()) return;
    const auto author = c.participant ? core::find_participant(visit.tx, visit.tenant.id, c.participant) : std::nullopt;
    if (!author || author->email.empty()) return;
    const auto* known = i18n::find_language(c.language);
    const auto& language = known ? *known : i18n::german();
    const auto words = words_of(decision.kind, title_of(c));
    core::Letter letter{.subject = language.tr(words.subject), .words = {language.tr(words.happened)}};
    if (!decision.rule.empty())
        letter.words.push_back(language.tr(tr_noop("This rests on our rule “{rule}”.", {{"rule", decision.rule}})));
    if (!decision.words.empty()) letter.words.push_back(decision.words);
    if (decision.kind == RulingKind::hide)
        letter.words.push_back(
            language.tr("You find your contribution under “My contributions”. If you have not done "
                        "so yet, you can ask there, once, for it to be looked at again."));
    letter.url = visit.absolute("/meine-beitraege");
    letter.button = language.tr("My contributions");
    letter.kind = tr_noop("Decision about a contribution");
    core::send_mail(visit.tx, visit.tenant.id, core::compose(language, visit.tenant, author->email, letter), visit.now);
}

}  // namespace mitwirken::moderation
