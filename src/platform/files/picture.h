// Pictures by libvips: decoded and written anew, turned the right way up, in sRGB, without anything but the picture.
// One picture at a time, so that memory stays bounded; afterwards it is given back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

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

// A part of a picture, in percent of its sides.
struct Part {
    double left = 0, top = 0, width = 0, height = 0;
};
enum class Cover { black, blur };
// The picture written anew with these parts covered: black, or made so coarse (at most six blocks a side, then
// smoothed) that no letter and no face can be made out again. What lies outside the picture does not count.
Picture cover_parts(const std::string& path, const std::string& type, const PictureLimits& limits,
                    const std::vector<Part>& parts, Cover how);

}  // namespace mitwirken::files
