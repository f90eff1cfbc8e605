// ID tokens: every check has a token that fails it alone. The keys are made here and sign by libcjose.
#include <cjose/cjose.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>

#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/oidc/oidc.h"

namespace mitwirken::oidc {

namespace {

using Json = nlohmann::json;

struct Free {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using Key = std::unique_ptr<cjose_jwk_t, Free>;

constexpr std::int64_t instant = 1'800'000'000;
const Timestamp now{std::chrono::seconds{instant}};

Key rsa() {
    const std::uint8_t exponent[] = {1, 0, 1};
    return Key(cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, nullptr));
}

std::string published(const Key& key, const std::string& kid, const std::string& algorithm) {
    char* text = cjose_jwk_to_json(key.get(), false, nullptr);
    auto json = Json::parse(text);
    std::free(text);
    json["kid"] = kid;
    json["alg"] = algorithm;
    return Json{{"keys", Json::array({json})}}.dump();
}

std::string signed_token(const Key& key, const std::string& algorithm, const std::string& kid, const Json& claims) {
    const std::unique_ptr<cjose_header_t, Free> header(cjose_header_new(nullptr));
    REQUIRE(cjose_header_set(header.get(), CJOSE_HDR_ALG, algorithm.c_str(), nullptr));
    if (!kid.empty()) REQUIRE(cjose_header_set(header.get(), CJOSE_HDR_KID, kid.c_str(), nullptr));
    const std::string text = claims.dump();
    const std::unique_ptr<cjose_jws_t, Free> jws(cjose_jws_sign(
        key.get(), header.get(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), nullptr));
    REQUIRE(jws);
    const char* compact = nullptr;
    REQUIRE(cjose_jws_export(jws.get(), &compact, nullptr));
    return compact;
}

Json good_claims() {
    return {{"iss", "https://dienst.example"},
            {"aud", "mitwirken"},
            {"sub", "erika"},
            {"nonce", "einmal"},
            {"iat", instant},
            {"exp", instant + 300}};
}

const Expected expected{"https://dienst.example", "mitwirken", "einmal", "access", now};

std::optional<Refusal> refusal(const std::string& token, const std::string& keys) {
    return check_id_token(token, keys, expected).refusal;
}

Json with(const std::string& name, const Json& value) {
    auto claims = good_claims();
    claims[name] = value;
    return claims;
}

}  // namespace

TEST_CASE("a token that is right in everything is taken, by each algorithm of the list") {
    const Key key = rsa(), curve(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, nullptr));
    for (const char* algorithm : {"RS256", "PS256"}) {
        const auto checked =
            check_id_token(signed_token(key, algorithm, "a", good_claims()), published(key, "a", algorithm), expected);
        CHECK_FALSE(checked.refusal.has_value());
        CHECK(Json::parse(checked.claims)["sub"] == "erika");
    }
    CHECK_FALSE(refusal(signed_token(curve, "ES256", "a", good_claims()), published(curve, "a", "ES256")).has_value());
    // Without a name of the key, when there is only one.
    CHECK_FALSE(refusal(signed_token(key, "RS256", "", good_claims()), published(key, "a", "RS256")).has_value());
    CHECK_FALSE(
        refusal(signed_token(key, "RS256", "a", with("aud", Json::array({"mitwirken"}))), published(key, "a", "RS256"))
            .has_value());
    // By hand: base64url of the left half of SHA-256("access").
    CHECK(refusal(signed_token(key, "RS256", "a", with("at_hash", "falsch")), published(key, "a", "RS256")) ==
          Refusal::malformed);
}

