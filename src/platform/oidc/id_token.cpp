// The checks of an ID token (OpenID Connect Core 3.1.3.7); see oidc.h. The header is read by us before libcjose sees
// the token, so that no token chooses how it is checked.
#include <cjose/cjose.h>

#include <cstdlib>
#include <memory>

#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/oidc/oidc.h"

namespace mitwirken::oidc {

namespace {

using Json = nlohmann::json;

struct Free {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    void operator()(void* memory) const { std::free(memory); }
};
using Jws = std::unique_ptr<cjose_jws_t, Free>;
using Key = std::unique_ptr<cjose_jwk_t, Free>;

constexpr std::size_t longest_token = 64 * 1024;
// 2048 bits in base64url.
constexpr std::size_t shortest_modulus = 341;

std::string encode(const std::string& bytes) {
    char* text = nullptr;
    std::size_t length = 0;
    if (!cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &text, &length,
                                nullptr))
        return "";
    const std::unique_ptr<char, Free> owner(text);
    return std::string(text, length);
}

std::optional<std::string> decode(const std::string& text) {
    std::uint8_t* bytes = nullptr;
    std::size_t length = 0;
    if (!cjose_base64url_decode(text.data(), text.size(), &bytes, &length, nullptr)) return {};
    const std::unique_ptr<std::uint8_t, Free> owner(bytes);
    return std::string(reinterpret_cast<const char*>(bytes), length);
}

std::string sha256(const std::string& text) {
    const std::string hex = crypto::sha256_hex(text);
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

std::string text_of(const Json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

bool is_accepted(const std::string& algorithm) {
    return algorithm == "RS256" || algorithm == "PS256" || algorithm == "ES256";
}

// May a signature of this algorithm be checked with this key?
bool fits(const Json& key, const std::string& algorithm, const std::string& kid) {
    if (!key.is_object()) return false;
    const std::string use = text_of(key, "use"), own = text_of(key, "alg");
    if (!use.empty() && use != "sig") return false;
    if (!own.empty() && own != algorithm) return false;
    if (!kid.empty() && text_of(key, "kid") != kid) return false;
    if (algorithm == "ES256") return text_of(key, "kty") == "EC" && text_of(key, "crv") == "P-256";
    return text_of(key, "kty") == "RSA" && text_of(key, "n").size() >= shortest_modulus;
}

// Without a name of the key exactly one may fit.
std::optional<Json> find_key(const std::string& keys, const std::string& algorithm, const std::string& kid) {
    const auto set = Json::parse(keys, nullptr, false);
    if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) return {};
    std::vector<Json> fitting;
    for (const auto& key : set["keys"])
        if (fits(key, algorithm, kid)) fitting.push_back(key);
    if (fitting.empty() || (kid.empty() && fitting.size() > 1)) return {};
    return fitting.front();
}

bool verifies(const std::string& token, const Json& key) {
    // Only what makes the key: certificates and hints in it are nobody's business here.
    Json bare = {{"kty", key["kty"]}};
    for (const char* member : {"n", "e", "crv", "x", "y"})
        if (key.contains(member)) bare[member] = key[member];
    const std::string text = bare.dump();
    const Key jwk(cjose_jwk_import(text.data(), text.size(), nullptr));
    const Jws jws(cjose_jws_import(token.data(), token.size(), nullptr));
    return jwk && jws && cjose_jws_verify(jws.get(), jwk.get(), nullptr);
}

std::optional<std::int64_t> seconds_of(const Json& claims, const char* name) {
    const auto at = claims.find(name);
    if (at == claims.end() || !at->is_number()) return {};
    const double value = at->get<double>();
    if (!(value > 0 && value < 1e11)) return {};
    return static_cast<std::int64_t>(value);
}

bool is_for(const Json& claims, const std::string& client_id) {
    const auto audience = claims.find("aud");
    if (audience == claims.end()) return false;
    const bool many = audience->is_array() && audience->size() > 1;
    bool named = audience->is_string() && *audience == client_id;
    if (audience->is_array())
        for (const auto& one : *audience) named = named || one == client_id;
    const bool has_azp = claims.contains("azp");
    return named && (has_azp ? claims["azp"] == client_id : !many);
}

std::optional<Refusal> refusal_of(const Json& claims, const Expected& expected) {
    if (text_of(claims, "iss") != expected.issuer) return Refusal::issuer;
    if (!is_for(claims, expected.client_id)) return Refusal::audience;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(expected.now.time_since_epoch()).count();
    const auto until = seconds_of(claims, "exp"), since = seconds_of(claims, "iat"), from = seconds_of(claims, "nbf");
    if (!until || !since) return Refusal::malformed;
    if (*until + leeway.count() <= now || *since - leeway.count() > now) return Refusal::expired;
    if (from && *from - leeway.count() > now) return Refusal::expired;
    if (expected.nonce.empty() || !crypto::equal(text_of(claims, "nonce"), expected.nonce)) return Refusal::nonce;
    const std::string subject = text_of(claims, "sub");
    if (subject.empty() || subject.size() > 255) return Refusal::malformed;
    // All accepted algorithms hash with SHA-256; the left half of it is named.
    if (claims.contains("at_hash") && text_of(claims, "at_hash") != encode(sha256(expected.access_token).substr(0, 16)))
        return Refusal::malformed;
    return {};
}

}  // namespace

std::string challenge_of(const std::string& verifier) { return encode(sha256(verifier)); }

IdToken check_id_token(const std::string& token, const std::string& keys, const Expected& expected) {
    const auto refuse = [](Refusal why) { return IdToken{"", why}; };
    const auto parts = split(token, '.');
    if (token.size() > longest_token || parts.size() != 3) return refuse(Refusal::malformed);
    const auto head = decode(parts[0]), body = decode(parts[1]);
    if (!head || !body) return refuse(Refusal::malformed);
    const auto header = Json::parse(*head, nullptr, false), claims = Json::parse(*body, nullptr, false);
    if (!header.is_object() || !claims.is_object()) return refuse(Refusal::malformed);
    const std::string algorithm = text_of(header, "alg");
    if (!is_accepted(algorithm) || header.contains("crit")) return refuse(Refusal::algorithm);
    const auto key = find_key(keys, algorithm, text_of(header, "kid"));
    if (!key) return refuse(Refusal::key);
    if (!verifies(token, *key)) return refuse(Refusal::signature);
    if (const auto why = refusal_of(claims, expected)) return refuse(*why);
    return {*body, {}};
}

}  // namespace mitwirken::oidc
