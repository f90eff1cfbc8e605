// What the tests of platform/files share: a store in a folder of its own, and pictures made here.
#pragma once

#include <doctest/doctest.h>
#include <vips/vips.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "platform/crypto/crypto.h"
#include "platform/files/files.h"

namespace mitwirken::tests {

namespace fs = std::filesystem;

inline bool contains(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

inline std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A store in a folder of its own, and files handed in as an upload would leave them.
struct Desk {
    fs::path folder;
    files::Options options;

    Desk() {
        crypto::init();
        folder = fs::temp_directory_path() / ("mitwirken-files-" + crypto::random_token());
        fs::create_directories(folder);
        options.folder = (folder / "store").string();
    }
    ~Desk() { fs::remove_all(folder); }

    std::string lay(const std::string& bytes) const {
        const auto path = (folder / ("upload-" + crypto::random_token())).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    Result<files::Stored> take(const std::string& bytes, bool pictures_only = false) const {
        return files::Store(options).take(lay(bytes), "attachment", pictures_only);
    }
    // The type when it was taken, else the sentence.
    std::string outcome(const std::string& bytes) const {
        const auto taken = take(bytes);
        return taken ? taken->type : std::string(taken.problems().of("attachment")->message.id);
    }
    std::string stored(const std::string& key) const { return read(files::Store(options).path(key)); }
};

struct Made {
    VipsImage* image;
    Made(int width, int height) {
        VIPS_INIT("test");
        VipsImage *flat = nullptr, *ramp = nullptr;
        vips_grey(&ramp, width, height, "uchar", TRUE, nullptr);
        VipsImage* bands[] = {ramp, ramp, ramp};
        vips_bandjoin(bands, &flat, 3, nullptr);
        vips_copy(flat, &image, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
        g_object_unref(flat);
        g_object_unref(ramp);
    }
    ~Made() { g_object_unref(image); }
    Made(const Made&) = delete;
    Made& operator=(const Made&) = delete;

    std::string as(const char* suffix) const {
        void* bytes = nullptr;
        std::size_t size = 0;
        REQUIRE(vips_image_write_to_buffer(image, suffix, &bytes, &size, nullptr) == 0);
        std::string result(static_cast<const char*>(bytes), size);
        g_free(bytes);
        return result;
    }
};

inline std::string picture(int width, int height, const char* suffix) { return Made(width, height).as(suffix); }

inline const std::string pdf = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

}  // namespace mitwirken::tests
