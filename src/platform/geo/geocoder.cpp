// See geocoder.h. Formats: Photon's GeoJSON (github.com/komoot/photon, "Search API"), Nominatim's "jsonv2" with
// addressdetails.
#include "platform/geo/geocoder.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/geo/fetch.h"

namespace mitwirken::geo {

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
constexpr auto kept = std::chrono::hours(24);
constexpr auto rest_after_failure = std::chrono::seconds(30);
constexpr std::size_t most_kept = 2000;
constexpr int wanted = 8;

std::string text_at(const json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? clean(at->get<std::string>()) : "";
}

std::string label_of(const std::string& name, const std::string& street, const std::string& number,
                     const std::string& postcode, const std::string& place) {
    std::string first = street.empty() ? name : number.empty() ? street : street + " " + number;
    if (!name.empty() && !street.empty() && name != street) first = name + ", " + first;
    const std::string second = postcode.empty() ? place : place.empty() ? postcode : postcode + " " + place;
    return first.empty() ? second : second.empty() ? first : first + ", " + second;
}

bool is_point(double lon, double lat) { return std::abs(lon) <= 180 && std::abs(lat) <= 90; }

bool in_box(Point p, const Box& box) {
    return p.lon >= box.west && p.lon <= box.east && p.lat >= box.south && p.lat <= box.north;
}

}  // namespace

std::optional<std::vector<FoundAddress>> read_photon(const std::string& bytes) {
    const auto answer = json::parse(bytes, nullptr, false);
    if (!answer.is_object() || !answer.contains("features") || !answer["features"].is_array()) return {};
    std::vector<FoundAddress> found;
    for (const auto& feature : answer["features"]) {
        if (!feature.is_object()) continue;
        const auto geometry = feature.value("geometry", json::object());
        const auto at = geometry.is_object() ? geometry.value("coordinates", json::array()) : json::array();
        if (!at.is_array() || at.size() < 2 || !at[0].is_number() || !at[1].is_number()) continue;
        const auto p = feature.value("properties", json::object());
        const Point point{at[0].get<double>(), at[1].get<double>()};
        if (!p.is_object() || !is_point(point.lon, point.lat)) continue;
        const std::string city = text_at(p, "city");
        const std::string label = label_of(text_at(p, "name"), text_at(p, "street"), text_at(p, "housenumber"),
                                           text_at(p, "postcode"), city.empty() ? text_at(p, "county") : city);
        if (!label.empty()) found.push_back({label, point});
    }
    return found;
}

std::optional<std::vector<FoundAddress>> read_nominatim(const std::string& bytes) {
    const auto answer = json::parse(bytes, nullptr, false);
    if (!answer.is_array()) return {};
    std::vector<FoundAddress> found;
    for (const auto& one : answer) {
        if (!one.is_object()) continue;
        const double lon = std::strtod(text_at(one, "lon").c_str(), nullptr);
        const double lat = std::strtod(text_at(one, "lat").c_str(), nullptr);
        if (!is_point(lon, lat) || text_at(one, "lon").empty() || text_at(one, "lat").empty()) continue;
        const auto a = one.value("address", json::object());
        std::string label;
        if (a.is_object()) {
            std::string place;
            for (const char* kind : {"city", "town", "village", "municipality"})
                if (place.empty()) place = text_at(a, kind);
            label = label_of(text_at(one, "name"), text_at(a, "road"), text_at(a, "house_number"),
                             text_at(a, "postcode"), place);
        }
        if (label.empty()) label = text_at(one, "display_name");
        if (!label.empty()) found.push_back({label, {lon, lat}});
    }
    return found;
}

struct Geocoder::State {
    GeocoderOptions options;
    std::mutex mutex;
    struct Kept {
        Clock::time_point until;
        std::vector<FoundAddress> found;
    };
    std::map<std::string, Kept> known;
    Clock::time_point rests_until{};

    std::string address(const std::string& typed, const Box& box) const {
        const std::string url = options.url + (options.url.find('?') == std::string::npos ? "?" : "&");
        const std::string text = escape_url(typed);
        if (options.kind == GeocoderKind::photon)
            return fmt::format("{}q={}&limit={}&lang=de&bbox={:.5f},{:.5f},{:.5f},{:.5f}", url, text, wanted, box.west,
                               box.south, box.east, box.north);
        return fmt::format(
            "{}q={}&format=jsonv2&addressdetails=1&limit={}&accept-language=de&bounded=1&viewbox={:.5f},{:.5f},{:.5f},"
            "{:.5f}",
            url, text, wanted, box.west, box.north, box.east, box.south);
    }
};

Geocoder::Geocoder(GeocoderOptions options) : state_(new State{std::move(options), {}, {}, {}}) {}
Geocoder::~Geocoder() = default;

std::optional<std::vector<FoundAddress>> Geocoder::find(const std::string& typed, const Box& within) {
    const std::string text = first_letters(trimmed(typed), 120);
    if (text.empty()) return std::vector<FoundAddress>{};
    const std::string url = state_->address(text, within);
    {
        const std::lock_guard lock(state_->mutex);
        const auto known = state_->known.find(url);
        if (known != state_->known.end() && known->second.until > Clock::now()) return known->second.found;
        if (state_->rests_until > Clock::now()) return {};
    }
    const auto answer = fetch_text(url, "application/json", state_->options.timeout_seconds, state_->options.peers);
    std::optional<std::vector<FoundAddress>> found;
    if (answer.result == Fetched::image)
        found = state_->options.kind == GeocoderKind::photon ? read_photon(answer.bytes) : read_nominatim(answer.bytes);
    const std::lock_guard lock(state_->mutex);
    if (!found) {
        state_->rests_until = Clock::now() + rest_after_failure;
        return {};
    }
    std::erase_if(*found, [&](const FoundAddress& one) { return !in_box(one.point, within); });
    if (state_->known.size() >= most_kept) state_->known.clear();
    state_->known[url] = {Clock::now() + kept, *found};
    return found;
}

}  // namespace mitwirken::geo
