// What the builder does to a questionnaire, as pure functions. Keys are never given twice, also not those of versions
// that were answered: results of different versions are put together by them.
#pragma once

#include <set>
#include <string>

#include "modules/surveys/questionnaire.h"
#include "platform/base/form.h"

namespace mitwirken::surveys {

// Every key of pages and questions, and "question.option" of options and rows.
std::set<std::string> keys_of(const Questionnaire& questionnaire);

// The key of the new part; "" when there are as many as there may be, or no such page.
std::string add_page(Questionnaire& all, const std::string& title, const std::set<std::string>& used);
std::string add_question(Questionnaire& all, const std::string& page, Kind kind, const std::string& title,
                         const std::set<std::string>& used);
std::string duplicate(Questionnaire& all, const std::string& key, const std::set<std::string>& used);
// A question moves past the one before or behind it, also onto the next page; a page past another.
enum class Direction { up, down };
bool move(Questionnaire& all, const std::string& key, Direction direction);
bool remove(Questionnaire& all, const std::string& key);
bool replace(Questionnaire& all, const Question& question);
bool replace(Questionnaire& all, const Page& page);  // title, text and condition

// ---- the builder's forms (question_form.cpp)
Form to_form(const Question& question);
Form to_form(const Page& page);
// Reads what was typed over `before`; `used` are keys of options that were given before ("question.option").
Result<Question> question_from(const Form& form, const Question& before, const std::set<std::string>& used);
Result<Page> page_from(const Form& form, const Page& before);

}  // namespace mitwirken::surveys
