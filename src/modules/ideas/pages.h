// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response new_page(core::Visit& visit);
http::Response add(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response edit(core::Visit& visit);
http::Response withdraw(core::Visit& visit);
http::Response support(core::Visit& visit);
http::Response points(core::Visit& visit);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
html::SafeHtml card(core::Visit& visit, const core::Place& place, const core::Activity& activity);

// ---- views.cpp
html::SafeHtml list_view(core::Visit& visit, const std::vector<core::Contribution>& ideas, const std::string& next,
                         std::int64_t count);
html::SafeHtml detail_view(core::Visit& visit, const core::Contribution& idea, bool own);

}  // namespace mitwirken::ideas
