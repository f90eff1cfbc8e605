// To another sign-in service and back; see services.h. What takes time (the description, the keys, the code for tokens)
// runs before the transaction.
#include <nlohmann/json.hpp>

#include "core/access/throttle.h"
#include "core/cookies.h"
#include "core/forms/forms.h"
#include "modules/accounts/accounts.h"
#include "modules/accounts/services.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/target.h"
#include "platform/mail/mail.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;
using Json = nlohmann::json;

constexpr std::string_view cookie = "mw_service";
constexpr auto attempt_valid = std::chrono::minutes{15};
// Each try makes us ask another server.
core::Throttle by_network(40, std::chrono::seconds{10});

oidc::Client& client() {
    static oidc::Client one;
    return one;
}

// What is remembered between going and coming back, in the browser alone.
struct Journey {
    core::TenantId tenant;
    std::string service, back;
    oidc::Attempt attempt;
    core::AccountId link_to;  // somebody signed in adds the service to their account
    Timestamp expires;
};

std::string seal(const core::House& house, const Journey& j) {
    const Json json = {{"tenant", j.tenant.value},
                       {"service", j.service},
                       {"back", j.back},
                       {"state", j.attempt.state},
                       {"nonce", j.attempt.nonce},
                       {"verifier", j.attempt.verifier},
                       {"link_to", j.link_to.value},
                       {"expires", j.expires.time_since_epoch().count()}};
    return crypto::seal(house.key, "service:" + json.dump());
}

std::optional<Journey> open(const core::House& house, const std::string& sealed) {
    const auto plain = crypto::open(house.key, sealed);
    if (!plain || !starts_with(*plain, "service:")) return {};
    const auto json = Json::parse(plain->substr(8), nullptr, false);
    if (!json.is_object()) return {};
    return Journey{core::TenantId{json.at("tenant").get<std::int64_t>()},
                   json.at("service").get<std::string>(),
                   json.at("back").get<std::string>(),
                   {json.at("state").get<std::string>(), json.at("nonce").get<std::string>(),
                    json.at("verifier").get<std::string>()},
                   core::AccountId{json.at("link_to").get<std::int64_t>()},
                   Timestamp{std::chrono::milliseconds{json.at("expires").get<std::int64_t>()}}};
}

std::string redirect_uri(const http::Request& request) {
    return request.scheme + "://" + std::string(request.headers["Host"]) + "/anmelden/zurueck";
}

void slow_down(const http::Request& request, Timestamp now) {
    const auto wait = by_network.take(http::network_of(request.remote), now);
    if (wait.count() > 0) throw TooManyRequests(wait_words(wait));
}

std::optional<oidc::Provider> provider_of(const core::House& house, const Service& service) {
    std::string secret;
    if (!service.secret_sealed.empty()) {
        const auto opened = crypto::open(house.key, service.secret_sealed);
        if (!opened) return {};
        secret = *opened;
    }
    return oidc::Provider{service.issuer, service.client_id, secret};
}

struct Departure {
    Service service;
    std::optional<oidc::Description> description;
};

// What came back: claims, or why not. `journey` is there when the answer belongs to an attempt of this browser.
struct Arrived {
    std::optional<Journey> journey;
    Service service;
    std::string claims;
    Message because;
};

const Message not_ours =
    tr_noop("This answer does not belong to a sign-in of this browser, or it took too long. Please sign in once more.");

http::Response failed(Visit& visit, const Message& because) {
    core::PageHead head = head_of(visit, tr_noop("Signing in did not work"));
    head.status = 400;
    auto response = visit.page(
        head, card(visit, tr_noop("Signing in did not work"), because, {}, tr_noop("Back to signing in"), "/anmelden"));
    response.headers.add("Set-Cookie", std::string(cookie) + "=; Max-Age=0" + core::cookie_end(visit.request));
    return response;
}

// Everything that can be said without the transaction.
Arrived arrived(core::Preparation& p) {
    const Form query = parse_query(p.request.query);
    Arrived a;
    auto journey = open(p.house, p.request.cookie(cookie));
    const bool ours = journey && journey->tenant == p.tenant.id && journey->expires > p.now &&
                      crypto::equal(journey->attempt.state, query["state"]);
    if (!ours) return {.because = not_ours};
    std::optional<Service> service;
    bool again = false;
    p.house.database->read([&](db::Tx& tx) {
        service = find_service(tx, p.tenant.id, journey->service);
        again = was_answered(tx, journey->attempt.state);
    });
    if (again) return {.because = not_ours};
    if (!service || !service->active) return {.because = tr_noop("This way of signing in is not offered any more.")};
    a.service = *service;
    a.journey = std::move(journey);
    if (query.has("error")) {
        a.because = tr_noop("The service has not signed you in, or you have cancelled it there.");
        return a;
    }
    const auto description = client().describe(service->issuer, p.now);
    const auto provider = provider_of(p.house, *service);
    const bool says_another =
        query.has("iss") ? query["iss"] != service->issuer : description && description->says_issuer;
    if (!description || !provider) {
        a.because = sentence_of(oidc::Refusal::unreachable);
    } else if (says_another) {
        a.because = sentence_of(oidc::Refusal::issuer);
    } else {
        auto token =
            client().redeem(*description, *provider, query["code"], redirect_uri(p.request), a.journey->attempt, p.now);
        if (token.refusal) a.because = sentence_of(*token.refusal);
        a.claims = std::move(token.claims);
    }
    return a;
}

std::string text_of(const Json& claims, const char* name) {
    const auto at = claims.find(name);
    return at != claims.end() && at->is_string() ? clean(at->get<std::string>()) : "";
}

