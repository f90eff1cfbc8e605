// See warp.h. The way from a pixel of the tile to one of the picture is reckoned on a grid of 17 x 17 corners and drawn
// straight between them: within a sixteenth of a tile both projections are straight to far less than a pixel.
#include "platform/geo/warp.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>

namespace mitwirken::geo {

namespace {

constexpr int side = 256, cells = 16, step = side / cells;
constexpr int most_pixels = 2048;

struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;

struct Reader {
    const std::string& bytes;
    std::size_t at = 0;
};

cairo_status_t read_some(void* closure, unsigned char* data, unsigned length) {
    auto& reader = *static_cast<Reader*>(closure);
    if (reader.bytes.size() - reader.at < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(data, reader.bytes.data() + reader.at, length);
    reader.at += length;
    return CAIRO_STATUS_SUCCESS;
}

cairo_status_t write_some(void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

// Width and height stand in every PNG at the same place: looked at before the pixels are unpacked.
bool sane_size(const std::string& png) {
    if (png.size() < 33 || png.compare(1, 3, "PNG") != 0) return false;
    const auto number = [&](std::size_t at) {
        unsigned value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png[at + i]);
        return value;
    };
    return number(16) >= 1 && number(16) <= most_pixels && number(20) >= 1 && number(20) <= most_pixels;
}

// As ARGB32 (premultiplied), whatever kind of PNG it was.
Surface unpack(const std::string& png) {
    Reader reader{png};
    const Surface read(cairo_image_surface_create_from_png_stream(read_some, &reader));
    if (cairo_surface_status(read.get()) != CAIRO_STATUS_SUCCESS) return {};
    Surface plain(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width(read.get()),
                                             cairo_image_surface_get_height(read.get())));
    cairo_t* pen = cairo_create(plain.get());
    cairo_set_source_surface(pen, read.get(), 0, 0);
    cairo_paint(pen);
    cairo_destroy(pen);
    cairo_surface_flush(plain.get());
    return plain;
}

Metres corner(Tile tile, double x, double y) {
    return to_utm32(from_pixel({tile.x * double(side) + x, tile.y * double(side) + y}, tile.zoom));
}

// Where the corners of the grid lie in the picture, in pixels.
using Corners = std::array<std::array<Pixel, cells + 1>, cells + 1>;

Corners corners_of(Tile tile, int width, int height) {
    const Box box = utm_box(tile);
    Corners corners{};
    for (int row = 0; row <= cells; ++row)
        for (int column = 0; column <= cells; ++column) {
            const Metres at = corner(tile, column * step, row * step);
            corners[std::size_t(row)][std::size_t(column)] = {
                (at.east - box.west) / (box.east - box.west) * width,
                (box.north - at.north) / (box.north - box.south) * height};
        }
    return corners;
}

Pixel between(const Corners& corners, int x, int y) {
    const auto row = std::size_t(y / step), column = std::size_t(x / step);
    const double right = (x % step + 0.5) / step, down = (y % step + 0.5) / step;
    const auto mixed = [&](double Pixel::*part) {
        const double above = corners[row][column].*part * (1 - right) + corners[row][column + 1].*part * right;
        const double below = corners[row + 1][column].*part * (1 - right) + corners[row + 1][column + 1].*part * right;
        return above * (1 - down) + below * down;
    };
    return {mixed(&Pixel::x), mixed(&Pixel::y)};
}

// The four neighbours, weighted.
std::uint32_t mixed(const unsigned char* data, int stride, int width, int height, Pixel at) {
    const double x = at.x - 0.5, y = at.y - 0.5;
    const int left = int(std::floor(x)), top = int(std::floor(y));
    double sum[4] = {};
    for (int j = 0; j < 2; ++j)
        for (int i = 0; i < 2; ++i) {
            const int column = std::clamp(left + i, 0, width - 1), row = std::clamp(top + j, 0, height - 1);
            const double weight = (i ? x - left : 1 - (x - left)) * (j ? y - top : 1 - (y - top));
            const unsigned char* pixel = data + row * stride + column * 4;
            for (int c = 0; c < 4; ++c) sum[c] += weight * pixel[c];
        }
    std::uint32_t pixel = 0;
    auto* bytes = reinterpret_cast<unsigned char*>(&pixel);
    for (int c = 0; c < 4; ++c) bytes[c] = static_cast<unsigned char>(std::lround(sum[c]));
    return pixel;
}

}  // namespace

Box mercator_box(Tile tile) {
    constexpr double half = 20037508.342789244;
    const double size = 2 * half / std::ldexp(1.0, tile.zoom);
    const double west = tile.x * size - half, north = half - tile.y * size;
    return {west, north - size, west + size, north};
}

Box utm_box(Tile tile) {
    Box box{1e12, 1e12, -1e12, -1e12};
    for (int i = 0; i <= cells; ++i)
        for (const Metres at : {corner(tile, i * step, 0), corner(tile, i * step, side), corner(tile, 0, i * step),
                                corner(tile, side, i * step)})
            box = {std::min(box.west, at.east), std::min(box.south, at.north), std::max(box.east, at.east),
                   std::max(box.north, at.north)};
    return box;
}

std::string warp_to_tile(const std::string& png, Tile tile) {
    if (!sane_size(png)) return "";
    const Surface from = unpack(png);
    if (!from) return "";
    const int width = cairo_image_surface_get_width(from.get()), height = cairo_image_surface_get_height(from.get());
    const unsigned char* data = cairo_image_surface_get_data(from.get());
    const int stride = cairo_image_surface_get_stride(from.get());
    const Surface into(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side));
    unsigned char* out = cairo_image_surface_get_data(into.get());
    const Corners corners = corners_of(tile, width, height);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const std::uint32_t pixel = mixed(data, stride, width, height, between(corners, x, y));
            std::memcpy(out + y * cairo_image_surface_get_stride(into.get()) + x * 4, &pixel, 4);
        }
    cairo_surface_mark_dirty(into.get());
    std::string bytes;
    if (cairo_surface_write_to_png_stream(into.get(), write_some, &bytes) != CAIRO_STATUS_SUCCESS) return "";
    return bytes;
}

}  // namespace mitwirken::geo
