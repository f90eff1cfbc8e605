// Look-up in the table that tools/embed.py generates.
#include "platform/base/embedded.h"

#include <algorithm>

namespace mitwirken {

const EmbeddedFile* find_embedded(std::string_view path) {
    const auto files = embedded_files();
    const auto at = std::lower_bound(files.begin(), files.end(), path,
                                     [](const EmbeddedFile& file, std::string_view key) { return file.path < key; });
    return at != files.end() && at->path == path ? &*at : nullptr;
}

std::span<const EmbeddedFile> embedded_below(std::string_view prefix) {
    const auto files = embedded_files();
    const auto begin = std::lower_bound(files.begin(), files.end(), prefix,
                                        [](const EmbeddedFile& file, std::string_view key) { return file.path < key; });
    auto end = begin;
    while (end != files.end() && end->path.substr(0, prefix.size()) == prefix) ++end;
    return {begin, end};
}

}  // namespace mitwirken
