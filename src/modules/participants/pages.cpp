// Confirming, looking at one's own contributions, taking the data along, going; see README.md.
#include "modules/participants/pages.h"

#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/moderation/moderation.h"
#include "core/participation/taking_part.h"
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

std::string state_of(const Visit& visit, const Contribution& c) {
    switch (c.state) {
        case ContributionState::waiting:
            return visit.tr("Waiting for your confirmation");
        case ContributionState::held:
            return visit.tr("Somebody is looking at it");
        case ContributionState::published:
            return visit.tr("Public");
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

}  // namespace

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
    for (const auto& c : list) {
        auto line = values.add(t::ITEM)
                        .set(t::URL, visit.url("/beitrag/" + std::to_string(c.id.value)))
                        .set(t::TITLE, c.title.empty() ? first_letters(c.body, 80) : c.title)
                        .set(t::STATE, state_of(visit, c))
                        .set(t::WHEN, visit.language.date_time(c.created_at));
        add_rulings(visit, line, c);
    }
    if (list.empty()) values.show(t::NONE);
    if (participant) {
        auto mine = values.add(t::MINE).set(t::DATA_URL, visit.url("/meine-beitraege/daten.json"));
        mine.set(t::ERASE_URL, visit.url("/meine-beitraege/loeschen"));
        if (!participant->email.empty()) mine.add(t::ADDRESS).set(t::EMAIL, participant->email);
    }
    if (core::has_page(visit, "/folgen/meine")) values.add(t::FOLLOWS).set(t::URL, visit.url("/folgen/meine"));
    values.set(t::PAGER, core::pager(visit, "", next, ""));
    return visit.page({.title = visit.tr("My contributions"), .index = false},
                      with_head(visit,
                                {.title = visit.tr("My contributions"),
                                 .lead = visit.tr("Everything that was handed in from this browser.")},
                                values, t::file, t::HEAD));
}

http::Response own_data(Visit& visit) {
    nlohmann::ordered_json json = {{"contributions", nlohmann::json::array()}};
    if (const auto* participant = visit.participant()) {
        json["name"] = participant->name;
        json["email"] = participant->email;
        for (const auto& c : core::contributions_of(visit.tx, visit.tenant.id, participant->id, {}, 100'000)) {
            auto originals = nlohmann::json::array();
            for (const auto& original : core::originals(visit.tx, c.id))
                originals.push_back({{"at", to_iso(original.at)},
                                     {"content", nlohmann::json::parse(original.content, nullptr, false)}});
            json["contributions"].push_back({{"id", c.id.value},
                                             {"kind", c.kind},
                                             {"title", c.title},
                                             {"text", c.body},
                                             {"name", c.author_name},
                                             {"state", db::Names<ContributionState>::words[std::size_t(c.state)]},
                                             {"handed_in", to_iso(c.created_at)},
                                             {"wordings", originals}});
        }
        for (const auto& module : visit.house.modules)
            if (module.export_participant)
                if (auto kept = module.export_participant(visit.tx, visit.tenant.id, participant->id); !kept.empty())
                    json[module.name] = std::move(kept);
    }
    auto response = http::Response::json(200, json.dump(2));
    response.headers.set("Content-Disposition", "attachment; filename=\"meine-beitraege.json\"");
    return response;
}

http::Response erase_page(Visit& visit) {
    if (!visit.participant()) return visit.go("/meine-beitraege");
    core::FormView form(visit, visit.form, {});
    form.radios("keep", tr_noop("What becomes of what you have handed in?"),
                {{"anonymous", visit.tr("It stays, without my name")}, {"nothing", visit.tr("It goes with me")}});
    html::Values values;
    values.set(
        tpl::erase::FORM,
        form.html({.submit = tr_noop("Delete everything about me"), .cancel = "/meine-beitraege", .once = false}));
    return visit.page(
        {.title = visit.tr("Delete my data"), .kind = "form", .index = false},
        with_head(visit, {.title = visit.tr("Delete my data")}, values, tpl::erase::file, tpl::erase::HEAD));
}

http::Response erase(Visit& visit) {
    const auto* participant = visit.participant();
    if (!participant) throw NotFound(tr_noop("Nothing was handed in from this browser."));
    const auto keep = visit.form["keep"] == "nothing" ? core::Keep::nothing : core::Keep::anonymous;
    for (const auto& module : visit.house.modules)
        if (module.erase_participant)
            module.erase_participant(visit.tx, visit.tenant.id, participant->id, keep, visit.now);
    core::release_contributions(visit.tx, visit.tenant.id, participant->id, keep, visit.now);
    core::erase_participant(visit.tx, participant->id);
    auto response = visit.go("/", tr_noop("Everything about you is deleted. Thank you for having taken part."));
    response.headers.add("Set-Cookie",
                         std::string(core::participant_cookie) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    return response;
}

}  // namespace mitwirken::participants
