// Files that are either whole or not there: written under another name in the same folder tree, synced, renamed, and
// the folder synced. Throws std::runtime_error when the disk refuses.
#pragma once

#include <string>
#include <string_view>

namespace mitwirken::files {

void write_synced(const std::string& path, std::string_view bytes);
// Moves when both are on one file system, else copies and removes; synced before it has its new name.
void move_synced(const std::string& from, const std::string& to);
void rename_synced(const std::string& from, const std::string& to);
std::string sha256_of_file(const std::string& path);

}  // namespace mitwirken::files
