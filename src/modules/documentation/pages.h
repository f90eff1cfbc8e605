// The handlers of documentations, for module.cpp.
#pragma once

#include "core/visit.h"
#include "modules/documentation/documentation.h"

namespace mitwirken::documentation {

inline constexpr std::string_view edit_action = "documentation.edit";
inline constexpr std::string_view publish_action = "documentation.publish";

// ---- pages.cpp
http::Response list_page(core::Visit& visit);
http::Response document_page(core::Visit& visit);
http::Response print_page(core::Visit& visit);
http::Response feed(core::Visit& visit);  // RSS and Atom
http::Response widget_page(core::Visit& visit);
http::Response widget_card(core::Visit& visit);
// The public documentation of this address; else NotFound.
Document public_document(core::Visit& visit);
// What becomes visible by the clock alone is not in the list yet; nothing else would end the cached page's life.
void until_next_publication(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
// ---- api.cpp
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& all, core::Route& one);
// ---- views.cpp
html::SafeHtml document_view(core::Visit& visit, const Whole& whole, bool preview);
std::string when_in(const core::Visit& visit, const Document& document);
std::string group_title(const core::Visit& visit, const Group& group, std::size_t number);
std::string figures_in(const core::Visit& visit, const Whole& whole);  // "4 groups, 68 quotes"
// ---- admin.cpp: the document; admin_parts.cpp: its questions, sessions and groups
http::Response admin_page(core::Visit& visit);
http::Response new_page(core::Visit& visit);
http::Response create(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response update(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response preview_page(core::Visit& visit);
http::Response versions(core::Visit& visit);
http::Response part_page(core::Visit& visit);
http::Response save_part(core::Visit& visit);
http::Response order(core::Visit& visit);
// The document of this address, if the person may edit it.
Document editable(core::Visit& visit);
// Saves the parts, and what follows every change: version, index, audit.
void keep(core::Visit& visit, Whole& whole, std::string_view what);
core::PageHead admin_head_of(const std::string& title);

// ---- example.cpp
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::documentation
