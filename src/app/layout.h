// Puts a page into the house's frame: header, navigation, footer, or the administration shell.
#pragma once

#include "core/visit.h"

namespace mitwirken::app {

http::Response layout(core::Visit& visit, const core::PageHead& head, const html::SafeHtml& content);
// What this visitor may open, in the order of the manifests' numbers.
std::vector<const core::Navigation*> navigation_of(const core::Visit& visit, core::Navigation::Place place);
http::Response error_page(core::Visit& visit, int status, const Message& reason);

}  // namespace mitwirken::app
