// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::discussion {

http::Response thread_page(core::Visit& visit);
http::Response add(core::Visit& visit);
http::Response report_page(core::Visit& visit);
http::Response report(core::Visit& visit);
// Agreeing with a comment, and taking it back.
http::Response agree(core::Visit& visit);

}  // namespace mitwirken::discussion
