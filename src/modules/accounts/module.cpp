// The module's manifest: signing in, one's own account, people and roles.
#include <nlohmann/json.hpp>

#include "core/audit/audit.h"
#include "core/manifest.h"
#include "modules/accounts/accounts.h"
#include "modules/accounts/services.h"
#include "modules/accounts/store.h"

namespace mitwirken::accounts {

namespace {

constexpr std::string_view manage = "accounts.manage";
constexpr std::string_view prove = "accounts.prove";

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

// Accounts by their number, departments by the negative of theirs; operators read the record of the installation.
std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    const core::TenantId tenant = visit.actor.role == core::Role::operator_ ? core::TenantId{} : visit.tenant.id;
    std::vector<std::int64_t> accounts, departments;
    for (const auto item : items) (item < 0 ? departments : accounts).push_back(item < 0 ? -item : item);
    const bool linked = visit.may(manage).allowed;
    for (auto& [id, name] : core::titles_of(visit.tx, tenant, "core_account", "name", accounts))
        names[id] = {std::move(name), linked ? "/verwaltung/personen/" + std::to_string(id) : ""};
    for (auto& [id, name] : core::titles_of(visit.tx, tenant, "core_organisation", "name", departments))
        names[-id] = {std::move(name), linked ? "/verwaltung/organisationen" : ""};
    return names;
}

std::vector<core::RecordedAction> recorded() {
    return {{"account.invited", tr_noop("Account invited")},
            {"account.accepted", tr_noop("Invitation accepted")},
            {"account.changed", tr_noop("Account changed")},
            {"account.erased", tr_noop("Account erased")},
            {"account.password", tr_noop("Own password changed")},
            {"account.password_reset", tr_noop("Password set by a link")},
            {"account.second_factor_on", tr_noop("Second factor switched on")},
            {"account.second_factor_off", tr_noop("Second factor switched off")},
            {"account.signed_in", tr_noop("Signed in")},
            {"account.signed_out", tr_noop("Signed out")},
            {"account.sign_in_failed", tr_noop("Sign-in failed")},
            {"account.registered", tr_noop("Resident registered")},
            {"account.address", tr_noop("Own address changed")},
            {"account.verified", tr_noop("Proved to live here")},
            {"account.left", tr_noop("Own account deleted")},
            {"account.proof_codes", tr_noop("Codes made for people to prove that they live here")},
            {"account.service_added", tr_noop("Sign-in service added")},
            {"account.service_changed", tr_noop("Sign-in service changed")},
            {"account.service_removed", tr_noop("Sign-in service removed")},
            {"organisation.added", tr_noop("Department or association added")}};
}

// An answer that comes by a link: slow work before the transaction, no cross-site check.
core::Route callback(std::string_view pattern, http::Response (*handler)(core::Visit&),
                     void (*prepare)(core::Preparation&)) {
    return {.pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .prepare = prepare,
            .kind = core::RouteKind::callback,
            .cacheable = false};
}

std::vector<core::Route> signing_in() {
    using core::everyone;
    return {
        get("/anmelden", everyone, sign_in_page),
        post("/anmelden", everyone, sign_in, check_sign_in),
        get("/anmelden/code", everyone, code_page),
        post("/anmelden/code", everyone, code),
        get("/anmelden/link", everyone, link_sign_in_page),
        post("/anmelden/link", everyone, link_sign_in),
        get("/anmelden/link/{token}", everyone, sign_in_link_page),
        post("/anmelden/link/{token}", everyone, sign_in_link),
        get("/registrieren", everyone, register_page),
        post("/registrieren", everyone, register_),
        get("/registrieren/{token}", everyone, registration_page),
        post("/registrieren/{token}", everyone, registration, hash_if_link),
        post("/abmelden", everyone, sign_out),
        get("/passwort", everyone, forgotten_page),
        post("/passwort", everyone, forgotten),
        get("/passwort/{token}", everyone, link_page),
        post("/passwort/{token}", everyone, link, hash_new_password),
        get("/einladung/{token}", everyone, link_page),
        post("/einladung/{token}", everyone, link, hash_new_password),
        callback("/anmelden/mit/{service}", departure, prepare_departure),
        callback("/anmelden/zurueck", arrival, prepare_arrival),
    };
}

std::vector<core::Route> own_account() {
    using core::everyone;
    using core::signed_in;
    return {
        get("/konto", signed_in, own_page),
        post("/konto/passwort", signed_in, own_password, check_own_password),
        post("/konto/sitzungen/beenden", signed_in, end_session),
        post("/konto/sitzungen/andere-beenden", signed_in, end_other_sessions),
        get("/konto/zweiter-faktor", signed_in, totp_page),
        post("/konto/zweiter-faktor", signed_in, totp_on, check_own_password),
        get("/konto/zweiter-faktor/aus", signed_in, totp_off_page),
        post("/konto/zweiter-faktor/aus", signed_in, totp_off, check_own_password),
        get("/konto/daten", signed_in, own_data),
        post("/konto/name", signed_in, change_name),
        get("/konto/e-mail", signed_in, address_page),
        post("/konto/e-mail", signed_in, change_address, check_own_password),
        get("/konto/e-mail/{token}", everyone, new_address_page),
        post("/konto/e-mail/{token}", everyone, new_address),
        get("/konto/nachweis", signed_in, proof_page),
        post("/konto/nachweis", signed_in, give_proof),
        get("/konto/loeschen", signed_in, leave_page),
        post("/konto/loeschen", signed_in, leave, check_own_password),
        post("/konto/dienste/trennen", signed_in, unlink_service),
    };
}

std::vector<core::Route> administration() {
    return {
        get("/verwaltung/anmeldedienste", manage, services_page),
        get("/verwaltung/anmeldedienste-neu", manage, new_service_page),
        post("/verwaltung/anmeldedienste-neu", manage, add_service_page),
        get("/verwaltung/anmeldedienste/{service}", manage, service_page),
        post("/verwaltung/anmeldedienste/{service}", manage, save_service_page),
        post("/verwaltung/anmeldedienste/{service}/loeschen", manage, remove_service),
        get("/verwaltung/nachweise", prove, codes_page),
        post("/verwaltung/nachweise", prove, make_codes),
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
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "accounts";
    m.title = tr_noop("People and roles");
    m.recorded = recorded();
    m.name_items = name_items;
    m.actions = {{manage, {core::Role::admin}}, {prove, {core::Role::admin, core::Role::coordinator}}};
    m.settings = {{registration_setting, core::Setting::Kind::on_off, tr_noop("Residents may register"),
                   tr_noop("Off: nobody can make a new account; whoever has one keeps it."), "on"}};
    for (auto part : {signing_in(), own_account(), administration()})
        for (auto& route : part) m.routes.push_back(std::move(route));
    m.navigation = {{core::Navigation::Place::admin, "/verwaltung/personen", tr_noop("People and roles"), 900, manage,
                     "people", "Settings"},
                    {core::Navigation::Place::admin, "/verwaltung/nachweise", tr_noop("Proof of living here"), 905,
                     prove, "key", "Settings"},
                    {core::Navigation::Place::admin, "/verwaltung/anmeldedienste", tr_noop("Sign-in services"), 907,
                     manage, "key", "Settings"}};
    m.personal = {{"core_account", "email", "sign-in and mails", "until the account is erased"},
                  {"core_account", "name", "who wrote what", "until the account is erased"},
                  {"core_account", "password_hash", "sign-in", "until the account is erased"},
                  {"core_account", "totp_sealed", "second factor", "until it is switched off"},
                  {"core_account", "verified_by", "who showed that somebody lives here", "until the account is erased"},
                  {"core_address_link", "email", "proof of an address", "a day at most"},
                  {"core_identity", "subject", "sign-in by another service", "until the account is erased"},
                  {"core_session", "device", "list of own sessions", "until the night after it ends"},
                  {"core_mail", "recipient", "delivery", "until the mail is sent"}};
    m.jobs = {{"accounts.reset", send_reset}, {"accounts.address", send_address_mail}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { accounts::erase_person(tx, id); };
    return m;
}

}  // namespace mitwirken::accounts
