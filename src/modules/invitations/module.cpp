// The manifest of invitations (Einladungen).
#include <nlohmann/json.hpp>

#include "core/manifest.h"
#include "core/procedures/place.h"
#include "modules/invitations/invitations.h"

namespace mitwirken::invitations {

core::Manifest manifest() {
    using http::Method;
    core::Manifest m;
    m.name = "invitations";
    m.title = tr_noop("Invitations");
    m.recorded = {{"invitations.invited", tr_noop("People invited to a procedure")},
                  {"invitations.taken_back", tr_noop("Invitation taken back")}};
    const auto route = [&m](Method method, std::string_view pattern, std::string_view permission,
                            http::Response (*handler)(core::Visit&)) {
        m.routes.push_back(
            {.method = method, .pattern = pattern, .permission = permission, .handler = handler, .cacheable = false});
    };
    const auto staff = core::edit_procedures_action;
    route(Method::get, "/verwaltung/verfahren/{key}/eingeladene", staff, list_page);
    route(Method::post, "/verwaltung/verfahren/{key}/eingeladene", staff, invite);
    route(Method::post, "/verwaltung/verfahren/{key}/eingeladene/entfernen", staff, take_back);
    route(Method::get, "/eingeladen/{token}", core::everyone, invitation_page);
    route(Method::post, "/eingeladen/{token}", core::everyone, join);
    m.procedure_screens = {{below, tr_noop("Invited"), 60, core::edit_procedures_action}};
    m.personal = {{"invitations_invitation", "email", "who is invited to a procedure",
                   "until it is taken back or the person is erased"}};
    m.export_participant = export_participant;
    m.erase_participant = [](db::Tx& tx, core::TenantId tenant, core::ParticipantId who, core::Keep, Timestamp) {
        invitations::erase_participant(tx, tenant, who);
    };
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { invitations::erase_person(tx, id); };
    m.jobs = {{"invitations.send", send_mails}};
    return m;
}

}  // namespace mitwirken::invitations
