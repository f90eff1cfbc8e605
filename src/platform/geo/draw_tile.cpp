// Our own base map: calm ground, districts in soft tints that differ between neighbours, a metric grid (UTM 32N) and
// names. Every decision depends on the whole outline and on world pixels, never on the tile, so neighbouring tiles fit
// to the pixel and a name that reaches over the edge goes on in the next tile.
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "platform/geo/geo.h"
#include "platform/geo/label.h"

namespace mitwirken::geo {
namespace {

struct Colour {
    double red, green, blue, alpha = 1;
};
constexpr Colour hex(unsigned rgb, double alpha = 1) {
    return {static_cast<double>(rgb >> 16 & 255) / 255, static_cast<double>(rgb >> 8 & 255) / 255,
            static_cast<double>(rgb & 255) / 255, alpha};
}
struct Style {
    Colour land, grid, casing, border, ink, halo;
    std::array<Colour, 5> tints;
};
constexpr Style light{hex(0xf4f2ec),
                      hex(0x8a9aa0, .22),
                      hex(0xffffff, .9),
                      hex(0x9aa7a6),
                      hex(0x37474d),
                      hex(0xfbfaf6, .92),
                      {hex(0xe8eedc), hex(0xe1ebee), hex(0xf3e9d6), hex(0xebe4ee), hex(0xdfece4)}};
constexpr Style night{hex(0x1b2023),
                      hex(0x9fb4bb, .14),
                      hex(0x14181a, .9),
                      hex(0x56656b),
                      hex(0xd5dfe2),
                      hex(0x14181a, .9),
                      {hex(0x232c27), hex(0x212b32), hex(0x2d2a22), hex(0x2a2732), hex(0x1f2d2c)}};

struct Free {
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;
using Pen = std::unique_ptr<cairo_t, Free>;

void use(cairo_t* pen, Colour colour) {
    cairo_set_source_rgba(pen, colour.red, colour.green, colour.blue, colour.alpha);
}

// One tile's paper: the pen's origin is the tile's corner.
struct Sheet {
    cairo_t* pen;
    Tile tile;
    const Style& style;
    Pixel at(Point point) const {
        const Pixel pixel = to_pixel(point, tile.zoom);
        return {pixel.x - tile.x * 256.0, pixel.y - tile.y * 256.0};
    }
};

void trace(const Sheet& sheet, const std::vector<Point>& ring) {
    cairo_new_path(sheet.pen);
    for (const Point point : ring) {
        const Pixel pixel = sheet.at(point);
        // Cairo counts in 24.8 fixed point. Only an outline of more than 90 km at zoom 22 is bent by this.
        cairo_line_to(sheet.pen, std::clamp(pixel.x, -4e6, 4e6), std::clamp(pixel.y, -4e6, 4e6));
    }
    cairo_close_path(sheet.pen);
}

bool touches(const Box& a, const Box& b, double margin) {
    return a.west <= b.east + margin && b.west <= a.east + margin && a.south <= b.north + margin &&
           b.south <= a.north + margin;
}

// The first tint no earlier neighbour has; neighbours are those whose boxes meet.
std::vector<std::size_t> tints(const std::vector<Box>& boxes, std::size_t count) {
    std::vector<std::size_t> chosen(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        std::vector<bool> used(count);
        for (std::size_t j = 0; j < i; ++j) {
            if (touches(boxes[i], boxes[j], 0)) used[chosen[j]] = true;
        }
        const auto free = std::find(used.begin(), used.end(), false);
        chosen[i] = free == used.end() ? i % count : static_cast<std::size_t>(free - used.begin());
    }
    return chosen;
}

void draw_districts(const Sheet& sheet, const std::vector<Outline>& outlines, const std::vector<Box>& boxes,
                    const Box& seen) {
    const auto tint = tints(boxes, sheet.style.tints.size());
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        if (!is_area(outlines[i].ring) || !touches(boxes[i], seen, 0)) continue;
        trace(sheet, outlines[i].ring);
        use(sheet.pen, sheet.style.tints[tint[i]]);
        cairo_fill(sheet.pen);
    }
    cairo_set_line_join(sheet.pen, CAIRO_LINE_JOIN_ROUND);
    for (const auto& [colour, width] : {std::pair{sheet.style.casing, 4.0}, std::pair{sheet.style.border, 1.3}}) {
        for (std::size_t i = 0; i < outlines.size(); ++i) {
            if (!is_area(outlines[i].ring) || !touches(boxes[i], seen, 0)) continue;
            trace(sheet, outlines[i].ring);
            use(sheet.pen, colour);
            cairo_set_line_width(sheet.pen, width);
            cairo_stroke(sheet.pen);
        }
    }
}

// Lines at round metres, about 90 pixels apart or more. UTM 32 bends far from its middle: only in and around Germany.
double grid_step(const Sheet& sheet, const Box& seen) {
    constexpr Box sensible{-2, 44, 20, 58};
    const bool near = seen.west > sensible.west && seen.east < sensible.east && seen.south > sensible.south &&
                      seen.north < sensible.north;
    if (!near || sheet.tile.zoom < 7) return 0;
    const double metres = 40075016.7 * std::cos(51 * 3.141592653589793 / 180) / std::ldexp(256.0, sheet.tile.zoom) * 90;
    for (double step = 10; step < 1e6; step *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (step * factor >= metres) return step * factor;
        }
    }
    return 0;
}

void draw_grid(const Sheet& sheet, const Box& seen) {
    const double step = grid_step(sheet, seen);
    if (step <= 0) return;
    double west = 1e12, east = -1e12, south = 1e12, north = -1e12;
    for (const Point corner : {Point{seen.west, seen.south},
                               {seen.east, seen.south},
                               {seen.west, seen.north},
                               {seen.east, seen.north},
                               {(seen.west + seen.east) / 2, seen.south},
                               {(seen.west + seen.east) / 2, seen.north}}) {
        const Metres at = to_utm32(corner);
        west = std::min(west, at.east), east = std::max(east, at.east);
        south = std::min(south, at.north), north = std::max(north, at.north);
    }
    west = std::floor(west / step - 1) * step, south = std::floor(south / step - 1) * step;
    use(sheet.pen, sheet.style.grid);
    cairo_set_line_width(sheet.pen, 1);
    const auto line = [&](auto metres) {
        cairo_new_path(sheet.pen);
        for (int i = 0; i <= 8; ++i) {
            const Pixel pixel = sheet.at(from_utm32(metres(i / 8.0)));
            cairo_line_to(sheet.pen, pixel.x, pixel.y);
        }
        cairo_stroke(sheet.pen);
    };
    for (double x = west; x <= east + step; x += step) {
        line([&](double part) { return Metres{x, south + (north + step - south) * part}; });
    }
    for (double y = south; y <= north + step; y += step) {
        line([&](double part) { return Metres{west + (east + step - west) * part, y}; });
    }
}

void draw_names(const Sheet& sheet, const std::vector<Outline>& outlines, const std::vector<Box>& boxes,
                const Box& seen) {
    const std::unique_ptr<cairo_font_options_t, Free> options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(sheet.pen, options.get());
    cairo_select_font_face(sheet.pen, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(sheet.pen, std::clamp(6.5 + sheet.tile.zoom * 0.55, 11.0, 16.0));
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        if (!is_area(outlines[i].ring) || !touches(boxes[i], seen, seen.east - seen.west)) continue;
        const Label label = label_of(outlines[i].ring);
        cairo_text_extents_t size;
        cairo_text_extents(sheet.pen, outlines[i].label.c_str(), &size);
        const Pixel middle = sheet.at(label.at);
        const double room = std::abs(sheet.at({label.at.lon, label.at.lat + label.radius}).y - middle.y);
        if (size.width > room * 2.6) continue;  // a name wider than its district would lie on the neighbours'
        cairo_new_path(sheet.pen);
        cairo_move_to(sheet.pen, std::round(middle.x - size.width / 2 - size.x_bearing),
                      std::round(middle.y - size.height / 2 - size.y_bearing));
        cairo_text_path(sheet.pen, outlines[i].label.c_str());
        use(sheet.pen, sheet.style.halo);
        cairo_set_line_width(sheet.pen, 3.5);
        cairo_stroke_preserve(sheet.pen);
        use(sheet.pen, sheet.style.ink);
        cairo_fill(sheet.pen);
    }
}

std::string to_png(cairo_surface_t* surface) {
    std::string png;
    const auto append = [](void* to, const unsigned char* bytes, unsigned length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), length);
        return CAIRO_STATUS_SUCCESS;
    };
    cairo_surface_write_to_png_stream(surface, append, &png);
    return png;
}

}  // namespace

std::string draw_tile(Tile tile, const std::vector<Outline>& outlines, bool dark) {
    if (!is_valid(tile)) return {};
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 256, 256));
    const Pen pen(cairo_create(surface.get()));
    const Sheet sheet{pen.get(), tile, dark ? night : light};
    const Box seen = bounds(tile);
    std::vector<Box> boxes;
    for (const Outline& outline : outlines) boxes.push_back(box_of(outline.ring));
    use(pen.get(), sheet.style.land);
    cairo_paint(pen.get());
    draw_districts(sheet, outlines, boxes, seen);
    draw_grid(sheet, seen);
    draw_names(sheet, outlines, boxes, seen);
    cairo_surface_flush(surface.get());
    return to_png(surface.get());
}

}  // namespace mitwirken::geo
