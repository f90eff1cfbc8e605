// Tiles of other servers through ours: cached on disk, only layers on the allow-list, limits on size, type and time. The
// visitor's address, cookies and referrer never leave. Never an open proxy: the caller names a layer, not an address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/geo/geo.h"

namespace mitwirken::geo {

struct Layer {
    std::string key, title, attribution;
    std::string url;  // "https://host/…/{z}/{x}/{y}.png"; "" = drawn by ourselves
    int min_zoom = 5, max_zoom = 18;
};

struct TileImage { std::string type, bytes; };

class TileCache {
public:
    TileCache(std::string folder, std::uint64_t max_bytes, int max_age_days, int timeout_seconds = 10);
    // From the cache or the server (libcurl, https only, public addresses only, <= 2 MB, image/* by its bytes). Nothing when
    // the layer does not have the tile or the server does not answer; slow: outside transactions. A stale tile is better
    // than none when the server is away.
    std::optional<TileImage> get(const Layer& layer, Tile tile);

private:
    std::string folder_;
    std::uint64_t max_bytes_;
    int max_age_days_, timeout_seconds_;
};

}  // namespace mitwirken::geo
