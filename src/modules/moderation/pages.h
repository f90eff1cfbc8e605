// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/moderation/moderation.h"

namespace mitwirken::moderation {

inline constexpr std::string_view decide_action = "moderation.decide";
inline const std::string desk_path = "/verwaltung/moderation";

std::string case_path(core::CaseId id);
// The name of a contribution's kind for people: "Comment", else its building block.
std::string kind_name(const core::Visit& visit, const std::string& module, const std::string& kind);
std::string title_of(const core::Contribution& contribution);

// ---- desk.cpp, case.cpp
http::Response desk_page(core::Visit& visit);
http::Response case_page(core::Visit& visit);
http::Response decide(core::Visit& visit);
// Everything about a case on one page.
html::SafeHtml case_view(core::Visit& visit, const core::Case& which, const core::Contribution& contribution,
                         const Form& values, const Problems& problems);
// ---- letters.cpp: tells the author, when there is a confirmed address
void tell_author(core::Visit& visit, const core::Contribution& contribution, const Decision& decision);
// ---- public.cpp
http::Response rules_page(core::Visit& visit);
http::Response log_page(core::Visit& visit);
http::Response log_csv(core::Visit& visit);

}  // namespace mitwirken::moderation
