// The handlers of this module, for module.cpp, and what its pages share.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"
#include "modules/downloads/downloads.h"

namespace mitwirken::downloads {

inline constexpr std::string_view edit_action = "downloads.edit";
inline constexpr std::string_view publish_action = "downloads.publish";

// ---- pages.cpp
http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response widget_card(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
// A public list, with the instant at which it changes by the clock noted for the page cache.
std::vector<Item> listed(core::Visit& visit, const Filter& filter, int count);
// What the address asks for.
struct Asked {
    Filter filter;
    std::string text;
    std::vector<core::Term> topics;
    std::vector<Group> groups;
};
Asked asked(core::Visit& visit);

// ---- views.cpp
html::SafeHtml list_view(core::Visit& visit, const Asked& asked, const std::vector<Item>& items, std::int64_t found,
                         bool more);
html::SafeHtml detail_view(core::Visit& visit, const Item& item, bool open, bool editor);
// "PDF, 1,2 MB, barrierefrei"
std::string file_words(const core::Visit& visit, const Item& item, const core::Attachment& file);

// ---- data_pages.cpp
http::Response json_feed(core::Visit& visit);
http::Response feed(core::Visit& visit);  // RSS and Atom
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& all, core::Route& one);
void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write);

// ---- edit_pages.cpp
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_form(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response versions(core::Visit& visit);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::downloads
