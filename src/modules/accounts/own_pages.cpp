// One's own account: password, second factor, sessions, data.
// What must stay true: a session alone (somebody else's, taken over) changes neither password nor second factor; each
// asks for the present password, and the second factor, where there is one, for a code of it.
#include <nlohmann/json.hpp>

#include "accounts/templates.h"
#include "core/access/throttle.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/accounts/accounts.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

// 10 guesses of one's own password or code, then one every 90 seconds.
core::Throttle& by_own_account(const core::House& house) {
    return house.throttles.named("accounts.by_own_account", 10, std::chrono::seconds{90});
}

// Who has no password has to have signed in this short a time ago.
constexpr auto just_now = std::chrono::minutes{15};

// Staff see their account within the administration, residents within the site.
core::PageHead head_of(const Visit& visit, const std::string& title) {
    if (visit.actor.staff()) return {.title = title, .kind = "admin", .admin = true};
    return {.title = title, .kind = "form", .index = false};
}

html::SafeHtml framed(Visit& visit, const core::Heading& heading, const html::SafeHtml& content) {
    namespace t = tpl::frame;
    html::Values values;
    values.set(t::HEAD, visit.actor.staff() ? core::admin_head(visit, heading) : core::page_head(visit, heading));
    values.show(visit.actor.staff() ? t::STAFF : t::RESIDENT);
    values.set(t::CONTENT, content);
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml sessions_table(Visit& visit) {
    core::TableView view{.id = "sessions", .caption = visit.tr("Where you are signed in")};
    view.columns = {visit.tr("Device"), visit.tr("Since"), visit.tr("Last seen"), ""};
    for (const auto& session : core::sessions(visit.tx, visit.actor.account, visit.now)) {
        const bool here = visit.session && session.id == visit.session->id;
        const std::string device = session.device.empty() ? visit.tr("Unknown device") : session.device;
        core::Cell end{.text = visit.tr("End"),
                       .post_to = "/konto/sitzungen/beenden",
                       .fields = {{"id", std::to_string(session.id.value)}},
                       .spoken = device};
        view.rows.push_back({core::text_cell(device), core::text_cell(visit.language.date_time(session.created_at)),
                             core::text_cell(visit.language.ago(session.seen_at, visit.now)),
                             here ? core::pill_cell(visit.tr("this device"), "ok") : end});
    }
    return core::table(visit, view);
}

html::SafeHtml own_content(Visit& visit, const Problems& problems) {
    namespace t = tpl::own;
    const auto account = me(visit);
    html::Values values;
    if (account.is_resident()) values.set(t::PERSON, resident_part(visit, account, problems));
    if (account.password_hash.empty() && account.has_address())
        values.add(t::NO_PASSWORD).set(t::URL, visit.url("/passwort")).set(t::EMAIL, account.email);
    core::FormView password(visit, visit.form, problems.of("name") ? Problems{} : problems);
    password.password("current", tr_noop("Present password")).fill("current-password");
    password.password("password", tr_noop("New password"))
        .fill("new-password")
        .hint(tr_noop("At least 12 letters. Several words are easy to remember and hard to guess."));
    if (!account.password_hash.empty())
        values.set(
            t::PASSWORD,
            password.html(
                {.action = "/konto/passwort", .submit = tr_noop("Change password"), .once = false, .id = "password"}));
    values.set(t::SESSIONS, sessions_table(visit)).set(t::END_OTHERS_URL, visit.url("/konto/sitzungen/andere-beenden"));
    values.set(t::TOTP_URL, visit.url("/konto/zweiter-faktor")).set(t::DATA_URL, visit.url("/konto/daten"));
    if (account.totp_sealed.empty())
        values.show(t::NO_TOTP);
    else
        values.add(t::TOTP).set(t::CODES,
                                visit.language.plural("One recovery code is left.", "{n} recovery codes are left.",
                                                      core::recovery_codes_left(visit.tx, account.id)));
    const auto& lead = account.name + " · " + account.email + " · " + visit.tr(core::role_name(account.role));
    return framed(visit, {.title = visit.tr("My account"), .lead = account.is_resident() ? "" : lead},
                  html::render_part(t::file, values, visit.language));
}

}  // namespace

core::Account me(Visit& visit) {
    auto account = core::find_account(visit.tx, visit.actor.account);
    if (!account) throw NotFound();
    return *account;
}

