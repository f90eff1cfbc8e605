// Secrets and hashes, by libsodium; see crypto.h. One installation key serves several purposes: each gets a key of its
// own derived from it, so that a signature can never be mistaken for a sealed text.
#include "platform/crypto/crypto.h"

#include <sodium.h>

#include <chrono>
#include <cstring>
#include <semaphore>
#include <stdexcept>

#include "platform/base/error.h"

namespace mitwirken::crypto {

namespace {

constexpr auto wait_for_slot = std::chrono::seconds{20};
std::counting_semaphore<hash_slots> slots{hash_slots};

// One of the places in which 64 MiB may be used; a flood of sign-ins is told to come back instead of piling up.
class Slot {
public:
    Slot() {
        if (!slots.try_acquire_for(wait_for_slot))
            throw Busy(tr_noop("Too many people are signing in at this moment. Please try again in a minute."));
    }
    ~Slot() { slots.release(); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
};

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string base64url(const unsigned char* data, std::size_t size) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(size, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), data, size, variant);
    text.pop_back();  // its terminating zero
    return text;
}

std::string hex_of(const unsigned char* data, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), data, size);
    text.pop_back();
    return text;
}

enum class Use : std::uint64_t { signing = 1, sealing = 2 };

Key derived(const Key& key, Use use) {
    static_assert(sizeof(Key) == crypto_kdf_KEYBYTES);
    Key made;
    crypto_kdf_derive_from_key(made.data(), made.size(), std::uint64_t(use), "mitwirk1", key.data());
    return made;
}

crypto_hash_sha256_state* sha(unsigned char* state) { return reinterpret_cast<crypto_hash_sha256_state*>(state); }

}  // namespace

void init() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    detail::init_totp();
}

std::string random_token() {
    unsigned char raw[32];
    randombytes_buf(raw, sizeof raw);
    return base64url(raw, sizeof raw);
}

std::string random_password(std::size_t n) {
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (std::size_t i = 0; i < n; ++i) password += letters[randombytes_uniform(std::uint32_t(letters.size()))];
    return password;
}

std::uint64_t random_number() {
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return number;
}

std::string hash_password(std::string_view password) {
    const Slot slot;
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("no memory to hash a password");
    return hash;
}

bool verify_password(std::string_view hash, std::string_view password) {
    const std::string terminated(hash);
    if (terminated.size() >= crypto_pwhash_STRBYTES) return false;
    const Slot slot;
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

void verify_nothing(std::string_view password) {
    // A hash nobody knows the password of, with the parameters of hash_password.
    static const std::string nobody =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZSByYW5kb20gc2FsdA$YWxsIGJ5dGVzIGFyZSBlcXVhbGx5IHVuaGVscGZ1bDo";
    (void)verify_password(nobody, password);
}

std::string sha256_hex(std::string_view text) {
    Sha256 hash;
    hash.add(text);
    return hash.hex();
}

std::string fingerprint(std::string_view bytes) {
    constexpr unsigned char no_secret[crypto_shorthash_siphashx24_KEYBYTES] = {};
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    crypto_shorthash_siphashx24(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), no_secret);
    char text[2 * sizeof hash + 1];
    sodium_bin2hex(text, sizeof text, hash, sizeof hash);
    return text;
}

Sha256::Sha256() {
    static_assert(sizeof(state_) >= sizeof(crypto_hash_sha256_state));
    static_assert(alignof(crypto_hash_sha256_state) <= 16);
    crypto_hash_sha256_init(sha(state_));
}

void Sha256::add(std::string_view text) { crypto_hash_sha256_update(sha(state_), bytes(text), text.size()); }

std::string Sha256::hex() {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(sha(state_), digest);
    return hex_of(digest, sizeof digest);
}

std::string token_hash(std::string_view token) {
    static constexpr std::string_view domain = "mitwirken token look-up 1";
    static_assert(domain.size() >= crypto_generichash_KEYBYTES_MIN && domain.size() <= crypto_generichash_KEYBYTES_MAX);
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, bytes(token), token.size(), bytes(domain), domain.size());
    return base64url(digest, sizeof digest);
}

std::string sign(const Key& key, std::string_view purpose, std::string_view message) {
    // The length in front keeps ("ab", "c") and ("a", "bc") apart.
    const std::string text = std::to_string(purpose.size()) + ':' + std::string(purpose) + std::string(message);
    const Key own = derived(key, Use::signing);
    static_assert(sizeof(Key) == crypto_auth_KEYBYTES);
    unsigned char tag[crypto_auth_BYTES];
    crypto_auth(tag, bytes(text), text.size(), own.data());
    return base64url(tag, sizeof tag);
}

bool verify(const Key& key, std::string_view purpose, std::string_view message, std::string_view signature) {
    return equal(sign(key, purpose, message), signature);
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(const Key& key, std::string_view plain) {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    const Key own = derived(key, Use::sealing);
    std::string sealed(nonce_size + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    auto* raw = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(raw, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw + nonce_size, nullptr, bytes(plain), plain.size(), nullptr, 0,
                                               nullptr, raw, own.data());
    return base64url(raw, sealed.size());
}

std::optional<std::string> open(const Key& key, std::string_view sealed) {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    std::string raw(sealed.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), sealed.data(), sealed.size(), "",
                          &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return {};
    if (size < nonce_size + tag_size) return {};
    const Key own = derived(key, Use::sealing);
    std::string plain(size - nonce_size - tag_size, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                   bytes(raw) + nonce_size, size - nonce_size, nullptr, 0, bytes(raw),
                                                   own.data()) != 0)
        return {};
    return plain;
}

}  // namespace mitwirken::crypto
