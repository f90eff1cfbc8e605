// The questionnaire (Abfragebogen): its fields and what was typed into them, the same for departments and associations.
#pragma once

#include "core/forms/forms.h"
#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

// What for, when, how many, what went well, what did not, advice, files.
void add_report_fields(core::FormView& form, const std::vector<core::Option>& formats);
Form form_of(const Report& report);
// Reads the fields but the format. `complete`: it is handed in now, so there must be something to learn from.
Problems read_report(core::Visit& visit, Report& report, bool complete);
// Was anything in core::keep_files() to be done?
bool files_change(core::Visit& visit, const core::Ref& ref);

}  // namespace mitwirken::toolbox
