// One request as a handler sees it; see visit.h.
#include "core/visit.h"

#include "core/cookies.h"

#include <nlohmann/json.hpp>

#include "core/audit/audit.h"
#include "platform/base/text.h"

namespace mitwirken::core {

std::string error_json(int status, const std::string& message) {
    return nlohmann::json{{"error", {{"status", status}, {"message", message}}}}.dump();
}

Visit::Visit(const House& house_, db::Tx& tx_, const http::Request& request_, const Tenant& tenant_,
             const i18n::Language& language_, const Actor& actor_, Timestamp now_, std::string path_, Form query_,
             Form form_, const Route& route_, const std::map<std::string, std::string, std::less<>>& parameters_)
    : house(house_),
      tx(tx_),
      request(request_),
      tenant(tenant_),
      language(language_),
      actor(actor_),
      now(now_),
      path(std::move(path_)),
      query(std::move(query_)),
      form(std::move(form_)),
      route(route_),
      parameters(parameters_) {}

const std::string& Visit::parameter(std::string_view name) const {
    const auto at = parameters.find(name);
    if (at == parameters.end()) throw NotFound();
    return at->second;
}

Decision Visit::may(std::string_view action, std::optional<OrganisationId> owner) const {
    return house.access->may(actor, action, {tenant.id, owner});
}

void Visit::need(std::string_view action, std::optional<OrganisationId> owner) const {
    const Decision decision = may(action, owner);
    if (decision) return;
    if (!signed_in()) throw SignInNeeded(decision.because);
    throw NotAllowed(decision.because);
}

std::string Visit::url(std::string_view to) const { return url_in(language.code(), to); }

std::string Visit::url_in(std::string_view code, std::string_view to) const {
    if (to.empty() || to.front() != '/' || code == tenant.languages.front()) return std::string(to);
    return "/" + std::string(code) + (to == "/" ? "" : std::string(to));
}

std::string Visit::absolute(std::string_view to) const {
    if (to.empty() || to.front() != '/') return std::string(to);
    return request.scheme + "://" + std::string(request.headers["host"]) + url(to);
}

std::string Visit::with(std::string_view name, std::string_view value) const {
    Form changed = query;
    changed.remove(name);
    if (!value.empty()) changed.add(std::string(name), std::string(value));
    const std::string text = to_query(changed);
    return text.empty() ? url(path) : url(path) + "?" + text;
}

std::string Visit::setting(std::string_view key) const {
    const auto at = tenant.settings.find(std::string(key));
    if (at != tenant.settings.end()) return at->second;
    for (const auto& manifest : house.modules)
        for (const auto& known : manifest.settings)
            if (known.key == key) return std::string(known.initial);
    return "";
}

http::Response Visit::page(const PageHead& head, const html::SafeHtml& content) {
    return house.layout(*this, head, content);
}

http::Response Visit::go(std::string_view to, const Message& notice) {
    if (!notice.empty() && session) set_notice(tx, session->id, tr(notice));
    http::Response response = http::Response::redirect(url(to));
    if (!notice.empty() && !session)
        response.headers.add("Set-Cookie",
                             "mw_notice=" + escape_url(tr(notice)) + "; Max-Age=60" + cookie_end(request));
    return response;
}

void Visit::right_until(Timestamp instant) {
    if (instant > now && (!right_until_ || instant < *right_until_)) right_until_ = instant;
}

void Visit::touch(std::string_view module) { house.versions.raise_at_commit(tx, tenant.id, module); }

void Visit::record(std::string_view action, const Ref& ref, const std::string& details) {
    audit(tx, tenant.id, actor.account, action, ref, details, now);
}

}  // namespace mitwirken::core
