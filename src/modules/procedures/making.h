// How procedures come into being, shared by the ways there are: empty, copy, file, template. A new procedure is a
// draft, whatever its source says.
#pragma once

#include <string>

#include "core/forms/forms.h"
#include "core/procedures/transfer.h"
#include "core/visit.h"

namespace mitwirken::procedures {

inline const std::string new_path = "/verwaltung/verfahren-neu";

// The departments to choose from; editors have only their own.
void add_department(core::Visit& visit, core::FormView& form);
core::WholeProcedure as_draft(core::WholeProcedure whole, core::OrganisationId organisation);
// A matter that is named must be one of the person's own department.
Problems check_dossier(core::Visit& visit, const core::WholeProcedure& whole);
// First version, record and address of what was just made.
http::Response made(core::Visit& visit, core::ProcedureId id, std::string_view action, const Message& notice);

// What a template makes, on the page of new procedures.
http::Response from_type_page(core::Visit& visit, const std::string& key);
http::Response add_from_type(core::Visit& visit, const std::string& key);

// Steps, tasks and meetings with their days, and what is to be thought of when one ends on a day off.
html::SafeHtml dates_table(const core::Visit& visit, const core::WholeProcedure& whole);
// "endet am Karfreitag"; nothing when the end is a working day or there is none.
std::optional<Message> end_hint(const core::Step& step);

}  // namespace mitwirken::procedures
