// Administrators set up the sign-in services of their municipality.
#include "accounts/templates.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/accounts/services.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

const std::string base = "/verwaltung/anmeldedienste";

core::PageHead head(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

Service service_of(Visit& visit) {
    auto service = find_service(visit.tx, visit.tenant.id, visit.parameter("service"));
    if (!service) throw NotFound();
    return std::move(*service);
}

Form to_form(const Service& s) {
    Form form;
    form.set("label", s.label);
    form.set("issuer", s.issuer);
    form.set("client_id", s.client_id);
    form.set("scopes", s.scopes);
    form.set("verified_claim", s.verified_claim);
    if (s.active) form.set("active", "on");
    return form;
}

html::SafeHtml service_form(Visit& visit, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.text("label", tr_noop("Words on the button")).limit(80).hint(tr_noop("“Sign in with BundID”"));
    form.url("issuer", tr_noop("Address of the service (issuer)"))
        .hint(tr_noop("Exactly as the service calls itself; its description is found below it."));
    form.text("client_id", tr_noop("Name of this program (client ID)")).limit(300);
    form.password("secret", tr_noop("Secret (client secret)"))
        .optional()
        .hint(tr_noop("Kept encrypted. Leave it empty to keep the present one."));
    form.text("scopes", tr_noop("What is asked for (scopes)")).limit(300);
    form.text("verified_claim", tr_noop("What shows that somebody lives here (claim)"))
        .optional()
        .limit(300)
        .hint(tr_noop("A name such as resident, or name=value. Empty: an account of this service shows nothing."));
    form.check("active", tr_noop("Offered on the sign-in page"));
    return form.html({.cancel = base});
}

http::Response shown(Visit& visit, const std::string& title, const Form& values, const Problems& problems,
                     bool removable) {
    namespace t = tpl::service;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = title, .crumbs = {{visit.tr("Sign-in services"), base}}}));
    page.set(t::FORM, service_form(visit, values, problems));
    const std::string host = visit.request.scheme + "://" + std::string(visit.request.headers["Host"]);
    page.set(t::REDIRECT, host + "/anmelden/zurueck");
    if (removable) page.add(t::REMOVE).set(t::URL, visit.url(visit.path + "/loeschen"));
    const auto content = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head(title), content) : visit.page(head(title), content);
}

// The secret that was typed, sealed; else the one that is there.
std::string sealed_secret(const Visit& visit, const std::string& present) {
    const std::string& typed = visit.form["secret"];
    return typed.empty() ? present : crypto::seal(visit.house.key, typed);
}

}  // namespace

http::Response services_page(Visit& visit) {
    core::TableView view{.id = "services", .caption = visit.tr("Sign-in services")};
    view.columns = {visit.tr("Name"), visit.tr("Address"), visit.tr("State")};
    for (const auto& s : services(visit.tx, visit.tenant.id))
        view.rows.push_back({core::link_cell(s.label, base + "/" + s.key), core::text_cell(s.issuer),
                             s.active ? core::pill_cell(visit.tr("offered"), "ok")
                                      : core::pill_cell(visit.tr("switched off"), "plain")});
    namespace t = tpl::list;
    html::Values values;
    values.set(t::HEAD,
               core::admin_head(visit, {.title = visit.tr("Sign-in services"),
                                        .lead = visit.tr("Residents sign in with an account they have elsewhere: "
                                                         "BundID, a service account of the state, or your own."),
                                        .links = {{base + "-neu", visit.tr("Add"), "plus", true}}}));
    values.set(t::LIST, core::table(visit, view));
    return visit.page(head(visit.tr("Sign-in services")), t::file, values);
}

http::Response new_service_page(Visit& visit) {
    Form values;
    values.set("scopes", "openid email profile");
    values.set("active", "on");
    return shown(visit, visit.tr("A further service"), values, {}, false);
}

http::Response add_service_page(Visit& visit) {
    const auto checked = check_service(visit.form);
    if (!checked) return shown(visit, visit.tr("A further service"), visit.form, checked.problems(), false);
    Service service = *checked;
    const std::string word = slug(service.label).empty() ? "dienst" : slug(service.label);
    service.key = word;
    for (int n = 2; find_service(visit.tx, visit.tenant.id, service.key); ++n)
        service.key = word + "-" + std::to_string(n);
    service.secret_sealed = sealed_secret(visit, "");
    save_service(visit.tx, visit.tenant.id, service);
    visit.record("account.service_added", {"accounts", 0}, service.key);
    return visit.go(base, tr_noop("Saved."));
}

http::Response service_page(Visit& visit) {
    const auto service = service_of(visit);
    return shown(visit, service.label, to_form(service), {}, true);
}

http::Response save_service_page(Visit& visit) {
    const auto present = service_of(visit);
    const auto checked = check_service(visit.form);
    if (!checked) return shown(visit, present.label, visit.form, checked.problems(), true);
    Service service = *checked;
    service.id = present.id;
    service.key = present.key;
    service.secret_sealed = sealed_secret(visit, present.secret_sealed);
    save_service(visit.tx, visit.tenant.id, service);
    visit.record("account.service_changed", {"accounts", 0}, service.key);
    return visit.go(base, tr_noop("Saved."));
}

http::Response remove_service(Visit& visit) {
    const auto service = service_of(visit);
    delete_service(visit.tx, visit.tenant.id, service.key);
    visit.record("account.service_removed", {"accounts", 0}, service.key);
    return visit.go(base, tr_noop("The service is removed. Accounts that were made with it stay."));
}

}  // namespace mitwirken::accounts
