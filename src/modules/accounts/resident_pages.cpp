// What residents do with their account: name, address, showing that they live here, leaving.
#include "accounts/templates.h"
#include "core/access/throttle.h"
#include "core/cookies.h"
#include "core/participants/participants.h"
#include "core/participation/leaving.h"
#include "modules/accounts/accounts.h"
#include "modules/accounts/services.h"
#include "platform/base/text.h"
#include "platform/http/target.h"
#include "platform/mail/mail.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

// A code has 79 bits; somebody who mistypes gets six tries, a network twenty.
core::Throttle by_account(6, std::chrono::minutes{5});
core::Throttle by_network(20, std::chrono::minutes{1});
core::Throttle by_change(3, std::chrono::minutes{10});

core::Account resident(Visit& visit) {
    auto account = me(visit);
    if (!account.is_resident())
        throw NotAllowed(tr_noop("The account of somebody who works here is changed by the administration."));
    return account;
}

core::Heading heading_of(Visit& visit, const Message& title, const Message& lead = {}) {
    return {.title = visit.tr(title),
            .lead = lead.empty() ? "" : visit.tr(lead),
            .crumbs = {{visit.tr("My account"), "/konto"}}};
}

http::Response address_shown(Visit& visit, const core::Account& account, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.email("email", tr_noop("New e-mail address")).fill("email");
    add_proof(form, account);
    return own_shown(visit,
                     heading_of(visit, tr_noop("Another e-mail address"),
                                tr_noop("We send a mail to the new address; its button makes the change. The old "
                                        "address is told.")),
                     form.html({.submit = tr_noop("Send the mail"), .cancel = "/konto", .once = false}), problems);
}

http::Response proof_shown(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.hidden("weiter", return_of(visit));
    form.text("code", tr_noop("Code"))
        .limit(40)
        .hint(tr_noop("From the letter of the office. Capital letters, spaces and dashes do not matter."));
    return own_shown(visit,
                     heading_of(visit, tr_noop("Show that I live here"),
                                tr_noop("Some procedures are only for people who live here. The office gives you a "
                                        "code for it.")),
                     form.html({.submit = tr_noop("Use the code"), .cancel = "/konto", .once = false}), problems);
}

http::Response leave_shown(Visit& visit, const core::Account& account, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.radios("keep", tr_noop("What becomes of what you have handed in?"),
                {{"anonymous", visit.tr("It stays, without my name")}, {"nothing", visit.tr("It goes with me")}});
    add_proof(form, account);
    return own_shown(visit,
                     heading_of(visit, tr_noop("Delete my account"),
                                tr_noop("This cannot be undone. Your support for others is taken back; your name, your "
                                        "address and your drafts are deleted.")),
                     form.html({.submit = tr_noop("Delete my account"), .cancel = "/konto", .once = false}), problems);
}

}  // namespace

html::SafeHtml resident_part(Visit& visit, const core::Account& account, const Problems& problems) {
    namespace t = tpl::resident;
    html::Values values;
    // The page has two forms; each shows only what is wrong with it.
    Problems of_name;
    if (const auto* problem = problems.of("name")) of_name.add("name", problem->message);
    Form filled = visit.form;
    if (!of_name.any()) filled.set("name", account.name);
    core::FormView name(visit, filled, of_name);
    name.text("name", tr_noop("Your name")).limit(80).optional().fill("nickname");
    values.set(t::NAME, name.html({.action = "/konto/name", .submit = tr_noop("Save"), .once = false, .id = "name"}));
    if (account.has_address())
        values.add(t::ADDRESS).set(t::EMAIL, account.email);
    else
        values.show(t::NO_ADDRESS);
    values.set(t::ADDRESS_URL, visit.url("/konto/e-mail")).set(t::PROOF_URL, visit.url("/konto/nachweis"));
    if (account.verified_at)
        values.add(t::PROVEN).set(t::WHEN, visit.language.date(berlin_day(*account.verified_at)));
    else
        values.show(t::NOT_PROVEN);
    const auto identities = core::identities_of(visit.tx, account.id);
    for (const auto& one : identities)
        values.add(t::CONNECTED)
            .set(t::URL, visit.url("/konto/dienste/trennen"))
            .set(t::LABEL, one.label)
            .set(t::ISSUER, one.issuer)
            .set(t::SUBJECT, one.subject);
    for (const auto& [url, service] : ways_in(visit, "")) {
        const bool there = std::any_of(identities.begin(), identities.end(),
                                       [&, &s = service](const auto& one) { return one.issuer == s.issuer; });
        if (!there) values.add(t::CONNECT).set(t::URL, url + "?verbinden=ja").set(t::LABEL, service.label);
    }
    values.set(t::CONTRIBUTIONS_URL, visit.url("/meine-beitraege"));
    values.set(t::SIGN_OUT_URL, visit.url("/abmelden"));
    values.set(t::LEAVE_URL, visit.url("/konto/loeschen"));
    return html::render_part(t::file, values, visit.language);
}

