// Map services of others, when a layer of theirs is set up: what a WMS or WMTS says of itself (GetCapabilities), and
// the address its pictures come from. By libxml2; only our server asks, under the limits of fetch.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/geo/tiles.h"

namespace mitwirken::geo {

enum class ServiceKind { xyz, wms, wmts };

struct ServiceLayer {
    std::string name, title;
    std::vector<std::string> grids;  // WMS: "EPSG:3857" …, its own and those above it
    std::string address;             // WMTS: with {z}, {x}, {y}; "" when it has no grid of ours
};
struct Service {
    std::vector<ServiceLayer> layers;
    const ServiceLayer* layer(std::string_view name) const;
};
// Problems have the field "url".
Result<Service> read_service(ServiceKind kind, const std::string& address, std::string_view xml);
// Asks the service itself; slow.
Result<Service> ask_service(ServiceKind kind, const std::string& address, const Peers& peers, int timeout_seconds = 8);

// Where the pictures come from: with {z} {x} {y}, {bbox3857} or {bbox25832}. The field of a problem is "layer".
Result<std::string> picture_address(ServiceKind kind, const std::string& address, const ServiceLayer& layer);

}  // namespace mitwirken::geo
