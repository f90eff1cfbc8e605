// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::discussion {

http::Response thread_page(core::Visit& visit);
http::Response add(core::Visit& visit);
http::Response report_page(core::Visit& visit);
http::Response report(core::Visit& visit);
http::Response topics_page(core::Visit& visit);
html::SafeHtml card(core::Visit& visit, const core::Place& place, const core::Activity& activity);

}  // namespace mitwirken::discussion
