// Pictures by libvips: decoded and written anew, turned the right way up, in sRGB, without anything but the picture.
// One picture at a time, so that memory stays bounded; afterwards it is given back.
#pragma once

#include <cstdint>
#include <string>

namespace mitwirken::files {

enum class Decoding { fine, damaged, too_many_pixels };

struct Picture {
    Decoding decoding = Decoding::damaged;
    std::string bytes;  // as `type`
    std::string type;   // "image/jpeg", "image/png" (also for GIF: its first picture), "image/webp"
    int width = 0, height = 0;
};

struct PictureLimits {
    std::uint64_t max_pixels;  // looked at before anything is decoded
    int max_width, max_height;
};

// `type` is what recognize() said of the file.
Picture write_anew(const std::string& path, const std::string& type, const PictureLimits& limits);

}  // namespace mitwirken::files
