// Feeds for readers: RSS 2.0 and Atom of the same things, by the ending of the address (".rss", ".atom").
// Invariants: every address is absolute; an item's identity is its address and never changes.
#pragma once

#include <string>
#include <vector>

#include "core/visit.h"

namespace mitwirken::core {

struct FeedItem {
    std::string url, title, words;  // path of ours; plain text
    Timestamp at{};
    std::vector<std::string> categories = {};
};
struct Feed {
    std::string title, words;
    std::string page;  // path of the page that shows the same; its query is the feed's
    std::vector<FeedItem> items;
};
http::Response feed_answer(const Visit& visit, const Feed& feed);

}  // namespace mitwirken::core
