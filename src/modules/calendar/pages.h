// The handlers of this module, for module.cpp, and the words they share.
// What must stay true: every page that depends on the clock says until when it is right (note_changes).
#pragma once

#include "core/visit.h"
#include "modules/calendar/events.h"

namespace mitwirken::calendar {

inline constexpr std::string_view edit_action = "calendar.edit";
inline constexpr std::string_view publish_action = "calendar.publish";

http::Response list_page(core::Visit& visit);
http::Response detail_page(core::Visit& visit);
http::Response widget_page(core::Visit& visit);
http::Response widget_card(core::Visit& visit);
http::Response ics_list(core::Visit& visit);
http::Response ics_one(core::Visit& visit);
http::Response rss(core::Visit& visit);
http::Response api_list(core::Visit& visit);
http::Response api_one(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& all, core::Route& one);
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_form(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response cancel(core::Visit& visit);
http::Response versions(core::Visit& visit);
std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query);
std::vector<core::ProcedureSection> procedure_sections(core::Visit& visit, const core::Place& place);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

// "Montag, 23. November 2026, 16:00–18:00 Uhr", or the words said instead of a day.
std::string when_words(const core::Visit& visit, const Event& event);
std::string place_words(const core::Visit& visit, const Event& event);
// The next instant at which a date's visibility changes, or at which it is past.
void note_changes(core::Visit& visit, const Event& event);
std::optional<Cursor> read_cursor(const std::string& text);
std::string write_cursor(const Event& event);
// The public date of the address; else NotFound.
Event public_event(core::Visit& visit);
// The date of the address, if this visitor may see it; else NotFound.
Event shown_event(core::Visit& visit);

}  // namespace mitwirken::calendar
