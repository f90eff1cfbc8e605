// One's own account: password, second factor, sessions, data.
#include <nlohmann/json.hpp>

#include "accounts/templates.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/accounts/accounts.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

core::Account me(Visit& visit) {
    auto account = core::find_account(visit.tx, visit.actor.account);
    if (!account) throw NotFound();
    return *account;
}

core::PageHead head_of(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

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
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("My account"),
                                                 .lead = account.name + " · " + account.email + " · " +
                                                         visit.tr(core::role_name(account.role))}));
    core::FormView password(visit, visit.form, problems);
    password.password("current", tr_noop("Present password")).fill("current-password");
    password.password("password", tr_noop("New password"))
        .fill("new-password")
        .hint(tr_noop("At least 12 letters. Several words are easy to remember and hard to guess."));
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
    return html::render_part(t::file, values, visit.language);
}

// What the set-up shows; the secret travels in the form, sealed, until it is confirmed.
html::SafeHtml totp_content(Visit& visit, const std::string& secret, const Problems& problems) {
    namespace t = tpl::totp;
    const auto account = me(visit);
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Second factor"),
                                                 .crumbs = {{visit.tr("My account"), "/konto"}}}));
    values.set(t::SECRET, secret);
    values.set(t::QR, html::svg_image(pdf::qr_svg(crypto::totp_uri(secret, account.email, visit.tenant.site_name), 200),
                                      visit.tr("QR code for your authenticator app")));
    core::FormView form(visit, visit.form, problems);
    form.hidden("sealed", crypto::seal(visit.house.key, secret));
    form.code("code", tr_noop("Code from the app")).fill("one-time-code");
    values.set(t::FORM, form.html({.submit = tr_noop("Switch on"), .cancel = "/konto", .once = false}));
    return html::render_part(t::file, values, visit.language);
}

}  // namespace

http::Response own_page(Visit& visit) { return visit.page(head_of(visit.tr("My account")), own_content(visit, {})); }

http::Response own_password(Visit& visit) {
    const auto account = me(visit);
    Problems problems;
    const auto* checked = visit.prepared<std::pair<bool, std::string>>();
    if (!checked || !checked->first) problems.add("current", tr_noop("This is not your present password."));
    const auto password = core::check_password(visit.form["password"], account.email);
    if (!password) problems.append(password.problems());
    if (problems.any()) return core::show_again(visit, head_of(visit.tr("My account")), own_content(visit, problems));
    core::set_password(visit.tx, account.id, checked->second);
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
    return visit.page(head_of(visit.tr("Second factor")), totp_content(visit, crypto::new_totp_secret(), {}));
}

http::Response totp_on(Visit& visit) {
    const auto secret = crypto::open(visit.house.key, visit.form["sealed"]);
    if (!secret) throw BadRequest();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(visit.now.time_since_epoch()).count();
    const auto step = crypto::check_totp(*secret, trimmed(visit.form["code"]), seconds, 0);
    if (!step) {
        Problems problems;
        problems.add("code", tr_noop("This code is not right. Please enter the newest one."));
        return core::show_again(visit, head_of(visit.tr("Second factor")), totp_content(visit, *secret, problems));
    }
    std::vector<std::string> codes, hashes;
    for (int i = 0; i < 10; ++i) {
        codes.push_back(crypto::random_password(10));
        hashes.push_back(crypto::token_hash(codes.back()));
    }
    core::set_totp(visit.tx, visit.actor.account, crypto::seal(visit.house.key, *secret), *step);
    core::set_recovery_codes(visit.tx, visit.actor.account, hashes);
    visit.record("account.second_factor_on", {"accounts", visit.actor.account.value});
    namespace t = tpl::codes;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Recovery codes"),
                                                 .crumbs = {{visit.tr("My account"), "/konto"}}}));
    for (const auto& one : codes) values.add(t::ITEM).set(t::RECOVERY, one);
    values.set(t::BACK_URL, visit.url("/konto"));
    return visit.page(head_of(visit.tr("Recovery codes")), t::file, values);
}

http::Response totp_off(Visit& visit) {
    core::set_totp(visit.tx, visit.actor.account, "", 0);
    core::set_recovery_codes(visit.tx, visit.actor.account, {});
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
