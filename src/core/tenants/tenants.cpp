// Rules about tenants: host names, contrast of colours. Pure.
#include "core/tenants/tenants.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

std::optional<std::array<double, 3>> channels(const std::string& colour) {
    if (colour.size() != 7 || colour[0] != '#') return {};
    std::array<double, 3> result{};
    for (std::size_t i = 0; i < 3; ++i) {
        int value = 0;
        for (const char c : colour.substr(1 + 2 * i, 2)) {
            const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            if (lower >= '0' && lower <= '9')
                value = value * 16 + (lower - '0');
            else if (lower >= 'a' && lower <= 'f')
                value = value * 16 + (lower - 'a' + 10);
            else
                return {};
        }
        const double part = value / 255.0;
        result[i] = part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    }
    return result;
}

double luminance(const std::array<double, 3>& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; }

void check_pair(Problems& problems, const ContrastPair& pair) {
    const std::string field(pair.field);
    if (!is_colour(pair.colour)) {
        problems.add(field, tr_noop("Please give the colour as # and six hexadecimal digits, for example #0b4a55."));
        return;
    }
    const double ratio = contrast(pair.colour, pair.against);
    if (ratio < pair.least)
        problems.add(field,
                     tr_noop("This colour has a contrast of {ratio}:1; at least {least}:1 is needed.",
                             {{"ratio", fmt::format("{:.1f}", ratio)}, {"least", fmt::format("{:.1f}", pair.least)}}));
}

}  // namespace

// WCAG 2.2, "contrast ratio".
double contrast(const std::string& a, const std::string& b) {
    const auto first = channels(a), second = channels(b);
    if (!first || !second) return 1;
    const double high = std::max(luminance(*first), luminance(*second));
    const double low = std::min(luminance(*first), luminance(*second));
    return (high + 0.05) / (low + 0.05);
}

bool is_colour(const std::string& text) { return channels(text).has_value(); }

std::vector<ContrastPair> contrast_pairs(const Theme& theme) {
    const std::string white = "#ffffff", dark = "#171a1c", on_accent = "#1c1a10";
    return {{"primary", theme.primary, "", white, 4.5},
            {"primary_deep", theme.primary_deep, "", white, 4.5},
            {"primary_light", theme.primary_light, "", dark, 4.5},
            {"accent", theme.accent, "", on_accent, 4.5},
            {"primary_dark", theme.primary_dark, "", dark, 4.5},
            {"primary_deep_dark", theme.primary_deep_dark, "", white, 4.5},
            {"primary_light_dark", theme.primary_light_dark, "", white, 4.5},
            {"accent_dark", theme.accent_dark, "", on_accent, 4.5},
            // Links on the light area must still be readable.
            {"primary_light", theme.primary_light, "primary", theme.primary, 4.5},
            {"primary_light_dark", theme.primary_light_dark, "primary_dark", theme.primary_dark, 4.5}};
}

Result<Theme> check_theme(const Theme& theme) {
    Problems problems;
    const auto pairs = contrast_pairs(theme);
    for (const auto& pair : pairs)
        if (pair.against_field.empty()) check_pair(problems, pair);
    if (!problems.any())
        for (const auto& pair : pairs)
            if (!pair.against_field.empty()) check_pair(problems, pair);
    if (problems.any()) return problems;
    return theme;
}

std::optional<std::string> normal_host(const std::string& host) {
    std::string name = lower_ascii(host);
    if (!name.empty() && name.front() == '[') {  // IPv6
        const auto end = name.find(']');
        if (end == std::string::npos) return {};
        const std::string inside = name.substr(1, end - 1);
        if (inside.find(':') == std::string::npos ||
            inside.find_first_not_of("0123456789abcdef:.") != std::string::npos)
            return {};
        return name.substr(0, end + 1);
    }
    const auto colon = name.find(':');
    if (colon != std::string::npos) name.resize(colon);
    if (!name.empty() && name.back() == '.') name.pop_back();
    const bool plain = !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    if (!plain) return {};
    return name;
}

Result<std::vector<std::string>> check_sites(const std::string& lines, const std::string& field) {
    std::vector<std::string> sites;
    Problems problems;
    for (const auto& line : split(lines, '\n')) {
        const std::string site = lower_ascii(trimmed(line));
        if (site.empty() || std::find(sites.begin(), sites.end(), site) != sites.end()) continue;
        const bool secure = starts_with(site, "https://"), plain = starts_with(site, "http://");
        std::string host = site.substr(secure ? 8 : plain ? 7 : 0);
        bool good = (secure || plain) && host.find_first_of("/?#@'\";, *") == std::string::npos;
        const auto colon = host.rfind(':');
        if (good && colon != std::string::npos) {
            const auto port = to_int(host.substr(colon + 1));
            good = port && *port > 0 && *port < 65536;
            host.resize(colon);
        }
        if (!good || !normal_host(host))
            problems.add(field,
                         tr_noop("“{text}” is not an address such as https://www.dortmund.de", {{"text", site}}));
        sites.push_back(site);
    }
    if (problems.any()) return problems;
    return sites;
}

}  // namespace mitwirken::core
