// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::site {

http::Response home(core::Visit& visit);
http::Response district(core::Visit& visit);
http::Response topic(core::Visit& visit);
http::Response search_page(core::Visit& visit);
http::Response open_data(core::Visit& visit);
http::Response site_map(core::Visit& visit);
http::Response robots(core::Visit& visit);
http::Response tile(core::Visit& visit);
http::Response openapi(core::Visit& visit);

}  // namespace mitwirken::site
