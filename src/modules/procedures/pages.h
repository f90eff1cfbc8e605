// The handlers of this module, for module.cpp.
#pragma once

#include "core/visit.h"

namespace mitwirken::procedures {

inline constexpr std::string_view publish_action = "procedures.publish";

http::Response list_page(core::Visit& visit);
http::Response procedure_page(core::Visit& visit);
http::Response share_page(core::Visit& visit);
http::Response poster_page(core::Visit& visit);
http::Response poster_pdf(core::Visit& visit);
http::Response dossier_page(core::Visit& visit);
http::Response dossier_list(core::Visit& visit);

// ---- the administration (editing.h), screen by screen
http::Response managed_page(core::Visit& visit);
http::Response new_page(core::Visit& visit);
http::Response add_new(core::Visit& visit);
http::Response file_page(core::Visit& visit);
http::Response take_file(core::Visit& visit);
http::Response export_file(core::Visit& visit);
http::Response texts_page(core::Visit& visit);
http::Response save_texts(core::Visit& visit);
http::Response change_state(core::Visit& visit);
http::Response versions(core::Visit& visit);
http::Response plan_page(core::Visit& visit);
http::Response add_track(core::Visit& visit);
http::Response track_page(core::Visit& visit);
http::Response save_track(core::Visit& visit);
http::Response activities_page(core::Visit& visit);
http::Response add_activity(core::Visit& visit);
http::Response activity_page(core::Visit& visit);
http::Response save_activity(core::Visit& visit);
http::Response grid_page(core::Visit& visit);
http::Response save_grid(core::Visit& visit);
http::Response goals_page(core::Visit& visit);
http::Response save_goals(core::Visit& visit);
http::Response faq_page(core::Visit& visit);
http::Response save_faq(core::Visit& visit);
void read_document(core::Preparation& p);
http::Response documents_page(core::Visit& visit);
http::Response add_document_here(core::Visit& visit);
http::Response document_page(core::Visit& visit);
http::Response save_document_here(core::Visit& visit);

// ---- tasks
http::Response tasks_page(core::Visit& visit);
http::Response add_task_here(core::Visit& visit);
http::Response task_page(core::Visit& visit);
http::Response save_task_here(core::Visit& visit);
http::Response task_step(core::Visit& visit);
http::Response all_tasks_page(core::Visit& visit);
void remind(core::House& house, const jobs::Job& job);

// ---- templates (types_editing.h)
http::Response types_page(core::Visit& visit);
http::Response type_page(core::Visit& visit);
http::Response type_versions(core::Visit& visit);
http::Response type_step(core::Visit& visit);
http::Response export_type(core::Visit& visit);
http::Response type_form(core::Visit& visit);
http::Response save_type(core::Visit& visit);
http::Response saving_page(core::Visit& visit);
http::Response save_as_type(core::Visit& visit);
http::Response type_file_page(core::Visit& visit);
http::Response take_type_file(core::Visit& visit);

// ---- matters
http::Response dossiers_page(core::Visit& visit);
http::Response new_dossier_page(core::Visit& visit);
http::Response add_dossier_here(core::Visit& visit);
http::Response dossier_form(core::Visit& visit);
http::Response save_dossier_here(core::Visit& visit);
http::Response dossier_step(core::Visit& visit);
http::Response dossier_versions(core::Visit& visit);
http::Response entry_page(core::Visit& visit);
http::Response save_entry(core::Visit& visit);
http::Response entry_step(core::Visit& visit);

// What people see of a procedure's time, in one word: planned, running, pending (all steps are over), paused.
enum class Situation { planned, running, over, paused };
Situation situation(const core::Place& place);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::procedures
