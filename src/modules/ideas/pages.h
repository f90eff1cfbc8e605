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
http::Response remove_photo(core::Visit& visit);

// ---- pages.cpp, for the others
std::string base(const core::Visit& visit);  // the list's path
Settings settings(const core::Visit& visit);
bool is_staff(const core::Visit& visit);          // of the office that holds the procedure
core::Contribution idea_of(core::Visit& visit);   // of the address and of this activity
core::Contribution own_idea(core::Visit& visit);  // for its author only
bool is_own(core::Visit& visit, const core::Contribution& idea);

// ---- form_pages.cpp
inline constexpr std::size_t most_similar = 5;

// ---- filters.cpp
// What the address asks for: sort, topics, district, state, channel, text, place in the list.
core::ContributionFilter filter_of(core::Visit& visit);
bool is_filter(std::string_view name);
void fill_filters(core::Visit& visit, html::Values& page);
Message channel_name(core::Channel channel);

// ---- own_fields.cpp: the editor's screen
http::Response fields_page(core::Visit& visit);
http::Response save_fields_page(core::Visit& visit);

// ---- history.cpp
http::Response history_page(core::Visit& visit);
// Not when the desk has taken a passage out: it would stand in an earlier wording.
bool history_is_public(core::Visit& visit, const core::Contribution& idea);

// ---- export_pages.cpp, data_pages.cpp
http::Response export_csv(core::Visit& visit);
http::Response export_xlsx(core::Visit& visit);
http::Response export_geojson(core::Visit& visit);
http::Response feed(core::Visit& visit);
std::vector<core::FeedLink> feeds_of(const core::Visit& visit);
http::Response api_list(core::Visit& visit);
void describe_api(core::Route& route);
std::vector<core::ApiSchema> api_schemas();

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

// ---- views.cpp, list_view.cpp
// Can anybody still do anything? When all is over, "open for discussion" and counts of nothing are not true any more.
bool is_alive(const core::Place& place);
std::string author_of(const core::Visit& visit, const std::string& name);
html::SafeHtml list_view(core::Visit& visit, const std::vector<core::Contribution>& ideas, const std::string& next,
                         std::int64_t count);
html::SafeHtml detail_view(core::Visit& visit, const core::Contribution& idea, bool own);

}  // namespace mitwirken::ideas
