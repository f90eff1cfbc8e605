// The handlers of this module, for module.cpp, and what its pages share.
#pragma once

#include "core/maps/addresses.h"
#include "core/maps/layers.h"
#include "core/visit.h"

namespace mitwirken::maps {

inline constexpr std::string_view edit_action = "maps.edit";
inline constexpr std::string_view addresses_base = "/verwaltung/adressen", layers_base = "/verwaltung/karten";

// ---- tiles.cpp
http::Response tile(core::Visit& visit);
// Layers of other servers show the neighbourhood of the municipality only: never an open proxy.
bool in_neighbourhood(geo::Tile tile, const std::vector<core::Term>& districts);

// ---- addresses_pages.cpp
http::Response addresses_json(core::Visit& visit);
http::Response addresses_page(core::Visit& visit);
http::Response import_page(core::Visit& visit);
http::Response addresses_csv(core::Visit& visit);
void read_upload(core::Preparation& preparation);

// ---- example.cpp
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
std::vector<core::AddressRow> example_addresses();

}  // namespace mitwirken::maps
