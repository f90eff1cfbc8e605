// Points, groups and drawn tiles. The tile cache is tested in geo_tiles_test.cpp.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "platform/geo/geo.h"
#include "platform/geo/label.h"
#include "platform/geo/tiles.h"

using namespace mitwirken::geo;

namespace {

constexpr Point dortmund{7.4653, 51.5136};
const std::vector<Point> square{{7.4, 51.5}, {7.5, 51.5}, {7.5, 51.6}, {7.4, 51.6}};

// Repeatable points in and around Dortmund.
std::vector<Marked> crowd(std::int64_t count, double width) {
    std::uint64_t seed = 42;
    const auto next = [&] {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(seed >> 33) / 2147483648.0;
    };
    std::vector<Marked> points;
    for (std::int64_t id = 1; id <= count; ++id) {
        const double lon = 7.3 + next() * width;
        points.push_back({id, {lon, 51.4 + next() * width * 0.6}});
    }
    return points;
}

std::int64_t total(const std::vector<Cluster>& clusters) {
    std::int64_t sum = 0;
    for (const Cluster& group : clusters) sum += group.count;
    return sum;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

}  // namespace

TEST_CASE("a place in Dortmund has the UTM coordinates of the land survey") {
    // Control values: Krüger's series to the fourth order, reckoned apart from PROJ.
    const Metres metres = to_utm32(dortmund);
    CHECK(metres.east == doctest::Approx(393506.835).epsilon(1e-8));
    CHECK(metres.north == doctest::Approx(5708058.186).epsilon(1e-9));
    const Point back = from_utm32(metres);
    CHECK(back.lon == doctest::Approx(dortmund.lon).epsilon(1e-12));
    CHECK(back.lat == doctest::Approx(dortmund.lat).epsilon(1e-12));
    CHECK(to_utm32({9, 0}).east == doctest::Approx(500000));  // the middle of the zone
}

TEST_CASE("a distance is measured on the ellipsoid") {
    CHECK(distance_metres(dortmund, dortmund) == 0);
    // A degree of latitude around 51.5 degrees is 111.26 km on GRS80.
    CHECK(distance_metres({7, 51}, {7, 52}) == doctest::Approx(111257).epsilon(1e-4));
    CHECK(distance_metres({7, 51}, {8, 51}) == distance_metres({8, 51}, {7, 51}));
}

TEST_CASE("a typed point is taken with point or comma and only within Germany") {
    const auto point = parse_point(" 51.5136", "7,4653 ");
    REQUIRE(point);
    CHECK(point->lat == 51.5136);
    CHECK(point->lon == 7.4653);
    CHECK_FALSE(parse_point("7.4653", "51.5136"));  // swapped
    CHECK_FALSE(parse_point("48.8566", "2.3522"));  // Paris
    CHECK_FALSE(parse_point("", "7.4"));
    CHECK_FALSE(parse_point("51.5x", "7.4"));
    CHECK_FALSE(parse_point("51.5 7", "7.4"));
    CHECK_FALSE(parse_point("nan", "7.4"));
    CHECK_FALSE(parse_point("5e1", "7.4"));
    CHECK_FALSE(parse_point("51,5,1", "7.4"));
}

TEST_CASE("a point is inside a ring, closed or not, and its border belongs to it") {
    auto closed = square;
    closed.push_back(square.front());
    for (const auto& ring : {square, closed}) {
        CHECK(inside({7.45, 51.55}, ring));
        CHECK_FALSE(inside({7.55, 51.55}, ring));
        CHECK_FALSE(inside({7.45, 51.65}, ring));
        CHECK(inside({7.4, 51.55}, ring));
        CHECK(inside({7.5, 51.6}, ring));
        CHECK_FALSE(inside({7.3, 51.5}, ring));  // on the line of an edge, not on the edge
    }
    CHECK_FALSE(inside({7.45, 51.55}, {{7.4, 51.5}, {7.5, 51.6}}));
    const std::vector<Point> bent{{0, 0}, {3, 0}, {3, 1}, {1, 1}, {1, 3}, {0, 3}};
    CHECK(inside({0.5, 2.5}, bent));
    CHECK_FALSE(inside({2, 2}, bent));
}

TEST_CASE("near points become one group, far ones stay alone with their id") {
    const std::vector<Marked> points{{1, {7.4, 51.5}}, {2, {7.4001, 51.5}}, {9, {7.6, 51.5}}};
    const auto groups = cluster(points, 12);
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].count == 2);
    CHECK(groups[0].only == 0);
    CHECK(groups[0].centre.lon == doctest::Approx(7.40005));
    CHECK(groups[0].box.west == 7.4);
    CHECK(groups[0].box.east == 7.4001);
    CHECK(groups[1].count == 1);
    CHECK(groups[1].only == 9);
    CHECK(groups[1].centre.lon == 7.6);  // exactly where it is
    CHECK(cluster(points, 20).size() == 3);
    CHECK(cluster({}, 10).empty());
}

TEST_CASE("no point is lost or counted twice, and groups keep their distance") {
    for (const int zoom : {0, 9, 11, 13, 16}) {
        const auto points = crowd(3000, 0.3);
        const auto groups = cluster(points, zoom);
        CHECK(total(groups) == 3000);
        double nearest = 1e9;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const Pixel a = to_pixel(groups[i].centre, zoom), b = to_pixel(groups[j].centre, zoom);
                nearest = std::min(nearest, std::hypot(a.x - b.x, a.y - b.y));
            }
        }
        CHECK(nearest > 20);
    }
}

