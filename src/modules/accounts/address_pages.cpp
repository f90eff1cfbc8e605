// Registering, signing in by a link, another address: each by a mail that leads to a page whose button does it.
// What must stay true: the answer is the same whether there is an account or not; a password is chosen only by who
// holds the mailbox, so nobody can prepare an account for somebody else's address; opening a link changes nothing.
#include "core/access/throttle.h"
#include "core/forms/guard.h"
#include "modules/accounts/accounts.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/target.h"
#include "platform/mail/mail.h"

namespace mitwirken::accounts {

namespace {

using core::AddressPurpose;
using core::Visit;

// Mails: 20 from one network at once (a class room), three to one address. Links: nobody opens sixty of them.
core::Throttle by_network(20, std::chrono::minutes{2});
core::Throttle by_address(3, std::chrono::minutes{10});
core::Throttle by_link(60, std::chrono::seconds{10});

void slow_down(std::chrono::seconds wait) {
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
}

void need_registration(const Visit& visit) {
    if (!visit.setting_on(registration_setting))
        throw NotAllowed(tr_noop("Registering is switched off here. To take part you mostly need no account."));
}

core::AddressLink need_link(Visit& visit, AddressPurpose purpose) {
    slow_down(by_link.take(http::network_of(visit.request.remote), visit.now));
    auto link = core::find_address_link(visit.tx, visit.tenant.id, visit.parameter("token"), purpose, visit.now);
    if (!link)
        throw NotFound(tr_noop(
            "This link does not work any more. It may have been used, or it is too old. Please ask for a new one."));
    return std::move(*link);
}

html::SafeHtml address_form(Visit& visit, const Problems& problems, const Message& title, const Message& lead,
                            const Message& submit) {
    core::FormView form(visit, visit.form, problems);
    form.hidden("weiter", return_of(visit));
    form.email("email", tr_noop("E-mail address")).fill("email");
    core::add_guard(form, visit);
    return card(visit, title, lead, form.html({.submit = submit, .once = false}), tr_noop("Back to signing in"),
                "/anmelden");
}

// An address was sent by somebody who may be anybody: is it one, and how often.
Problems check_asked(Visit& visit, const std::string& email) {
    Problems problems = core::check_guard(visit);
    if (!mail::is_address(email))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    if (!problems.any()) slow_down(by_network.take(http::network_of(visit.request.remote), visit.now));
    return problems;
}

// To one address only so many; nobody is told, the answer is the same.
void plan(Visit& visit, AddressPurpose purpose, const std::string& email) {
    if (by_address.take(visit.tenant.key + "/" + email, visit.now).count() > 0) return;
    plan_address_mail(visit, purpose, email, return_of(visit));
}

html::SafeHtml registration_form(Visit& visit, const core::AddressLink& link, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.text("name", tr_noop("Your name"))
        .limit(80)
        .optional()
        .hint(tr_noop("How you want to be called here; it is not shown without your doing."))
        .fill("nickname");
    form.password("password", tr_noop("Password"))
        .optional()
        .fill("new-password")
        .hint(tr_noop("At least 12 letters; several words are a good idea. Without one you sign in by a link in a "
                      "mail."));
    return card(visit, tr_noop("Your account"), tr_noop("Account: {email}", {{"email", link.email}}),
                form.html({.submit = tr_noop("Make my account"), .once = false}));
}

html::SafeHtml press_form(Visit& visit, const Message& title, const Message& lead, const Message& submit) {
    const core::FormView form(visit, visit.form, {});
    return card(visit, title, lead, form.html({.submit = submit, .once = false}));
}

}  // namespace

// Hashing costs time and memory on purpose: not for everybody who sends something to an address that might be a link.
void hash_if_link(core::Preparation& p) {
    if (p.form["password"].empty()) return;
    const auto& token = p.parameters.find("token")->second;
    std::optional<core::AddressLink> link;
    p.house.database->read(
        [&](db::Tx& tx) { link = core::find_address_link(tx, p.tenant.id, token, AddressPurpose::register_, p.now); });
    if (link && core::check_password(p.form["password"], link->email))
        p.result = crypto::hash_password(p.form["password"]);
}

http::Response register_page(Visit& visit) {
    if (visit.account) return http::Response::redirect(landing(visit, *visit.account, return_of(visit)));
    need_registration(visit);
    return visit.page(
        head_of(visit, tr_noop("Register")),
        address_form(visit, {}, tr_noop("Register"),
                     tr_noop("We send you a mail. It leads to a page where you make your account; if you like, with a "
                             "password. What you have typed or supported in this browser becomes part of it."),
                     tr_noop("Send the mail")));
}

http::Response register_(Visit& visit) {
    need_registration(visit);
    const std::string email = lower_ascii(trimmed(visit.form["email"]));
    const Problems problems = check_asked(visit, email);
    if (problems.any())
        return core::show_again(visit, head_of(visit, tr_noop("Register")),
                                address_form(visit, problems, tr_noop("Register"), {}, tr_noop("Send the mail")));
    plan(visit, AddressPurpose::register_, email);
    return visit.go("/anmelden", tr_noop("A mail is on its way to the address you gave. Please open the link in it; it "
                                         "works for one day."));
}

http::Response registration_page(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::register_);
    return visit.page(head_of(visit, tr_noop("Your account")), registration_form(visit, link, {}));
}

