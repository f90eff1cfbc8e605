// Assets of the binary; see assets.h.
#include "app/assets.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unordered_map>

#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/http/compress.h"

namespace mitwirken::app {

namespace {

struct Forms {
    std::shared_ptr<const http::Ready> plain, gzip, brotli;
};
std::unordered_map<std::string, Forms> by_path;             // "/assets/app.3f2a.css"
std::map<std::string, std::string, std::less<>> addresses;  // "app.css" -> path

std::shared_ptr<const http::Ready> make(std::string_view content, const std::string& type, std::string_view encoding) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Vary", "Accept-Encoding");
    if (starts_with(type, "image/svg"))
        response.headers.set("Content-Security-Policy", "default-src 'none'; style-src 'self'");
    if (!encoding.empty()) response.headers.set("Content-Encoding", std::string(encoding));
    response.static_body = content;
    return http::make_ready(std::move(response));
}

}  // namespace

void load_assets() {
    const auto* manifest = find_embedded("web/manifest.json");
    if (!manifest) throw std::runtime_error("web/manifest.json is not in the binary; run node web/build.mjs");
    const auto list = nlohmann::json::parse(manifest->content);
    for (const auto& [logical, entry] : list.items()) {
        const auto file_name = entry.at("file").get<std::string>();
        const auto* file = find_embedded("web/" + file_name);
        if (!file) throw std::runtime_error("asset " + file_name + " is not in the binary");
        const auto type = entry.at("type").get<std::string>();
        Forms forms{make(file->content, type, ""), nullptr, nullptr};
        if (!file->gzip.empty()) forms.gzip = make(file->gzip, type, "gzip");
        if (!file->brotli.empty()) forms.brotli = make(file->brotli, type, "br");
        addresses[logical] = "/assets/" + file_name;
        by_path["/assets/" + file_name] = std::move(forms);
    }
}

std::string asset_url(std::string_view logical) {
    const auto at = addresses.find(logical);
    return at == addresses.end() ? std::string(logical) : at->second;
}

std::string_view asset_content(std::string_view logical) {
    const auto at = addresses.find(logical);
    const auto* file =
        at == addresses.end() ? nullptr : find_embedded("web/" + at->second.substr(sizeof "/assets/" - 1));
    return file ? file->content : std::string_view();
}

std::shared_ptr<const http::Ready> find_asset(const http::Request& request) {
    if (!starts_with(request.path, "/assets/")) return nullptr;
    const auto at = by_path.find(request.path);
    if (at == by_path.end()) return nullptr;
    const auto encoding = http::negotiate(request.headers["Accept-Encoding"]);
    if (encoding == http::Encoding::brotli && at->second.brotli) return at->second.brotli;
    if (encoding != http::Encoding::identity && at->second.gzip) return at->second.gzip;
    return at->second.plain;
}

}  // namespace mitwirken::app
