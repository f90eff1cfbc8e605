// One image from one address, for the tile cache only: limits on protocol, peer, size and time in one place.
#pragma once

#include <string>

#include "platform/geo/tiles.h"

namespace mitwirken::geo {

enum class Fetched { image, none, refused, unreachable };  // none: the server says there is no such tile
struct Fetch {
    Fetched result = Fetched::unreachable;
    TileImage image;
};

Fetch fetch_image(const std::string& url, int timeout_seconds, TileHosts hosts);

}  // namespace mitwirken::geo
