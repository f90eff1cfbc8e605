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
    int clamd_timeout_seconds = 60;
    std::uint64_t max_bytes = 25ull * 1024 * 1024;
    std::uint64_t max_pixels = 100'000'000;
};

struct Stored {
    std::string key;        // random, also the path below the folder
    std::string type;       // "application/pdf"
    std::string extension;  // ".pdf"
    std::uint64_t size = 0;
    std::string sha256;
    int width = 0, height = 0;  // pictures
};

// The types that are taken, with the words for them ("PDF", "Word (docx)"): pdf, docx, xlsx, pptx, odt, ods, odp, txt,
// md, csv, json, jpg, png, webp, gif, mp3, mp4; svg, html and zip are refused.
struct Accepted {
    std::string type, extension, words;
};
const std::vector<Accepted>& accepted_types();

class Store {
public:
    explicit Store(Options options);
    // Checks, converts, scans, and moves the temporary file in (fsynced). Slow: before the transaction. The problem is
    // in `field`, in words a person understands ("Diese Datei ist keine …"). With pictures_only nothing else is taken.
    // The temporary file is gone afterwards when it was taken, else it stays. A GIF becomes a PNG of its first picture;
    // Markdown cannot be told from text by its bytes and is "text/plain". When clamd is configured and does not answer,
    // nothing is taken. Throws std::runtime_error when the disk is full.
    Result<Stored> take(const std::string& temporary_path, const std::string& field, bool pictures_only = false);
    // The same for bytes we made ourselves (example content, thumbnails).
    Result<Stored> take_bytes(const std::string& bytes, const std::string& field);
    // The key of a smaller copy of a picture, of the same type, made once, width in px (320, 640, 1280; else
    // BadRequest); the picture's own key when it is not wider; "" when it is no picture.
    std::string variant(const Stored& picture, int width);
    // Also of a variant's key; throws BadRequest on a key that is not one of ours.
    std::string path(const std::string& key) const;
    void remove(const std::string& key);  // with its variants; nothing happens when it is not there
    bool exists(const std::string& key) const;

private:
    Options options_;
};

}  // namespace mitwirken::files
