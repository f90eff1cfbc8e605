// The rules of quick polls; see polls.h.
#include "modules/polls/polls.h"

#include <algorithm>
#include <set>

#include "core/forms/forms.h"
#include "platform/base/text.h"

namespace mitwirken::polls {

namespace {

using nlohmann::json;

std::string free_key(char letter, const std::set<std::string>& taken) {
    for (int n = 1;; ++n)
        if (const std::string key = letter + std::to_string(n); taken.count(key) == 0) return key;
}

void add_option(Question& question, const std::string& label) {
    std::set<std::string> taken;
    for (const auto& option : question.options) taken.insert(option.key);
    question.options.push_back({free_key('a', taken), label});
}

// The answers there are, as the form words them; one that is emptied goes, unless it was chosen.
void read_options(const Question& before, const Form& form, Question& question, Problems& problems) {
    question.options.clear();
    for (const auto& option : before.options) {
        const std::string field = "option-" + option.key, label = trimmed(form[field]);
        core::need_short(problems, field, label, option_letters);
        if (!label.empty())
            question.options.push_back({option.key, label, option.count});
        else if (before.votes > 0)
            problems.add(field, tr_noop("Votes were given already: no answer can go any more."));
    }
}

void check_options(const Question& question, const std::string& field, Problems& problems) {
    if (question.options.size() < least_options) problems.add(field, tr_noop("Please give at least two answers."));
    if (question.options.size() > most_options) problems.add(field, tr_noop("Ten answers are the most."));
    std::set<std::string> labels;
    for (const auto& option : question.options)
        if (!labels.insert(option.label).second)
            problems.add(field, tr_noop("“{answer}” stands there twice.", {{"answer", option.label}}));
    if (question.most < 1 || question.most > std::int64_t(question.options.size()))
        problems.add("most", tr_noop("Please give a number from 1 to the number of answers."));
}

std::string text_in(const json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? trimmed(at->get<std::string>()) : "";
}

bool is_key(const std::string& key) {
    return !key.empty() && key.size() <= 40 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Question read_question(const json& given, Problems& problems) {
    Question q;
    if (!given.is_object()) {
        problems.add("questions", tr_noop("A question of the quick poll is no object."));
        return q;
    }
    q.key = text_in(given, "key");
    q.title = text_in(given, "title");
    q.note = text_in(given, "note");
    q.most = given.contains("most") && given["most"].is_number_integer() ? given["most"].get<std::int64_t>() : 1;
    q.closed = given.contains("closed") && given["closed"].is_boolean() && given["closed"].get<bool>();
    std::set<std::string> keys;
    for (const auto& option : given.contains("options") ? given["options"] : json::array()) {
        if (!option.is_object()) continue;
        const Option read{text_in(option, "key"), text_in(option, "label")};
        if (read.label.empty() || letters(read.label) > option_letters)
            problems.add("options", tr_noop("An answer of the quick poll has no words, or too many."));
        if (!read.key.empty() && (!is_key(read.key) || !keys.insert(read.key).second))
            problems.add("options", tr_noop("The key “{key}” is not possible here.", {{"key", read.key}}));
        if (read.key.empty())
            add_option(q, read.label);
        else
            q.options.push_back(read);
    }
    if (q.title.empty() || letters(q.title) > title_letters || letters(q.note) > note_letters)
        problems.add("title", tr_noop("A question of the quick poll has no words, or too many."));
    check_options(q, "options", problems);
    return q;
}

}  // namespace

const Option* Question::option(const std::string& wanted) const {
    for (const auto& one : options)
        if (one.key == wanted) return &one;
    return nullptr;
}

Settings settings_of(const std::string& text) {
    Settings s;
    const auto given = json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (!given.is_object()) return s;
    const std::string results = given.value("results", "live");
    s.results = results == "after" ? Settings::Results::after
                : results == "end" ? Settings::Results::end
                                   : Settings::Results::live;
    s.change = given.value("change", true);
    return s;
}

bool is_open(const core::Place& place, const core::Activity& activity, const Question& question) {
    return !question.closed && place.ask(activity, "vote").allowed();
}

bool shows_results(const core::Place& place, const core::Activity& activity, const Question& question, bool voted) {
    using Results = Settings::Results;
    const auto results = settings_of(activity.settings).results;
    if (results == Results::live || (results == Results::after && voted) || question.closed) return true;
    return place.ask(activity, "vote").because == core::Reason::closed;
}

Result<std::vector<std::string>> check_vote(const Question& question, const Form& form) {
    Problems problems;
    std::set<std::string> said;
    for (const auto& key : form.all(question.field()))
        if (question.option(key))
            said.insert(key);
        else
            problems.add(question.field(), tr_noop("Please choose one of the answers offered."));
    if (form["fassung"] != std::to_string(question.edits))
        problems.add(question.field(),
                     tr_noop("The question was changed in the meantime. Please read it again, then vote."));
    if (said.empty() && !problems.any()) problems.add(question.field(), tr_noop("Please choose an answer."));
    if (said.size() > std::size_t(question.most))
        problems.add(question.field(),
                     tr_noop("Please choose {n} answers at most.", {{"n", std::to_string(question.most)}}));
    if (problems.any()) return problems;
    std::vector<std::string> chosen;
    for (const auto& option : question.options)
        if (said.count(option.key)) chosen.push_back(option.key);
    return chosen;
}

Result<Question> check(const Question& before, const Form& form) {
    Question q = before;
    Problems problems;
    q.title = trimmed(form["title"]);
    q.note = trimmed(form["note"]);
    if (q.title.empty()) problems.add("title", tr_noop("Please write the question."));
    core::need_short(problems, "title", q.title, title_letters);
    core::need_short(problems, "note", q.note, note_letters);
    read_options(before, form, q, problems);
    for (std::size_t n = 1; n <= most_options; ++n) {
        const std::string label = trimmed(form["new-" + std::to_string(n) + "-label"]);
        core::need_short(problems, "new", label, option_letters);
        if (!label.empty()) add_option(q, label);
    }
    q.most = to_int(trimmed(form["most"])).value_or(0);
    check_options(q, "new", problems);
    if (problems.any()) return problems;
    return q;
}

Form to_form(const Question& question) {
    Form form;
    form.add("title", question.title);
    form.add("note", question.note);
    form.add("most", std::to_string(question.most));
    for (const auto& option : question.options) form.add("option-" + option.key, option.label);
    return form;
}

int share(const Question& question, const Option& option) {
    if (question.votes <= 0) return 0;
    return int((option.count * 200 + question.votes) / (question.votes * 2));
}

json write_content(const std::vector<Question>& questions) {
    if (questions.empty()) return nullptr;
    json list = json::array();
    for (const auto& q : questions) {
        json options = json::array();
        for (const auto& option : q.options) options.push_back({{"key", option.key}, {"label", option.label}});
        json one = {{"key", q.key}, {"title", q.title}, {"options", options}};
        if (!q.note.empty()) one["note"] = q.note;
        if (q.most != 1) one["most"] = q.most;
        list.push_back(std::move(one));
    }
    return {{"questions", list}};
}

Result<std::vector<Question>> read_content(const json& content) {
    Problems problems;
    std::vector<Question> list;
    if (content.is_null()) return list;
    const bool shaped = content.is_object() && content.contains("questions") && content["questions"].is_array();
    if (!shaped) problems.add("questions", tr_noop("A quick poll holds a list of questions."));
    std::set<std::string> keys;
    if (shaped)
        for (const auto& given : content["questions"]) {
            auto q = read_question(given, problems);
            if (q.key.empty()) q.key = free_key('f', keys);
            if (!is_key(q.key) || !keys.insert(q.key).second)
                problems.add("questions", tr_noop("The key “{key}” is not possible here.", {{"key", q.key}}));
            list.push_back(std::move(q));
        }
    if (list.size() > most_questions) problems.add("questions", tr_noop("Twenty questions are the most."));
    if (problems.any()) return problems;
    return list;
}

}  // namespace mitwirken::polls
