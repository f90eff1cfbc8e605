// Pages and data of the house itself that belong to no module: theme, files, health, figures.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/assets.h"
#include "app/program.h"
#include "core/attachments/attachments.h"
#include "core/visit.h"
#include "platform/base/text.h"

namespace mitwirken::app {

namespace {

using core::Visit;

// The tenant's colours as tokens; the address carries the tenant's version, so browsers may keep it.
http::Response theme(Visit& visit) {
    const auto& c = visit.tenant.theme;
    const std::string light =
        fmt::format("--tenant-primary:{};--tenant-primary-deep:{};--tenant-primary-light:{};--tenant-accent:{}",
                    c.primary, c.primary_deep, c.primary_light, c.accent);
    const std::string dark =
        fmt::format("--tenant-primary:{};--tenant-primary-deep:{};--tenant-primary-light:{};--tenant-accent:{}",
                    c.primary_dark, c.primary_deep_dark, c.primary_light_dark, c.accent_dark);
    http::Response response;
    response.headers.set("Content-Type", "text/css; charset=utf-8");
    response.headers.set("Cache-Control", "public, max-age=86400");
    response.body = fmt::format(
        ":root{{{0}}}@media (prefers-color-scheme:dark){{:root:not([data-kern-theme=\"light\"]){{{1}}}}}"
        ":root[data-kern-theme=\"dark\"]{{{1}}}",
        light, dark);
    return response;
}

bool may_read(Visit& visit, const core::Attachment& file) {
    for (const auto& module : visit.house.modules)
        if (module.name == file.module) return module.visible && module.visible(visit, file.item);
    return false;
}

// A file of some item. Shown in the browser only when it is a picture or a PDF, and then without any rights.
http::Response attachment(Visit& visit) {
    // A key of the store is "shelf/rest": two segments of the path.
    const std::string wanted = visit.parameter("shelf") + "/" + visit.parameter("key");
    const auto file = core::find_attachment(visit.tx, visit.tenant.id, wanted);
    if (!file || !may_read(visit, *file) || !visit.house.files->exists(file->key)) throw NotFound();
    std::string key = file->key;
    const auto width = to_int(visit.query["breite"]);
    if (width && file->width > 0) {
        files::Stored stored;
        stored.key = file->key;
        stored.type = file->type;
        stored.extension = file->extension;
        stored.width = int(file->width);
        const std::string smaller = visit.house.files->variant(stored, int(*width));
        if (!smaller.empty()) key = smaller;
    }
    http::Response response;
    response.file = visit.house.files->path(key);
    response.headers.set("Content-Type", file->type);
    const bool shown = starts_with(file->type, "image/") || file->type == "application/pdf";
    response.headers.set("Content-Disposition", fmt::format("{}; filename*=UTF-8''{}", shown ? "inline" : "attachment",
                                                            escape_url(file->name)));
    response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set("ETag", "\"" + file->sha256.substr(0, 20) + (key == file->key ? "" : "-v") + "\"");
    return response;
}

http::Response logo(Visit& visit) {
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, {"app", visit.tenant.id.value})) {
        if (file.id.value != visit.tenant.logo) continue;
        http::Response response;
        response.file = visit.house.files->path(file.key);
        response.headers.set("Content-Type", file.type);
        response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        return response;
    }
    throw NotFound();
}

// For pages of others, which cannot follow our hashes: an address that stays, looked after anew every hour.
http::Response embedding_script(Visit&) {
    http::Response response;
    response.headers.set("Content-Type", "text/javascript; charset=utf-8");
    response.headers.set("Cache-Control", "public, max-age=3600");
    response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    response.static_body = asset_content("embedding.js");
    return response;
}

// Listed here, answered by Dispatch::work before anything asks the database.
http::Response health(Visit&) { return http::Response::text(200, "ok\n"); }

}  // namespace

core::Manifest pages_manifest() {
    using http::Method;
    core::Manifest m;
    m.routes = {
        {.method = Method::get,
         .pattern = "/theme.css",
         .permission = core::everyone,
         .handler = theme,
         .kind = core::RouteKind::data},
        {.method = Method::get,
         .pattern = "/einbetten.js",
         .permission = core::everyone,
         .handler = embedding_script,
         .kind = core::RouteKind::data},
        {.method = Method::get,
         .pattern = "/dateien/{shelf}/{key}/{name}",
         .permission = core::everyone,
         .handler = attachment,
         .kind = core::RouteKind::data,
         .embeddable = true,
         .cacheable = false},
        {.method = Method::get,
         .pattern = "/logo",
         .permission = core::everyone,
         .handler = logo,
         .kind = core::RouteKind::data,
         .cacheable = false},
        {.method = Method::get,
         .pattern = "/health",
         .permission = core::everyone,
         .handler = health,
         .kind = core::RouteKind::data,
         .cacheable = false},
    };
    return m;
}

}  // namespace mitwirken::app
