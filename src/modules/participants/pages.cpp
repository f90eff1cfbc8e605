// Confirming, looking at one's own contributions, taking the data along, going; see README.md.
#include "modules/participants/pages.h"

#include <map>

#include "core/drafts/drafts.h"
#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/moderation/moderation.h"
#include "core/participation/leaving.h"
#include "core/participation/taking_part.h"
#include "core/procedures/records.h"
#include "participants/templates.h"
#include "platform/base/text.h"

namespace mitwirken::participants {

namespace {

using core::Contribution;
using core::ContributionState;
using core::Visit;

core::Confirmation confirmation_of(Visit& visit) {
    auto found = core::find_confirmation(visit.tx, visit.tenant.id, visit.parameter("token"), visit.now);
    if (!found)
        throw NotFound(
            tr_noop("This link has been used already, or it is older than three days. What was confirmed stays "
                    "confirmed."));
    return std::move(*found);
}

// What the moderation told the author, newest last, and the way to have it looked at again. What one person at the desk
// only proposed to another is not told.
void add_rulings(Visit& visit, html::Values& line, const Contribution& c) {
    namespace t = tpl::own;
    const auto cases = core::cases_of(visit.tx, c.id);
    for (const auto& which : cases)
        for (const auto& ruling : core::rulings_of(visit.tx, which.id)) {
            if (ruling.words.empty() || ruling.kind == core::RulingKind::propose_hide) continue;
            auto box = line.add(t::RULING).set(t::WORDS, ruling.words);
            box.set(t::WHEN, visit.language.date_time(ruling.at));
            if (!ruling.rule.empty()) box.add(t::NAMED).set(t::RULE, ruling.rule);
        }
    if (may_appeal(c, cases))
        line.add(t::APPEAL)
            .set(t::URL, visit.url(appeal_path(c.id)))
            .set(t::TITLE, c.title.empty() ? first_letters(c.body, 80) : c.title);
    const bool waits = !cases.empty() && cases.back().reason == core::CaseReason::appeal &&
                       cases.back().state != core::CaseState::decided;
    line.show_if(waits, t::APPEALED);
}

// Nothing that could be read by others, such as an answer to a survey.
bool is_wordless(const Contribution& c) { return c.title.empty() && c.body.empty(); }

// What has no words goes by the name of its activity; each procedure is read once.
class Titles {
public:
    explicit Titles(Visit& visit) : visit_(visit) {}
    std::string of(const Contribution& c) {
        if (!is_wordless(c)) return c.title.empty() ? first_letters(c.body, 80) : c.title;
        auto at = names_.find(c.procedure.value);
        if (at == names_.end()) {
            at = names_.emplace(c.procedure.value, std::map<std::int64_t, std::string>()).first;
            if (const auto record = core::find_procedure(visit_.tx, visit_.tenant.id, c.procedure))
                for (const auto& activity : core::load_plan(visit_.tx, *record).activities)
                    at->second[activity.id.value] = activity.title;
        }
        const auto name = at->second.find(c.activity.value);
        return name == at->second.end() ? visit_.tr("Contribution") : name->second;
    }

private:
    Visit& visit_;
    std::map<std::int64_t, std::map<std::int64_t, std::string>> names_;  // of activities, by procedure
};

void add_line(Visit& visit, html::Values& page, const Contribution& c, const std::string& title) {
    namespace t = tpl::own;
    auto line = page.add(t::ITEM)
                    .set(t::URL, visit.url("/beitrag/" + std::to_string(c.id.value)))
                    .set(t::TITLE, title)
                    .set(t::STATE, state_of(visit, c))
                    .set(t::WHEN, visit.language.date_time(c.created_at));
    add_rulings(visit, line, c);
    const std::string base = visit.url("/meine-beitraege/" + std::to_string(c.id.value));
    auto more = line.add(t::MORE).set(t::TITLE, title).set(t::ANONYMOUS_URL, base + "/anonymisieren");
    if (c.state != ContributionState::withdrawn) more.add(t::WITHDRAW).set(t::URL, base + "/zurueckziehen");
}

void add_drafts(Visit& visit, html::Values& page, core::ParticipantId who) {
    namespace t = tpl::own;
    const auto drafts = core::drafts_of(visit.tx, who);
    if (drafts.empty()) return;
    auto box = page.add(t::DRAFTS).set(t::REMOVE_URL, visit.url("/meine-beitraege/entwuerfe"));
    for (const auto& draft : drafts)
        box.add(t::DRAFT)
            .set(t::ID, draft.id)
            .set(t::URL, visit.url(draft.path))
            .set(t::TITLE, draft.title)
            .set(t::WHEN, visit.language.date_time(draft.changed_at));
}

Contribution own_contribution(Visit& visit) {
    const auto* participant = visit.participant();
    auto c = core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<core::ContributionId>("id"));
    if (!participant || !c || c->participant != participant->id) throw NotFound();
    return std::move(*c);
}

}  // namespace

std::string state_of(const Visit& visit, const Contribution& c) {
    switch (c.state) {
        case ContributionState::waiting:
            return visit.tr("Waiting for your confirmation");
        case ContributionState::held:
            return visit.tr("Somebody is looking at it");
        case ContributionState::published:
            return is_wordless(c) ? visit.tr("Handed in") : visit.tr("Public");
        case ContributionState::hidden:
            return visit.tr("Hidden by the moderation");
        case ContributionState::withdrawn:
            return visit.tr("Withdrawn");
    }
    return "";
}

