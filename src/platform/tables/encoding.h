// What encoding a text file has. UTF-8 is recognised by its form; what is not UTF-8 is taken for Windows-1252, the
// other one German offices use; anything else is refused with words that say how to save the file so that it can be
// read.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace mitwirken::tables {

// The text as UTF-8 without a byte order mark. Problems name the line where there is one: field "line 17".
Result<std::string> to_utf8(std::string_view bytes);

}  // namespace mitwirken::tables
