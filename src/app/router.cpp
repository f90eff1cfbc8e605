// Matching of paths; see router.h.
#include "app/router.h"

#include <algorithm>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::app {

namespace {

bool is_parameter(const std::string& segment) { return segment.size() > 2 && segment.front() == '{'; }

std::vector<std::string> segments_of(std::string_view path) {
    if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    path.remove_prefix(std::min<std::size_t>(1, path.size()));
    if (path.empty()) return {};
    return split(path, '/');
}

// Fixed segments before parameters, so that "/instrumente/vergleich" is found before "/instrumente/{key}".
bool more_fixed(const Router::Entry& a, const Router::Entry& b) {
    return std::lexicographical_compare(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                                        [](const auto& x, const auto& y) { return is_parameter(x) < is_parameter(y); });
}

}  // namespace

Router::Router(const std::vector<core::Manifest>& modules) {
    for (const auto& module : modules)
        for (const auto& route : module.routes) entries_.push_back({&route, &module, segments_of(route.pattern)});
    std::stable_sort(entries_.begin(), entries_.end(), more_fixed);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const auto& segments = entries_[i].segments;
        const std::string first = segments.empty() ? "" : is_parameter(segments.front()) ? "{}" : segments.front();
        for (const std::size_t other : by_first_[first])
            if (entries_[other].segments == segments && entries_[other].route->method == entries_[i].route->method)
                throw std::logic_error("two routes for " + std::string(entries_[i].route->pattern));
        by_first_[first].push_back(i);
    }
}

Match Router::find(http::Method method, std::string_view path) const {
    if (method == http::Method::head) method = http::Method::get;
    const auto segments = segments_of(path);
    Match other;
    for (const std::string& first : {segments.empty() ? std::string() : segments.front(), std::string("{}")}) {
        const auto at = by_first_.find(first);
        if (at == by_first_.end()) continue;
        for (const std::size_t index : at->second) {
            const Entry& entry = entries_[index];
            if (entry.segments.size() != segments.size()) continue;
            Match match{entry.route, entry.module, {}, false};
            bool same = true;
            for (std::size_t i = 0; i < segments.size() && same; ++i) {
                const std::string& wanted = entry.segments[i];
                if (is_parameter(wanted)) {
                    same = !segments[i].empty();
                    match.parameters[wanted.substr(1, wanted.size() - 2)] = segments[i];
                } else {
                    same = wanted == segments[i];
                }
            }
            if (!same) continue;
            if (entry.route->method == method) return match;
            other.other_method = true;
        }
    }
    return other;
}

}  // namespace mitwirken::app