http::Response change_name(Visit& visit) {
    auto account = resident(visit);
    Problems problems;
    core::need_short(problems, "name", trimmed(visit.form["name"]), 80);
    if (problems.any()) return own_again(visit, problems);
    account.name = trimmed(visit.form["name"]);
    core::save_account(visit.tx, account);
    return visit.go("/konto", tr_noop("Saved."));
}

http::Response address_page(Visit& visit) { return address_shown(visit, resident(visit), {}); }

http::Response change_address(Visit& visit) {
    const auto account = resident(visit);
    const std::string email = lower_ascii(trimmed(visit.form["email"]));
    Problems problems;
    if (!mail::is_address(email))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    check_proof(visit, account, problems);
    if (problems.any()) return address_shown(visit, account, problems);
    const auto wait = by_change.take(std::to_string(account.id.value), visit.now);
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
    plan_address_mail(visit, core::AddressPurpose::change, email, "", account.id);
    return visit.go("/konto", tr_noop("A mail is on its way to the new address. Please open the link in it; until then "
                                      "nothing changes."));
}

http::Response proof_page(Visit& visit) { return proof_shown(visit, {}); }

http::Response give_proof(Visit& visit) {
    const auto account = me(visit);
    auto wait = by_account.take(std::to_string(account.id.value), visit.now);
    wait = std::max(wait, by_network.take(http::network_of(visit.request.remote), visit.now));
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
    if (!core::use_proof_code(visit.tx, visit.tenant.id, visit.form["code"], visit.now)) {
        Problems problems;
        problems.add("code", tr_noop("This code is not known, or it was used already. Please compare it with the "
                                     "letter."));
        return proof_shown(visit, problems);
    }
    core::set_verified(visit.tx, account.id, "code", visit.now);
    visit.record("account.verified", {"accounts", account.id.value}, "code");
    const std::string back = return_of(visit);
    auto response = visit.go("/konto", tr_noop("Thank you. From now on you can take part where one has to live here."));
    if (!back.empty()) response.headers.set("Location", back);
    return response;
}

http::Response leave_page(Visit& visit) { return leave_shown(visit, resident(visit), {}); }

http::Response leave(Visit& visit) {
    const auto account = resident(visit);
    Problems problems;
    const std::string& keep = visit.form["keep"];
    if (keep != "anonymous" && keep != "nothing") problems.add("keep", tr_noop("Please choose one of the two."));
    check_proof(visit, account, problems);
    if (problems.any()) return leave_shown(visit, account, problems);
    visit.record("account.left", {"accounts", account.id.value});
    core::erase_person(visit, account, keep == "nothing" ? core::Keep::nothing : core::Keep::anonymous);
    http::Response response = http::Response::redirect(visit.url("/"));
    const std::string end = core::cookie_end(visit.request);
    for (const std::string_view name :
         {std::string_view("mw_session"), core::participant_cookie, std::string_view("mw_device")})
        response.headers.add("Set-Cookie", std::string(name) + "=; Max-Age=0" + end);
    const std::string words = visit.tr("Your account is deleted. Thank you for having taken part.");
    response.headers.add("Set-Cookie", "mw_notice=" + escape_url(words) + "; Max-Age=60" + end);
    return response;
}

}  // namespace mitwirken::accounts