http::Response own_shown(Visit& visit, const core::Heading& heading, const html::SafeHtml& content,
                         const Problems& problems) {
    const auto page = framed(visit, heading, content);
    const auto head = head_of(visit, heading.title);
    return problems.any() ? core::show_again(visit, head, page) : visit.page(head, page);
}

http::Response own_again(Visit& visit, const Problems& problems) {
    return core::show_again(visit, head_of(visit, visit.tr("My account")), own_content(visit, problems));
}

// The fields that show that it is really the account's owner: "current" and, where there is a second factor, "present".
void add_proof(core::FormView& form, const core::Account& account) {
    if (!account.password_hash.empty()) form.password("current", tr_noop("Present password")).fill("current-password");
    if (!account.totp_sealed.empty())
        form.code("present", tr_noop("Code of the second factor so far"))
            .fill("one-time-code")
            .hint(tr_noop("From your app, or one of your recovery codes."));
}

namespace {

// The present password, as check_own_password found it. Guesses are slowed.
void check_password_typed(Visit& visit, Problems& problems) {
    const auto* checked = visit.prepared<OwnPassword>();
    if (checked && checked->wait.count() > 0)
        throw TooManyRequests(tr_noop("There were many attempts. Please wait {n} seconds and try again.",
                                      {{"n", std::to_string(checked->wait.count())}}));
    if (!checked || !checked->right) problems.add("current", tr_noop("This is not your present password."));
}

// Last of all checks, because it uses the code up.
void check_present_code(Visit& visit, const core::Account& account, Problems& problems) {
    if (account.totp_sealed.empty() || problems.any()) return;
    if (!code_is_right(visit, account, visit.form["present"]))
        problems.add("present", tr_noop("This code is not right. Please enter the newest one."));
}

}  // namespace

void check_proof(Visit& visit, const core::Account& account, Problems& problems) {
    if (!account.password_hash.empty())
        check_password_typed(visit, problems);
    else if (visit.session->created_at + just_now < visit.now)
        problems.add("", tr_noop("For this you have to have signed in just now. Please sign out, sign in again, and "
                                 "come back."));
    check_present_code(visit, account, problems);
}

namespace {

// What the set-up shows; the secret travels in the form, sealed, until it is confirmed.
html::SafeHtml totp_content(Visit& visit, const std::string& secret, const Problems& problems) {
    namespace t = tpl::totp;
    const auto account = me(visit);
    html::Values values;
    values.set(t::SECRET, secret);
    values.set(t::QR, html::svg_image(pdf::qr_svg(crypto::totp_uri(secret, account.email, visit.tenant.site_name), 200),
                                      visit.tr("QR code for your authenticator app")));
    core::FormView form(visit, visit.form, problems);
    form.hidden("sealed", crypto::seal(visit.house.key, secret));
    add_proof(form, account);
    form.code("code", account.totp_sealed.empty() ? tr_noop("Code from the app") : tr_noop("Code from the new app"))
        .fill("one-time-code");
    values.set(t::FORM, form.html({.submit = tr_noop("Switch on"), .cancel = "/konto", .once = false}));
    return framed(visit, {.title = visit.tr("Second factor"), .crumbs = {{visit.tr("My account"), "/konto"}}},
                  html::render_part(t::file, values, visit.language));
}

html::SafeHtml totp_off_content(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    add_proof(form, me(visit));
    return framed(visit,
                  {.title = visit.tr("Switch off the second factor"),
                   .lead = visit.tr("From then on your password alone opens your account."),
                   .crumbs = {{visit.tr("My account"), "/konto"}}},
                  form.html({.action = "/konto/zweiter-faktor/aus",
                             .submit = tr_noop("Switch off"),
                             .cancel = "/konto",
                             .once = false}));
}

}  // namespace

// Argon2 takes its time, so it runs before the transaction.
void check_own_password(core::Preparation& p) {
    OwnPassword result;
    const std::string key = std::to_string(p.actor.account.value);
    result.wait = by_own_account(p.house).take(key, p.now);
    std::optional<core::Account> account;
    if (result.wait.count() == 0)
        p.house.database->read([&](db::Tx& tx) { account = core::find_account(tx, p.actor.account); });
    result.right = account && crypto::verify_password(account->password_hash, p.form["current"]);
    if (result.right && p.form.has("password"))
        result.new_hash = crypto::hash_password(first_letters(p.form["password"], 1000));
    // With a second factor the code is still to be guessed.
    if (result.right && account->totp_sealed.empty()) by_own_account(p.house).forget(key);
    p.result = result;
}

http::Response own_page(Visit& visit) {
    return visit.page(head_of(visit, visit.tr("My account")), own_content(visit, {}));
}

