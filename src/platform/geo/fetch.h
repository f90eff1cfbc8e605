// One answer from one address, for this folder only: limits on protocol, peer, size and time in one place.
#pragma once

#include <string>

#include "platform/geo/tiles.h"

namespace mitwirken::geo {

enum class Fetched { image, none, refused, unreachable };  // none: the server says there is no such tile
struct Fetch {
    Fetched result = Fetched::unreachable;
    TileImage image;
};

Fetch fetch_image(const std::string& url, int timeout_seconds, const Peers& peers);

struct FetchedText {
    Fetched result = Fetched::unreachable;  // image: the bytes are here, whatever they are
    std::string bytes;
};
FetchedText fetch_text(const std::string& url, const char* accept, int timeout_seconds, const Peers& peers);

}  // namespace mitwirken::geo
