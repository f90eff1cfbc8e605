// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::procedures {

inline constexpr std::string_view publish_action = "procedures.publish";

http::Response list_page(core::Visit& visit);
http::Response procedure_page(core::Visit& visit);
http::Response dossier_page(core::Visit& visit);

// What people see of a procedure's time, in one word: planned, running, pending (all steps are over), paused.
enum class Situation { planned, running, over, paused };
Situation situation(const core::Place& place);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::procedures
