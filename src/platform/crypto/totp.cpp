// Time-based one-time passwords (RFC 6238), by libcotp. A step is accepted once: what is not newer than the last step
// used is refused, so a code that was read over somebody's shoulder is worth nothing afterwards.
#include <cotp.h>
#include <sodium.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::crypto {

namespace {

constexpr int digits = 6;
constexpr int period = 30;

std::optional<std::string> code_at(const std::string& secret, std::int64_t step) {
    cotp_error_t error = VALID;
    const std::unique_ptr<char, decltype(&std::free)> code(
        get_totp_at(secret.c_str(), long(step * period), digits, period, SHA1, &error), &std::free);
    if (!code) return {};
    return std::string(code.get());
}

}  // namespace

void detail::init_totp() {
    // libcotp starts libgcrypt on first use, which must not happen on two threads at once.
    if (!code_at("GEZDGNBVGY3TQOJQ", 1)) throw std::runtime_error("libcotp cannot start");
}

std::string new_totp_secret() {
    // 32 letters of 5 random bits are the 160 bits RFC 4226 recommends.
    static constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string secret;
    for (int i = 0; i < 32; ++i) secret += base32[randombytes_uniform(32)];
    return secret;
}

std::string totp_uri(std::string_view secret, std::string_view account, std::string_view issuer) {
    return "otpauth://totp/" + escape_url(issuer) + ":" + escape_url(account) + "?secret=" + escape_url(secret) +
           "&issuer=" + escape_url(issuer) + "&algorithm=SHA1&digits=6&period=30";
}

std::optional<std::int64_t> check_totp(std::string_view secret, std::string_view code, std::int64_t unix_time,
                                       std::int64_t last_step) {
    std::string typed;  // apps show "123 456"
    for (const char c : code)
        if (c != ' ') typed += c;
    if (typed.size() != digits) return {};
    const std::string base32(secret);
    const std::int64_t now = unix_time / period;
    std::optional<std::int64_t> accepted;
    for (std::int64_t step = now - 1; step <= now + 1; ++step) {
        if (step <= last_step || step < 0) continue;
        const auto expected = code_at(base32, step);
        if (expected && equal(*expected, typed) && !accepted) accepted = step;
    }
    return accepted;
}

}  // namespace mitwirken::crypto
