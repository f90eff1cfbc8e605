// See follow.h.
#include "core/feeds/follow.h"

namespace mitwirken::core {

namespace {
constexpr std::string_view follow_page = "/folgen";
}

bool has_page(const Visit& visit, std::string_view pattern) {
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes)
            if (route.pattern == pattern && route.method == http::Method::get) return true;
    return false;
}

std::string follow_address(const Visit& visit, const Form& thing) {
    if (!has_page(visit, follow_page)) return "";
    return visit.url(follow_page) + "?" + to_query(thing);
}

std::string follow_address(const Visit& visit, std::string_view name, const std::string& value) {
    Form thing;
    thing.add(std::string(name), value);
    return follow_address(visit, thing);
}

std::vector<FeedLink> follow_feeds(const Visit& visit, const std::string& thing, const std::string& name) {
    if (!has_page(visit, follow_page)) return {};
    const std::string base = std::string(follow_page) + "/" + thing;
    const std::string title = visit.tr(tr_noop("What happens: {name}", {{"name", name}}));
    return {
        {title, "application/rss+xml", base + "/aktuelles.rss"},
        {title, "application/atom+xml", base + "/aktuelles.atom"},
        {visit.tr(tr_noop("Steps as a calendar: {name}", {{"name", name}})), "text/calendar", base + "/zeitplan.ics"}};
}

}  // namespace mitwirken::core
