// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::surveys {

using core::Visit;

// ---- for everybody: answer_pages.cpp, send_pages.cpp, later_pages.cpp, own_pages.cpp, result_pages.cpp
http::Response start_page(Visit& visit);
http::Response begin(Visit& visit);  // with a code, or to change an answer
http::Response questions_page(Visit& visit);
http::Response answer_questions(Visit& visit);
http::Response check_page(Visit& visit);
http::Response send(Visit& visit);
http::Response later_page(Visit& visit);
http::Response mail_link(Visit& visit);
http::Response resume_page(Visit& visit);
http::Response resume(Visit& visit);
http::Response own_page(Visit& visit);
http::Response withdraw(Visit& visit);
http::Response results_page(Visit& visit);
http::Response results_csv(Visit& visit);
http::Response cross_page(Visit& visit);
http::Response api_list(Visit& visit);
http::Response api_one(Visit& visit);
html::SafeHtml card(Visit& visit, const core::Place& place, const core::Activity& activity);
html::SafeHtml paper_form(Visit& visit, const core::Place& place, const core::Activity& activity);

// ---- staff: builder_pages.cpp, question_pages.cpp, preview_pages.cpp
http::Response surveys_page(Visit& visit);
http::Response builder_page(Visit& visit);
http::Response change_questionnaire(Visit& visit);
http::Response new_question(Visit& visit);
http::Response new_page(Visit& visit);
http::Response edit_question_page(Visit& visit);
http::Response edit_question(Visit& visit);
http::Response edit_page_page(Visit& visit);
http::Response edit_page(Visit& visit);
http::Response preview_page(Visit& visit);
http::Response release_questionnaire(Visit& visit);
// ---- desk_results.cpp, coding_pages.cpp, export_pages.cpp, invitation_pages.cpp, entry_pages.cpp
http::Response desk_results(Visit& visit);
http::Response desk_results_csv(Visit& visit);
http::Response desk_cross(Visit& visit);
http::Response coding_page(Visit& visit);
http::Response code_texts(Visit& visit);
http::Response export_csv(Visit& visit);
http::Response export_xlsx(Visit& visit);
http::Response codebook_page(Visit& visit);
http::Response codebook_csv(Visit& visit);
http::Response invitations_page(Visit& visit);
http::Response make_invitations(Visit& visit);
http::Response invitation_sheet(Visit& visit);
http::Response invitation_csv(Visit& visit);
http::Response entry_page(Visit& visit);
http::Response enter_answer(Visit& visit);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
nlohmann::ordered_json survey_schema();
nlohmann::ordered_json survey_results_schema();

}  // namespace mitwirken::surveys