// The address, when the service has checked it and nobody here has it: it never leads into an account that is there.
std::string own_address(Visit& visit, const Json& claims) {
    const auto checked = claims.find("email_verified");
    const std::string email = lower_ascii(trimmed(text_of(claims, "email")));
    if (checked == claims.end() || *checked != true || !mail::is_address(email)) return "";
    return core::find_account(visit.tx, visit.tenant.id, email) ? "" : email;
}

core::AccountId add_account_of(Visit& visit, const Json& claims) {
    const auto id = core::add_resident(visit.tx, visit.tenant.id, own_address(visit, claims),
                                       first_letters(trimmed(text_of(claims, "name")), 80), "", visit.now);
    visit.record("account.registered", {"accounts", id.value}, "service");
    return id;
}

// The account of (issuer, subject); else the one that is signed in and asked for it; else a new one.
std::optional<core::AccountId> account_for(Visit& visit, const Arrived& a, const Json& claims, Message& because) {
    const std::string subject = text_of(claims, "sub");
    auto known = core::account_of_identity(visit.tx, visit.tenant.id, a.service.issuer, subject);
    const auto link_to = a.journey->link_to;
    if (link_to && (link_to != visit.actor.account || (known && *known != link_to))) {
        because = known ? tr_noop("This sign-in belongs to another account already.") : not_ours;
        return {};
    }
    if (known) return known;
    if (!link_to && !visit.setting_on(registration_setting)) {
        because = tr_noop("Registering is switched off here. To take part you mostly need no account.");
        return {};
    }
    const auto id = link_to ? link_to : add_account_of(visit, claims);
    core::add_identity(visit.tx, visit.tenant.id, id, {a.service.issuer, subject, a.service.label, visit.now});
    return id;
}

}  // namespace

void prepare_departure(core::Preparation& p) {
    slow_down(p.request, p.now);
    std::optional<Service> service;
    p.house.database->read(
        [&](db::Tx& tx) { service = find_service(tx, p.tenant.id, p.parameters.find("service")->second); });
    if (!service || !service->active) throw NotFound();
    p.result = Departure{*service, client().describe(service->issuer, p.now)};
}

http::Response departure(Visit& visit) {
    const auto* d = visit.prepared<Departure>();
    if (!d) throw NotFound();
    const auto provider = provider_of(visit.house, d->service);
    if (!d->description || !provider) return failed(visit, sentence_of(oidc::Refusal::unreachable));
    Journey journey{visit.tenant.id,          d->service.key, return_of(visit), oidc::new_attempt(), {},
                    visit.now + attempt_valid};
    if (visit.account && visit.account->is_resident() && visit.query["verbinden"] == "ja")
        journey.link_to = visit.account->id;
    auto response = http::Response::redirect(oidc::authorization_url(*d->description, *provider, d->service.scopes,
                                                                     redirect_uri(visit.request), journey.attempt));
    response.headers.add("Set-Cookie", std::string(cookie) + "=" + seal(visit.house, journey) + "; Max-Age=900" +
                                           core::cookie_end(visit.request));
    return response;
}

void prepare_arrival(core::Preparation& p) {
    slow_down(p.request, p.now);
    p.result = arrived(p);
}

http::Response arrival(Visit& visit) {
    const auto* a = visit.prepared<Arrived>();
    if (!a || !a->journey) return failed(visit, a ? a->because : not_ours);
    forget_answered(visit.tx, visit.now);
    if (!answer_once(visit.tx, a->journey->attempt.state, a->journey->expires)) return failed(visit, not_ours);
    if (!a->because.empty()) return failed(visit, a->because);
    const auto claims = Json::parse(a->claims);
    Message because;
    const auto id = account_for(visit, *a, claims, because);
    if (!id) return failed(visit, because);
    const auto account = core::find_account(visit.tx, *id);
    if (!account || account->state != core::AccountState::active || !account->is_resident())
        return failed(visit, tr_noop("This account is switched off."));
    if (shows_residence(a->service, a->claims)) {
        core::set_verified(visit.tx, *id, a->service.issuer, visit.now);
        visit.record("account.verified", {"accounts", id->value}, a->service.key);
    }
    auto response = a->journey->link_to
                        ? visit.go("/konto", tr_noop("The service is connected: you can sign in with it from now on."))
                        : let_in(visit, *account, !account->totp_sealed.empty(), safe_return(a->journey->back));
    response.headers.add("Set-Cookie", std::string(cookie) + "=; Max-Age=0" + core::cookie_end(visit.request));
    return response;
}

http::Response unlink_service(Visit& visit) {
    const auto account = me(visit);
    const auto identities = core::identities_of(visit.tx, account.id);
    if (account.password_hash.empty() && !account.has_address() && identities.size() < 2)
        throw Conflict(
            tr_noop("Without this service you could not sign in any more. Please give an e-mail address "
                    "first."));
    if (!core::remove_identity(visit.tx, account.id, visit.form["issuer"], visit.form["subject"])) throw NotFound();
    return visit.go("/konto", tr_noop("The service is no longer connected."));
}

std::vector<std::pair<std::string, Service>> ways_in(Visit& visit, const std::string& back) {
    std::vector<std::pair<std::string, Service>> ways;
    for (auto& service : services(visit.tx, visit.tenant.id)) {
        if (!service.active) continue;
        std::string url = visit.url("/anmelden/mit/" + service.key);
        if (!back.empty()) url += "?weiter=" + escape_url(back);
        ways.emplace_back(std::move(url), std::move(service));
    }
    return ways;
}

}  // namespace mitwirken::accounts
