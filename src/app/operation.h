// The parts of the house's own manifest, put together in manifest.cpp.
#pragma once

#include "app/program.h"

namespace mitwirken::app {

std::vector<core::Route> operation_routes(Program& program);  // for monitoring
core::Manifest pages_manifest();                              // theme, files, health
core::Manifest start_manifest();                              // the administration's first page
core::Manifest admin_manifest();                              // jobs and mails
core::Manifest settings_manifest();
core::Manifest audit_manifest();
core::Manifest logo_manifest();

}  // namespace mitwirken::app