http::Response registration(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::register_);
    Problems problems;
    const std::string name = trimmed(visit.form["name"]);
    core::need_short(problems, "name", name, 80);
    const auto* hash = visit.prepared<std::string>();
    if (!visit.form["password"].empty())
        if (const auto password = core::check_password(visit.form["password"], link.email); !password)
            problems.append(password.problems());
    if (problems.any())
        return core::show_again(visit, head_of(visit, tr_noop("Your account")),
                                registration_form(visit, link, problems));
    if (core::find_account(visit.tx, visit.tenant.id, link.email))
        throw Conflict(tr_noop("There is an account with this address already. Please sign in."));
    core::use_address_link(visit.tx, link.id, visit.now);
    const auto id =
        core::add_resident(visit.tx, visit.tenant.id, link.email, name, hash ? *hash : std::string(), visit.now);
    visit.record("account.registered", {"accounts", id.value});
    return let_in(visit, *core::find_account(visit.tx, id), false, safe_return(link.back));
}

http::Response link_sign_in_page(Visit& visit) {
    if (visit.account) return http::Response::redirect(landing(visit, *visit.account, return_of(visit)));
    return visit.page(head_of(visit, tr_noop("Sign in by a link")),
                      address_form(visit, {}, tr_noop("Sign in by a link"),
                                   tr_noop("We send a link to the address of your account. It works once, for 15 "
                                           "minutes. Staff sign in with their password."),
                                   tr_noop("Send the link")));
}

http::Response link_sign_in(Visit& visit) {
    const std::string email = lower_ascii(trimmed(visit.form["email"]));
    const Problems problems = check_asked(visit, email);
    if (problems.any())
        return core::show_again(
            visit, head_of(visit, tr_noop("Sign in by a link")),
            address_form(visit, problems, tr_noop("Sign in by a link"), {}, tr_noop("Send the link")));
    plan(visit, AddressPurpose::sign_in, email);
    return visit.go("/anmelden", tr_noop("If there is an account with this address, a link is on its way. It works for "
                                         "15 minutes."));
}

http::Response sign_in_link_page(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::sign_in);
    return visit.page(head_of(visit, tr_noop("Sign in")),
                      press_form(visit, tr_noop("Sign in"), tr_noop("Account: {email}", {{"email", link.email}}),
                                 tr_noop("Sign in")));
}

http::Response sign_in_link(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::sign_in);
    const auto account = core::find_account(visit.tx, link.account);
    if (!account || account->state != core::AccountState::active || account->email != link.email) throw NotFound();
    core::use_address_link(visit.tx, link.id, visit.now);
    return let_in(visit, *account, !account->totp_sealed.empty(), safe_return(link.back));
}

http::Response new_address_page(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::change);
    return visit.page(head_of(visit, tr_noop("New address")),
                      press_form(visit, tr_noop("New address"),
                                 tr_noop("{email} becomes the address of your account.", {{"email", link.email}}),
                                 tr_noop("Use this address")));
}

http::Response new_address(Visit& visit) {
    const auto link = need_link(visit, AddressPurpose::change);
    const auto account = core::find_account(visit.tx, link.account);
    if (!account || account->state != core::AccountState::active) throw NotFound();
    if (core::find_account(visit.tx, visit.tenant.id, link.email))
        throw Conflict(tr_noop("There is an account with this address already."));
    core::use_address_link(visit.tx, link.id, visit.now);
    core::set_account_email(visit.tx, account->id, link.email);
    if (account->has_address()) tell_old_address(visit, *account, link.email);
    visit.record("account.address", {"accounts", account->id.value});
    return visit.go(visit.signed_in() ? "/konto" : "/anmelden", tr_noop("Your new address is in use from now on."));
}

}  // namespace mitwirken::accounts
