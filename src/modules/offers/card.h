// Parts that several pages of offers share: the card, the colours of a topic, what a map needs.
#pragma once

#include "modules/offers/views.h"

namespace mitwirken::offers {

std::string pill_of(Kind kind);  // class of the state's pill
void fill_card(core::Visit& visit, html::Values card, const Offer& offer, const Terms& terms);
// data-layers of a <place-map>: the plan we draw ourselves and, where the tenant has chosen it, the official base map.
std::string map_layers(const core::Visit& visit);
// data-bounds: the box around all districts; "" without districts.
std::string map_bounds(const std::vector<core::Term>& districts);

}  // namespace mitwirken::offers
