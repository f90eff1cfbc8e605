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

// ---- layers_pages.cpp
http::Response layers_page(core::Visit& visit);
http::Response new_layer_page(core::Visit& visit);
http::Response add_layer(core::Visit& visit);
http::Response layer_page(core::Visit& visit);
http::Response save_layer(core::Visit& visit);
http::Response remove_layer(core::Visit& visit);
// Asks the service what it offers, before the transaction.
void ask_service(core::Preparation& preparation);

// ---- area_pages.cpp: the areas of one procedure, for everybody and for staff
http::Response area_geojson(core::Visit& visit);
http::Response further_geojson(core::Visit& visit);
http::Response areas_page(core::Visit& visit);
http::Response save_area(core::Visit& visit);
http::Response add_further(core::Visit& visit);
http::Response remove_further(core::Visit& visit);
void read_area_file(core::Preparation& preparation);

// ---- example.cpp
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
std::vector<core::AddressRow> example_addresses();

}  // namespace mitwirken::maps
