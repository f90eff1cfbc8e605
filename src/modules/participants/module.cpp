// The manifest of participants (Meine Beteiligung).
#include "core/manifest.h"

#include "core/contributions/contributions.h"
#include "core/house.h"
#include "core/participants/participants.h"
#include "modules/participants/pages.h"

namespace mitwirken::participants {

core::Manifest manifest() {
    using http::Method;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "participants";
    m.title = tr_noop("My contributions");
    const auto route = [&m](Method method, std::string_view pattern, http::Response (*handler)(core::Visit&),
                            core::RouteKind kind = core::RouteKind::page) {
        m.routes.push_back({.method = method,
                            .pattern = pattern,
                            .permission = core::everyone,
                            .handler = handler,
                            .kind = kind,
                            .cacheable = false});
    };
    route(Method::get, "/bestaetigen/{token}", confirm_page);
    route(Method::post, "/bestaetigen/{token}", confirm);
    route(Method::get, "/meine-beitraege", own_page);
    route(Method::get, "/meine-beitraege/daten.json", own_data, core::RouteKind::data);
    route(Method::get, "/meine-beitraege/daten", readable_data);
    route(Method::post, "/meine-beitraege/entwuerfe", remove_draft);
    route(Method::post, "/meine-beitraege/anonymisieren", make_all_anonymous);
    route(Method::post, "/meine-beitraege/{id}/zurueckziehen", withdraw);
    route(Method::post, "/meine-beitraege/{id}/anonymisieren", make_anonymous);
    route(Method::get, "/meine-beitraege/loeschen", erase_page);
    route(Method::post, "/meine-beitraege/loeschen", erase);
    route(Method::get, "/meine-beitraege/{id}/widerspruch", appeal_page);
    route(Method::post, "/meine-beitraege/{id}/widerspruch", appeal);
    route(Method::get, "/beitrag/{id}", any_contribution);
    m.navigation = {{Place::help, "/meine-beitraege", tr_noop("My contributions"), 40}};
    m.personal = {
        {"core_participant", "name", "the name somebody wants to be called", "until the person erases it"},
        {"core_participant", "email", "confirmed address of somebody who takes part", "until the person erases it"},
        {"core_participant", "token_hash", "recognises the browser of a pseudonym", "until the person erases it"},
        {"core_contribution", "author_name", "name shown with a contribution", "until the person erases it"},
        {"core_original", "content", "what was handed in, as it was handed in", "until the person erases it"},
        {"core_confirmation", "email", "address a contribution waits for", "three days, or until it is confirmed"},
        {"core_draft", "content", "what is typed and not handed in yet", "thirty days, or until it is handed in"},
        {"core_draft", "title", "name of the draft in the own list", "thirty days, or until it is handed in"},
        {"core_flag", "words", "what somebody wrote about a contribution they reported", "until the person erases it"},
    };
    return m;
}

}  // namespace mitwirken::participants
