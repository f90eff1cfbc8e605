// Signing in and out, the second factor, forgotten passwords and invitations. Sign-in links: address_pages.cpp.
#include <fmt/format.h>

#include "accounts/templates.h"
#include "core/access/throttle.h"
#include "core/audit/audit.h"
#include "core/cookies.h"
#include "core/forms/forms.h"
#include "core/participants/participants.h"
#include "modules/accounts/accounts.h"
#include "modules/accounts/services.h"
#include "platform/crypto/crypto.h"
#include "platform/http/target.h"
#include "platform/mail/mail.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

// 20 tries a quarter of an hour from one address; 10 on one account from browsers we do not know.
core::Throttle& by_address(const core::House& house) {
    return house.throttles.named("accounts.by_address", 20, std::chrono::seconds{45});
}
core::Throttle& by_account(const core::House& house) {
    return house.throttles.named("accounts.by_account", 10, std::chrono::seconds{90});
}
core::Throttle& by_code(const core::House& house) {
    return house.throttles.named("accounts.by_code", 6, std::chrono::seconds{60});
}
core::Throttle& by_reset(const core::House& house) {
    return house.throttles.named("accounts.by_reset", 3, std::chrono::minutes{10});
}

constexpr std::string_view device_purpose = "device";

// Has this browser signed in to this account before? The mark is "account.signature".
bool known_device(const core::House& house, const http::Request& request, core::AccountId account) {
    const std::string mark = request.cookie("mw_device");
    const auto dot = mark.find('.');
    if (dot == std::string::npos || mark.substr(0, dot) != std::to_string(account.value)) return false;
    return crypto::verify(house.key, device_purpose, mark.substr(0, dot), mark.substr(dot + 1));
}

void mark_device(http::Response& response, Visit& visit, core::AccountId account) {
    const std::string id = std::to_string(account.value);
    response.headers.add("Set-Cookie", "mw_device=" + id + "." + crypto::sign(visit.house.key, device_purpose, id) +
                                           "; Max-Age=31536000" + core::cookie_end(visit.request));
}

// In the record of those who look after the account: the municipality's, or the installation's. What was typed is not
// recorded, nor where it came from.
void note(Visit& visit, core::TenantId chain, core::AccountId by, std::string_view what, core::AccountId whose,
          const std::string& details = "") {
    core::audit(visit.tx, chain, by, what, {"accounts", whose.value}, details, visit.now);
}

}  // namespace

core::PageHead head_of(Visit& visit, const Message& title) {
    return {.title = visit.tr(title), .kind = "form", .index = false};
}

// The narrow card all of these pages are.
html::SafeHtml card(Visit& visit, const Message& title, const Message& lead, const html::SafeHtml& form,
                    const Message& link, const std::string& link_url) {
    namespace t = tpl::card;
    html::Values values;
    values.set(t::TITLE, visit.tr(title)).set(t::FORM, form);
    if (!lead.empty()) values.add(t::LEAD).set(t::TEXT, visit.tr(lead));
    if (!link.empty()) values.add(t::LINK).set(t::URL, visit.url(link_url)).set(t::TEXT, visit.tr(link));
    return html::render_part(t::file, values, visit.language);
}

