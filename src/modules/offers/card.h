// Parts that several pages of offers share: the card, the colours of a topic, what a map needs.
#pragma once

#include "modules/offers/views.h"

namespace mitwirken::offers {

std::string pill_of(Kind kind);  // class of the state's pill
void fill_card(core::Visit& visit, html::Values card, const Offer& offer, const Terms& terms);
// data-bounds: the box around all districts; "" without districts.
std::string map_bounds(const std::vector<core::Term>& districts);

}  // namespace mitwirken::offers
