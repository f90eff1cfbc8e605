// The handlers of this module, for module.cpp.
#pragma once

#include "core/manifest.h"
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
// What the address asks for: sort, topics, state, text, place in the list.
core::ContributionFilter filter_of(core::Visit& visit);

// ---- map_pages.cpp
http::Response points(core::Visit& visit);
inline constexpr int most_points = 5000;   // sent one by one; of more the server makes groups
bool shows_map(const core::Visit& visit);  // "?ansicht=karte", where the activity has places
// The map of the list with its filters.
html::SafeHtml list_map(core::Visit& visit);
html::SafeHtml idea_map(core::Visit& visit, const core::Contribution& idea);
std::vector<core::ProcedureSection> map_sections(core::Visit& visit, const core::Place& place);

// ---- paper.cpp
html::SafeHtml paper_form(core::Visit& visit, const core::Place& place, const core::Activity& activity);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
html::SafeHtml card(core::Visit& visit, const core::Place& place, const core::Activity& activity);

// ---- views.cpp
html::SafeHtml list_view(core::Visit& visit, const std::vector<core::Contribution>& ideas, const std::string& next,
                         std::int64_t count);
html::SafeHtml detail_view(core::Visit& visit, const core::Contribution& idea, bool own);

}  // namespace mitwirken::ideas
