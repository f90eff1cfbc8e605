// Where the name of an area stands: the middle of the largest circle inside it (GEOS), so that it is inside even
// when the area is bent like an L.
#pragma once

#include <vector>

#include "platform/geo/geo.h"

namespace mitwirken::geo {

struct Label {
    Point at;
    double radius = 0;
};  // radius in degrees of latitude; 0 when the ring is no area
Label label_of(const std::vector<Point>& ring);
// Three corners or more, all of them numbers.
bool is_area(const std::vector<Point>& ring);
Box box_of(const std::vector<Point>& ring);

}  // namespace mitwirken::geo
