// What the author is told by mail, when there is a confirmed address: what happened, why, and what can be done.
#include "core/notify/letter.h"
#include "core/people/people.h"
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
        case RulingKind::redact_picture:
            return {
                tr_noop("Part of a picture of yours is covered"),
                tr_noop("we have covered a part of a picture in your contribution “{title}”. The picture you handed "
                        "in is kept apart and not shown to the public.",
                        {{"title", title}})};
        default:
            return {tr_noop("Your contribution stays as it is"),
                    tr_noop("somebody had reported your contribution “{title}”. We have looked at it: it stays as it "
                            "is.",
                            {{"title", title}})};
    }
}

// Where a person can be written to: the address they confirmed, or their account's.
std::string address_of(core::Visit& visit, core::ParticipantId who) {
    const auto person = who ? core::find_participant(visit.tx, visit.tenant.id, who) : std::nullopt;
    if (!person) return "";
    if (!person->email.empty() || !person->account) return person->email;
    const auto account = core::find_account(visit.tx, person->account);
    const bool known = account && account->state == core::AccountState::active && account->has_address();
    return known ? account->email : "";
}

Message outcome(RulingKind kind, const std::string& title) {
    if (kind == RulingKind::hide)
        return tr_noop("you reported the contribution “{title}”. We have looked at it: it is not shown any more.",
                       {{"title", title}});
    if (kind == RulingKind::redact)
        return tr_noop("you reported the contribution “{title}”. We have looked at it and removed a passage.",
                       {{"title", title}});
    return tr_noop(
        "you reported the contribution “{title}”. We have looked at it: it keeps to our rules and stays as "
        "it is.",
        {{"title", title}});
}

}  // namespace

void tell_reporters(core::Visit& visit, const core::Case& which, const core::Contribution& c, RulingKind ruling) {
    const auto& language = i18n::german();
    for (const auto& flag : core::flags_of(visit.tx, which.id)) {
        if (flag.reason == "appeal") continue;
        const std::string address = address_of(visit, flag.who);
        if (address.empty()) continue;
        const core::Letter letter{
            .subject = language.tr("What became of your report"),
            .words = {language.tr(outcome(ruling, title_of(c))), language.tr("Thank you for looking out for others.")},
            .url = visit.absolute("/moderation"),
            .button = language.tr("Our rules"),
            .kind = tr_noop("Outcome of a report")};
        core::send_mail(visit.tx, visit.tenant.id, core::compose(language, visit.tenant, address, letter), visit.now);
    }
}

void tell_author(core::Visit& visit, const core::Contribution& c, const Decision& decision) {
    // Nobody is woken up because a report was unfounded, unless there is something to say.
    if (decision.kind == RulingKind::dismiss && decision.words.empty()) return;
    const std::string address = address_of(visit, c.participant);
    if (address.empty()) return;
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
    core::send_mail(visit.tx, visit.tenant.id, core::compose(language, visit.tenant, address, letter), visit.now);
}

}  // namespace mitwirken::moderation
