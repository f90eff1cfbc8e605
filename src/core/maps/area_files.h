// Areas that staff draw or hand in as a file: one area a procedure is about, and further ones that lie on its maps.
#pragma once

#include <string>

#include "platform/base/result.h"

namespace mitwirken::core {

inline constexpr std::size_t most_area_features = 500;

// GeoJSON in degrees or UTM 32 (EPSG:25832), told apart by the size of the numbers. Problems: field "file".
// Exactly one polygon, as a geometry.
Result<std::string> read_one_area(const std::string& bytes);
// Everything in it as a FeatureCollection of points, lines and polygons with a name each, nothing else.
Result<std::string> read_area_features(const std::string& bytes);

}  // namespace mitwirken::core
