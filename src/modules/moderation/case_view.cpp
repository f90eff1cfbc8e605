// A case as HTML: the contribution and its original, what was said about it, what was decided before, the form.
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
namespace t = tpl::one;

std::string state_name(const Visit& visit, ContributionState state) {
    switch (state) {
        case ContributionState::waiting:
            return visit.tr("Not confirmed yet");
        case ContributionState::held:
            return visit.tr("Not public yet");
        case ContributionState::published:
            return visit.tr("Public");
        case ContributionState::hidden:
            return visit.tr("Hidden");
        case ContributionState::withdrawn:
            return visit.tr("Withdrawn");
    }
    return "";
}

std::string person(Visit& visit, core::AccountId id) {
    const auto account = core::find_account(visit.tx, id);
    return account && !account->name.empty() ? account->name : visit.tr("Somebody who is not here any more");
}

// Handed in as JSON; texts as they were typed, everything else as it is stored. Names of members are not translated:
// they are those of the form.
void add_originals(Visit& visit, html::Values& page, const Contribution& c) {
    for (const auto& original : core::originals(visit.tx, c.id)) {
        auto box = page.add(t::ORIGINAL).set(t::WHEN, visit.language.date_time(original.at));
        const auto json = nlohmann::ordered_json::parse(original.content, nullptr, false);
        if (!json.is_object()) continue;
        for (const auto& [key, value] : json.items()) {
            if (value.empty() || (value.is_string() && value.get_ref<const std::string&>().empty())) continue;
            const std::string label = key == "title"    ? visit.tr("Title")
                                      : key == "body"   ? visit.tr("Text")
                                      : key == "topics" ? visit.tr("Topics")
                                      : key == "place"  ? visit.tr("Place")
                                                        : key;
            box.add(t::FIELD)
                .set(t::LABEL, label)
                .set(t::VALUE, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
}

void add_flags(Visit& visit, html::Values& page, const Case& which) {
    const auto flags = core::flags_of(visit.tx, which.id);
    if (flags.empty()) return;
    auto box = page.add(t::FLAGS);
    for (const auto& flag : flags) {
        auto line = box.add(t::FLAG).set(t::LABEL, visit.tr(flag_name(flag.reason)));
        line.set(t::WHEN, visit.language.date_time(flag.at));
        if (!flag.words.empty()) line.add(t::SAID).set(t::WORDS, flag.words);
    }
}

void add_rulings(Visit& visit, html::Values& page, const Contribution& c) {
    std::vector<std::pair<core::CaseReason, core::Ruling>> rulings;
    for (const auto& earlier : core::cases_of(visit.tx, c.id))
        for (auto& ruling : core::rulings_of(visit.tx, earlier.id)) rulings.emplace_back(earlier.reason, ruling);
    if (rulings.empty()) {
        page.show(t::NO_RULING);
        return;
    }
    auto list = page.add(t::RULINGS);
    for (const auto& [reason, ruling] : rulings) {
        auto line = list.add(t::RULING)
                        .set(t::LABEL, visit.tr(ruling_name(ruling.kind)))
                        .set(t::REASON, visit.tr(reason_name(reason)))
                        .set(t::WHEN, visit.language.date_time(ruling.at))
                        .set(t::BY, person(visit, ruling.by));
        if (!ruling.rule.empty()) line.add(t::NAMED).set(t::RULE, ruling.rule);
        if (!ruling.words.empty()) line.add(t::SAID).set(t::WORDS, ruling.words);
    }
}

void add_contribution(Visit& visit, html::Values& page, const Contribution& c) {
    if (!c.title.empty()) page.add(t::TITLED).set(t::TITLE, c.title);
    page.set(t::BODY, html::markdown(c.body, {.first_heading = 3, .by_public = true}));
    page.set(t::AUTHOR, c.author_name.empty() ? visit.tr("anonymous") : c.author_name)
        .set(t::HANDED_IN, visit.language.date_time(c.created_at))
        .set(t::SHOWN, state_name(visit, c.state))
        .set(t::KIND, kind_name(visit, c.module, c.kind));
    const auto author = c.participant ? core::find_participant(visit.tx, visit.tenant.id, c.participant) : std::nullopt;
    page.set(t::TRUST, author ? visit.language.number(author->trust) : visit.tr("unknown"))
        .set(t::ADDRESS, author && !author->email.empty()
                             ? visit.tr("is told by mail")
                             : visit.tr("is told under “My contributions” only: no confirmed address"));
    if (const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, c.procedure)) {
        page.set(t::PROCEDURE, procedure->title).set(t::PROCEDURE_URL, visit.url("/verfahren/" + procedure->key));
        const auto path = core::path_of(visit, *procedure, core::load_plan(visit.tx, *procedure), c);
        if (c.is_public() && !path.empty()) page.add(t::PUBLIC).set(t::URL, visit.url(path));
    }
}

std::vector<core::Option> options_of(const Visit& visit, const std::vector<RulingKind>& kinds, bool appeal) {
    std::vector<core::Option> options;
    for (const auto kind : kinds) {
        Message label = tr_noop("Publish");
        if (kind == RulingKind::dismiss) label = tr_noop("Leave it as it is");
        if (kind == RulingKind::redact) label = tr_noop("Remove a passage and show the rest");
        if (kind == RulingKind::hide) label = appeal ? tr_noop("Leave it hidden") : tr_noop("Hide");
        if (kind == RulingKind::propose_hide) label = tr_noop("Propose to hide; another person decides");
        options.push_back({std::string(db::Names<RulingKind>::words[std::size_t(kind)]), visit.tr(label)});
    }
    return options;
}

html::SafeHtml form_of(Visit& visit, const Case& which, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.radios("ruling", tr_noop("What becomes of the contribution?"),
                options_of(visit, offered(which, visit.setting_on("moderation.two_persons")),
                           which.reason == core::CaseReason::appeal));
    form.area("passages", tr_noop("Passages that go"))
        .optional()
        .hint(tr_noop("Only when a passage is removed: copy each from the text exactly, one a line. It is replaced by "
                      "“[…]”; the original is kept apart."));
    std::vector<core::Option> rules = {{"", visit.tr("No rule is broken")}};
    for (const auto& rule : rules_from(visit.setting("moderation.rules"))) rules.push_back({rule.name, rule.name});
    form.select("rule", tr_noop("Published rule"), rules)
        .hint(tr_noop("Needed to hide a contribution or to remove a passage; it is part of the public record."));
    std::vector<core::Option> blocks = {{"", visit.tr("None")}};
    for (const auto& block : blocks_from(visit.setting("moderation.text_blocks")))
        blocks.push_back({block.name, block.name});
    form.select("block", tr_noop("Text block"), blocks)
        .hint(tr_noop("Stands above your own words. Blocks are kept in the settings."));
    form.area("words", tr_noop("Words to the author"))
        .limit(most_words)
        .optional()
        .hint(tr_noop("The author sees them under “My contributions” and, with a confirmed address, gets them by "
                      "mail."));
    return form.html({.action = case_path(which.id), .submit = tr_noop("Decide"), .cancel = desk_path});
}

// What the first person has proposed is where the second one begins.
Form proposal_as_form(const std::vector<core::Ruling>& rulings) {
    Form form;
    for (const auto& ruling : rulings)
        if (ruling.kind == RulingKind::propose_hide) {
            form.set("rule", ruling.rule);
            form.set("words", ruling.words);
        }
    return form;
}

// Why this person should, or may not, decide.
void add_notices(Visit& visit, html::Values& page, const Case& which, const Contribution& c, bool own_proposal) {
    const auto say = [&](const Message& words) { page.add(t::NOTICE).set(t::TEXT, visit.tr(words)); };
    if (which.state == CaseState::decided) say(tr_noop("This case is decided."));
    if (c.state == ContributionState::withdrawn)
        say(tr_noop("Its author has withdrawn this contribution; there is nothing to decide."));
    if (own_proposal) say(tr_noop("You have proposed this yourself. A second person decides."));
    if (which.state == CaseState::second_opinion && !own_proposal)
        say(tr_noop("Somebody has proposed to hide this contribution. You decide as the second person."));
    if (which.reason != core::CaseReason::appeal || which.state == CaseState::decided) return;
    for (const auto& earlier : core::cases_of(visit.tx, c.id))
        for (const auto& ruling : core::rulings_of(visit.tx, earlier.id))
            if (ruling.kind == RulingKind::hide && ruling.by == visit.actor.account)
                return say(
                    tr_noop("You have hidden this contribution yourself. If possible, leave the appeal to "
                            "somebody else."));
}

}  // namespace

html::SafeHtml case_view(Visit& visit, const Case& which, const Contribution& c, const Form& values,
                         const Problems& problems) {
    html::Values page;
    page.set(
        t::HEAD,
        core::admin_head(
            visit, {.title = visit.tr(tr_noop("Case no. {number}", {{"number", std::to_string(which.id.value)}})),
                    .lead = visit.tr(reason_name(which.reason)) + " · " + visit.language.date_time(which.created_at),
                    .crumbs = {{visit.tr("Moderation"), desk_path}}}));
    const auto rulings = core::rulings_of(visit.tx, which.id);
    const bool own_proposal = which.state == CaseState::second_opinion &&
                              std::any_of(rulings.begin(), rulings.end(), [&](const core::Ruling& ruling) {
                                  return ruling.kind == RulingKind::propose_hide && ruling.by == visit.actor.account;
                              });
    add_notices(visit, page, which, c, own_proposal);
    add_contribution(visit, page, c);
    add_originals(visit, page, c);
    add_flags(visit, page, which);
    add_rulings(visit, page, c);
    const bool decidable =
        which.state != CaseState::decided && c.state != ContributionState::withdrawn && !own_proposal;
    if (decidable) {
        const Form shown = problems.any() ? values : proposal_as_form(rulings);
        page.add(t::DECISION).set(t::FORM, form_of(visit, which, shown, problems));
    }
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::moderation
