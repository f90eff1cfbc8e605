// The module's manifest: signing in, one's own account, people and roles.
#include <nlohmann/json.hpp>

#include "core/manifest.h"
#include "modules/accounts/accounts.h"
#include "modules/accounts/store.h"

namespace mitwirken::accounts {

namespace {

constexpr std::string_view manage = "accounts.manage";

core::Route get(std::string_view pattern, std::string_view permission, http::Response (*handler)(core::Visit&)) {
    return {.method = http::Method::get,
            .pattern = pattern,
            .permission = permission,
            .handler = handler,
            .cacheable = false};
}
core::Route post(std::string_view pattern, std::string_view permission, http::Response (*handler)(core::Visit&),
                 void (*prepare)(core::Preparation&) = nullptr) {
    core::Route route{.method = http::Method::post, .pattern = pattern, .permission = permission, .handler = handler};
    if (prepare) route.prepare = prepare;
    return route;
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "accounts";
    m.title = tr_noop("People and roles");
    m.actions = {{manage, {core::Role::admin}}};
    using core::everyone;
    using core::signed_in;
    m.routes = {
        get("/anmelden", everyone, sign_in_page),
        post("/anmelden", everyone, sign_in, check_sign_in),
        get("/anmelden/code", everyone, code_page),
        post("/anmelden/code", everyone, code),
        post("/abmelden", everyone, sign_out),
        get("/passwort", everyone, forgotten_page),
        post("/passwort", everyone, forgotten),
        get("/passwort/{token}", everyone, link_page),
        post("/passwort/{token}", everyone, link, hash_new_password),
        get("/einladung/{token}", everyone, link_page),
        post("/einladung/{token}", everyone, link, hash_new_password),
        get("/konto", signed_in, own_page),
        post("/konto/passwort", signed_in, own_password, check_own_password),
        post("/konto/sitzungen/beenden", signed_in, end_session),
        post("/konto/sitzungen/andere-beenden", signed_in, end_other_sessions),
        get("/konto/zweiter-faktor", signed_in, totp_page),
        post("/konto/zweiter-faktor", signed_in, totp_on, check_own_password),
        get("/konto/zweiter-faktor/aus", signed_in, totp_off_page),
        post("/konto/zweiter-faktor/aus", signed_in, totp_off, check_own_password),
        get("/konto/daten", signed_in, own_data),
        get("/verwaltung/personen", manage, people_page),
        get("/verwaltung/personen/einladen", manage, invite_page),
        post("/verwaltung/personen/einladen", manage, invite),
        get("/verwaltung/personen/{id}", manage, person_page),
        post("/verwaltung/personen/{id}", manage, save_person),
        post("/verwaltung/personen/{id}/einladen", manage, invite_again),
        post("/verwaltung/personen/{id}/loeschen", manage, erase_person),
        get("/verwaltung/organisationen", manage, organisations_page),
        post("/verwaltung/organisationen", manage, save_organisation),
    };
    m.navigation = {{core::Navigation::Place::admin, "/verwaltung/personen", tr_noop("People and roles"), 900, manage,
                     "people", "Settings"}};
    m.personal = {{"core_account", "email", "sign-in and mails", "until the account is erased"},
                  {"core_account", "name", "who wrote what", "until the account is erased"},
                  {"core_account", "password_hash", "sign-in", "until the account is erased"},
                  {"core_account", "totp_sealed", "second factor", "until it is switched off"},
                  {"core_session", "device", "list of own sessions", "until the night after it ends"},
                  {"core_mail", "recipient", "delivery", "until the mail is sent"}};
    m.jobs = {{"accounts.reset", send_reset}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp now) { accounts::erase_person(tx, id, now); };
    return m;
}

}  // namespace mitwirken::accounts
