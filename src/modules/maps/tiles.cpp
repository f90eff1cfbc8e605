// Map tiles through our own server, so that no visitor's address reaches anybody else. "plan" is drawn from the
// districts' outlines; "basemap" is fetched and kept when the tenant has switched it on; "ebene-7" is a layer that
// staff have set up. Nothing else exists: the browser names a layer, never an address.
#include <atomic>
#include <nlohmann/json.hpp>

#include "core/house.h"
#include "core/maps/layers.h"
#include "modules/maps/pages.h"
#include "platform/geo/tiles.h"

namespace mitwirken::maps {

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

// The layer of this name, if the municipality shows it. Its key names a folder of pictures, and two municipalities may
// have layers of the same number in different installations only, so the number is enough.
std::optional<geo::Layer> layer_called(core::Visit& visit, const std::string& name) {
    if (name == "basemap") return visit.setting_on("site.basemap") ? std::optional(basemap()) : std::nullopt;
    for (const auto& layer : core::map_layers(visit.tx, visit.tenant.id))
        if (layer.key() == name && layer.shown != core::LayerShown::nowhere)
            return geo::Layer{.key = name,
                              .title = layer.title,
                              .attribution = layer.attribution,
                              .url = layer.pictures,
                              .min_zoom = int(layer.min_zoom),
                              .max_zoom = int(layer.max_zoom)};
    return {};
}

http::Response fetched(core::Visit& visit, geo::Tile wanted, const std::vector<core::Term>& districts) {
    static std::atomic<int> fetching = 0;
    if (!visit.house.tiles || !in_neighbourhood(wanted, districts)) throw NotFound();
    const auto layer = layer_called(visit, visit.parameter("layer"));
    if (!layer) throw NotFound();
    const Turn turn(fetching);
    auto image = visit.house.tiles->get(*layer, wanted);
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
    if (visit.parameter("layer") != "plan") {
        if (ending != ".png") throw NotFound();
        return fetched(visit, wanted, districts);
    }
    std::vector<geo::Outline> outlines;
    for (const auto& term : districts) outlines.push_back({term.name, core::outline_of(term)});
    return picture("image/png", geo::draw_tile(wanted, outlines, ending == ".dark.png"));
}

}  // namespace mitwirken::maps
