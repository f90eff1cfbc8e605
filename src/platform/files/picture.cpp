// libvips behind one function; see picture.h. Only the four loaders we want are open, all others are blocked.
#include "platform/files/picture.h"

#include <malloc.h>
#include <vips/vips.h>

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

}  // namespace

Picture write_anew(const std::string& path, const std::string& type, const PictureLimits& limits) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    start_vips();
    const GiveBack give_back;
    Picture picture;
    const char* loader = vips_foreign_find_load(path.c_str());
    if (loader == nullptr || std::string_view(loader) != loader_of(type)) return picture;
    picture.decoding = look_at_header(path, limits.max_pixels);
    if (picture.decoding != Decoding::fine) return picture;
    picture.decoding = Decoding::damaged;
    VipsImage* made = nullptr;
    // Turns by the EXIF orientation, converts to sRGB, and uses what the format offers for reading it smaller.
    if (vips_thumbnail(path.c_str(), &made, limits.max_width, "height", limits.max_height, "size", VIPS_SIZE_DOWN,
                       "export_profile", "srgb", "fail_on", VIPS_FAIL_ON_ERROR, nullptr) != 0)
        return picture;
    const Image image = holding(made);
    picture.type = type == "image/gif" ? "image/png" : type;
    void* bytes = nullptr;
    std::size_t size = 0;
    if (save(image.get(), picture.type, &bytes, &size) != 0) return picture;
    picture.bytes.assign(static_cast<const char*>(bytes), size);
    g_free(bytes);
    picture.width = vips_image_get_width(image.get());
    picture.height = vips_image_get_height(image.get());
    picture.decoding = Decoding::fine;
    return picture;
}

}  // namespace mitwirken::files
