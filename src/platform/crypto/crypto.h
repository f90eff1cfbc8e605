// Secrets and hashes, by libsodium. Nothing here is our own cryptography.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mitwirken::crypto {

using Key = std::array<unsigned char, 32>;

// Once, at start; throws when libsodium cannot start.
void init();

// 32 random bytes, base64url without padding (43 letters): sessions, links, file names.
std::string random_token();
// n letters that are not mistaken for one another, for people to type.
std::string random_password(std::size_t n = 16);
std::uint64_t random_number();

// Argon2id with the interactive limits (64 MiB, about 100 ms). Slow on purpose: call it before the transaction. At most
// `hash_slots` run at the same time, so memory stays bounded; who waits too long gets Busy.
inline constexpr int hash_slots = 2;
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
// The time of a verify without a hash, for addresses that have no account.
void verify_nothing(std::string_view password);

// SHA-256 as lower-case hex (audit chain, files), BLAKE2b-256 keyed (token look-up).
std::string sha256_hex(std::string_view bytes);
// 128 bits of SipHash as hex, without a secret: tells the versions of a page apart (ETag), many times as fast as
// SHA-256. Never where somebody gains by two texts with the same one.
std::string fingerprint(std::string_view bytes);
class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    std::string hex();

private:
    alignas(16) unsigned char state_[128];
};
// What is stored of a token: the token itself is never in the database.
std::string token_hash(std::string_view token);
// Keyed message authentication, base64url; for signed links.
std::string sign(const Key& key, std::string_view purpose, std::string_view message);
bool verify(const Key& key, std::string_view purpose, std::string_view message, std::string_view signature);
bool equal(std::string_view a, std::string_view b);  // constant time

// Sealed text (XChaCha20-Poly1305), base64url; for TOTP secrets at rest.
std::string seal(const Key& key, std::string_view plain);
std::optional<std::string> open(const Key& key, std::string_view sealed);

// The installation's key: read from the file, or made and written with mode 0600.
Key load_or_create_key(const std::string& file);

// Time-based one-time passwords (RFC 6238, SHA-1, 6 digits, 30 s), by libcotp.
std::string new_totp_secret();  // base32
std::string totp_uri(std::string_view secret, std::string_view account, std::string_view issuer);
namespace detail {
void init_totp();  // part of init()
}
// The step (unix time / 30) the code is valid for, with one step of tolerance each way; a step is accepted only once,
// so the caller stores it and passes the last one used.
std::optional<std::int64_t> check_totp(std::string_view secret, std::string_view code, std::int64_t unix_time,
                                       std::int64_t last_step);

}  // namespace mitwirken::crypto
