// If-None-Match and Range; see conditions.h.
#include "platform/http/conditions.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::http {

namespace {

std::string_view without_weak(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

// A length that does not fit is as good as endless.
std::optional<std::uint64_t> number(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return static_cast<std::uint64_t>(to_int(text).value_or(INT64_MAX));
}

}  // namespace

void Conditions::read(const Headers& headers) {
    if_none_match = headers["If-None-Match"];
    if_modified_since = headers["If-Modified-Since"];
    range = headers["Range"];
    if_range = headers["If-Range"];
}

bool knows(std::string_view if_none_match, std::string_view etag) {
    if (etag.empty() || if_none_match.empty()) return false;
    if (trimmed(if_none_match) == "*") return true;
    // Our tags hold no comma and no quote inside, so a list may be cut at commas.
    for (const auto& one : split(if_none_match, ','))
        if (without_weak(trimmed(one)) == without_weak(etag)) return true;
    return false;
}

RangeKind read_range(std::string_view field, std::uint64_t size, Range& range) {
    if (!field.starts_with("bytes=")) return RangeKind::whole;
    const std::string spec = trimmed(field.substr(6));
    const auto dash = spec.find('-');
    if (dash == std::string::npos) return RangeKind::whole;
    const auto first = number(std::string_view(spec).substr(0, dash));
    const auto last = number(std::string_view(spec).substr(dash + 1));
    if (first) {
        if (!last && dash + 1 != spec.size()) return RangeKind::whole;
        if (last && *last < *first) return RangeKind::whole;
        if (*first >= size) return RangeKind::impossible;
        range.first = *first;
        range.length = std::min(last.value_or(size - 1), size - 1) - *first + 1;
        return RangeKind::part;
    }
    if (dash != 0 || !last) return RangeKind::whole;
    if (*last == 0 || size == 0) return RangeKind::impossible;
    range.length = std::min(*last, size);
    range.first = size - range.length;
    return RangeKind::part;
}

}  // namespace mitwirken::http
