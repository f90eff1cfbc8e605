// What a request line and the fields about its origin mean. Pure functions on foreign bytes: they never throw; what is
// not plainly right is refused, so that no later stage meets a path that two readers could read in two ways.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace mitwirken::http {

// Fills target, path and query; for the absolute form also host and the field Host. False: malformed.
bool read_target(std::string_view target, Request& request);

// "Example.DE:8080" -> "example.de", "[::1]:80" -> "[::1]". False: not a host name.
bool read_host(std::string_view text, std::string& host);

// Addresses and networks whose X-Forwarded-* is believed.
class Proxies {
public:
    // Throws std::runtime_error when an entry is neither an address nor a network.
    explicit Proxies(const std::vector<std::string>& entries);
    bool trusted(std::string_view address) const;

private:
    struct Network {
        std::array<unsigned char, 16> bytes;
        unsigned bits;
    };
    std::vector<Network> networks_;
};

// "::ffff:10.0.0.1" -> "10.0.0.1"; "" when it is no address.
std::string plain_address(std::string_view address);

// Whom a limit per address counts as one: an IPv4 address itself, of an IPv6 address its network of 64 bits, which one
// household or office holds as a whole.
std::string network_of(const std::string& address);

// Takes remote, scheme and host from X-Forwarded-For, -Proto and -Host; call it only when the peer is trusted.
void believe_proxy(Request& request, const Proxies& proxies);

}  // namespace mitwirken::http
