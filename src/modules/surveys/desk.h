// What the module's staff screens share: the survey {part} of the procedure {key}, head and tabs.
#pragma once

#include "core/desk/desk.h"
#include "modules/surveys/surveys.h"

namespace mitwirken::surveys {

struct Desk {
    core::ProcedureRecord record;
    core::Procedure plan;
    const core::Activity* activity = nullptr;  // of plan
    std::string path;                          // "/verwaltung/verfahren/…/umfragen/…"
};
// For those who may do `action` in the procedure's department.
Desk desk(core::Visit& visit, std::string_view action);
enum class Tab { questions, preview, results, entry, invitations };
// `again`: 422, the form is shown once more.
enum class Answered { page, again };
http::Response desk_answer(core::Visit& visit, const Desk& desk, Tab tab, const std::string& title,
                           const html::SafeHtml& content, Answered answered = Answered::page);

}  // namespace mitwirken::surveys
