// What somebody answers: reading a form, checking it, and which questions are shown after what was said so far. All of
// it pure; the same check runs for a page, for the whole before it is sent, for paper and for what was kept for later.
// Invariant: what is not shown counts as not answered, for conditions and for what is kept.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/surveys/questionnaire.h"
#include "platform/base/form.h"
#include "platform/base/time.h"

namespace mitwirken::surveys {

struct File {
    std::int64_t id = 0;  // of the attachment
    std::string name;
    bool operator==(const File&) const = default;
};
struct Value {
    std::vector<std::string> chosen;           // keys of options, other_key; of a scale its number; consent: "yes"
    std::string text;                          // what was typed: text, number, date, the words of "other"; GeoJSON
    std::map<std::string, std::string> cells;  // matrix: row -> column; ranking: option -> rank; points: option -> n
    std::vector<File> files;
    bool empty() const { return chosen.empty() && text.empty() && cells.empty() && files.empty(); }
    bool operator==(const Value&) const = default;
};
using Values = std::map<std::string, Value>;  // by key of the question
Json write_values(const Values& values);
Values parse_values(const std::string& text);

// ---- forms: field "a-KEY", "a-KEY-other", "a-KEY-ROW"; a place as in ideas: GeoJSON, or "a-KEY-lat" and "a-KEY-lon"
std::string field_of(const Question& question);
std::string field_of(const Question& question, std::string_view part);
// As typed, however wrong. Files are not in a form.
Value read_value(const Question& question, const Form& form);
void write_value(const Question& question, const Value& value, Form& form);
// Numbers and positions as everybody writes them become one form; call it on what check_value accepts.
Value tidy(const Question& question, Value value);

// Nothing is added when it may be sent so.
void check_value(const Question& question, const Value& value, Problems& problems);

// ---- what is shown
bool holds(const Question& asked, const Value& value, const Condition& condition);
struct Shown {
    std::set<std::string> questions, pages;
};
Shown shown(const Questionnaire& questionnaire, const Values& values);
// The keys of the pages in order; without those that show nothing.
std::vector<std::string> path(const Questionnaire& questionnaire, const Values& values);
// Only what is shown, only what is asked.
Values kept(const Questionnaire& questionnaire, const Values& values);
// Everything that stands in the way of sending it.
Problems check_all(const Questionnaire& questionnaire, const Values& values);
// The page of a problem's field, for the way back; "" when it has none.
std::string page_of_field(const Questionnaire& questionnaire, const std::string& field);

// ---- versions: may an answer to a form of this version still be sent?
inline constexpr auto old_version_accepted = std::chrono::hours{1};
bool accepts(bool is_current, std::optional<Timestamp> replaced_at, Timestamp now);

// In the order of this person: the same one on every page and every visit.
std::vector<const Option*> in_order(const Question& question, std::uint64_t seed);

// One answer in words: "Rad, Bus", "1. Bäume, 2. Bänke".
std::string in_words(const Question& question, const Value& value, const std::string& language,
                     const std::string& other_label);

}  // namespace mitwirken::surveys
