// Files of the binary under /assets/: styles, scripts, fonts, icons. Their names carry a hash of the content, so they
// are kept by browsers for a year; compressed forms were made at build time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/http/server.h"

namespace mitwirken::app {

// Builds the table from web/manifest.json in the binary. Once, at start.
void load_assets();
// "app.css" -> "/assets/app.3f2a9c.css"; the name itself when it is unknown (a test lists those).
std::string asset_url(std::string_view logical);
// The file itself, uncompressed; "" when it is unknown.
std::string_view asset_content(std::string_view logical);
// nullptr when the request is not for an asset.
std::shared_ptr<const http::Ready> find_asset(const http::Request& request);

}  // namespace mitwirken::app