TEST_CASE("groups do not depend on the order of the input") {
    auto points = crowd(2000, 0.3);
    const auto first = cluster(points, 12);
    std::reverse(points.begin(), points.end());
    const auto second = cluster(points, 12);
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(first[i].centre.lon == second[i].centre.lon);
        CHECK(first[i].count == second[i].count);
        CHECK(first[i].only == second[i].only);
    }
}

TEST_CASE("broken coordinates are left out of groups") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(total(cluster({{1, {nan, 51}}, {2, {7, std::numeric_limits<double>::infinity()}}, {3, dortmund}}, 10)) == 1);
    CHECK(total(cluster({{1, {0, 90}}, {2, {0, -90}}}, 3)) == 2);
}

TEST_CASE("twenty thousand points are grouped quickly, spread out or on one heap") {
    for (const double width : {0.5, 0.0}) {
        const auto points = crowd(20'000, width);
        const auto start = std::chrono::steady_clock::now();
        const auto groups = cluster(points, 12);
        const auto taken = std::chrono::steady_clock::now() - start;
        CHECK(total(groups) == 20'000);
        MESSAGE(std::chrono::duration_cast<std::chrono::microseconds>(taken).count(), " µs, ", groups.size(),
                " groups");
        CHECK(taken <
              std::chrono::milliseconds(400));  // 30 ms in a release build; this one is built without optimisation
    }
}

TEST_CASE("tiles cover the world without gaps") {
    const Box whole = bounds({0, 0, 0});
    CHECK(whole.west == -180);
    CHECK(whole.east == 180);
    CHECK(whole.north == doctest::Approx(85.05112877980659));
    const Box tile = bounds({12, 2132, 1361});  // the middle of Dortmund
    CHECK(tile.west < dortmund.lon);
    CHECK(tile.east > dortmund.lon);
    CHECK(tile.south < dortmund.lat);
    CHECK(tile.north > dortmund.lat);
    CHECK(bounds({12, 2133, 1361}).west == tile.east);
    CHECK(bounds({12, 2132, 1362}).north == tile.south);
}

TEST_CASE("only tiles of the pyramid are valid") {
    CHECK(is_valid({0, 0, 0}));
    CHECK(is_valid({22, (1 << 22) - 1, 0}));
    CHECK_FALSE(is_valid({0, 1, 0}));
    CHECK_FALSE(is_valid({5, 32, 3}));
    CHECK_FALSE(is_valid({5, -1, 3}));
    CHECK_FALSE(is_valid({-1, 0, 0}));
    CHECK_FALSE(is_valid({23, 0, 0}));
    CHECK_FALSE(is_valid({40, 0, 0}));
}

TEST_CASE("pixels lead back to the point") {
    for (const int zoom : {0, 7, 18}) {
        const Point back = from_pixel(to_pixel(dortmund, zoom), zoom);
        CHECK(back.lon == doctest::Approx(dortmund.lon).epsilon(1e-12));
        CHECK(back.lat == doctest::Approx(dortmund.lat).epsilon(1e-12));
    }
}

TEST_CASE("a name stands inside its area, also when that is bent") {
    const std::vector<Point> bent{{7.0, 51.0}, {7.9, 51.0}, {7.9, 51.1}, {7.1, 51.1}, {7.1, 51.6}, {7.0, 51.6}};
    const Label label = label_of(bent);
    CHECK(inside(label.at, bent));
    CHECK(label.radius > 0.02);
    CHECK(label_of({{7, 51}}).radius == 0);
    const std::vector<Point> crossed{{7, 51}, {8, 52}, {8, 51}, {7, 52}};  // a bow tie must not break the page
    CHECK(std::isfinite(label_of(crossed).at.lon));
}

TEST_CASE("a drawn tile is a PNG of 256 pixels, the same every time, different in the dark") {
    const std::vector<Outline> outlines{{"Innenstadt", square}};
    const Tile tile{11, 1066, 680};
    const std::string png = draw_tile(tile, outlines, false);
    REQUIRE(png.size() > 100);
    CHECK(image_type(png) == "image/png");
    CHECK(big_endian(png, 16) == 256);
    CHECK(big_endian(png, 20) == 256);
    CHECK(png == draw_tile(tile, outlines, false));
    CHECK(png != draw_tile(tile, outlines, true));
    CHECK(png != draw_tile(tile, {}, false));
    CHECK(draw_tile({3, 9, 0}, outlines, false).empty());
}

TEST_CASE("a name that reaches over the edge of a tile is drawn in the next one too") {
    const Box box = bounds({12, 2132, 1361});
    const double edge = box.east, middle = (box.north + box.south) / 2;
    const std::vector<Point> ring{{edge - 0.2, middle - 0.15},
                                  {edge + 0.2, middle - 0.15},
                                  {edge + 0.2, middle + 0.15},
                                  {edge - 0.2, middle + 0.15}};
    for (const int x : {2132, 2133}) {
        CHECK(draw_tile({12, x, 1361}, {{"Innenstadt-West", ring}}, false) !=
              draw_tile({12, x, 1361}, {{"", ring}}, false));
    }
}

TEST_CASE("broken outlines do not break a tile") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::string empty = draw_tile({8, 133, 85}, {}, false);
    CHECK(draw_tile({8, 133, 85}, {{"a", {}}, {"b", {{7, 51}}}, {"c", {{nan, 51}, {7, 51}, {7, 52}}}}, false) == empty);
}
