// The administration of one procedure, as every module's screens of it share it: finding the procedure, the right to
// it, head and tabs. The tabs are the modules' procedure_screens (manifest.h).
#pragma once

#include <string>
#include <string_view>

#include "core/procedures/records.h"
#include "core/visit.h"

namespace mitwirken::core {

// The procedure {key} of the address, for those who may do `action` in its department.
ProcedureRecord procedure_at_desk(Visit& visit, std::string_view action);
// "/verwaltung/verfahren/{key}<below>"
std::string desk_path(const ProcedureRecord& procedure, std::string_view below = "");
PageHead desk_head(const std::string& title);
// `below`: the screen that is shown, as in its ProcedureScreen.
html::SafeHtml desk_frame(Visit& visit, const ProcedureRecord& procedure, std::string_view below,
                          const html::SafeHtml& content);
http::Response desk_page(Visit& visit, const ProcedureRecord& procedure, std::string_view below,
                         const html::SafeHtml& content);

}  // namespace mitwirken::core
