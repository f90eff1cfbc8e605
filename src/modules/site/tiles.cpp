// Map tiles through our own server, so that no visitor's address reaches anybody else. "plan" is drawn from the
// districts' outlines; "basemap" is fetched and kept when the tenant has switched it on. No other layer exists.
#include <atomic>
#include <nlohmann/json.hpp>

#include "core/house.h"
#include "modules/site/pages.h"
#include "platform/geo/tiles.h"

namespace mitwirken::site {

namespace {

constexpr int most_fetches = 2;         // at the same time: a slow map server must not hold the readers of all pages
constexpr double neighbourhood = 0.25;  // degrees around the districts

const geo::Layer& basemap() {
    static const geo::Layer layer{.key = "basemap",
                                  .title = "basemap.de",
                                  .attribution = "© basemap.de / BKG",
                                  .url =
                                      "https://sgx.geodatenzentrum.de/wmts_basemapde/tile/1.0.0/"
                                      "de_basemapde_web_raster_farbe/default/GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png"};
    return layer;
}

http::Response picture(std::string type, std::string bytes) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Cache-Control", "public, max-age=86400");
    response.body = std::move(bytes);
    return response;
}

struct Turn {
    explicit Turn(std::atomic<int>& counter) : counter_(counter) {
        if (counter_.fetch_add(1) < most_fetches) return;
        counter_.fetch_sub(1);
        throw Busy();
    }
    ~Turn() { counter_.fetch_sub(1); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    std::atomic<int>& counter_;
};

http::Response fetched(core::Visit& visit, geo::Tile wanted, const std::vector<core::Term>& districts) {
    static std::atomic<int> fetching = 0;
    if (!visit.setting_on("site.basemap") || !visit.house.tiles || !in_neighbourhood(wanted, districts))
        throw NotFound();
    const Turn turn(fetching);
    auto image = visit.house.tiles->get(basemap(), wanted);
    if (!image) throw NotFound();
    return picture(image->type, std::move(image->bytes));
}

}  // namespace

bool in_neighbourhood(geo::Tile tile, const std::vector<core::Term>& districts) {
    const geo::Box box = geo::bounds(tile);
    for (const auto& district : districts)
        for (const auto& point : core::outline_of(district)) {
            const bool beside = point.lon + neighbourhood < box.west || point.lon - neighbourhood > box.east;
            const bool above = point.lat + neighbourhood < box.south || point.lat - neighbourhood > box.north;
            if (!beside && !above) return true;
        }
    return false;
}

http::Response tile(core::Visit& visit) {
    std::string last = visit.parameter("y");
    const auto dot = last.find('.');
    const std::string ending = dot == std::string::npos ? "" : last.substr(dot);
    const auto zoom = to_int(visit.parameter("zoom")), x = to_int(visit.parameter("x")),
               y = to_int(last.substr(0, dot));
    if (!zoom || !x || !y || *zoom < 0 || *zoom > 18 || (ending != ".png" && ending != ".dark.png")) throw NotFound();
    const std::int64_t side = std::int64_t{1} << *zoom;
    if (*x < 0 || *y < 0 || *x >= side || *y >= side) throw NotFound();
    const geo::Tile wanted{int(*zoom), int(*x), int(*y)};
    const auto districts = core::terms(visit.tx, visit.tenant.id, "district");
    if (visit.parameter("layer") == "basemap" && ending == ".png") return fetched(visit, wanted, districts);
    if (visit.parameter("layer") != "plan") throw NotFound();
    std::vector<geo::Outline> outlines;
    for (const auto& term : districts) outlines.push_back({term.name, core::outline_of(term)});
    return picture("image/png", geo::draw_tile(wanted, outlines, ending == ".dark.png"));
}

// The districts' outlines as areas of a map.
http::Response districts_geojson(core::Visit& visit) {
    auto features = nlohmann::json::array();
    for (const auto& district : core::terms(visit.tx, visit.tenant.id, "district")) {
        auto ring = core::outline_of(district);
        if (ring.size() < 3 || district.retired) continue;
        ring.push_back(ring.front());
        auto coordinates = nlohmann::json::array();
        for (const auto& point : ring) coordinates.push_back({point.lon, point.lat});
        features.push_back(
            {{"type", "Feature"},
             {"geometry", {{"type", "Polygon"}, {"coordinates", {coordinates}}}},
             {"properties",
              {{"key", district.key}, {"name", district.name}, {"href", visit.url("/bezirke/" + district.key)}}}});
    }
    auto response =
        http::Response::json(200, nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump());
    response.headers.set("Content-Type", "application/geo+json");
    return response;
}

}  // namespace mitwirken::site
