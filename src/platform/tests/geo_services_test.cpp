// Map servers and address services, as they speak: real GetCapabilities, GetMap and search answers from a server on
// this machine. None on the internet is asked.
#include <doctest/doctest.h>

#include <vips/vips.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "platform/geo/geocoder.h"
#include "platform/geo/service.h"
#include "platform/geo/warp.h"
#include "platform/tests/local_server.h"

namespace mitwirken::tests {

namespace {

using namespace geo;
const Peers loopback{TileHosts::allow_loopback_for_tests, {}};

const char* const wms = R"(<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Pläne</Title></Service>
<Capability><Request><GetMap><Format>image/png</Format></GetMap></Request>
<Layer><Title>Alles</Title><CRS>EPSG:25832</CRS>
<Layer queryable="1"><Name>bplan</Name><Title>Bebauungspläne</Title><CRS>EPSG:3857</CRS></Layer>
<Layer><Name>kataster</Name><Title>Kataster &amp; mehr</Title></Layer>
</Layer></Capability></WMS_Capabilities>)";

const char* const wmts = R"(<?xml version="1.0"?>

<Capabilities xmlns="http://www.opengis.net/wmts/1.0"
xmlns:ows="http://www.opengis.net/ows/1.1" version="1.0.0"><Contents>
<Layer><ows:Title>Luftbild</ows:Title><ows:Identifier>dop</ows:Identifier><Style isDefault="true">
<ows:Identifier>default</ows:Identifier></Style>
<Format>image/jpeg</Format><TileMatrixSetLink><TileMatrixSet>UTM</TileMatrixSet></TileMatrixSetLink>
<TileMatrixSetLink><TileMatrixSet>WEB</TileMatrixSet></TileMatrixSetLink></Layer>
<Layer><ows:Title>Karte</ows:Title><ows:Identifier>karte</ows:Identifier><Style>
<ows:Identifier>grau</ows:Identifier></Style>
<Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>WEB</TileMatrixSet></TileMatrixSetLink>

<ResourceURL format="image/png" resourceType="tile"
template="https://karten.example/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/></Layer>
<Layer><ows:Title>Nur UTM</ows:Title><ows:Identifier>utm</ows:Identifier><Format>image/png</Format>
<TileMatrixSetLink><TileMatrixSet>UTM</TileMatrixSet></TileMatrixSetLink></Layer>
<TileMatrixSet><ows:Identifier>UTM</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::25832</ows:SupportedCRS>
<TileMatrix><ows:Identifier>00</ows:Identifier><ScaleDenominator>17471320.75</ScaleDenominator></TileMatrix>
</TileMatrixSet>
<TileMatrixSet><ows:Identifier>WEB</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
<TileMatrix><ows:Identifier>W:0</ows:Identifier><ScaleDenominator>559082264.0287178</ScaleDenominator></TileMatrix>
<TileMatrix><ows:Identifier>W:1</ows:Identifier><ScaleDenominator>279541132.0143589</ScaleDenominator>
</TileMatrix></TileMatrixSet>
</Contents></Capabilities>)";

struct TemporaryFolder {
    std::string path = std::filesystem::temp_directory_path() / "mitwirken-services-XXXXXX";
    TemporaryFolder() { REQUIRE(::mkdtemp(path.data())); }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

std::string png_of(const std::string& rgb, int side) {
    if (VIPS_INIT("test") != 0) return "";
    VipsImage* image = vips_image_new_from_memory(rgb.data(), rgb.size(), side, side, 3, VIPS_FORMAT_UCHAR);
    void* bytes = nullptr;
    std::size_t length = 0;
    REQUIRE(vips_pngsave_buffer(image, &bytes, &length, nullptr) == 0);
    std::string png(static_cast<const char*>(bytes), length);
    g_free(bytes);
    g_object_unref(image);
    return png;
}

std::pair<double, double> colour_at(const std::string& png, int x, int y) {
    VipsImage* image = nullptr;
    REQUIRE(vips_pngload_buffer(const_cast<char*>(png.data()), png.size(), &image, nullptr) == 0);
    double* values = nullptr;
    int count = 0;
    REQUIRE(vips_getpoint(image, &values, &count, x, y, nullptr) == 0);
    const std::pair<double, double> colour{values[0], values[1]};
    g_free(values);
    g_object_unref(image);
    return colour;
}

}  // namespace

