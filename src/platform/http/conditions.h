// Conditional and partial requests (RFC 9110, 13 and 14): what a client already knows, and which part it wants.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace mitwirken::http {

// The fields of a request that matter when the answer comes; the request itself may be gone by then.
struct Conditions {
    std::string if_none_match, if_modified_since, range, if_range;
    void read(const Headers& headers);
};

// The list of If-None-Match (or "*") names this tag; weak comparison.
bool knows(std::string_view if_none_match, std::string_view etag);

struct Range {
    std::uint64_t first = 0, length = 0;
};
enum class RangeKind { whole, part, impossible };
// One range of bytes. Several ranges and anything malformed count as "whole", as the standard allows.
RangeKind read_range(std::string_view field, std::uint64_t size, Range& range);

}  // namespace mitwirken::http
