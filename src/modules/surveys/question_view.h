// Questions as form fields: the same for answering, the preview and what staff enter from paper.
#pragma once

#include "core/visit.h"
#include "modules/surveys/answers.h"

namespace mitwirken::surveys {

struct FieldsView {
    const Form* values = nullptr;     // as typed
    const Values* answers = nullptr;  // for the files that are there already
    const Problems* problems = nullptr;
    std::uint64_t seed = 0;     // of the order of shuffled options
    bool all_optional = false;  // paper: what was left out is left out
};
html::SafeHtml fields(core::Visit& visit, const std::vector<const Question*>& questions, const FieldsView& view);

// What stands under a question besides its help: "Wählen Sie höchstens 2." "" = nothing.
std::string rule_of(const core::Visit& visit, const Question& question);

// Pictures that come with the house.
const std::vector<std::string>& house_pictures();

}  // namespace mitwirken::surveys