TEST_CASE("what a WMS offers is read with the grids of the layers above, and becomes an address with a box") {
    const auto service = read_service(ServiceKind::wms, "https://karten.example/wms?map=x", wms);
    REQUIRE(service);
    REQUIRE(service->layers.size() == 2);
    CHECK(service->layer("kataster")->title == "Kataster & mehr");
    const auto mercator =
        picture_address(ServiceKind::wms, "https://karten.example/wms?map=x", *service->layer("bplan"));
    REQUIRE(mercator);
    CHECK(mercator->find("https://karten.example/wms?map=x&SERVICE=WMS") == 0);
    CHECK(mercator->find("CRS=EPSG:3857") != std::string::npos);
    CHECK(mercator->find("BBOX={bbox3857}") != std::string::npos);
    const auto utm = picture_address(ServiceKind::wms, "https://karten.example/wms", *service->layer("kataster"));
    REQUIRE(utm);
    CHECK(utm->find("BBOX={bbox25832}") != std::string::npos);
    CHECK_FALSE(picture_address(ServiceKind::wms, "https://x.example", {"a", "A", {"EPSG:31467"}, ""}));
    for (const char* bad : {"", "<html></html>", "<a", "{}", "<WMS_Capabilities><Capability/></WMS_Capabilities>"})
        CHECK_FALSE(read_service(ServiceKind::wms, "https://x.example", bad));
    const std::string stranger =
        R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><WMS_Capabilities><Capability>)"
        R"(<Layer><Name>a</Name><Title>&e;</Title></Layer></Capability></WMS_Capabilities>)";
    if (const auto read = read_service(ServiceKind::wms, "https://x.example", stranger))
        CHECK(read->layers.front().title.find("root") == std::string::npos);
}

TEST_CASE("a WMTS in Web Mercator becomes an address of tiles, by key and value or by its own pattern") {
    const auto service = read_service(ServiceKind::wmts, "https://karten.example/wmts", wmts);
    REQUIRE(service);
    const auto kvp = picture_address(ServiceKind::wmts, "", *service->layer("dop"));
    REQUIRE(kvp);
    CHECK(kvp->find("https://karten.example/wmts?SERVICE=WMTS") == 0);
    CHECK(kvp->find("FORMAT=image%2Fjpeg") != std::string::npos);
    CHECK(kvp->find("TILEMATRIX=W%3A{z}&TILEROW={y}&TILECOL={x}") != std::string::npos);
    CHECK(*picture_address(ServiceKind::wmts, "", *service->layer("karte")) ==
          "https://karten.example/grau/WEB/W:{z}/{y}/{x}.png");
    CHECK_FALSE(picture_address(ServiceKind::wmts, "", *service->layer("utm")));
}

TEST_CASE("a WMS on this machine describes itself and draws; its pictures are cached tiles") {
    LocalServer server([&](const std::string& request) {
        if (request.find("REQUEST=GetCapabilities") != std::string::npos)
            return answer("200 OK", "Content-Type: text/xml\r\n", wms);
        if (request.find("REQUEST=GetMap") != std::string::npos)
            return answer("200 OK", "Content-Type: image/png\r\n", draw_tile({12, 2132, 1361}, {}, false));
        return answer("404 Not Found", "", "");
    });
    const auto service = ask_service(ServiceKind::wms, server.url("/wms"), loopback);
    REQUIRE(service);
    const auto address = picture_address(ServiceKind::wms, server.url("/wms"), *service->layer("bplan"));
    TemporaryFolder folder;
    TileCache cache(folder.path, 10'000'000, 30, 5, loopback);
    const Layer layer{"ebene-1", "B-Pläne", "© Amt", *address, 5, 18};
    const auto first = cache.get(layer, {12, 2132, 1361});
    REQUIRE(first);
    CHECK(first->type == "image/png");
    CHECK(cache.get(layer, {12, 2132, 1361})->bytes == first->bytes);
    CHECK(server.requests() == 2);
    Layer utm = layer;
    utm.key = "ebene-2";
    utm.url = *picture_address(ServiceKind::wms, server.url("/wms"), *service->layer("kataster"));
    const auto bent = cache.get(utm, {12, 2132, 1361});
    REQUIRE(bent);
    CHECK(bent->bytes != first->bytes);
    CHECK(image_type(bent->bytes) == "image/png");
}

TEST_CASE("no service in the own network is asked, unless the operator has named its host") {
    LocalServer server([&](const std::string&) { return answer("200 OK", "Content-Type: text/xml\r\n", wms); });
    const std::string here = server.url("/wms");
    CHECK_FALSE(ask_service(ServiceKind::wms, here, {}));
    CHECK_FALSE(ask_service(ServiceKind::wms, here, {TileHosts::public_only, {"karten.intern"}}));
    CHECK(server.requests() == 0);
    CHECK(ask_service(ServiceKind::wms, here, {TileHosts::public_only, {"127.0.0.1"}}));
    for (const std::string bad : {"http://169.254.169.254/latest", "https://10.0.0.1/wms", "https://[::1]/wms",
                                  "file:///etc/passwd", "gopher://127.0.0.1/x", "https://localhost:1/", "kein", ""})
        CHECK_FALSE(ask_service(ServiceKind::wms, bad, {}, 2));
    LocalServer away(
        [&](const std::string&) { return answer("302 Found", "Location: http://169.254.169.254/latest\r\n", ""); });
    CHECK_FALSE(ask_service(ServiceKind::wms, away.url("/"), loopback, 2));
}