html::SafeHtml with_head(const Visit& visit, const core::Heading& heading, html::Values values, html::Template file,
                         html::SafeVar head) {
    values.set(head, core::page_head(visit, heading));
    return html::render_part(file, values, visit.language);
}

http::Response confirm_page(Visit& visit) {
    namespace t = tpl::confirm;
    const auto confirmation = confirmation_of(visit);
    html::Values values;
    if (const auto c = core::find_contribution(visit.tx, visit.tenant.id, confirmation.contribution))
        values.add(t::CONTRIBUTION)
            .set(t::TITLE, c->title)
            .set(t::BODY, html::markdown(c->body, {.first_heading = 3, .by_public = true}));
    values.set(t::ACTION, visit.url(visit.path)).set(t::EMAIL, confirmation.email);
    return visit.page({.title = visit.tr("Confirm your contribution"), .kind = "form", .index = false},
                      with_head(visit, {.title = visit.tr("Confirm your contribution")}, values, t::file, t::HEAD));
}

http::Response confirm(Visit& visit) {
    confirmation_of(visit);  // says why not
    const auto used = core::use_confirmation(visit.tx, visit.tenant.id, visit.parameter("token"), visit.now);
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, used->contribution);
    if (!c || c->state != ContributionState::waiting)
        return visit.go("/meine-beitraege", tr_noop("Thank you. Your address is confirmed."));
    return visit.go("/beitrag/" + std::to_string(c->id.value), core::confirmed(visit, *c));
}

http::Response any_contribution(Visit& visit) {
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<core::ContributionId>("id"));
    if (!c) throw NotFound();
    const auto record = core::find_procedure(visit.tx, visit.tenant.id, c->procedure);
    visit.set_place(core::open_place(visit, *record));
    return visit.go(core::path_of(visit, *c));
}

http::Response own_page(Visit& visit) {
    namespace t = tpl::own;
    constexpr int per_page = 30;
    html::Values values;
    const auto* participant = visit.participant();
    std::vector<Contribution> list;
    const core::ContributionId before{to_int(visit.query["vor"]).value_or(0)};
    if (participant) list = core::contributions_of(visit.tx, visit.tenant.id, participant->id, before, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    Titles titles(visit);
    for (const auto& c : list) add_line(visit, values, c, titles.of(c));
    if (list.empty()) values.show(t::NONE);
    if (participant) add_drafts(visit, values, participant->id);
    if (participant || visit.signed_in()) {
        auto mine = values.add(t::MINE).set(t::DATA_URL, visit.url("/meine-beitraege/daten.json"));
        mine.set(t::READ_URL, visit.url("/meine-beitraege/daten"));
        const bool resident = visit.account && visit.account->is_resident();
        mine.set(t::ERASE_URL, visit.url(resident ? "/konto/loeschen" : "/meine-beitraege/loeschen"));
        if (participant && !participant->email.empty()) mine.add(t::ADDRESS).set(t::EMAIL, participant->email);
        if (!list.empty()) mine.add(t::ALL).set(t::URL, visit.url("/meine-beitraege/anonymisieren"));
    }
    if (visit.account)
        values.add(t::ACCOUNT).set(t::URL, visit.url("/konto"));
    else
        values.add(t::STRANGER).set(t::URL, visit.url("/anmelden?weiter=" + escape_url(visit.url(visit.path))));
    if (core::has_page(visit, "/folgen/meine")) values.add(t::FOLLOWS).set(t::URL, visit.url("/folgen/meine"));
    values.set(t::PAGER, core::pager(visit, "", next, ""));
    return visit.page(
        {.title = visit.tr("My contributions"), .index = false},
        with_head(visit,
                  {.title = visit.tr("My contributions"),
                   .lead = visit.tr(visit.account ? tr_noop("Everything that was handed in with this account.")
                                                  : tr_noop("Everything that was handed in from this browser."))},
                  values, t::file, t::HEAD));
}

http::Response withdraw(Visit& visit) {
    const auto c = own_contribution(visit);
    if (c.state != ContributionState::withdrawn) core::withdraw(visit, c);
    return visit.go("/meine-beitraege", tr_noop("Your contribution is withdrawn. Nobody else sees it any more."));
}

http::Response make_anonymous(Visit& visit) {
    core::make_anonymous(visit, own_contribution(visit));
    return visit.go("/meine-beitraege", tr_noop("Nothing connects this contribution with you any more."));
}

http::Response make_all_anonymous(Visit& visit) {
    const auto* participant = visit.participant();
    if (!participant) throw NotFound(tr_noop("Nothing was handed in from this browser."));
    for (const auto& c : core::contributions_of(visit.tx, visit.tenant.id, participant->id, {}, 100'000))
        core::make_anonymous(visit, c);
    return visit.go("/meine-beitraege", tr_noop("Nothing connects your contributions with you any more."));
}

http::Response remove_draft(Visit& visit) {
    const auto* participant = visit.participant();
    const auto id = to_int(visit.form["id"]);
    if (!participant || !id || !core::delete_draft(visit.tx, participant->id, *id)) throw NotFound();
    return visit.go("/meine-beitraege", tr_noop("The draft is deleted."));
}

}  // namespace mitwirken::participants
