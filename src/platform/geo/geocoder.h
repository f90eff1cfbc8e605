// Addresses from a Photon or Nominatim service that the operator names. Asked by our server only: the service sees what
// was typed and our own address, nothing of the person. Answers are kept in memory for a day.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/geo/tiles.h"

namespace mitwirken::geo {

struct FoundAddress {
    std::string label;  // "Hansastraße 12, 44137 Dortmund"
    Point point;
};

enum class GeocoderKind { photon, nominatim };
struct GeocoderOptions {
    GeocoderKind kind = GeocoderKind::photon;
    std::string url;  // ".../api" of Photon, ".../search" of Nominatim
    int timeout_seconds = 4;
    Peers peers = {};
};

// May be used by many threads.
class Geocoder {
public:
    explicit Geocoder(GeocoderOptions options);
    ~Geocoder();
    // Best first, only inside the box; nothing (no list at all) when the service does not answer. Slow: outside
    // transactions.
    std::optional<std::vector<FoundAddress>> find(const std::string& typed, const Box& within);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// What a service answered, read; for tests without a network too.
std::optional<std::vector<FoundAddress>> read_photon(const std::string& json);
std::optional<std::vector<FoundAddress>> read_nominatim(const std::string& json);

}  // namespace mitwirken::geo
