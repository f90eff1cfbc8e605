// Surveys: people answer a questionnaire page by page, without an account if the activity says so. This header is what
// the module's screens share: the settings of an activity, and the questionnaire as one request sees it.
#pragma once

#include "core/attachments/attachments.h"
#include "core/visit.h"
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

inline constexpr std::string_view kind = "answer";
inline constexpr std::string_view edit_action = core::edit_procedures_action;
inline constexpr std::string_view results_action = "surveys.results";

struct Settings {
    bool many = false;  // any number of answers for each person, else one that may be changed while it is open
    enum class Results { live, end, never } results = Results::end;
    bool cross = false;  // cross tables for everybody, without small numbers
};
Settings settings_of(const std::string& json);

// May everybody see the results now? At the end: when nobody can answer any more.
bool results_are_public(const core::Place& place, const core::Activity& activity);

std::string base_of(const core::Visit& visit);  // "/verfahren/…/umfragen/…"
std::vector<core::Crumb> crumbs_of(const core::Visit& visit, bool with_activity);

// ---- places of files: answers by their contribution; what is not sent yet and the pictures of a questionnaire below 0
std::int64_t files_of_sitting(SittingId id);
std::int64_t pictures_of(ActivityId activity);
bool file_is_visible(core::Visit& visit, std::int64_t item);

// ---- the questionnaire in one request
struct Taking {
    Settings settings;
    Version version;  // the one that is shown
    Questionnaire asked;
    std::optional<Sitting> sitting;
    Values values;                 // of the sitting
    std::vector<Message> changed;  // since the version the person began with, when that is not taken any more
    std::uint64_t seed = 0;        // of this person's order of options
    std::optional<Sent> sent;      // their answer
};
// NotFound with a sentence when no version is released. A form brings `number`, the version it was made from.
Taking taking(core::Visit& visit, std::optional<std::int64_t> number = {});
// Wants a code (who = token) and none was given yet.
bool needs_code(const core::Visit& visit, const Taking& taking);

// The mark of a sitting in the address with which it is gone on with later, and back; signed, nothing is kept of it.
std::string mark_of(const core::Visit& visit, SittingId id);
std::optional<SittingId> sitting_of_mark(const core::Visit& visit, const std::string& mark);
void drop_with_files(db::Tx& tx, TenantId tenant, SittingId id, Timestamp now);

// A code as it is looked for: capitals and digits only. New ones have 80 bits and no letters that look alike.
std::string plain_code(const std::string& typed);
std::string new_code();
std::string grouped(const std::string& code);  // "ABCD-EFGH-JKLM-NPQR"

// Files that came with a form, taken in a route's prepare step: field and file; what was wrong.
struct TakenAnswers {
    std::vector<std::pair<std::string, core::NewAttachment>> files;
    Problems problems;
};
void take_answer_files(core::Preparation& preparation);

}  // namespace mitwirken::surveys
