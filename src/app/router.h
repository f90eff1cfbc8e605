// Paths to routes. A pattern is "/instrumente/{key}/drucken"; fixed segments win over parameters, and a path that
// exists with another method is told apart from one that does not exist.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest.h"

namespace mitwirken::app {

using Parameters = std::map<std::string, std::string, std::less<>>;

struct Match {
    const core::Route* route = nullptr;
    const core::Manifest* module = nullptr;
    Parameters parameters;
    bool other_method = false;  // the path exists, but not with this method
};

class Router {
public:
    // The modules must outlive the router. Two routes with the same method and pattern are a bug (throws).
    explicit Router(const std::vector<core::Manifest>& modules);
    Match find(http::Method method, std::string_view path) const;  // HEAD finds GET

    struct Entry {
        const core::Route* route;
        const core::Manifest* module;
        std::vector<std::string> segments;  // "{name}" is a parameter
    };
    const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_first_;  // "{}" = a parameter comes first
};

}  // namespace mitwirken::app
