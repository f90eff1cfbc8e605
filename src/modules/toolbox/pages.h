// The handlers of this module, for module.cpp; the words and structs are in toolbox.h.
#pragma once

#include "core/visit.h"
#include "modules/toolbox/listing.h"
#include "modules/toolbox/toolbox.h"

namespace mitwirken::toolbox {

inline constexpr std::string_view edit_action = "toolbox.edit";        // write; editors only what is their department's
inline constexpr std::string_view publish_action = "toolbox.publish";  // release, archive, import

// public
http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response print_page(core::Visit& visit);
http::Response compare_page(core::Visit& visit);
http::Response finder_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response pdf(core::Visit& visit);

// data
http::Response json_list(core::Visit& visit);
http::Response csv_list(core::Visit& visit);
http::Response rss(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::string format_schema();
void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write);

// editing
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_format(core::Visit& visit);
http::Response preview_page(core::Visit& visit);
http::Response change_state(core::Visit& visit);
http::Response versions(core::Visit& visit);
http::Response import_page(core::Visit& visit);
http::Response import_form(core::Visit& visit);
void read_import(core::Preparation& preparation);
core::ImportReport import_data(const core::House& house, core::TenantId tenant, core::AccountId by,
                               const std::string& bytes, bool dry_run);

// reports
http::Response reports_page(core::Visit& visit);
http::Response report_page(core::Visit& visit);
http::Response save_report_form(core::Visit& visit);
http::Response report_state(core::Visit& visit);

// What a visitor may see of a format: NotFound when it is not public and they have no right to it.
Format visible_format(core::Visit& visit, const std::string& key);
// The whole detail content, also for preview and print.
html::SafeHtml detail_content(core::Visit& visit, const Format& format, bool print);

std::string title_in(const core::Visit& visit, const std::string& title, const std::string& title_en);
std::string labels(const core::Visit& visit, const Facet& facet, int mask);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

// ---- "Welches Format passt?"
struct Wish {
    int purposes = 0, forms = 0, group_sizes = 0;  // masks of the facets, 0 = no matter
    bool at_a_distance = false;
};
struct Suggestion {
    std::size_t index = 0;  // in the formats given
    int score = 0, best = 0;
    std::vector<Message> reasons, against;
};
// Best first, at most `count`; ties in the order given. A format that misses the purpose is never suggested.
std::vector<Suggestion> suggest(const Wish& wish, const std::vector<Listed>& formats, std::size_t count);

}  // namespace mitwirken::toolbox
