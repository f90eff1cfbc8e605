// libvips behind one function; see picture.h. Only the four loaders we want are open, all others are blocked.
#include "platform/files/picture.h"

#include <malloc.h>
#include <vips/vips.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "platform/base/log.h"

namespace mitwirken::files {

namespace {

using Image = std::unique_ptr<VipsImage, decltype(&g_object_unref)>;

Image holding(VipsImage* image) { return {image, &g_object_unref}; }

void start_vips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (vips_init("mitwirken") != 0) throw std::runtime_error("libvips cannot start");
        vips_block_untrusted_set(TRUE);
        vips_operation_block_set("VipsForeignLoad", TRUE);
        for (const char* open :
             {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"})
            vips_operation_block_set(open, FALSE);
        // Damaged pictures are ordinary; our log is JSON lines and the person is told.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_MASK, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
        vips_concurrency_set(1);
        // Every picture is seen once: a cache would only keep memory.
        vips_cache_set_max_mem(16 * 1024 * 1024);
        vips_cache_set_max(0);
    });
}

// Memory goes back to the system after each picture: the server stays small between them.
struct GiveBack {
    ~GiveBack() {
        vips_error_clear();
        vips_thread_shutdown();
        malloc_trim(0);
    }
};

const char* loader_of(const std::string& type) {
    if (type == "image/jpeg") return "VipsForeignLoadJpegFile";
    if (type == "image/png") return "VipsForeignLoadPngFile";
    if (type == "image/webp") return "VipsForeignLoadWebpFile";
    if (type == "image/gif") return "VipsForeignLoadNsgifFile";
    throw std::logic_error("no loader for " + type);
}

bool says(VipsImage* image, const char* field) {
    int value = 0;
    return vips_image_get_typeof(image, field) != 0 && vips_image_get_int(image, field, &value) == 0 && value != 0;
}

// From the header alone. Interlaced pictures have to be held in memory as a whole, so less of them is allowed.
Decoding look_at_header(const std::string& path, std::uint64_t max_pixels) {
    const Image header = holding(vips_image_new_from_file(path.c_str(), "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
    if (!header) return Decoding::damaged;
    const auto pixels =
        std::uint64_t(vips_image_get_width(header.get())) * std::uint64_t(vips_image_get_height(header.get()));
    const bool whole = says(header.get(), "interlaced") || says(header.get(), "jpeg-multiscan");
    return pixels > (whole ? max_pixels / 4 : max_pixels) ? Decoding::too_many_pixels : Decoding::fine;
}

int save(VipsImage* image, const std::string& type, void** bytes, std::size_t* size) {
    if (type == "image/jpeg")
        return vips_jpegsave_buffer(image, bytes, size, "Q", 84, "strip", TRUE, "optimize_coding", TRUE, nullptr);
    if (type == "image/webp") return vips_webpsave_buffer(image, bytes, size, "Q", 82, "strip", TRUE, nullptr);
    return vips_pngsave_buffer(image, bytes, size, "compression", 6, "strip", TRUE, nullptr);
}

// Turns by the EXIF orientation, converts to sRGB, and uses what the format offers for reading it smaller.
Image decoded(const std::string& path, const PictureLimits& limits) {
    VipsImage* made = nullptr;
    if (vips_thumbnail(path.c_str(), &made, limits.max_width, "height", limits.max_height, "size", VIPS_SIZE_DOWN,
                       "export_profile", "srgb", "fail_on", VIPS_FAIL_ON_ERROR, nullptr) != 0)
        return holding(nullptr);
    return holding(made);
}

// In whole pixels, at least one; the edges are drawn outwards.
struct Area {
    int left, top, width, height;
};
Area area_of(const Part& part, int width, int height) {
    const auto at = [](double percent, int side) { return std::clamp(percent, 0.0, 100.0) * side / 100; };
    const int left = std::min(width - 1, int(std::floor(at(part.left, width))));
    const int top = std::min(height - 1, int(std::floor(at(part.top, height))));
    const int right = std::clamp(int(std::ceil(at(part.left + part.width, width))), left + 1, width);
    const int bottom = std::clamp(int(std::ceil(at(part.top + part.height, height))), top + 1, height);
    return {left, top, right - left, bottom - top};
}

// The average of at most six blocks a side, stretched over the whole again.
Image coarse(VipsImage* image, const Area& a) {
    constexpr double blocks = 6;
    VipsImage *cut = nullptr, *small = nullptr, *large = nullptr, *whole = nullptr;
    if (vips_extract_area(image, &cut, a.left, a.top, a.width, a.height, nullptr) != 0) return holding(nullptr);
    const Image holds_cut = holding(cut);
    if (vips_shrink(cut, &small, std::max(1.0, a.width / blocks), std::max(1.0, a.height / blocks), nullptr) != 0)
        return holding(nullptr);
    const Image holds_small = holding(small);
    const double across = double(a.width) / vips_image_get_width(small);
    const double down = double(a.height) / vips_image_get_height(small);
    if (vips_resize(small, &large, across, "vscale", down, "kernel", VIPS_KERNEL_LINEAR, nullptr) != 0)
        return holding(nullptr);
    const Image holds_large = holding(large);
    // Rounding may leave a pixel: the edge is repeated.
    if (vips_embed(large, &whole, 0, 0, a.width, a.height, "extend", VIPS_EXTEND_COPY, nullptr) != 0)
        return holding(nullptr);
    return holding(whole);
}

Image covered(VipsImage* image, const Area& a, Cover how) {
    VipsImage* drawn = nullptr;
    Image patch = holding(nullptr);
    if (how == Cover::blur) {
        patch = coarse(image, a);
    } else {
        const int bands = vips_image_get_bands(image);
        std::vector<double> ink(std::size_t(bands), 0.0), none(std::size_t(bands), 0.0);
        if (vips_image_hasalpha(image)) ink.back() = 255;
        VipsImage *cut = nullptr, *black = nullptr;
        if (vips_extract_area(image, &cut, a.left, a.top, a.width, a.height, nullptr) != 0) return holding(nullptr);
        const Image holds_cut = holding(cut);
        if (vips_linear(cut, &black, none.data(), ink.data(), bands, "uchar", TRUE, nullptr) != 0)
            return holding(nullptr);
        patch = holding(black);
    }
    if (!patch || vips_insert(image, patch.get(), &drawn, a.left, a.top, nullptr) != 0) return holding(nullptr);
    return holding(drawn);
}

Picture written(VipsImage* image, const std::string& type) {
    Picture picture;
    picture.type = type == "image/gif" ? "image/png" : type;
    void* bytes = nullptr;
    std::size_t size = 0;
    if (save(image, picture.type, &bytes, &size) != 0) return picture;
    picture.bytes.assign(static_cast<const char*>(bytes), size);
    g_free(bytes);
    picture.width = vips_image_get_width(image);
    picture.height = vips_image_get_height(image);
    picture.decoding = Decoding::fine;
    return picture;
}

std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
}

Picture made_anew(const std::string& path, const std::string& type, const PictureLimits& limits,
                  const std::vector<Part>& parts, Cover how) {
    const std::lock_guard lock(one_at_a_time());
    start_vips();
    const GiveBack give_back;
    Picture picture;
    const char* loader = vips_foreign_find_load(path.c_str());
    if (loader == nullptr || std::string_view(loader) != loader_of(type)) return picture;
    picture.decoding = look_at_header(path, limits.max_pixels);
    if (picture.decoding != Decoding::fine) return picture;
    picture.decoding = Decoding::damaged;
    Image image = decoded(path, limits);
    if (image && !parts.empty()) image = holding(vips_image_copy_memory(image.get()));
    for (const auto& part : parts) {
        if (!image) return picture;
        image = covered(image.get(),
                        area_of(part, vips_image_get_width(image.get()), vips_image_get_height(image.get())), how);
    }
    return image ? written(image.get(), type) : picture;
}

}  // namespace

Picture write_anew(const std::string& path, const std::string& type, const PictureLimits& limits) {
    return made_anew(path, type, limits, {}, Cover::black);
}

Picture cover_parts(const std::string& path, const std::string& type, const PictureLimits& limits,
                    const std::vector<Part>& parts, Cover how) {
    return made_anew(path, type, limits, parts, how);
}

}  // namespace mitwirken::files
