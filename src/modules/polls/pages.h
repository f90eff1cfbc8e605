// The handlers of this module, for module.cpp, and what its screens share.
#pragma once

#include "core/manifest.h"
#include "core/visit.h"
#include "modules/polls/polls.h"

namespace mitwirken::polls {

using core::Visit;
inline constexpr std::string_view edit_action = core::edit_procedures_action;

// ---- for everybody: pages.cpp
http::Response poll_page(Visit& visit);
http::Response vote(Visit& visit);
http::Response results_csv(Visit& visit);
html::SafeHtml card(Visit& visit, const core::Place& place, const core::Activity& activity);
html::SafeHtml paper_form(Visit& visit, const core::Place& place, const core::Activity& activity);

// ---- live.cpp: the state everybody sees, pushed to who listens
// "…/leinwand": question, code to scan and bars for the hall.
http::Response wall_page(Visit& visit);
// "…/live", server-sent events; "?nur=anzahl": only how many have voted.
http::Response live_stream(Visit& visit);
// The element #poll-results; `only_count` leaves the answers out.
enum class Shown { results, count };
html::SafeHtml results_part(const i18n::Language& language, const std::vector<Question>& questions, std::int64_t turn,
                            Shown shown);
// Hands the new state to the listeners once this transaction is committed.
void tell_listeners(Visit& visit, const core::Activity& activity);

// ---- desk_pages.cpp
http::Response editor_page(Visit& visit);
http::Response change_questions(Visit& visit);
http::Response question_page(Visit& visit);
http::Response save_question_form(Visit& visit);
http::Response export_csv(Visit& visit);

// ---- data_pages.cpp
http::Response table_of(const Visit& visit, const std::vector<Question>& questions, const std::string& file);
http::Response api_list(Visit& visit);
http::Response api_one(Visit& visit);
nlohmann::ordered_json poll_schema();
nlohmann::ordered_json poll_results_schema();

void load_example(core::House& house, db::Tx& tx, TenantId tenant, Timestamp now);

std::string base_of(const Visit& visit);  // "/verfahren/…/schnellumfragen/…"

}  // namespace mitwirken::polls
