// Routes for monitoring; see operation.cpp.
#pragma once

#include "app/program.h"

namespace mitwirken::app {

std::vector<core::Route> operation_routes(Program& program);
core::Manifest pages_manifest();
core::Manifest admin_manifest();
core::Manifest logo_manifest();

}  // namespace mitwirken::app
