// Calendars as files that other programs read and subscribe to (RFC 5545), written with libical.
// Invariants: what has a time is written in UTC, what lasts whole days as days, so no time zone table is needed; lines
// are folded and text is escaped by libical, never by hand; no type of libical leaves this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"

namespace mitwirken::calendar {

struct IcalEvent {
    std::string uid;  // stays the same for ever
    std::string summary, description, location, url;
    Timestamp starts{};
    std::optional<Timestamp> ends;  // whole days: midnight after the last one
    bool all_day = false;
    bool cancelled = false;
    int sequence = 0;  // rises with every change
    Timestamp changed{};
};

std::string write_ical(const std::string& name, const std::vector<IcalEvent>& events);
// The same piece by piece, for calendars of any length: the head, events, the end.
std::string ical_head(const std::string& name);
std::string ical_events(const std::vector<IcalEvent>& events);
std::string ical_end();

}  // namespace mitwirken::calendar
