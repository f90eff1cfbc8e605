// A questionnaire: pages of questions, with words in several languages and conditions. The same structs serve the
// builder, the version that is answered, paper, and the exchange file.
// Invariants: keys of pages, questions, options and rows are a-z, 0-9 and _, each once among its like; a condition
// names only a question that stands before it, so what is shown can be worked out in one pass.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "platform/base/message.h"
#include "platform/base/result.h"

namespace mitwirken::surveys {

using Json = nlohmann::ordered_json;

// By language; what is missing is taken from German.
struct Text {
    std::map<std::string, std::string> words;
    Text() = default;
    Text(std::string german) : words{{"de", std::move(german)}} {}
    const std::string& in(const std::string& language) const;
    const std::string& german() const { return in("de"); }
    bool empty() const;
    bool operator==(const Text&) const = default;
};

enum class Kind {
    text,
    long_text,
    number,
    date,
    single,
    multiple,
    image,
    scale,
    matrix,
    ranking,
    points,
    file,
    place,
    consent
};
std::string_view to_word(Kind kind);  // "long_text": in files
std::optional<Kind> kind_from(std::string_view word);
Message kind_name(Kind kind);
const std::vector<Kind>& all_kinds();

struct Condition {
    enum class Test { is, is_not, contains, answered, not_answered, at_least, at_most };
    std::string question;
    Test test = Test::is;
    std::string value;  // key of an option, or what was typed
    bool operator==(const Condition&) const = default;
};
std::string_view to_word(Condition::Test test);
std::optional<Condition::Test> test_from(std::string_view word);
bool needs_value(Condition::Test test);
Message test_name(Condition::Test test);  // "is at least"; builder_pages.cpp
// Empty: always shown.
struct ShowIf {
    bool any = false;  // one of them is enough
    std::vector<Condition> conditions;
    bool operator==(const ShowIf&) const = default;
};

// Of single, multiple, image, ranking, points; the rows and columns of a matrix.
struct Option {
    std::string key;
    Text label;
    std::string picture;  // file key of an attachment, or "topic-green": one of the pictures that come with the house
    bool operator==(const Option&) const = default;
};

struct Question {
    std::string key;
    Kind kind = Kind::text;
    Text title, help;
    bool required = false;
    std::vector<Option> options;
    std::vector<Option> rows;  // of a matrix; its columns are the options
    bool other = false;        // single, multiple: an answer in one's own words
    bool shuffled = false;     // options in another order for everybody
    // multiple, image, ranking: how many to choose, file: how many files; 0 = no limit.
    int least = 0, most = 0;
    std::optional<double> lowest, highest;  // number; scale: whole numbers, 1 to 5 when left out
    bool whole = false;                     // number: no decimals
    std::string first_day, last_day;        // date
    Text low, high;                         // scale: what its ends mean; number: low = the unit
    int points = 10;                        // to distribute
    std::string shapes = "Point";           // place: Point, LineString, Polygon, separated by blanks
    bool pictures_only = false;             // file
    ShowIf show_if;
    bool operator==(const Question&) const = default;

    int from() const { return int(lowest.value_or(1)); }
    int to() const { return int(highest.value_or(5)); }
    bool chooses() const {
        return kind == Kind::single || kind == Kind::multiple || kind == Kind::image || kind == Kind::consent;
    }
    bool has_options() const;
    bool chooses_many() const { return kind == Kind::multiple || (kind == Kind::image && most != 1); }
    const Option* option(std::string_view key) const;
};

struct Page {
    std::string key;
    Text title, text;
    ShowIf show_if;
    std::vector<Question> questions;
    bool operator==(const Page&) const = default;
};

struct Questionnaire {
    std::vector<Page> pages;
    bool operator==(const Questionnaire&) const = default;

    const Question* find(std::string_view key) const;
    const Page* page(std::string_view key) const;
    std::size_t count() const;
    // Those that stand before this question, or before this page, in order.
    std::vector<const Question*> before(std::string_view key) const;
};

inline constexpr std::size_t most_pages = 40, most_questions = 150, most_options = 60, most_conditions = 6;
inline constexpr std::size_t title_letters = 400, help_letters = 3000, option_letters = 300;
inline constexpr std::string_view other_key = "_other";  // the option "other"; never the key of one

// Structure only: what an unfinished questionnaire may lack is said by missing(). Problems name the place.
Result<Questionnaire> read_questionnaire(const Json& json);
Json write_questionnaire(const Questionnaire& questionnaire);
// What is stored was checked when it was written.
Questionnaire parse_questionnaire(const std::string& text);

// What has to be put right before people can answer, with the key of the page or question.
struct Lack {
    std::string key;
    Message words;
};
std::vector<Lack> missing(const Questionnaire& questionnaire);

// About how long it takes, in minutes; at least 1.
int minutes(const Questionnaire& questionnaire);

// What a newer version has changed, in words for people who have begun with the older one.
std::vector<Message> changes(const Questionnaire& before, const Questionnaire& after);

}  // namespace mitwirken::surveys
