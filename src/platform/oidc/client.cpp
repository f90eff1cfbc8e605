// Asking services: their description, their keys, the code for tokens; see oidc.h.
#include <curl/curl.h>

#include <memory>

#include <nlohmann/json.hpp>

#include "platform/base/form.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/oidc/oidc.h"

namespace mitwirken::oidc {

namespace {

using Json = nlohmann::json;

constexpr std::size_t most_bytes = 512 * 1024;
constexpr long timeout_seconds = 10;
constexpr auto kept_for = std::chrono::hours{1};
constexpr auto pause = std::chrono::seconds{10};
constexpr std::size_t most_kept = 200;

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::size_t receive(char* data, std::size_t one, std::size_t count, void* client) {
    auto& bytes = *static_cast<std::string*>(client);
    if (bytes.size() + one * count > most_bytes) return 0;  // ends the transfer
    bytes.append(data, one * count);
    return one * count;
}

// A clean-up at the end of the program would race with threads that still fetch.
bool start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    return started == CURLE_OK;
}

struct Call {
    std::string url, body;       // "" = GET
    std::string user, password;  // Basic, when there is a user
};
struct Reply {
    long status = 0;  // 0: nobody answered
    std::string body;
};

// No redirect is followed: what is named in a description is asked, nothing else.
Reply ask(const Call& call) {
    if (!start_curl() || !is_secure(call.url)) return {};
    const std::unique_ptr<CURL, Free> handle(curl_easy_init());
    const std::unique_ptr<curl_slist, Free> headers(curl_slist_append(nullptr, "Accept: application/json"));
    if (!handle || !headers) return {};
    CURL* h = handle.get();
    Reply reply;
    curl_easy_setopt(h, CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_TIMEOUT, timeout_seconds);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(h, CURLOPT_USERAGENT, "Mitwirken");
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, &reply.body);
    if (!call.body.empty()) {
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
        curl_easy_setopt(h, CURLOPT_POSTFIELDS, call.body.c_str());
    }
    if (!call.user.empty()) {
        curl_easy_setopt(h, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(h, CURLOPT_USERNAME, call.user.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, call.password.c_str());
    }
    if (curl_easy_perform(h) == CURLE_OK) curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &reply.status);
    return reply;
}

std::string text_of(const Json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

bool lists(const Json& object, const char* name, const std::string& value) {
    const auto at = object.find(name);
    if (at == object.end() || !at->is_array()) return false;
    for (const auto& one : *at)
        if (one == value) return true;
    return false;
}

}  // namespace

