// Rules of this module: pure.
#include "modules/accounts/accounts.h"

namespace mitwirken::accounts {

std::string device_words(std::string_view agent) {
    const auto has = [&](std::string_view word) { return agent.find(word) != std::string_view::npos; };
    const std::string browser = has("Firefox/")  ? "Firefox"
                                : has("Edg/")    ? "Edge"
                                : has("Chrome/") ? "Chrome"
                                : has("Safari/") ? "Safari"
                                                 : "";
    const std::string system = has("Android")                 ? "Android"
                               : has("iPhone") || has("iPad") ? "iOS"
                               : has("Windows")               ? "Windows"
                               : has("Mac OS")                ? "macOS"
                               : has("Linux")                 ? "Linux"
                                                              : "";
    if (browser.empty()) return system;
    return system.empty() ? browser : browser + ", " + system;
}

std::string safe_return(const std::string& path) {
    const bool ours = path.size() > 1 && path.size() < 2000 && path[0] == '/' && path[1] != '/' && path[1] != '\\' &&
                      path.find_first_of("\r\n\t\\") == std::string::npos;
    const bool loops = path.rfind("/anmelden", 0) == 0 || path.rfind("/abmelden", 0) == 0;
    return ours && !loops ? path : "/verwaltung";
}

}  // namespace mitwirken::accounts
