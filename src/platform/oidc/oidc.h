// Signing in by another service with OpenID Connect: the authorisation code with PKCE (S256). libcjose checks
// signatures, libcurl fetches; both are hidden here. Sources: OpenID Connect Core 1.0 (3.1), Discovery 1.0, RFC 7636,
// RFC 9207, RFC 8725. Invariants: only RS256, PS256 and ES256 are accepted, whatever a token says of itself; keys come
// from the address that the issuer's own description names; the clock is handed in.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "platform/base/time.h"

namespace mitwirken::oidc {

// Why a sign-in is refused; each has its sentence for the person.
enum class Refusal {
    unreachable,  // the service does not answer as it should
    issuer,       // another one than was asked
    algorithm,    // none, HS256, or anything that is not on the list
    key,          // signed with a key the service does not publish
    signature,
    audience,  // made for another program
    nonce,     // answers another sign-in
    expired,
    malformed,
    code,  // used before, or not this program's
};

struct Provider {
    std::string issuer, client_id, client_secret;
};
// What the issuer says of itself.
struct Description {
    std::string issuer, authorization_endpoint, token_endpoint, jwks_uri;
    bool secret_in_body = false;  // client_secret_post is all it takes
    bool says_issuer = false;     // RFC 9207: the answer names it
};
// Nothing when members are missing, the issuer is another one, or an address is not https (or of this machine).
std::optional<Description> parse_description(const std::string& json, const std::string& issuer);
// https, or http on this machine, as browsers see it, for tests.
bool is_secure(const std::string& url);

// The secrets of one sign-in; they travel in a sealed cookie.
struct Attempt {
    std::string state, nonce, verifier;
};
Attempt new_attempt();
std::string challenge_of(const std::string& verifier);
std::string authorization_url(const Description& description, const Provider& provider, const std::string& scopes,
                              const std::string& redirect_uri, const Attempt& attempt);

struct Expected {
    std::string issuer, client_id, nonce, access_token;
    Timestamp now;
};
inline constexpr auto leeway = std::chrono::seconds{60};
// The claims, as JSON, or why not. `keys`: a JSON Web Key Set.
struct IdToken {
    std::string claims;  // JSON object
    std::optional<Refusal> refusal;
};
IdToken check_id_token(const std::string& token, const std::string& keys, const Expected& expected);

// Asks services; keeps what they say of themselves and their keys for an hour, and asks again for a key it does not
// know, at most every ten seconds. Any thread.
class Client {
public:
    std::optional<Description> describe(const std::string& issuer, Timestamp now);
    // The code for the tokens, and the check of what comes.
    IdToken redeem(const Description& description, const Provider& provider, const std::string& code,
                   const std::string& redirect_uri, const Attempt& attempt, Timestamp now);

private:
    std::string keys(const std::string& uri, Timestamp now, bool anew);
    struct Kept {
        std::string text;
        Timestamp at{};
    };
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace mitwirken::oidc
