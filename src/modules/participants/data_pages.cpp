// Everything that is kept about a person, to read and to take along; and going without a trace.
#include <nlohmann/json.hpp>

#include "core/cookies.h"
#include "core/drafts/drafts.h"
#include "core/participation/leaving.h"
#include "modules/participants/pages.h"
#include "participants/templates.h"
#include "platform/base/text.h"

namespace mitwirken::participants {

namespace {

using core::Contribution;
using core::ContributionState;
using core::Visit;
using Json = nlohmann::ordered_json;

constexpr int most = 100'000;

// The participant of this browser, or all that the account has.
std::vector<core::Participant> all_of(Visit& visit) {
    if (visit.account) return core::participants_of(visit.tx, visit.tenant.id, visit.account->id);
    if (const auto* participant = visit.participant()) return {*participant};
    return {};
}

Json contribution_json(Visit& visit, const Contribution& c) {
    auto originals = Json::array();
    for (const auto& original : core::originals(visit.tx, c.id))
        originals.push_back(
            {{"at", to_iso(original.at)}, {"content", nlohmann::json::parse(original.content, nullptr, false)}});
    return {{"id", c.id.value},
            {"kind", c.kind},
            {"title", c.title},
            {"text", c.body},
            {"name", c.author_name},
            {"state", db::Names<ContributionState>::words[std::size_t(c.state)]},
            {"handed_in", to_iso(c.created_at)},
            {"wordings", originals}};
}

Json draft_json(const core::Draft& draft) {
    auto fields = Json::array();
    for (const auto& [name, value] : draft.values.fields()) fields.push_back({{"field", name}, {"value", value}});
    return {{"title", draft.title}, {"address", draft.path}, {"at", to_iso(draft.changed_at)}, {"fields", fields}};
}

Json participant_json(Visit& visit, const core::Participant& who) {
    Json json = {{"name", who.name}, {"email", who.email}, {"contributions", Json::array()}, {"drafts", Json::array()}};
    for (const auto& c : core::contributions_of(visit.tx, visit.tenant.id, who.id, {}, most))
        json["contributions"].push_back(contribution_json(visit, c));
    for (const auto& draft : core::drafts_of(visit.tx, who.id)) json["drafts"].push_back(draft_json(draft));
    for (const auto& module : visit.house.modules)
        if (module.export_participant)
            if (auto kept = module.export_participant(visit.tx, visit.tenant.id, who.id); !kept.empty())
                json[module.name] = std::move(kept);
    return json;
}

// The first one's members stand on top, for whoever has never had another.
Json everything(Visit& visit) {
    Json json = {{"contributions", Json::array()}};
    const auto all = all_of(visit);
    if (!all.empty()) json = participant_json(visit, all.front());
    for (std::size_t i = 1; i < all.size(); ++i) json["further_pseudonyms"].push_back(participant_json(visit, all[i]));
    if (visit.account)
        for (const auto& module : visit.house.modules)
            if (module.export_person)
                if (auto kept = module.export_person(visit.tx, visit.account->id); !kept.empty())
                    json["account"][module.name] = std::move(kept);
    return json;
}

// "ideas › 1 › email" and its value, for what has no page of its own; how many lines there were.
int add_lines(html::Values page, const std::string& path, const Json& value) {
    int lines = 0;
    if (value.is_structured()) {
        int number = 0;
        for (const auto& [key, inner] : value.items()) {
            const std::string name = value.is_array() ? std::to_string(++number) : key;
            lines += add_lines(page, path.empty() ? name : path + " › " + name, inner);
        }
        return lines;
    }
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (text.empty() || text == "null") return 0;
    page.add(tpl::data::LINE).set(tpl::data::LABEL, path).set(tpl::data::VALUE, text);
    return 1;
}

void add_account(Visit& visit, html::Values& page) {
    namespace t = tpl::data;
    const auto& account = *visit.account;
    auto box = page.add(t::ACCOUNT);
    const auto fact = [&](const Message& label, const std::string& value) {
        if (!value.empty()) box.add(t::FACT).set(t::LABEL, visit.tr(label)).set(t::VALUE, value);
    };
    fact(tr_noop("Name"), account.name);
    fact(tr_noop("E-mail address"), account.has_address() ? account.email : "");
    fact(tr_noop("Account since"), visit.language.date_time(account.created_at));
    if (account.verified_at) fact(tr_noop("Lives here, shown on"), visit.language.date_time(*account.verified_at));
    for (const auto& one : core::identities_of(visit.tx, account.id))
        fact(tr_noop("Signs in with"), one.label + " (" + one.subject + ")");
    for (const auto& session : core::sessions(visit.tx, account.id, visit.now))
        fact(tr_noop("Signed in on"), session.device + ", " + visit.language.date_time(session.created_at));
}

void add_participant(Visit& visit, html::Values& page, const core::Participant& who) {
    namespace t = tpl::data;
    if (!who.email.empty()) page.add(t::CONFIRMED).set(t::EMAIL, who.email);
    for (const auto& c : core::contributions_of(visit.tx, visit.tenant.id, who.id, {}, most))
        page.add(t::ITEM)
            .set(t::TITLE, c.title.empty() ? visit.tr("Without a title") : c.title)
            .set(t::BODY, html::markdown(c.body, {.first_heading = 4, .by_public = true}))
            .set(t::AUTHOR, c.author_name.empty() ? visit.tr("anonymous") : c.author_name)
            .set(t::STATE, state_of(visit, c))
            .set(t::WHEN, visit.language.date_time(c.created_at));
    for (const auto& draft : core::drafts_of(visit.tx, who.id)) {
        auto box = page.add(t::DRAFT).set(t::TITLE, draft.title);
        box.set(t::WHEN, visit.language.date_time(draft.changed_at));
        for (const auto& [name, value] : draft.values.fields())
            if (!value.empty() && value != draft.title) box.add(t::TYPED).set(t::VALUE, value);
    }
}

}  // namespace

http::Response readable_data(Visit& visit) {
    namespace t = tpl::data;
    visit.do_not_cache();
    html::Values values;
    values.set(t::DATA_URL, visit.url("/meine-beitraege/daten.json"));
    if (visit.account) add_account(visit, values);
    for (const auto& who : all_of(visit)) add_participant(visit, values, who);
    // What has no page of its own: as the modules keep it.
    Json rest = everything(visit);
    for (const char* shown : {"contributions", "drafts", "name", "email"}) rest.erase(shown);
    if (rest.contains("account")) rest["account"].erase("accounts");
    html::Values none;
    if (add_lines(none, "", rest) > 0) add_lines(values.add(t::FURTHER), "", rest);
    if (!visit.account && all_of(visit).empty()) values.show(t::NONE);
    const std::string title = visit.tr("Everything that is kept about me");
    return visit.page({.title = title, .index = false},
                      with_head(visit, {.title = title, .crumbs = {{visit.tr("My contributions"), "/meine-beitraege"}}},
                                values, t::file, t::HEAD));
}

http::Response own_data(Visit& visit) {
    auto response = http::Response::json(200, everything(visit).dump(2));
    response.headers.set("Content-Disposition", "attachment; filename=\"meine-beitraege.json\"");
    return response;
}

http::Response erase_page(Visit& visit) {
    if (visit.account && visit.account->is_resident()) return visit.go("/konto/loeschen");
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
    // The account goes with everything, and asks for its password.
    if (visit.account && visit.account->is_resident()) return visit.go("/konto/loeschen");
    const auto* participant = visit.participant();
    if (!participant) throw NotFound(tr_noop("Nothing was handed in from this browser."));
    const auto keep = visit.form["keep"] == "nothing" ? core::Keep::nothing : core::Keep::anonymous;
    core::erase_pseudonym(visit, participant->id, keep);
    auto response = visit.go("/", tr_noop("Everything about you is deleted. Thank you for having taken part."));
    response.headers.add("Set-Cookie",
                         std::string(core::participant_cookie) + "=; Max-Age=0" + core::cookie_end(visit.request));
    return response;
}

}  // namespace mitwirken::participants
