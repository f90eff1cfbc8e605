// The editor's own fields on pages: in the form, under an idea, in lines of an export; the rules stand in ideas.h.
#pragma once

#include "core/forms/forms.h"
#include "core/visit.h"
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

void add_own_fields(const core::Visit& visit, core::FormView& form, const Settings& settings);
// A list of what was answered; with `office_too` also what only the office and the author see.
html::SafeHtml own_fields_shown(const core::Visit& visit, const Settings& settings, const Fields& fields,
                                bool office_too);
// "ja" in the visitor's language.
std::string in_words(const core::Visit& visit, const OwnField& field, const std::string& value);

}  // namespace mitwirken::ideas
