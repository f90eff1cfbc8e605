// Quick polls: one or several questions with two to ten answers each, one vote for each person and question.
// Invariants: what a question's answers were chosen changes in the transaction of the vote; an answer that somebody has
// chosen keeps its key and cannot go; a vote names the wording it was given on, and another one is not taken.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/ids.h"
#include "core/procedures/place.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace mitwirken::polls {

using QuestionId = Id<struct PollQuestionTag>;
using core::ActivityId;
using core::ParticipantId;
using core::TenantId;

inline constexpr std::size_t least_options = 2, most_options = 10, most_questions = 20;
inline constexpr std::size_t title_letters = 200, note_letters = 400, option_letters = 120;

struct Option {
    std::string key, label;
    std::int64_t count = 0;
};
struct Question {
    QuestionId id;
    std::string key, title, note;
    std::vector<Option> options;
    std::int64_t most = 1;
    bool closed = false;
    std::int64_t edits = 0, votes = 0, position = 0;

    const Option* option(const std::string& key) const;
    std::string field() const { return "wahl-" + key; }  // of the form
};

// Of one activity.
struct Settings {
    enum class Results { live, after, end } results = Results::live;
    bool change = true;  // a vote can be changed while it is open
};
Settings settings_of(const std::string& json);

// ---- rules: polls.cpp
// Can votes be given on it now?
bool is_open(const core::Place& place, const core::Activity& activity, const Question& question);
// May somebody who has voted on it, or not, see how it stands?
bool shows_results(const core::Place& place, const core::Activity& activity, const Question& question, bool voted);
// What was chosen, in the order of the answers.
Result<std::vector<std::string>> check_vote(const Question& question, const Form& form);
// A question as the editor's form says it; `before` is what stands so far. Fields: title, note, most, option-KEY for
// the answers there are, new-N-label for further ones.
Result<Question> check(const Question& before, const Form& form);
Form to_form(const Question& question);
// In whole per cent of the persons; with several answers the sum may be more than 100.
int share(const Question& question, const Option& option);
nlohmann::json write_content(const std::vector<Question>& questions);
Result<std::vector<Question>> read_content(const nlohmann::json& content);

// ---- store.cpp
std::vector<Question> questions(db::Tx& tx, ActivityId activity);
std::optional<Question> find_question(db::Tx& tx, ActivityId activity, QuestionId id);
std::int64_t turn_of(db::Tx& tx, ActivityId activity);
// At the end, with a free key.
QuestionId add_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question);
void save_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question);
void set_closed(db::Tx& tx, TenantId tenant, ActivityId activity, QuestionId id, bool closed);
// Changes places with the one before or behind it.
bool move_question(db::Tx& tx, TenantId tenant, ActivityId activity, QuestionId id, bool up);
// Only while nobody has voted on it.
bool remove_question(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question);

// Votes of somebody, who may have several pseudonyms: by question.
using Votes = std::map<QuestionId, std::vector<std::string>>;
Votes votes_of(db::Tx& tx, ActivityId activity, const std::vector<ParticipantId>& who);
// False when they have voted on it already; then nothing is changed.
bool cast(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question, ParticipantId who,
          const std::vector<std::string>& chosen, Timestamp now);
void change_vote(db::Tx& tx, TenantId tenant, ActivityId activity, const Question& question,
                 const std::vector<ParticipantId>& who, const std::vector<std::string>& chosen, Timestamp now);
// What a person's data say, and forgetting who it was.
nlohmann::json export_participant(db::Tx& tx, TenantId tenant, ParticipantId who);
void forget_participant(db::Tx& tx, TenantId tenant, ParticipantId who);
}  // namespace mitwirken::polls
