// The handlers of this module, for module.cpp, and what they share.
#pragma once

#include "core/desk/desk.h"
#include "core/manifest.h"
#include "core/visit.h"
#include "modules/channels/channels.h"

namespace mitwirken::channels {

// ---- entry_pages.cpp
http::Response choose_page(core::Visit& visit);
http::Response entry_page(core::Visit& visit);
http::Response enter(core::Visit& visit);
http::Response take_back(core::Visit& visit);
// The procedure and activity of the address, for those who enter; afterwards they are the visit's place.
struct Desk {
    core::ProcedureRecord record;
    std::string kind, path;  // of contributions; of this screen
};
Desk desk_of(core::Visit& visit);
http::Response desk_answer(core::Visit& visit, const Desk& desk, const html::SafeHtml& content, bool again);
// Everything that belongs to a contribution beside its head.
void complete(core::Visit& visit, const Checked& checked, core::ContributionId id, bool imported);

// ---- import_pages.cpp
http::Response import_page(core::Visit& visit);
http::Response import_file(core::Visit& visit);
void read_upload(core::Preparation& preparation);
http::Response template_csv(core::Visit& visit);
http::Response template_xlsx(core::Visit& visit);

// ---- paper_pages.cpp
http::Response paper_page(core::Visit& visit);
http::Response paper_pdf(core::Visit& visit);
http::Response by_number(core::Visit& visit);
std::vector<core::ProcedureSection> procedure_sections(core::Visit& visit, const core::Place& place);

// ---- figure_pages.cpp
http::Response figures_page(core::Visit& visit);
http::Response channels_csv(core::Visit& visit);
http::Response topics_csv(core::Visit& visit);
http::Response districts_csv(core::Visit& visit);
http::Response days_csv(core::Visit& visit);
http::Response goals_csv(core::Visit& visit);
http::Response api_figures(core::Visit& visit);
nlohmann::ordered_json figures_schema();

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::channels
