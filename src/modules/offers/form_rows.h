// The repeatable rows of the editing form. They are needed where the form is read and where it is shown; both must
// agree.
#pragma once

#include <string>

#include "core/forms/forms.h"

namespace mitwirken::offers {

core::Rows document_rows();
core::Rows related_rows();
// What a link of this site leads to, by its path: "/termine/…" is an event.
std::string link_kind(const std::string& url);

}  // namespace mitwirken::offers
