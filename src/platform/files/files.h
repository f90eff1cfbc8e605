// Files people hand in. What a file *is* is decided by its bytes (libmagic), never by its name or the browser's word;
// pictures are decoded and written anew (libvips, no EXIF, no position, at most 3000 px), so that nothing but the
// picture is kept; everything else must be on the allow-list; clamd is asked when configured.
// Stored under random names in DIR/ab/cdef…; the name people see is a column. Served by core/attachments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace mitwirken::files {

struct Options {
    std::string folder;
    std::string clamd_socket;  // "" = no scan; "unix:/run/clamav/clamd.ctl" or "host:port"
    std::uint64_t max_bytes = 25ull * 1024 * 1024;
    std::uint64_t max_pixels = 100'000'000;
};

struct Stored {
    std::string key;       // random, also the path below the folder
    std::string type;      // "application/pdf"
    std::string extension; // ".pdf"
    std::uint64_t size = 0;
    std::string sha256;
    int width = 0, height = 0;  // pictures
};

// The types that are taken, with the words for them ("PDF", "Word (docx)"): pdf, docx, xlsx, pptx, odt, ods, odp, txt, md,
// csv, json, jpg, png, webp, gif, svg is refused, mp3, mp4, zip is refused.
struct Accepted { std::string type, extension, words; };
const std::vector<Accepted>& accepted_types();

class Store {
public:
    explicit Store(Options options);
    // Checks, converts, scans, and moves the temporary file in (fsynced). Slow: before the transaction. The problem is
    // in `field`, in words a person understands ("Diese Datei ist keine …"). With pictures_only nothing else is taken.
    Result<Stored> take(const std::string& temporary_path, const std::string& field, bool pictures_only = false);
    // The same for bytes we made ourselves (example content, thumbnails).
    Result<Stored> take_bytes(const std::string& bytes, const std::string& field);
    // A smaller copy of a picture, made once, width in px (320, 640, 1280); "" when it is no picture.
    std::string variant(const Stored& picture, int width);
    std::string path(const std::string& key) const;  // throws BadRequest on a key that is not one of ours
    void remove(const std::string& key);
    bool exists(const std::string& key) const;

private:
    Options options_;
};

}  // namespace mitwirken::files
