// Tiles of other servers through ours: cached on disk, only layers on the allow-list, limits on size, type and time.
// The visitor's address, cookies and referrer never leave. Never an open proxy: the caller names a layer, not an
// address.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/geo/geo.h"

namespace mitwirken::geo {

struct Layer {
    std::string key, title, attribution;  // key: a-z, 0-9, hyphen; it names a folder
    std::string url;                      // "https://host/…/{z}/{x}/{y}.png"; "" = drawn by ourselves
    int min_zoom = 5, max_zoom = 18;
};

struct TileImage {
    std::string type, bytes;
};

// Tests fetch from a server on this machine, in plain http; with this option nothing else is reachable.
enum class TileHosts { public_only, allow_loopback_for_tests };
// Whom our server may ask. Hosts the operator has named may lie in the town's own network and speak plain http.
struct Peers {
    TileHosts hosts = TileHosts::public_only;
    std::vector<std::string> named = {};  // host names or addresses, without port
};

// May be used by many threads; one object per folder.
class TileCache {
public:
    TileCache(std::string folder, std::uint64_t max_bytes, int max_age_days, int timeout_seconds = 10,
              Peers peers = {});
    ~TileCache();
    const Peers& peers() const;
    // From the cache or the server (libcurl, https only, public addresses only, <= 2 MB, PNG, JPEG or WebP by its
    // bytes). Nothing when the layer does not have the tile or the server does not answer; slow: outside
    // transactions. A stale tile is better than none when the server is away. The same tile is fetched once however
    // many ask; what failed is not asked for again for five minutes, and a server that does not answer at all is
    // left alone for half a minute.
    std::optional<TileImage> get(const Layer& layer, Tile tile);

private:
    struct State;
    struct Landing;
    std::unique_ptr<State> state_;
};

// "image/png", "image/jpeg", "image/webp" by the first bytes; "" for anything else.
std::string image_type(const std::string& bytes);

// Whether an address (text form of IPv4 or IPv6) belongs to the public internet: not loopback, private, link-local,
// shared, documentation, multicast, nor one of those wrapped into IPv6 (RFC 6890 and the IANA special-purpose
// registries).
bool is_public_address(const std::string& address);

}  // namespace mitwirken::geo