namespace {

html::SafeHtml sign_in_form(Visit& visit, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    const std::string back = return_of(visit);
    form.hidden("weiter", back);
    form.email("email", tr_noop("E-mail address")).fill("username");
    form.password("password", tr_noop("Password")).fill("current-password");
    namespace t = tpl::sign_in;
    html::Values page;
    page.set(t::FORM, form.html({.action = "/anmelden", .submit = tr_noop("Sign in"), .once = false}));
    page.set(t::FORGOTTEN_URL, visit.url("/passwort"));
    const std::string further = back.empty() ? "" : "?weiter=" + escape_url(back);
    page.set(t::LINK_URL, visit.url("/anmelden/link" + further));
    const auto ways = ways_in(visit, back);
    if (!ways.empty()) {
        auto box = page.add(t::SERVICES);
        for (const auto& [url, service] : ways) box.add(t::SERVICE).set(t::URL, url).set(t::LABEL, service.label);
    }
    if (visit.setting_on(registration_setting)) page.add(t::REGISTER).set(t::URL, visit.url("/registrieren" + further));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace

std::string return_of(const Visit& visit) {
    return safe_return(visit.request.method == http::Method::post ? visit.form["weiter"] : visit.query["weiter"]);
}

http::Response let_in(Visit& visit, const core::Account& account, bool pending, const std::string& back) {
    // A token that somebody has planted in this browser, or that was valid before, opens nothing from now on.
    if (visit.session) core::end_session(visit.tx, visit.session->account, visit.session->id);
    const std::string token = core::start_session(
        visit.tx, account.id, device_words(visit.request.headers["User-Agent"]), pending, visit.now);
    http::Response response = http::Response::redirect(pending ? visit.url("/anmelden/code?weiter=" + escape_url(back))
                                                               : landing(visit, account, back));
    response.headers.add("Set-Cookie", "mw_session=" + token + "; Max-Age=1209600" + core::cookie_end(visit.request));
    if (pending) return response;
    core::note_sign_in(visit.tx, account.id, visit.now);
    if (!account.is_resident()) note(visit, account.tenant, account.id, "account.signed_in", account.id);
    mark_device(response, visit, account.id);
    // What was done in this browser before belongs to the person; staff sit at computers of others, too.
    if (account.is_resident())
        core::claim_participant(visit.tx, visit.tenant.id, visit.request.cookie(core::participant_cookie), account.id,
                                visit.now);
    return response;
}

namespace {

core::LinkPurpose purpose_of(std::string_view path) {
    return starts_with(path, "/einladung") ? core::LinkPurpose::invitation : core::LinkPurpose::password_reset;
}

// Whose link this is; nobody's when it belongs to another municipality.
std::optional<core::Account> account_of_link(db::Tx& tx, core::TenantId here, const std::string& token,
                                             core::LinkPurpose purpose, Timestamp now) {
    auto account = core::find_link(tx, token, purpose, now);
    if (account && account->tenant && account->tenant != here) account.reset();
    return account;
}

core::Account need_link(Visit& visit) {
    auto account =
        account_of_link(visit.tx, visit.tenant.id, visit.parameter("token"), purpose_of(visit.path), visit.now);
    if (!account)
        throw NotFound(tr_noop(
            "This link does not work any more. It may have been used, or it is too old. Please ask for a new one."));
    return *account;
}

html::SafeHtml link_form(Visit& visit, const core::Account& account, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.password("password", tr_noop("New password"))
        .fill("new-password")
        .hint(tr_noop("At least 12 letters. Several words are easy to remember and hard to guess."));
    const bool invited = purpose_of(visit.path) == core::LinkPurpose::invitation;
    return card(visit, invited ? tr_noop("Welcome") : tr_noop("New password"),
                tr_noop("Account: {email}", {{"email", account.email}}),
                form.html({.submit = tr_noop("Save password and sign in"), .once = false}));
}

}  // namespace

void check_sign_in(core::Preparation& p) {
    Checked checked;
    checked.wait = by_address(p.house).take(http::network_of(p.request.remote), p.now);
    const std::string email = lower_ascii(trimmed(p.form["email"]));
    std::optional<core::Account> account;
    p.house.database->read([&](db::Tx& tx) { account = core::find_account(tx, p.tenant.id, email); });
    if (checked.wait.count() == 0 && !(account && known_device(p.house, p.request, account->id)))
        checked.wait = by_account(p.house).take(p.tenant.key + "/" + email, p.now);
    if (checked.wait.count() > 0) {
        p.result = checked;
        return;
    }
    if (account) checked.account = account->id, checked.tenant = account->tenant;
    const bool usable = account && account->state == core::AccountState::active && !account->password_hash.empty();
    if (!usable)
        crypto::verify_nothing(p.form["password"]);
    else if (crypto::verify_password(account->password_hash, p.form["password"])) {
        checked.right = true;
        checked.second_factor = !account->totp_sealed.empty();
        by_account(p.house).forget(p.tenant.key + "/" + email);
    }
    p.result = checked;
}

// Hashing costs time and memory on purpose: not for everybody who sends something to an address that might be a link.
void hash_new_password(core::Preparation& p) {
    const auto& token = p.parameters.find("token")->second;
    std::optional<core::Account> account;
    p.house.database->read([&](db::Tx& tx) {
        for (const auto purpose : {core::LinkPurpose::invitation, core::LinkPurpose::password_reset})
            if (!account) account = account_of_link(tx, p.tenant.id, token, purpose, p.now);
    });
    if (account && core::check_password(p.form["password"], account->email))
        p.result = crypto::hash_password(p.form["password"]);
}

http::Response sign_in_page(Visit& visit) {
    if (visit.account) return http::Response::redirect(landing(visit, *visit.account, return_of(visit)));
    visit.do_not_cache();
    return visit.page(head_of(visit, tr_noop("Sign in")), sign_in_form(visit, visit.form, {}));
}

http::Response sign_in(Visit& visit) {
    const auto* checked = visit.prepared<Checked>();
    if (!checked || checked->wait.count() > 0)
        throw TooManyRequests(wait_words(checked ? checked->wait : std::chrono::seconds{60}));
    if (checked->right)
        return let_in(visit, *core::find_account(visit.tx, checked->account), checked->second_factor, return_of(visit));
    note(visit, checked->account ? checked->tenant : visit.tenant.id, {}, "account.sign_in_failed", checked->account,
         checked->account ? "password" : "unknown");
    Problems problems;
    problems.add("email", tr_noop("E-mail address and password do not belong together."));
    return core::show_again(visit, head_of(visit, tr_noop("Sign in")), sign_in_form(visit, visit.form, problems));
}

namespace {

html::SafeHtml code_form(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.hidden("weiter", return_of(visit));
    form.code("code", tr_noop("Code"))
        .fill("one-time-code")
        .hint(tr_noop("Six digits from your app; it changes every 30 seconds. Or one of your recovery codes."));
    return card(visit, tr_noop("Confirm that it is you"), {},
                form.html({.action = "/anmelden/code", .submit = tr_noop("Confirm"), .once = false}));
}

}  // namespace

bool code_is_right(Visit& visit, const core::Account& account, const std::string& typed_code) {
    std::string typed;
    for (const char c : typed_code)
        if (c != ' ' && c != '-') typed += c;
    const auto secret = crypto::open(visit.house.key, account.totp_sealed);
    if (!secret) return false;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(visit.now.time_since_epoch()).count();
    if (const auto step = crypto::check_totp(*secret, typed, seconds, account.totp_last_step))
        return core::use_totp_step(visit.tx, account.id, *step);
    return core::use_recovery_code(visit.tx, account.id, crypto::token_hash(lower_ascii(typed)), visit.now);
}

http::Response code_page(Visit& visit) {
    if (!visit.session || !visit.session->second_factor_pending)
        return http::Response::redirect(visit.url("/anmelden"));
    return visit.page(head_of(visit, tr_noop("Confirm that it is you")), code_form(visit, {}));
}

http::Response code(Visit& visit) {
    if (!visit.session || !visit.session->second_factor_pending)
        return http::Response::redirect(visit.url("/anmelden"));
    const auto account = core::find_account(visit.tx, visit.session->account);
    if (!account) throw NotFound();
    const auto wait = by_code(visit.house).take(std::to_string(account->id.value), visit.now);
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
    if (!code_is_right(visit, *account, visit.form["code"])) {
        note(visit, account->tenant, {}, "account.sign_in_failed", account->id, "code");
        Problems problems;
        problems.add("code", tr_noop("This code is not right. Please enter the newest one."));
        return core::show_again(visit, head_of(visit, tr_noop("Confirm that it is you")), code_form(visit, problems));
    }
    by_code(visit.house).forget(std::to_string(account->id.value));
    return let_in(visit, *account, false, return_of(visit));
}

http::Response sign_out(Visit& visit) {
    if (visit.account && !visit.account->is_resident())
        note(visit, visit.account->tenant, visit.account->id, "account.signed_out", visit.account->id);
    if (visit.session) core::end_session(visit.tx, visit.session->account, visit.session->id);
    http::Response response = http::Response::redirect(visit.url("/"));
    response.headers.add("Set-Cookie", "mw_session=; Max-Age=0" + core::cookie_end(visit.request));
    return response;
}

namespace {

html::SafeHtml forgotten_form(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.email("email", tr_noop("E-mail address")).fill("username");
    return card(visit, tr_noop("Forgotten your password?"),
                tr_noop("We send you a link with which you can choose a new one."),
                form.html({.action = "/passwort", .submit = tr_noop("Send the link"), .once = false}));
}

}  // namespace

http::Response forgotten_page(Visit& visit) {
    return visit.page(head_of(visit, tr_noop("Forgotten your password?")), forgotten_form(visit, {}));
}

http::Response forgotten(Visit& visit) {
    const std::string email = lower_ascii(trimmed(visit.form["email"]));
    if (!mail::is_address(email)) {
        Problems problems;
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
        return core::show_again(visit, head_of(visit, tr_noop("Forgotten your password?")),
                                forgotten_form(visit, problems));
    }
    const auto wait = by_reset(visit.house).take(http::network_of(visit.request.remote), visit.now);
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
    // The same answer, after the same work, whether there is an account or not: the mail is a job's business.
    if (by_reset(visit.house).take(visit.tenant.key + "/" + email, visit.now).count() == 0) plan_reset(visit, email);
    return visit.go("/anmelden",
                    tr_noop("If there is an account with this address, a link is on its way. It works for two hours."));
}

http::Response link_page(Visit& visit) {
    return visit.page(head_of(visit, tr_noop("Choose a password")), link_form(visit, need_link(visit), {}));
}

http::Response link(Visit& visit) {
    const auto purpose = purpose_of(visit.path);
    const auto account = need_link(visit);
    const auto password = core::check_password(visit.form["password"], account.email);
    const auto* hash = visit.prepared<std::string>();
    if (!password || !hash)
        return core::show_again(visit, head_of(visit, tr_noop("Choose a password")),
                                link_form(visit, account, password ? Problems{} : password.problems()));
    core::use_link(visit.tx, visit.parameter("token"), purpose, visit.now);
    core::set_password(visit.tx, account.id, *hash);
    core::end_sessions(visit.tx, account.id);
    visit.record(purpose == core::LinkPurpose::invitation ? "account.accepted" : "account.password_reset",
                 {"accounts", account.id.value});
    return let_in(visit, account, !account.totp_sealed.empty(), "");
}

}  // namespace mitwirken::accounts
