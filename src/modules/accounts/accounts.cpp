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
    const bool loops = path.find("/anmelden") < 4 || path.find("/abmelden") < 4;
    return ours && !loops ? path : "";
}

std::string landing(const core::Visit& visit, const core::Account& account, const std::string& back) {
    const bool closed = account.is_resident() && back.find("/verwaltung") < 4;
    if (!back.empty() && !closed) return back;
    return visit.url(account.is_resident() ? "/meine-beitraege" : "/verwaltung");
}

Message wait_words(std::chrono::seconds wait) {
    return tr_noop("There were many attempts. Please wait {n} seconds and try again.",
                   {{"n", std::to_string(wait.count())}});
}

}  // namespace mitwirken::accounts
