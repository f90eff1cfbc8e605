// Counting answers. One answer becomes cells (question, cell); the database keeps how often each cell is there by
// version and channel, so that a page of results costs the same after 50 and after 50,000 answers. Everything that is
// shown – bars, mean, median, Borda – is worked out from these counts alone.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "modules/surveys/answers.h"

namespace mitwirken::surveys {

// "!" – answered; an option's key; of a matrix "row/column", ranking "option/rank", points "option/n"; of a scale,
// number or date what was said.
struct Cell {
    std::string question, cell;
    auto operator<=>(const Cell&) const = default;
};
inline constexpr std::string_view answered_cell = "!";
std::vector<Cell> cells_of(const Questionnaire& questionnaire, const Values& values);
// What can be crossed with each other: the question, of a matrix each row as "question/row".
std::vector<Cell> crossable_of(const Questionnaire& questionnaire, const Values& values);
// Free texts and places, one for each question; also the words of "other".
std::vector<std::pair<std::string, std::string>> texts_of(const Questionnaire& questionnaire, const Values& values);

using Counts = std::map<Cell, std::int64_t>;
void add(Counts& counts, const std::vector<Cell>& cells, std::int64_t n);

struct Bar {
    std::string key;
    Text label;
    std::int64_t count = 0;
    double share = 0;  // of those who answered the question, 0 to 1
};
struct Figures {
    std::int64_t count = 0;
    double mean = 0, median = 0, lowest = 0, highest = 0;
};
struct Row {  // of a matrix
    Text label;
    std::string key;
    std::int64_t answered = 0;
    std::vector<std::int64_t> counts;  // by column
};
struct Rank {
    Text label;
    std::string key;
    std::int64_t borda = 0, first = 0, ranked = 0;
    double mean = 0;  // of the places given
};
struct Shares {
    Text label;
    std::string key;
    std::int64_t sum = 0;
    double mean = 0;  // for each answer
};
struct Summary {
    const Question* question = nullptr;
    std::int64_t answered = 0;
    std::vector<Bar> bars;
    std::optional<Figures> figures;
    std::vector<Row> rows;
    std::vector<Rank> ranks;     // best first
    std::vector<Shares> points;  // most first
};
Summary summary_of(const Question& question, const Counts& counts);

// Of values and how often each is there.
std::optional<Figures> figures_of(const std::map<double, std::int64_t>& values);

// Every question that was ever asked: those of the newest version in its order, then those of older ones; options that
// a newer version has dropped stay, after the others.
std::vector<Question> merged(const std::vector<Questionnaire>& oldest_first);

// ---- cross tables
struct Cross {
    std::vector<Bar> rows, columns;                 // labels; counts are the sums of what is shown
    std::vector<std::vector<std::int64_t>> counts;  // [row][column]
    std::vector<std::vector<bool>> hidden;          // too small to be shown
};
// Hides what is below `least`, and of each row and column with exactly one hidden cell the smallest other one, so that
// nothing can be worked out from sums.
void hide_small(Cross& cross, std::int64_t least);
inline constexpr std::int64_t smallest_public_cell = 5;

// The options of something crossable ("q1", "q7/r2"); nothing when it cannot be crossed.
struct Crossable {
    std::string key;
    Text title;
    std::vector<std::pair<std::string, Text>> options;
};
std::vector<Crossable> crossables(const std::vector<Question>& questions);

}  // namespace mitwirken::surveys