TEST_CASE("a picture in UTM is bent into the tile: what lies at a place in one lies there in the other") {
    const Tile tile{14, 8531, 5447};
    const Box box = utm_box(tile), flat = mercator_box(tile);
    CHECK(flat.north - flat.south == doctest::Approx(40075016.68 / 16384));
    // The picture is a map of itself: red grows to the east, green to the south.
    constexpr int side = utm_picture_pixels;
    std::string pixels;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            pixels += char(x * 255 / (side - 1));
            pixels += char(y * 255 / (side - 1));
            pixels += char(0);
        }
    const std::string bent = warp_to_tile(png_of(pixels, side), tile);
    REQUIRE(image_type(bent) == "image/png");
    constexpr std::pair<int, int> places[] = {{8, 8}, {128, 128}, {248, 8}, {8, 248}, {200, 60}};
    for (const auto& [x, y] : places) {
        const Metres at = to_utm32(from_pixel({tile.x * 256.0 + x + 0.5, tile.y * 256.0 + y + 0.5}, tile.zoom));
        const auto [red, green] = colour_at(bent, x, y);
        CHECK(std::abs(red - (at.east - box.west) / (box.east - box.west) * 255) < 2);
        CHECK(std::abs(green - (box.north - at.north) / (box.north - box.south) * 255) < 2);
    }
    for (const std::string& bad : {std::string(), std::string("PNG"), std::string(100, 'x'),
                                   std::string("\x89PNG\r\n\x1a\n") + std::string(60, '\xff')})
        CHECK(warp_to_tile(bad, tile).empty());
}

TEST_CASE("Photon's and Nominatim's answers become addresses; nonsense becomes nothing") {
    const auto photon = read_photon(R"({"type":"FeatureCollection","features":[
      {"type":"Feature","geometry":{"type":"Point","coordinates":[7.4652789,51.5135872]},"properties":{"osm_type":"N",
       "housenumber":"7","street":"Hansastraße","postcode":"44137","city":"Dortmund","countrycode":"DE"}},
      {"type":"Feature","geometry":{"type":"Point","coordinates":[7.46,51.51]},"properties":{"name":"Rathaus",
       "street":"Friedensplatz","housenumber":"1","city":"Dortmund"}},
      {"type":"Feature","geometry":null,"properties":{}}, 7]})");
    REQUIRE(photon);
    REQUIRE(photon->size() == 2);
    CHECK(photon->at(0).label == "Hansastraße 7, 44137 Dortmund");
    CHECK(photon->at(1).label == "Rathaus, Friedensplatz 1, Dortmund");
    CHECK(photon->at(0).point.lat == doctest::Approx(51.5135872));
    const auto nominatim = read_nominatim(R"([{"place_id":1,"lat":"51.5135872","lon":"7.4652789","name":"",
      "display_name":"7, Hansastraße, Dortmund","address":{"house_number":"7","road":"Hansastraße","city":"Dortmund",
      "postcode":"44137"}},{"lat":"x"},3])");
    REQUIRE(nominatim);
    REQUIRE(nominatim->size() == 1);
    CHECK(nominatim->at(0).label == "Hansastraße 7, 44137 Dortmund");
    CHECK_FALSE(read_photon("<html>"));
    CHECK_FALSE(read_photon("[]"));
    CHECK_FALSE(read_nominatim("{}"));
}

TEST_CASE("an address service is asked by our server once, inside the town only, and not at all while it is away") {
    std::string seen;
    LocalServer server([&](const std::string& request) {
        seen = request;
        return answer(
            "200 OK", "Content-Type: application/json\r\n",
            R"({"features":[{"geometry":{"coordinates":[7.4652,51.5135]},"properties":{"street":"Hansastraße"}},)"
            R"({"geometry":{"coordinates":[13.4,52.5]},"properties":{"street":"Berliner Straße"}}]})");
    });
    const Box town{7.3, 51.4, 7.7, 51.6};
    Geocoder geocoder(
        {.kind = GeocoderKind::photon, .url = server.url("/api"), .timeout_seconds = 2, .peers = loopback});
    const auto found = geocoder.find("Hansastr & Co", town);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().label == "Hansastraße");
    CHECK(geocoder.find("Hansastr & Co", town)->size() == 1);
    CHECK(server.requests() == 1);
    CHECK(seen.find("GET /api?q=Hansastr%20%26%20Co&limit=") == 0);
    for (const char* telling : {"Cookie", "Referer", "X-Forwarded-For"}) CHECK(seen.find(telling) == std::string::npos);
    server.stop();
    CHECK_FALSE(geocoder.find("Kampstraße", town));
    Geocoder closed({.kind = GeocoderKind::nominatim, .url = "http://127.0.0.1:9/search", .timeout_seconds = 1});
    CHECK_FALSE(closed.find("Kampstraße", town));
}

}  // namespace mitwirken::tests
