// The handlers of this module, for module.cpp; the words and structs are in toolbox.h.
#pragma once

#include "core/manifest.h"
#include "core/visit.h"
#include "modules/toolbox/listing.h"
#include "modules/toolbox/suggest.h"
#include "modules/toolbox/toolbox.h"

namespace mitwirken::toolbox {

inline constexpr std::string_view edit_action = "toolbox.edit";        // write; editors only what is their department's
inline constexpr std::string_view publish_action = "toolbox.publish";  // release, archive, import

// Tenants decide whether associations without an account may hand in experiences.
inline constexpr std::string_view associations_setting = "toolbox.associations_may_report";

// public
http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response print_page(core::Visit& visit);
http::Response compare_page(core::Visit& visit);
http::Response finder_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response widget_card(core::Visit& visit);
http::Response brochure_page(core::Visit& visit);
http::Response order_brochure(core::Visit& visit);
http::Response brochure_order_page(core::Visit& visit);
http::Response stop_brochure(core::Visit& visit);
void make_brochure_job(core::House& house, const jobs::Job& job);
void forget_brochures_job(core::House& house, const jobs::Job& job);
http::Response brochure_pdf(core::Visit& visit);
http::Response association_page(core::Visit& visit);
http::Response association_sent_page(core::Visit& visit);
http::Response send_association_report(core::Visit& visit);
void take_association_files(core::Preparation& preparation);
http::Response confirmation_page(core::Visit& visit);
http::Response confirm_report(core::Visit& visit);
void remove_unconfirmed_job(core::House& house, const jobs::Job& job);
void forget_contact_job(core::House& house, const jobs::Job& job);
http::Response pdf(core::Visit& visit);

// data
http::Response json_list(core::Visit& visit);
http::Response csv_list(core::Visit& visit);
http::Response rss(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& all, core::Route& one);
void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write);

// editing
http::Response managed_page(core::Visit& visit);
std::string pill_of(State state);  // class of the pill that shows it
http::Response edit_page(core::Visit& visit);
http::Response save_format(core::Visit& visit);
http::Response preview_page(core::Visit& visit);
http::Response change_state(core::Visit& visit);
http::Response versions(core::Visit& visit);
http::Response import_page(core::Visit& visit);
http::Response import_form(core::Visit& visit);
void read_import(core::Preparation& preparation);
core::ImportReport import_data(const core::House& house, core::TenantId tenant, core::AccountId by,
                               const std::string& bytes, const core::ImportOptions& options);

// reports
http::Response reports_page(core::Visit& visit);
http::Response report_page(core::Visit& visit);
http::Response save_report_form(core::Visit& visit);
http::Response report_state(core::Visit& visit);
http::Response report_versions(core::Visit& visit);
// The department releases what is its own. The office stands in for what belongs to nobody, and administrators for a
// department that has no account yet; the record names them.
bool may_release(const core::Visit& visit, core::OrganisationId owner);

// Public formats for everybody, what is released but not for the web for colleagues, drafts for those who may edit.
bool may_see(const core::Visit& visit, const Format& format);
// NotFound when there is none, or none that this visitor may see.
Format visible_format(core::Visit& visit, const std::string& key);
// The whole detail content. A preview is what the public will see, whoever looks at it.
enum class Showing { page, preview, print };
html::SafeHtml detail_content(core::Visit& visit, const Format& format, Showing showing);

std::string title_in(const core::Visit& visit, const std::string& title, const std::string& title_en);
// A text in the page's language where somebody wrote it in that, else the German one, which the page says (lang="de").
struct Text {
    std::string text;
    bool german = false;  // on a page in another language
};
Text text_in(const core::Visit& visit, const std::string& text, const std::string& english);
bool is_german(const core::Visit& visit);
// Some of the long texts or links stand in German on a page in another language.
bool not_all_translated(const core::Visit& visit, const Format& format, const Parts& parts);
std::string labels(const core::Visit& visit, const Facet& facet, int mask);
// "Informieren/Darstellen" in two, where it may break.
std::pair<std::string, std::string> breakable(const std::string& label);
std::string days_in(const core::Visit& visit, const std::optional<std::int64_t>& days);  // "" when not stated

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

// The sheet of paper, as a document of its own for the PDF.
std::string sheet(core::Visit& visit, const Format& format);
// Purpose, form, group … with their labels, as they stand in tables of facts.
struct Fact {
    std::string label;
    Text text;
};
std::vector<Fact> facts_of(const core::Visit& visit, const Format& format);

}  // namespace mitwirken::toolbox
