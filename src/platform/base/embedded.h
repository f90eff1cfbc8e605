// Files that are part of the binary: templates, SQL, translations, styles, scripts, example content.
// Paths are logical: "toolbox/templates/list.html", "assets/app.3f2a.css". Contents live as long as the process.
#pragma once

#include <span>
#include <string_view>

namespace mitwirken {

struct EmbeddedFile {
    std::string_view path;
    std::string_view content;
    std::string_view gzip;    // "" when it does not pay
    std::string_view brotli;  // "" when it does not pay
};

// All files, sorted by path (generated at build time by tools/embed.py).
std::span<const EmbeddedFile> embedded_files();
// nullptr when there is none.
const EmbeddedFile* find_embedded(std::string_view path);
// The files whose path begins with the prefix; a sub-span of embedded_files().
std::span<const EmbeddedFile> embedded_below(std::string_view prefix);

}  // namespace mitwirken
