// See markers.h.
#include "platform/html/markers.h"

#include <algorithm>
#include <array>

namespace mitwirken::html {

namespace {

// Modifiers of ctemplate that choose an escaping; its other ones switch escaping off or let mark-up through.
constexpr std::array<std::string_view, 15> allowed_modifiers = {"h",
                                                                "html_escape",
                                                                "p",
                                                                "pre_escape",
                                                                "u",
                                                                "url_query_escape",
                                                                "j",
                                                                "javascript_escape",
                                                                "o",
                                                                "json_escape",
                                                                "xml_escape",
                                                                "H=attribute",
                                                                "html_escape_with_arg=attribute",
                                                                "U=html",
                                                                "url_escape_with_arg=html"};

bool is_name(std::string_view name) {
    if (name.empty() || name[0] < 'A' || name[0] > 'Z' || name.find("__") != name.npos) return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

Marker::Type type_of(char sign) {
    switch (sign) {
        case '#':
            return Marker::Type::section_begin;
        case '/':
            return Marker::Type::section_end;
        case '>':
            return Marker::Type::include;
        case '!':
            return Marker::Type::comment;
        default:
            return Marker::Type::variable;
    }
}

void check_modifiers(const Expanded& expanded, std::size_t offset, Marker& marker) {
    if (marker.modifiers == ":x-safe-html") {
        marker.type = Marker::Type::safe_html;
        return;
    }
    std::string_view rest = marker.modifiers;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto modifier = rest.substr(0, rest.find(':'));
        if (std::find(allowed_modifiers.begin(), allowed_modifiers.end(), modifier) == allowed_modifiers.end()) {
            expanded.fail(offset, "the modifier :" + std::string(modifier) + " is not allowed");
        }
        rest.remove_prefix(modifier.size());
    }
}

}  // namespace

Marker read_marker(const Expanded& expanded, std::string_view text, std::size_t& at, std::size_t offset) {
    const auto end = text.find("}}", at);
    if (end == text.npos) expanded.fail(offset, "{{ is never closed");
    std::string_view content = text.substr(at + 2, end - at - 2);
    at = end + 2;
    const std::string shown = "{{" + std::string(content) + "}}";
    if (content.empty()) expanded.fail(offset, "an empty {{}}");
    if (content[0] == '%') expanded.fail(offset, "no {{%pragmas}}: escaping is chosen by the file's ending");
    Marker marker;
    marker.type = type_of(content[0]);
    if (marker.type == Marker::Type::comment) return marker;
    if (marker.type != Marker::Type::variable) content.remove_prefix(1);
    const auto colon = std::min(content.find(':'), content.size());
    marker.name = content.substr(0, colon);
    marker.modifiers = content.substr(colon);
    std::string_view base = marker.name;
    constexpr std::string_view separator = "_separator";
    const bool is_section = marker.type == Marker::Type::section_begin || marker.type == Marker::Type::section_end;
    if (is_section && base.size() > separator.size() && base.substr(base.size() - separator.size()) == separator) {
        base.remove_suffix(separator.size());
    }
    if (!is_name(base)) expanded.fail(offset, shown + ": names are upper-case letters, digits and single _");
    if (marker.modifiers.empty()) return marker;
    if (marker.type != Marker::Type::variable) expanded.fail(offset, shown + ": only variables have modifiers");
    check_modifiers(expanded, offset, marker);
    return marker;
}

std::string write_marker(const Marker& marker, std::string_view extra) {
    switch (marker.type) {
        case Marker::Type::comment:
            return "";
        case Marker::Type::section_begin:
            return "{{#" + marker.name + "}}";
        case Marker::Type::section_end:
            return "{{/" + marker.name + "}}";
        case Marker::Type::include:
            return "{{>" + marker.name + "}}";
        case Marker::Type::safe_html:
            return "{{" + marker.name + std::string(safe_suffix) + ":x-safe-html}}";
        case Marker::Type::variable:
            break;
    }
    return "{{" + marker.name + (marker.modifiers.empty() ? std::string(extra) : marker.modifiers) + "}}";
}

std::vector<std::string> markers_of(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = text.find("{{", at)) != text.npos;) {
        const auto end = text.find("}}", at);
        if (end == text.npos) break;
        found.emplace_back(text.substr(at, end + 2 - at));
        at = end + 2;
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace mitwirken::html
