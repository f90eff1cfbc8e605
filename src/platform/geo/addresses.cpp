// Which addresses are public. A list of what is not: RFC 6890 and the IANA registries of special-purpose addresses.
#include <arpa/inet.h>

#include <array>
#include <cstring>

#include "platform/geo/tiles.h"

namespace mitwirken::geo {
namespace {

struct Range4 {
    std::array<unsigned char, 4> start;
    int bits;
};
constexpr Range4 special4[] = {
    {{0, 0, 0, 0}, 8},      {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10}, {{127, 0, 0, 0}, 8},
    {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},  {{192, 0, 0, 0}, 24},  {{192, 0, 2, 0}, 24},
    {{192, 88, 99, 0}, 24}, {{192, 168, 0, 0}, 16}, {{198, 18, 0, 0}, 15}, {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4},
};

bool matches(const unsigned char* address, const unsigned char* start, int bits) {
    if (std::memcmp(address, start, static_cast<std::size_t>(bits / 8)) != 0) return false;
    const int rest = bits % 8;
    return rest == 0 || (address[bits / 8] ^ start[bits / 8]) >> (8 - rest) == 0;
}

bool is_public4(const unsigned char* address) {
    for (const Range4& range : special4) {
        if (matches(address, range.start.data(), range.bits)) return false;
    }
    return true;
}

bool is_public6(const unsigned char* address) {
    constexpr unsigned char global[] = {0x20}, teredo[] = {0x20, 0x01, 0x00, 0x00}, six_to_four[] = {0x20, 0x02};
    constexpr unsigned char orchid[] = {0x20, 0x01, 0x00}, documentation[] = {0x20, 0x01, 0x0d, 0xb8};
    constexpr unsigned char nat64[] = {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    if (matches(address, nat64, 96)) return is_public4(address + 12);  // IPv4 wrapped by the network's own translator
    if (!matches(address, global, 3))
        return false;  // only 2000::/3 is given out: this leaves out ::1, fc00::, fe80::, ff00::
    if (matches(address, six_to_four, 16)) return is_public4(address + 2);
    return !matches(address, teredo, 32) && !matches(address, orchid, 23) && !matches(address, documentation, 32);
}

}  // namespace

bool is_public_address(const std::string& address) {
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return is_public4(bytes);
    return inet_pton(AF_INET6, address.c_str(), bytes) == 1 && is_public6(bytes);
}

}  // namespace mitwirken::geo