TEST_CASE("each claim that is wrong has its own reason") {
    const Key key = rsa();
    const auto keys = published(key, "a", "RS256");
    const auto why = [&](const Json& claims) { return refusal(signed_token(key, "RS256", "a", claims), keys); };
    CHECK(why(with("iss", "https://dienst.example/")) == Refusal::issuer);
    CHECK(why(with("aud", "anderes")) == Refusal::audience);
    CHECK(why(with("aud", Json::array({"mitwirken", "anderes"}))) == Refusal::audience);
    CHECK(why(with("azp", "anderes")) == Refusal::audience);
    CHECK(why(with("nonce", "zweimal")) == Refusal::nonce);
    CHECK(why(with("nonce", nullptr)) == Refusal::nonce);
    CHECK(why(with("sub", "")) == Refusal::malformed);
    CHECK(why(with("exp", "bald")) == Refusal::malformed);
    CHECK(why(with("exp", instant - 61)) == Refusal::expired);
    CHECK_FALSE(why(with("exp", instant - 59)).has_value());  // clocks differ a little
    CHECK(why(with("iat", instant + 61)) == Refusal::expired);
    CHECK(why(with("nbf", instant + 61)) == Refusal::expired);
}

TEST_CASE("no token chooses how it is checked") {
    const Key key = rsa(), other = rsa();
    const auto keys = published(key, "a", "RS256");
    const auto good = signed_token(key, "RS256", "a", good_claims());
    const auto parts = split(good, '.');
    // {"alg":"none"}
    CHECK(refusal("eyJhbGciOiJub25lIn0." + parts[1] + ".", keys) == Refusal::algorithm);
    CHECK(refusal("eyJhbGciOiJub25lIn0." + parts[1] + "." + parts[2], keys) == Refusal::algorithm);
    const Key secret(cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(keys.data()), 64, nullptr));
    CHECK(refusal(signed_token(secret, "HS256", "a", good_claims()), keys) == Refusal::algorithm);
    CHECK(refusal(signed_token(key, "RS512", "a", good_claims()), keys) == Refusal::algorithm);
    CHECK(refusal(signed_token(key, "PS256", "a", good_claims()), keys) == Refusal::key);  // the key is for RS256
    CHECK(refusal(signed_token(other, "RS256", "b", good_claims()), keys) == Refusal::key);
    CHECK(refusal(signed_token(other, "RS256", "a", good_claims()), keys) == Refusal::signature);
    CHECK(refusal(parts[0] + "." + split(signed_token(key, "RS256", "a", with("sub", "otto")), '.')[1] + "." + parts[2],
                  keys) == Refusal::signature);
    for (const std::string& bad : {std::string(), std::string("a.b"), std::string("a.b.c"), good + ".x",
                                   std::string(70'000, 'a'), std::string("..")})
        CHECK(refusal(bad, keys).has_value());
    for (const char* none : {"", "[]", "{}", "{\"keys\": 1}", "{\"keys\": [1, null]}"})
        CHECK(refusal(good, none) == Refusal::key);
}

TEST_CASE("a short key is none") {
    const std::uint8_t exponent[] = {1, 0, 1};
    const Key key(cjose_jwk_create_RSA_random(1024, exponent, sizeof exponent, nullptr));
    CHECK(refusal(signed_token(key, "RS256", "a", good_claims()), published(key, "a", "RS256")) == Refusal::key);
}

TEST_CASE("PKCE is the one of RFC 7636, appendix B") {
    CHECK(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("a description counts when it is the issuer's and its addresses are safe") {
    const auto text = [](const std::string& issuer, const std::string& token) {
        return Json{{"issuer", issuer},
                    {"authorization_endpoint", "https://dienst.example/auth"},
                    {"token_endpoint", token},
                    {"jwks_uri", "https://dienst.example/keys"}}
            .dump();
    };
    const std::string issuer = "https://dienst.example";
    CHECK(parse_description(text(issuer, "https://dienst.example/token"), issuer).has_value());
    CHECK_FALSE(parse_description(text("https://boese.example", "https://dienst.example/token"), issuer).has_value());
    for (const char* bad : {"http://dienst.example/token", "file:///etc/passwd", "", "https://a@dienst.example/token"})
        CHECK_FALSE(parse_description(text(issuer, bad), issuer).has_value());
    CHECK_FALSE(parse_description("kein JSON", issuer).has_value());
    CHECK(is_secure("http://127.0.0.1:9/x"));
    CHECK_FALSE(is_secure("http://127.0.0.1.boese.example/"));
}

}  // namespace mitwirken::oidc