bool is_secure(const std::string& text) {
    const std::unique_ptr<CURLU, Free> url(curl_url());
    if (!url || text.size() > 2000 || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return false;
    const auto part = [&](CURLUPart which) {
        char* value = nullptr;
        if (curl_url_get(url.get(), which, &value, 0) != CURLUE_OK) return std::string();
        std::string copy = lower_ascii(value);
        curl_free(value);
        return copy;
    };
    const std::string scheme = part(CURLUPART_SCHEME), host = part(CURLUPART_HOST);
    if (!part(CURLUPART_USER).empty() || !part(CURLUPART_FRAGMENT).empty()) return false;
    return scheme == "https" || (scheme == "http" && (host == "127.0.0.1" || host == "[::1]" || host == "localhost"));
}

std::optional<Description> parse_description(const std::string& json, const std::string& issuer) {
    const auto document = Json::parse(json, nullptr, false);
    if (!document.is_object()) return {};
    Description d{text_of(document, "issuer"), text_of(document, "authorization_endpoint"),
                  text_of(document, "token_endpoint"), text_of(document, "jwks_uri")};
    if (d.issuer != issuer) return {};
    for (const auto* url : {&d.authorization_endpoint, &d.token_endpoint, &d.jwks_uri})
        if (!is_secure(*url)) return {};
    constexpr const char* methods = "token_endpoint_auth_methods_supported";
    d.secret_in_body = document.contains(methods) && !lists(document, methods, "client_secret_basic");
    const auto says = document.find("authorization_response_iss_parameter_supported");
    d.says_issuer = says != document.end() && *says == true;
    return d;
}

Attempt new_attempt() { return {crypto::random_token(), crypto::random_token(), crypto::random_token()}; }

std::string authorization_url(const Description& description, const Provider& provider, const std::string& scopes,
                              const std::string& redirect_uri, const Attempt& attempt) {
    Form query;
    query.add("response_type", "code");
    query.add("client_id", provider.client_id);
    query.add("redirect_uri", redirect_uri);
    query.add("scope", scopes);
    query.add("state", attempt.state);
    query.add("nonce", attempt.nonce);
    query.add("code_challenge", challenge_of(attempt.verifier));
    query.add("code_challenge_method", "S256");
    const bool has_query = description.authorization_endpoint.find('?') != std::string::npos;
    return description.authorization_endpoint + (has_query ? "&" : "?") + to_query(query);
}

std::optional<Description> Client::describe(const std::string& issuer, Timestamp now) {
    std::string url = issuer;
    while (!url.empty() && url.back() == '/') url.pop_back();
    url += "/.well-known/openid-configuration";
    {
        const std::lock_guard lock(mutex_);
        const auto known = kept_.find(url);
        if (known != kept_.end() && known->second.at + kept_for > now && known->second.at <= now)
            return parse_description(known->second.text, issuer);
    }
    const auto reply = ask({.url = url});
    if (reply.status != 200) return {};
    auto description = parse_description(reply.body, issuer);
    if (!description) return {};
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= most_kept) kept_.clear();
    kept_[url] = {reply.body, now};
    return description;
}

std::string Client::keys(const std::string& uri, Timestamp now, bool anew) {
    {
        const std::lock_guard lock(mutex_);
        const auto known = kept_.find(uri);
        if (known != kept_.end() && known->second.at <= now &&
            known->second.at + (anew ? std::chrono::milliseconds(pause) : std::chrono::milliseconds(kept_for)) > now)
            return known->second.text;
    }
    const auto reply = ask({.url = uri});
    if (reply.status != 200) return "";
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= most_kept) kept_.clear();
    kept_[uri] = {reply.body, now};
    return reply.body;
}

IdToken Client::redeem(const Description& description, const Provider& provider, const std::string& code,
                       const std::string& redirect_uri, const Attempt& attempt, Timestamp now) {
    Form body;
    body.add("grant_type", "authorization_code");
    body.add("code", code);
    body.add("redirect_uri", redirect_uri);
    body.add("code_verifier", attempt.verifier);
    const bool in_body = description.secret_in_body || provider.client_secret.empty();
    if (in_body) body.add("client_id", provider.client_id);
    if (in_body && !provider.client_secret.empty()) body.add("client_secret", provider.client_secret);
    Call call{.url = description.token_endpoint, .body = to_query(body)};
    // RFC 6749, 2.3.1: both are encoded like form fields first.
    if (!in_body) call.user = escape_url(provider.client_id), call.password = escape_url(provider.client_secret);
    const auto reply = ask(call);
    if (reply.status == 0 || reply.status >= 500) return {"", Refusal::unreachable};
    const auto answer = Json::parse(reply.body, nullptr, false);
    if (reply.status != 200 || !answer.is_object()) return {"", Refusal::code};
    const std::string token = text_of(answer, "id_token");
    const Expected expected{description.issuer, provider.client_id, attempt.nonce, text_of(answer, "access_token"),
                            now};
    auto checked = check_id_token(token, keys(description.jwks_uri, now, false), expected);
    // A service that has changed its keys since.
    if (checked.refusal == Refusal::key)
        checked = check_id_token(token, keys(description.jwks_uri, now, true), expected);
    return checked;
}

}  // namespace mitwirken::oidc
