// Puts a page into the house's frame: header, navigation, footer, or the administration shell.
#pragma once

#include "core/visit.h"

namespace mitwirken::app {

http::Response layout(core::Visit& visit, const core::PageHead& head, const html::SafeHtml& content);
http::Response error_page(core::Visit& visit, int status, const Message& reason);

}  // namespace mitwirken::app
