// See taking_part.h.
#include "core/participation/taking_part.h"

#include <fmt/format.h>

#include "core/access/throttle.h"
#include "core/drafts/drafts.h"
#include "core/forms/guard.h"
#include "core/moderation/moderation.h"
#include "core/notify/letter.h"
#include "core/people/people.h"
#include "core/procedures/words.h"
#include "core/templates.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/search/search.h"

namespace mitwirken::core {

namespace {

// Generous for a class room behind one address, hard for a program.
Throttle& by_address(const House& house) {
    return house.throttles.named("taking_part.by_address", 60, std::chrono::seconds{10});
}
Throttle& by_person(const House& house) {
    return house.throttles.named("taking_part.by_person", 20, std::chrono::seconds{30});
}

bool needs_mail(Visit& visit) {
    if (visit.place().activity->who != Who::email || visit.signed_in()) return false;
    const auto* participant = visit.participant();
    return !participant || participant->email.empty();
}

TextRules text_rules(const Visit& visit) {
    TextRules rules;
    for (const auto& line : split(visit.setting("discussion.blocked_words"), '\n'))
        if (const std::string word = lower_ascii(trimmed(line)); !word.empty()) rules.words.push_back(word);
    rules.most_links = int(to_int(visit.setting("discussion.most_links")).value_or(2));
    return rules;
}

bool looked_at_before(const Visit& visit) {
    const auto settings = nlohmann::json::parse(visit.place().activity->settings, nullptr, false);
    return settings.is_object() && settings.value("moderation", "") == "before";
}

void ask_to_confirm(Visit& visit, ContributionId id, ParticipantId who) {
    const std::string email = lower_ascii(trimmed(visit.form["email"]));
    const std::string token = add_confirmation(visit.tx, visit.tenant.id, {who, id, email}, visit.now);
    const Letter letter{
        .subject = visit.tr("Please confirm your contribution"),
        .words = {visit.tr(tr_noop("thank you for taking part in “{title}”. Please open the page and press the button "
                                   "there; then your contribution counts. The link works for three days.",
                                   {{"title", visit.place().procedure.title}})),
                  visit.tr("If you have not written anything, you need not do anything: without the button your "
                           "address and the text are deleted.")},
        .url = visit.absolute("/bestaetigen/" + token),
        .button = visit.tr("To my contribution"),
        .kind = tr_noop("Confirmation of a contribution")};
    send_mail(visit.tx, visit.tenant.id, compose(visit.language, visit.tenant, email, letter), visit.now);
}

// Where somebody gets what is missing; they come back from there.
std::string way_to(const Visit& visit, Missing missing) {
    const bool code = missing == Missing::verified && visit.signed_in();
    return std::string(code ? "/konto/nachweis" : "/anmelden") + "?weiter=" + escape_url(visit.url(visit.path));
}

Message sentence_of(Missing missing) {
    switch (missing) {
        case Missing::account:
            return tr_noop("To take part here you need an account. Please sign in or register first.");
        case Missing::verified:
            return tr_noop(
                "Here those take part who have shown that they live here. Please sign in with an account "
                "that shows it.");
        case Missing::invited:
            return tr_noop("Here those take part who were invited. The link stands in the invitation.");
        case Missing::nothing:
            break;
    }
    return {};
}

// Is the participant in one of the procedure's tracks that one is invited to?
bool was_invited(Visit& visit) {
    const auto* participant = visit.participant();
    if (!participant) return false;
    const auto joined = tracks_of(visit.tx, participant->id);
    for (const auto& track : visit.place().plan.tracks)
        if (track.audience == Audience::invited && std::find(joined.begin(), joined.end(), track.id) != joined.end())
            return true;
    return false;
}

}  // namespace

Missing missing_of(Visit& visit) {
    switch (visit.place().activity->who) {
        case Who::account:
            return visit.signed_in() ? Missing::nothing : Missing::account;
        case Who::verified:
            return visit.account && visit.account->verified_at ? Missing::nothing : Missing::verified;
        case Who::invited:
            return was_invited(visit) ? Missing::nothing : Missing::invited;
        case Who::anyone:
        case Who::email:
        case Who::token:
            break;
    }
    return Missing::nothing;
}

void need_person(Visit& visit) {
    const auto missing = missing_of(visit);
    if (missing == Missing::nothing) return;
    if (!visit.signed_in() && missing != Missing::invited) throw SignInNeeded(sentence_of(missing));
    throw NotAllowed(sentence_of(missing));
}

std::optional<http::Response> keep_for_later(Visit& visit, const std::string& title) {
    const bool asked = visit.form["_draft"] == "1";
    const auto missing = missing_of(visit);
    if (!asked && missing == Missing::nothing) return {};
    save_draft(visit, title);
    if (asked)
        return visit.go(visit.path, tr_noop("Your draft is kept for thirty days. You find it under “My "
                                            "contributions”, too."));
    if (missing == Missing::invited) return visit.go(visit.path, sentence_of(missing));
    return visit.go(way_to(visit, missing),
                    tr_noop("Your text is kept. Once you are signed in, it stands in the form again and you can hand "
                            "it in."));
}

Needs needs_of(Visit& visit, std::string_view interaction) {
    const Place& place = visit.place();
    const Answer answer = place.ask(interaction);
    Needs needs;
    namespace t = tpl::needs;
    html::Values values;
    const auto say = [&](html::Section section) { return values.add(section); };
    if (!answer.allowed()) {
        needs.open = false;
        say(t::CLOSED).set(
            t::TEXT, reason_in_words(visit.language, place.plan, answer, place.activity->key, interaction, visit.now));
    } else if (place.activity->who == Who::anyone) {
        say(t::EVERYONE);
    } else if (place.activity->who == Who::email) {
        say(needs_mail(visit) ? t::EMAIL : t::EVERYONE);
    } else if (place.activity->who == Who::token) {
        say(t::TOKEN);
    } else if (const auto missing = missing_of(visit); missing == Missing::nothing) {
        say(t::READY);
    } else {
        needs.open = false;
        needs.later = missing != Missing::invited;
        say(missing == Missing::account    ? t::ACCOUNT
            : missing == Missing::verified ? t::VERIFIED
                                           : t::INVITED)
            .set(t::URL, visit.url(way_to(visit, missing)))
            .show_if(visit.signed_in(), t::SIGNED_IN)
            .show_if(!visit.signed_in(), t::STRANGER);
    }
    needs.notice = html::render_part(t::file, values, visit.language);
    return needs;
}

void add_person_fields(Visit& visit, FormView& form) {
    form.text("name", tr_noop("Your name"))
        .limit(80)
        .optional()
        .hint(tr_noop("Shown with your contribution. Leave it empty to stay anonymous."));
    if (needs_mail(visit))
        form.email("email", tr_noop("E-mail address"))
            .fill("email")
            .hint(tr_noop("For the confirmation only; it is not shown."));
    add_guard(form, visit);
}

Problems check_person(Visit& visit) {
    const auto* participant = visit.participant();
    auto wait = by_address(visit.house).take(visit.request.remote, visit.now);
    if (participant)
        wait = std::max(wait, by_person(visit.house).take(std::to_string(participant->id.value), visit.now));
    if (wait.count() > 0)
        throw TooManyRequests(tr_noop("That was a lot at once. Please try again in {seconds} seconds.",
                                      {{"seconds", std::to_string(wait.count())}}));
    Problems problems = check_guard(visit);
    if (letters(visit.form["name"]) > 80) problems.add("name", tr_noop("Please shorten the name to 80 letters."));
    if (const auto missing = missing_of(visit); missing != Missing::nothing) problems.add("", sentence_of(missing));
    if (needs_mail(visit) && !mail::is_address(trimmed(visit.form["email"])))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    return problems;
}

Taken take(Visit& visit, NewContribution c, std::string_view interaction) {
    need_person(visit);
    const bool confirm = needs_mail(visit);
    const auto& participant = visit.need_participant();
    c.participant = participant.id;
    c.author_name = trimmed(visit.form["name"]);
    c.language = visit.language.code();
    const auto doubt = suspicion(c.title + "\n" + c.body, text_rules(visit));
    const bool held = doubt || looked_at_before(visit);
    c.state = confirm ? ContributionState::waiting : held ? ContributionState::held : ContributionState::published;
    const Taken taken{hand_in(visit.tx, visit.occasion(interaction), c, visit.now), c.state};
    if (held)
        open_case(visit.tx, visit.tenant.id, *find_contribution(visit.tx, visit.tenant.id, taken.id),
                  doubt.value_or(CaseReason::before_publication), visit.now);
    if (confirm) ask_to_confirm(visit, taken.id, participant.id);
    if (c.state == ContributionState::published)
        tell_followers(visit, *find_contribution(visit.tx, visit.tenant.id, taken.id));
    return taken;
}

Taken take_for(Visit& visit, NewContribution c, const std::optional<Received>& received) {
    c.participant = add_participant_without_browser(visit.tx, visit.tenant.id, visit.now);
    c.entered_by = visit.actor.account;
    c.state = ContributionState::published;
    const auto& place = visit.place();
    const Received came = received.value_or(Received{visit.now, {}});
    const Occasion occasion{visit.tenant.id, place.procedure.id, place.activity->id, came.step};
    const Taken taken{hand_in(visit.tx, occasion, c, came.at), c.state};
    tell_followers(visit, *find_contribution(visit.tx, visit.tenant.id, taken.id));
    return taken;
}

Message confirmed(Visit& visit, const Contribution& c) {
    const bool held = !cases_of(visit.tx, c.id).empty();
    set_state(visit.tx, c, held ? ContributionState::held : ContributionState::published, visit.now);
    if (const auto procedure = find_procedure(visit.tx, visit.tenant.id, c.procedure)) {
        visit.touch(procedure->scope());
        const auto stored = *find_contribution(visit.tx, visit.tenant.id, c.id);
        index_contribution(visit, stored, path_of(visit, *procedure, load_plan(visit.tx, *procedure), stored));
        tell_followers(visit, stored);
    }
    return held ? tr_noop("Thank you. Somebody looks at your text before everybody sees it.")
                : tr_noop("Thank you. Your contribution is online.");
}

void tell_followers(Visit& visit, const Contribution& c) {
    if (!c.is_public() || (c.title.empty() && !c.target)) return;
    const auto* here = visit.place_or_none();
    std::string path;
    if (here && here->procedure.id == c.procedure)
        path = path_of(visit, here->procedure, here->plan, c);
    else if (const auto procedure = find_procedure(visit.tx, visit.tenant.id, c.procedure))
        path = path_of(visit, *procedure, load_plan(visit.tx, *procedure), c);
    if (path.empty()) return;
    if (c.target) path += "#beitrag-" + std::to_string(c.id.value);
    using What = ProcedureHappened::What;
    visit.publish(ProcedureHappened{.what = c.target ? What::comment : What::contribution,
                                    .procedure = c.procedure,
                                    .contribution = c.id,
                                    .title = c.title,
                                    .text = c.body,
                                    .url = path,
                                    .who = c.participant});
}

http::Response thank(Visit& visit, const Taken& taken, const std::string& path) {
    switch (taken.state) {
        case ContributionState::waiting:
            return visit.go(path, tr_noop("Almost done: we have sent you a mail. Please press the button on the page "
                                          "it leads to; your text is kept until then."));
        case ContributionState::held:
            return visit.go(path, tr_noop("Thank you. Somebody looks at your text first; you find its state under "
                                          "“My contributions”."));
        default:
            return visit.go(path, tr_noop("Thank you. Your contribution is online."));
    }
}

std::vector<html::SafeHtml> contribution_sections(Visit& visit, const Contribution& contribution) {
    std::vector<html::SafeHtml> sections;
    for (const auto& manifest : visit.house.modules)
        if (manifest.contribution_section) sections.push_back(manifest.contribution_section(visit, contribution));
    return sections;
}

std::string path_of(const Visit& visit, const ProcedureRecord& procedure, const Activity& activity) {
    return fmt::format("/verfahren/{}/{}/{}", procedure.key, visit.house.module(activity.module).activity->path,
                       activity.key);
}

std::string path_of(const Visit& visit, const Contribution& c) {
    const Place& place = visit.place();
    std::string path = path_of(visit, place.procedure, place.plan, c);
    if (path.empty()) throw NotFound();
    return path;
}

std::string path_of(const Visit& visit, const ProcedureRecord& procedure, const Procedure& plan,
                    const Contribution& c) {
    for (const auto& activity : plan.activities)
        if (activity.id == c.activity)
            return path_of(visit, procedure, activity) + "/" + std::to_string(c.target ? c.target.value : c.id.value);
    return "";
}

void index_contribution(Visit& visit, const Contribution& c, const std::string& path) {
    if (c.target) return;
    if (!c.is_public() || c.title.empty() || path.empty()) return search::remove(visit.tx, c.module, c.id.value);
    search::put(visit.tx, {.tenant = visit.tenant.id.value,
                           .module = c.module,
                           .item = c.id.value,
                           .audience = "public",
                           .title = c.title,
                           .summary = "",
                           .body = c.body,
                           .url = path,
                           .facet = c.kind,
                           .at = c.created_at});
}

}  // namespace mitwirken::core
