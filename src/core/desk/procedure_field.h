// "Belongs to the procedure": how dates, news and the like name one, and the way back to it.
// Invariant: an item is put on the page of a procedure only by somebody who may edit that procedure; a choice that was
// made by another stays when others change the item.
#pragma once

#include <optional>
#include <string>

#include "core/forms/forms.h"
#include "core/procedures/records.h"
#include "core/visit.h"

namespace mitwirken::core {

// The optional choice, field "procedure"; `before` is what the item named so far.
void add_procedure_field(Visit& visit, FormView& form, ProcedureId before);
void write_procedure(Form& form, ProcedureId procedure);
// What was chosen, none when nothing was; a problem when it is not among what was offered.
ProcedureId read_procedure(Visit& visit, ProcedureId before, Problems& problems);

struct ProcedureLink {
    std::string title, url;  // the path without the language's prefix
};
// The procedure as everybody may see it; nothing for drafts and what is not listed.
std::optional<ProcedureLink> procedure_link(Visit& visit, ProcedureId procedure);
// Its title for the versions of an item; "" for none.
std::string procedure_title(Visit& visit, ProcedureId procedure);

}  // namespace mitwirken::core
