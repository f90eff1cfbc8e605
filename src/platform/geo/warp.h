// Pictures of map servers that only speak UTM 32 (EPSG:25832), bent into Web-Mercator tiles; and the boxes of a tile in
// both. Done here and not in the browser: every map of ours stays in one grid, and the browser needs no further code.
#pragma once

#include <string>
#include <string_view>

#include "platform/geo/geo.h"

namespace mitwirken::geo {

inline constexpr std::string_view mercator_box_mark = "{bbox3857}", utm_box_mark = "{bbox25832}";
inline constexpr int utm_picture_pixels = 384;  // asked for: a tile turned by some degrees, without loss

// Metres of EPSG:3857.
Box mercator_box(Tile tile);
// Metres of EPSG:25832: the smallest box that holds the tile.
Box utm_box(Tile tile);
// A PNG of utm_box(tile) becomes the PNG of the tile, 256 x 256; "" when it is no PNG of a sane size.
std::string warp_to_tile(const std::string& png, Tile tile);

}  // namespace mitwirken::geo
