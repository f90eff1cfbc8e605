// PDF from a page of ours by WeasyPrint, in a process of its own with limits on time and memory (1 GB), without network
// and files: only paths that `resource` knows are answered. Links must be whole addresses ("https://…"), because paper
// has no base. Optional package: available() says whether it is there.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "platform/base/result.h"

namespace mitwirken::pdf {

bool available();  // asked once, then remembered
// The file's bytes. `resource` gives content (at most 64 MB) for a path used in the HTML ("/assets/…", "/dateien/…"),
// nothing = refused.
struct Resource {
    std::string type, bytes;
};
using Resources = std::function<std::optional<Resource>(const std::string& path)>;
// `stop` is asked twice a second; when it says yes the process is ended.
// Throws std::runtime_error (time over, process failed, stopped, not installed).
std::string from_html(const std::string& html, const Resources& resource, int timeout_seconds = 60,
                      const std::function<bool()>& stop = {});

// A QR code (libqrencode, level Q) as an SVG document with a quiet zone; modules as one path, no inline style. Throws
// std::runtime_error when the text is empty or longer than about 1600 bytes.
std::string qr_svg(const std::string& text, int pixel_size = 240);

}  // namespace mitwirken::pdf
