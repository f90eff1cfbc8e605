// What stands between {{ and }} in a template, read and checked. See loader.h for the invariants.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/loader.h"

namespace mitwirken::html {

struct Marker {
    enum class Type { variable, safe_html, section_begin, section_end, include, comment };
    Type type = Type::variable;
    std::string name;       // without the sign in front and the modifiers
    std::string modifiers;  // ":u", ":x-safe-html", ""
};

// The ending of the name under which SafeHtml travels, so that no plain string can ever reach it. Authors cannot write
// it: two underscores in a row are refused.
inline constexpr std::string_view safe_suffix = "__SAFE";

// Reads the marker that begins at `at` ("{{") and moves `at` behind it. Fails for whatever loader.h refuses.
Marker read_marker(const Expanded& expanded, std::string_view text, std::size_t& at, std::size_t offset);
// As ctemplate reads it; `extra` are modifiers that the place asks for.
std::string write_marker(const Marker& marker, std::string_view extra = {});
// All markers of a text as they stand, sorted; a translation must have those of its source.
std::vector<std::string> markers_of(std::string_view text);

}  // namespace mitwirken::html
