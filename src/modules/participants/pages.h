// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::participants {

http::Response confirm_page(core::Visit& visit);
http::Response confirm(core::Visit& visit);
http::Response own_page(core::Visit& visit);
http::Response own_data(core::Visit& visit);
http::Response erase_page(core::Visit& visit);
http::Response erase(core::Visit& visit);
http::Response any_contribution(core::Visit& visit);

}  // namespace mitwirken::participants
