// A file that is read once and not kept: a procedure, a template, an area. Read in the route's prepare function, so
// that no transaction waits for it.
#pragma once

#include <optional>
#include <string>

#include "core/visit.h"

namespace mitwirken::core {

struct SentFile {
    std::string bytes;  // "" when it is too large
    bool too_large = false;
};
// The first one that was sent; nothing when there was none.
std::optional<SentFile> sent_file(const Preparation& p, std::uint64_t most_bytes);
// Whole files that are read as text have this limit everywhere.
inline constexpr std::uint64_t most_text_bytes = 10'000'000;
inline void read_text_file(Preparation& p) {
    if (auto file = sent_file(p, most_text_bytes)) p.result = std::move(*file);
}
// What read_text_file left; a sentence at `field` when there was no file or too much of it, then nullptr.
const SentFile* need_text_file(Visit& visit, Problems& problems, const char* field = "file");

}  // namespace mitwirken::core
