// Widgets: pages that other sites show in a frame. One look for every module, so that three of them under each other on
// a club's page look like one thing. A widget sets no cookie, its links open in the whole window, and it tells the page
// around it how high it is (web/src/widget.ts).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/visit.h"

namespace mitwirken::core {

struct WidgetItem {
    std::string url, title;   // path of ours
    std::string meta;         // "Montag, 23. November 2026 · Hörde"
    std::string text;         // shown on a card only
    std::string state, pill;  // "abgesagt" and the class of its pill
    std::optional<Date> day;  // a tile with the day
};
struct Widget {
    std::string title;
    std::string all_url, all_label;  // the whole list on our own site
    std::vector<WidgetItem> items;
};
http::Response widget_list(Visit& visit, const Widget& widget);
http::Response widget_card(Visit& visit, const WidgetItem& item);
// How many entries the address asks for with anzahl=: 1 to 20, 5 when it does not say.
int widget_count(const Visit& visit);
// The page that gives the code for this widget's address.
std::string embedding_address(const std::string& widget);

}  // namespace mitwirken::core
