// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/news/news.h"

namespace mitwirken::news {

inline constexpr std::string_view edit_action = "news.edit";
inline constexpr std::string_view publish_action = "news.publish";

http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response widget_card(core::Visit& visit);
http::Response rss(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& all, core::Route& one);
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_form(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response versions(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

// What a procedure's page says of its news.
std::vector<core::ProcedureSection> procedure_sections(core::Visit& visit, const core::Place& place);

// A public list, with the instant at which it changes by the clock noted for the page cache.
std::vector<Article> listed(core::Visit& visit, const Filter& filter, int count);

}  // namespace mitwirken::news
