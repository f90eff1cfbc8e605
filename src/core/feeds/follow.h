// The ways to follow a thing, for the pages that show it: a button, and the feeds of what happens to it. The module
// that keeps follows need not be there; then there is nothing to show. A thing is named as in the addresses of that
// module: "verfahren/smart-rhino", "vorhaben/phoenix-see", "themen/verkehr", "bezirke/hoerde".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/visit.h"

namespace mitwirken::core {

// Is there a page with exactly this pattern?
bool has_page(const Visit& visit, std::string_view pattern);

// "/folgen?verfahren=smart-rhino" with the language's prefix; "" when nobody keeps follows.
std::string follow_address(const Visit& visit, const Form& thing);
std::string follow_address(const Visit& visit, std::string_view name, const std::string& value);
// RSS, Atom and iCal of a thing, for the head of its page.
std::vector<FeedLink> follow_feeds(const Visit& visit, const std::string& thing, const std::string& name);

}  // namespace mitwirken::core
