// Answers as a table: one line each, one column for each thing that was asked. Pure; writing is export_pages.cpp.
#pragma once

#include "modules/surveys/results.h"

namespace mitwirken::surveys {

struct Column {
    std::string name;      // "q3", "q4_o2", "q5_r1"
    std::string question;  // its key
    std::string part;      // option or row; "" = the question itself
    Text title;
    const Question* asked = nullptr;  // of the list the columns were made from
};
std::vector<Column> columns_of(const std::vector<Question>& questions);
// The cell of an answer: words in German, or keys.
enum class Cells { words, keys };
std::string cell_of(const Column& column, const Values& values, Cells cells);

// One line of the codebook.
struct Code {
    std::string column, question, kind, code, label;
};
std::vector<Code> codebook(const std::vector<Column>& columns);

}  // namespace mitwirken::surveys
