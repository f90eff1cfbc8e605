// Rules of sign-in services: pure; see services.h.
#include "modules/accounts/services.h"

#include <nlohmann/json.hpp>

#include "platform/base/text.h"

namespace mitwirken::accounts {

Result<Service> check_service(const Form& form) {
    Problems problems;
    Service s;
    s.label = trimmed(form["label"]);
    s.issuer = trimmed(form["issuer"]);
    s.client_id = trimmed(form["client_id"]);
    s.scopes = trimmed(form["scopes"]);
    s.verified_claim = trimmed(form["verified_claim"]);
    s.active = form["active"] == "on";
    if (s.label.empty()) problems.add("label", tr_noop("Please say what stands on the button."));
    if (letters(s.label) > 80)
        problems.add("label", tr_noop("Please shorten this to {limit} letters.", {{"limit", "80"}}));
    if (!oidc::is_secure(s.issuer) || s.issuer.find('?') != std::string::npos)
        problems.add("issuer", tr_noop("Please give the address of the service, beginning with https://, as it calls "
                                       "itself."));
    if (s.client_id.empty() || s.client_id.size() > 300)
        problems.add("client_id", tr_noop("Please give the name that the service has for this program."));
    if (letters(form["secret"]) > 1000)
        problems.add("secret", tr_noop("Please shorten this to {limit} letters.", {{"limit", "1000"}}));
    const auto scopes = split(s.scopes, ' ');
    if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end() || s.scopes.size() > 300)
        problems.add("scopes", tr_noop("“openid” has to be among them, with spaces between the words."));
    if (s.verified_claim.size() > 300 || (!s.verified_claim.empty() && s.verified_claim.front() == '='))
        problems.add("verified_claim", tr_noop("Please give a name, or a name and a value as name=value."));
    if (problems.any()) return problems;
    return s;
}

bool shows_residence(const Service& service, const std::string& text) {
    if (service.verified_claim.empty()) return false;
    const auto claims = nlohmann::json::parse(text, nullptr, false);
    const auto equals = service.verified_claim.find('=');
    const auto at = claims.find(service.verified_claim.substr(0, equals));
    if (!claims.is_object() || at == claims.end()) return false;
    if (equals == std::string::npos) return *at == true || *at == "true";
    const std::string wanted = service.verified_claim.substr(equals + 1);
    if (at->is_array()) return std::any_of(at->begin(), at->end(), [&](const auto& one) { return one == wanted; });
    return at->is_string() ? at->get<std::string>() == wanted : at->dump() == wanted;
}

Message sentence_of(oidc::Refusal refusal) {
    switch (refusal) {
        case oidc::Refusal::unreachable:
            return tr_noop(
                "The service does not answer at the moment. Please try again later, or sign in another way.");
        case oidc::Refusal::issuer:
            return tr_noop("The answer comes from another service than the one that was asked. You are not signed in.");
        case oidc::Refusal::algorithm:
        case oidc::Refusal::key:
        case oidc::Refusal::signature:
            return tr_noop("The answer of the service is not signed as it has to be. You are not signed in.");
        case oidc::Refusal::audience:
            return tr_noop("The answer of the service was made for another program. You are not signed in.");
        case oidc::Refusal::nonce:
            return tr_noop("The answer of the service belongs to another sign-in. You are not signed in.");
        case oidc::Refusal::expired:
            return tr_noop("The answer of the service is too old. Please sign in once more.");
        case oidc::Refusal::code:
            return tr_noop(
                "The service takes this sign-in back: it was used already or took too long. Please sign in "
                "once more.");
        case oidc::Refusal::malformed:
            break;
    }
    return tr_noop("The answer of the service is not complete. You are not signed in.");
}

}  // namespace mitwirken::accounts