http::Response own_password(Visit& visit) {
    const auto account = me(visit);
    Problems problems;
    check_password_typed(visit, problems);
    const auto password = core::check_password(visit.form["password"], account.email);
    if (!password) problems.append(password.problems());
    if (problems.any())
        return core::show_again(visit, head_of(visit, visit.tr("My account")), own_content(visit, problems));
    core::set_password(visit.tx, account.id, visit.prepared<OwnPassword>()->new_hash);
    core::end_sessions(visit.tx, account.id, visit.session->id);
    visit.record("account.password", {"accounts", account.id.value});
    return visit.go("/konto", tr_noop("Your password is changed; all other devices are signed out."));
}

http::Response end_session(Visit& visit) {
    const auto id = to_int(visit.form["id"]);
    if (!id || !core::end_session(visit.tx, visit.actor.account, core::SessionId{*id})) throw NotFound();
    return visit.go("/konto", tr_noop("The session is ended."));
}

http::Response end_other_sessions(Visit& visit) {
    core::end_sessions(visit.tx, visit.actor.account, visit.session->id);
    return visit.go("/konto", tr_noop("All other devices are signed out."));
}

http::Response totp_page(Visit& visit) {
    return visit.page(head_of(visit, visit.tr("Second factor")), totp_content(visit, crypto::new_totp_secret(), {}));
}

http::Response totp_on(Visit& visit) {
    const auto secret = crypto::open(visit.house.key, visit.form["sealed"]);
    if (!secret) throw BadRequest();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(visit.now.time_since_epoch()).count();
    const auto step = crypto::check_totp(*secret, trimmed(visit.form["code"]), seconds, 0);
    const auto account = me(visit);
    Problems problems;
    check_password_typed(visit, problems);
    if (!step) problems.add("code", tr_noop("This code is not right. Please enter the newest one."));
    check_present_code(visit, account, problems);
    if (problems.any())
        return core::show_again(visit, head_of(visit, visit.tr("Second factor")),
                                totp_content(visit, *secret, problems));
    std::vector<std::string> codes, hashes;
    for (int i = 0; i < 10; ++i) {
        codes.push_back(crypto::random_password(10));
        hashes.push_back(crypto::token_hash(codes.back()));
    }
    core::set_totp(visit.tx, visit.actor.account, crypto::seal(visit.house.key, *secret), *step);
    core::set_recovery_codes(visit.tx, visit.actor.account, hashes);
    by_own_account(visit.house).forget(std::to_string(visit.actor.account.value));
    visit.record("account.second_factor_on", {"accounts", visit.actor.account.value});
    namespace t = tpl::codes;
    html::Values values;
    for (const auto& one : codes) values.add(t::ITEM).set(t::RECOVERY, one);
    values.set(t::BACK_URL, visit.url("/konto"));
    return visit.page(
        head_of(visit, visit.tr("Recovery codes")),
        framed(visit, {.title = visit.tr("Recovery codes"), .crumbs = {{visit.tr("My account"), "/konto"}}},
               html::render_part(t::file, values, visit.language)));
}

http::Response totp_off_page(Visit& visit) {
    if (me(visit).totp_sealed.empty()) return http::Response::redirect(visit.url("/konto"));
    return visit.page(head_of(visit, visit.tr("Switch off the second factor")), totp_off_content(visit, {}));
}

http::Response totp_off(Visit& visit) {
    Problems problems;
    check_password_typed(visit, problems);
    check_present_code(visit, me(visit), problems);
    if (problems.any())
        return core::show_again(visit, head_of(visit, visit.tr("Switch off the second factor")),
                                totp_off_content(visit, problems));
    core::set_totp(visit.tx, visit.actor.account, "", 0);
    core::set_recovery_codes(visit.tx, visit.actor.account, {});
    by_own_account(visit.house).forget(std::to_string(visit.actor.account.value));
    visit.record("account.second_factor_off", {"accounts", visit.actor.account.value});
    return visit.go("/konto", tr_noop("The second factor is switched off."));
}

http::Response own_data(Visit& visit) {
    nlohmann::ordered_json data;
    for (const auto& module : visit.house.modules)
        if (module.export_person) data[module.name] = module.export_person(visit.tx, visit.actor.account);
    http::Response response = http::Response::json(200, data.dump(2));
    response.headers.set("Content-Disposition", "attachment; filename=\"meine-daten.json\"");
    return response;
}

}  // namespace mitwirken::accounts
