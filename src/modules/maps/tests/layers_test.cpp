// Layers of other map servers, from the form to the picture: against a WMS on this machine.
#include <doctest/doctest.h>

#include "core/maps/layers.h"
#include "platform/geo/tiles.h"
#include "platform/tests/local_server.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

const char* const capabilities = R"(<?xml version="1.0"?><WMS_Capabilities version="1.3.0"><Capability><Layer>
<CRS>EPSG:3857</CRS><CRS>EPSG:25832</CRS><Layer><Name>bplan</Name><Title>Bebauungspläne</Title></Layer>
<Layer><Name>baeume</Name><Title>Bäume</Title></Layer></Layer></Capability></WMS_Capabilities>)";

std::string wms(const std::string& request) {
    if (request.find("REQUEST=GetCapabilities") != std::string::npos)
        return answer("200 OK", "Content-Type: text/xml\r\n", capabilities);
    if (request.find("REQUEST=GetMap") != std::string::npos && request.find("LAYERS=bplan") != std::string::npos)
        return answer("200 OK", "Content-Type: image/png\r\n", geo::draw_tile({12, 2132, 1361}, {}, false));
    return answer("404 Not Found", "", "");
}

Fields layer_form(const std::string& url, const std::string& layer) {
    return {{"title", "Bebauungspläne"},
            {"kind", "wms"},
            {"url", url},
            {"layer", layer},
            {"attribution", "© Amt"},
            {"role", "overlay"},
            {"shown", "everywhere"},
            {"min_zoom", "5"},
            {"max_zoom", "18"},
            {"position", "10"}};
}

constexpr const char* add = "/verwaltung/karten-neu";

}  // namespace

TEST_CASE("a layer of a WMS is set up by asking the service, drawn through our server and taken away again") {
    LocalServer server(wms);
    TestHouse house;
    geo::TileCache cache(house.folder() + "/ebenen", 10'000'000, 30, 5, {geo::TileHosts::public_only, {"127.0.0.1"}});
    house.house().tiles = &cache;
    auto admin = house.as(core::Role::admin);
    const auto offered = admin.post(add, layer_form(server.url("/wms"), ""));
    CHECK(offered.status == 422);
    CHECK(offered.has("Bäume (baeume)"));
    CHECK(admin.post(add, layer_form(server.url("/wms"), "gibtesnicht")).status == 422);
    const auto saved = admin.post(add, layer_form(server.url("/wms"), "bplan"));
    REQUIRE(saved.status == 303);
    CHECK(admin.follow(saved).has("data-layers"));
    CHECK(admin.get("/verwaltung/karten").has("Bebauungspläne"));
    auto visitor = house.visitor();
    const std::string key = "ebene-" + saved.location().substr(saved.location().rfind('/') + 1);
    CHECK(visitor.get("/verfahren/smart-rhino/ideen/ideen?ansicht=karte").has(key));
    const auto tile = visitor.get("/karten/" + key + "/12/2132/1361.png");
    CHECK(tile.status == 200);
    CHECK(tile.type() == "image/png");
    CHECK(visitor.get("/karten/" + key + "/12/2199/1343.png").status == 404);  // Berlin: no proxy for the world
    CHECK(visitor.get("/karten/" + key + "/12/2132/1361.dark.png").status == 404);
    CHECK(admin.post(saved.location() + "/loeschen").status == 303);
    CHECK(visitor.get("/karten/" + key + "/12/2133/1361.png").status == 404);
    CHECK_FALSE(visitor.get("/verfahren/smart-rhino/ideen/ideen?ansicht=karte").has(key));
}

TEST_CASE("a layer in the town's own network, or none at all, is refused with what to do, and kept as typed") {
    LocalServer server(wms);
    TestHouse house;
    auto admin = house.as(core::Role::admin);
    const auto own = admin.post(add, layer_form(server.url("/wms"), "bplan"));
    CHECK(own.status == 422);
    CHECK(own.has("maps.hosts"));
    CHECK(own.has("Bebauungspläne"));
    CHECK(server.requests() == 0);
    auto tiles = layer_form(server.url("/{z}/{x}/{y}.png"), "");
    tiles[1].second = "xyz";
    CHECK(admin.post(add, tiles).status == 422);
    CHECK(server.requests() == 0);
    tiles[2].second = "https://karten.example/fest.png";
    CHECK(admin.post(add, tiles).has("{z}, {x} und {y}"));
    for (const char* bad : {"javascript:alert(1)", "file:///etc/passwd", "", "kein Dienst"}) {
        const auto refused = admin.post(add, layer_form(bad, "bplan"));
        CHECK(refused.status == 422);
    }
    auto wrong = layer_form("https://karten.example/wms", "a");
    wrong[7].second = "99";
    CHECK(admin.post(add, wrong).status == 422);
    CHECK(house.as(core::Role::editor).get("/verwaltung/karten").status == 403);
    CHECK(admin.get("/verwaltung/karten/999").status == 404);
}

}  // namespace mitwirken::tests
