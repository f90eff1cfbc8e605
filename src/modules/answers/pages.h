// The handlers of this module, for module.cpp, and what its files share.
#pragma once

#include "modules/answers/work.h"

namespace mitwirken::answers {

// ---- list_pages.cpp: the contributions of a procedure
http::Response list_page(core::Visit& visit);
http::Response export_csv(core::Visit& visit);
http::Response export_xlsx(core::Visit& visit);
// What the filters of an address (or of a form that carries one) mean; words that are none filter nothing.
DeskFilter filter_of(core::Visit& visit, const Desk& desk, const Form& query);
http::Response list_view(core::Visit& visit, const Desk& desk, const Form& query, const Problems& problems);
std::string kind_name(const core::Visit& visit, const core::Contribution& contribution);
Message state_name(core::ContributionState state);
std::string_view state_pill(core::ContributionState state);
Message channel_name(core::Channel channel);

// ---- bulk_pages.cpp: one act on many, with a summary before
http::Response choose(core::Visit& visit);
http::Response carry_out(core::Visit& visit);
http::Response take_back_page(core::Visit& visit);

// ---- one_page.cpp, one_acts.cpp: everything about one contribution
struct Shown {
    std::string_view which;  // the form that has to be shown again: "status", "answer", "assign", "join"
    const Form* values = nullptr;
    Problems problems = {};
    html::SafeHtml notice = {};
    int status = 200;
};
http::Response one_view(core::Visit& visit, const Desk& desk, const core::Contribution& contribution,
                        const Shown& shown);
http::Response one_page(core::Visit& visit);
http::Response one_versions(core::Visit& visit);
http::Response one_status(core::Visit& visit);
http::Response one_answer(core::Visit& visit);
http::Response one_assign(core::Visit& visit);
http::Response one_done(core::Visit& visit);
http::Response one_join(core::Visit& visit);
http::Response one_part(core::Visit& visit);
std::vector<core::Option> block_options(core::Visit& visit);
std::vector<core::Option> all_departments(core::Visit& visit);
// The body with the chosen text block behind it; placeholders are filled in.
std::string with_block(core::Visit& visit, const Desk& desk, const Form& form, const core::Contribution* about);
// Field "department" and "due".
Assignment read_assignment(core::Visit& visit, Problems& problems);
std::string reason_of(core::Visit& visit, const std::string& status, Problems& problems);

// ---- item_pages.cpp: answers, outcomes, measures, the summary, text blocks
template <Kind K>
http::Response item_page(core::Visit& visit);
template <Kind K>
http::Response save_item(core::Visit& visit);
template <Kind K>
http::Response step_item(core::Visit& visit);
template <Kind K>
http::Response item_versions(core::Visit& visit);
http::Response outcomes_screen(core::Visit& visit);
http::Response blocks_page(core::Visit& visit);
http::Response waiting_page(core::Visit& visit);

// ---- public_pages.cpp, sections.cpp
http::Response outcome_page(core::Visit& visit);
http::Response measures_page(core::Visit& visit);
template <Kind K>
http::Response public_item(core::Visit& visit);
std::vector<core::ProcedureSection> procedure_sections(core::Visit& visit, const core::Place& place);
html::SafeHtml contribution_section(core::Visit& visit, const core::Contribution& contribution);
// The figures of the promise; empty without one.
html::SafeHtml promise_part(core::Visit& visit, const core::ProcedureRecord& procedure);
std::shared_ptr<const PromiseFigures> figures_of(core::Visit& visit, const core::ProcedureRecord& procedure);
bool visible(core::Visit& visit, std::int64_t item);
std::vector<std::string> public_paths(core::Visit& visit);

// ---- data_pages.cpp
http::Response api_outcomes(core::Visit& visit);
http::Response api_measures(core::Visit& visit);
std::vector<core::ApiSchema> api_schemas();
void describe_api(core::Route& outcomes, core::Route& measures);

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);
void reindex(db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::answers
