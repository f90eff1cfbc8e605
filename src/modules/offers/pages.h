// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/offers/offers.h"

namespace mitwirken::offers {

inline constexpr std::string_view edit_action = "offers.edit";
inline constexpr std::string_view publish_action = "offers.publish";

http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response json_list(core::Visit& visit);
http::Response rss(core::Visit& visit);
http::Response geojson(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_form(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response versions(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

inline core::Ref ref_of(OfferId id) { return {"offers", id.value}; }
// "läuft", "noch 12 Tage", "dauerhaft" … for a visitor; names the instant at which it changes.
std::string kind_words(const core::Visit& visit, Kind kind);
std::string when_words(core::Visit& visit, const Offer& offer);
// The next instant at which an offer's kind or visibility changes by the clock.
void note_changes(core::Visit& visit, const Offer& offer);

}  // namespace mitwirken::offers
