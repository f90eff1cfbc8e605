// The handlers of offers, one line each; module.cpp puts them on their routes.
#pragma once

#include "core/visit.h"
#include "modules/offers/views.h"

namespace mitwirken::offers {

// ---- pages.cpp
http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response embed_list(core::Visit& visit);
http::Response embed_card(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
// The filter an address asks for; unknown words and terms are passed over.
ListView read_view(core::Visit& visit);
// Everything said here about time holds until midnight.
void right_until_midnight(core::Visit& visit);

// ---- data.cpp
http::Response json_feed(core::Visit& visit);
http::Response rss_feed(core::Visit& visit);
http::Response ical(core::Visit& visit);
http::Response geojson(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
nlohmann::ordered_json public_json(core::Visit& visit, const Offer& offer, const Terms& terms, bool whole);
void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write);

// ---- api.cpp
std::vector<core::ApiSchema> api_schemas();
core::ApiDescription list_description();
core::ApiDescription one_description();

// ---- admin.cpp, admin_form.cpp
http::Response admin_page(core::Visit& visit);
http::Response new_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response create(core::Visit& visit);
http::Response update(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response preview_page(core::Visit& visit);
http::Response versions_page(core::Visit& visit);
void take_files(core::Preparation& preparation);

// ---- example.cpp
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::offers
