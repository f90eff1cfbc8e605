// One question or page in the builder's form, and back; see edit.h.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/forms/forms.h"
#include "modules/surveys/builder_rows.h"
#include "modules/surveys/edit.h"
#include "platform/base/text.h"
#include "platform/base/time.h"

namespace mitwirken::surveys {

namespace {

std::string word_in(const Text& text, const char* language) {
    const auto at = text.words.find(language);
    return at == text.words.end() ? "" : at->second;
}

void put_text(Form& form, const std::string& name, const Text& text) {
    form.set(name, word_in(text, "de"));
    form.set(name + "_en", word_in(text, "en"));
}

// Other languages that a file brought stay.
Text text_from(const Form& form, const std::string& name, Text text, std::size_t most, Problems& problems) {
    for (const auto& [suffix, language] : {std::pair{"", "de"}, std::pair{"_en", "en"}}) {
        const std::string field = name + suffix, typed = trimmed(form[field]);
        core::need_short(problems, field, typed, most);
        if (typed.empty())
            text.words.erase(language);
        else
            text.words[language] = typed;
    }
    return text;
}

std::string written(std::optional<double> value) {
    if (!value) return "";
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, *value);
    return error == std::errc{} ? std::string(buffer, end) : "";
}

std::optional<double> number_from(const Form& form, const std::string& name, Problems& problems) {
    std::string typed = trimmed(form[name]);
    if (typed.empty()) return {};
    std::replace(typed.begin(), typed.end(), ',', '.');
    double value = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (error == std::errc{} && end == typed.data() + typed.size() && std::abs(value) <= 1e12) return value;
    problems.add(name, tr_noop("Please give a number, such as 12 or 3.5."));
    return {};
}

int whole_from(const Form& form, const std::string& name, int initial, int most, Problems& problems) {
    const std::string typed = trimmed(form[name]);
    if (typed.empty()) return initial;
    const auto number = to_int(typed);
    if (number && *number >= 0 && *number <= most) return int(*number);
    problems.add(name, tr_noop("Please give a whole number up to {n}.", {{"n", std::to_string(most)}}));
    return initial;
}

std::string day_from(const Form& form, const std::string& name, Problems& problems) {
    const std::string typed = trimmed(form[name]);
    if (!typed.empty() && !parse_date(typed)) problems.add(name, tr_noop("Please give a day that exists."));
    return typed;
}

void put_options(Form& form, const core::Rows& rows, const std::vector<Option>& options) {
    std::vector<std::map<std::string, std::string>> lines;
    for (const auto& o : options)
        lines.push_back({{"label", word_in(o.label, "de")},
                         {"label_en", word_in(o.label, "en")},
                         {"key", o.key},
                         {"picture", o.picture}});
    core::write_rows(form, rows, lines);
}

// A row keeps its key, and with it its answers, however its words are changed or moved.
std::vector<Option> options_from(const Form& form, const core::Rows& rows, const std::vector<Option>& before,
                                 const std::string& letter, const std::string& question,
                                 const std::set<std::string>& used, Problems& problems) {
    std::vector<Option> list;
    std::set<std::string> taken;
    const auto known = [&](const std::string& key) {
        return std::find_if(before.begin(), before.end(), [&](const auto& o) { return o.key == key; });
    };
    for (const auto& row : core::read_rows(form, rows)) {
        const auto cell = [&](const char* name) {
            const auto at = row.find(name);
            return at == row.end() ? std::string() : at->second;
        };
        Option option;
        std::string key = cell("key");
        if (const auto at = known(key); at != before.end() && !taken.contains(key)) {
            option = *at;
        } else {
            int n = 1;
            const auto busy = [&] {
                return taken.contains(key) || known(key) != before.end() || used.contains(question + "." + key);
            };
            for (key = letter + "1"; busy(); key = letter + std::to_string(++n)) {
            }
            option.key = key;
        }
        taken.insert(option.key);
        for (const auto& [name, language] : {std::pair{"label", "de"}, std::pair{"label_en", "en"}}) {
            if (cell(name).empty())
                option.label.words.erase(language);
            else
                option.label.words[language] = cell(name);
            core::need_short(problems, rows.name, cell(name), option_letters);
        }
        if (row.contains("picture")) option.picture = cell("picture");
        if (option.label.empty() && option.picture.empty()) continue;
        list.push_back(std::move(option));
    }
    return list;
}

void put_conditions(Form& form, const ShowIf& show_if) {
    form.set("any", show_if.any ? "on" : "");
    int n = 0;
    for (const auto& c : show_if.conditions) {
        const std::string number = std::to_string(++n);
        form.set("if-question-" + number, c.question);
        form.set("if-test-" + number, std::string(to_word(c.test)));
        form.set("if-value-" + number, c.value);
    }
}

ShowIf conditions_from(const Form& form, Problems& problems) {
    ShowIf show_if;
    show_if.any = form["any"] == "on";
    for (int n = 1; n <= conditions_in_form; ++n) {
        const std::string number = std::to_string(n);
        Condition c;
        c.question = trimmed(form["if-question-" + number]);
        c.value = trimmed(form["if-value-" + number]);
        if (c.question.empty()) continue;
        core::need_short(problems, "if-question-" + number, c.question, 40);
        const auto test = test_from(form["if-test-" + number]);
        if (!test) problems.add("if-test-" + number, tr_noop("Please choose one of these."));
        c.test = test.value_or(Condition::Test::is);
        core::need_short(problems, "if-value-" + number, c.value, option_letters);
        if (!needs_value(c.test)) c.value.clear();
        show_if.conditions.push_back(std::move(c));
    }
    return show_if;
}

void limits_from(const Form& form, Question& q, Problems& problems) {
    q.least = whole_from(form, "least", 0, 60, problems);
    q.most = whole_from(form, "most", 0, 60, problems);
    if (q.kind == Kind::points) q.points = whole_from(form, "points", 10, 10'000, problems);
    if (q.kind == Kind::points && q.points == 0) problems.add("points", tr_noop("Please give a whole number from 1."));
    if (q.kind == Kind::number || q.kind == Kind::scale) {
        q.lowest = number_from(form, "lowest", problems);
        q.highest = number_from(form, "highest", problems);
        for (const auto& [name, value] : {std::pair{"lowest", q.lowest}, std::pair{"highest", q.highest}})
            if (q.kind == Kind::scale && value && (*value != std::floor(*value) || std::abs(*value) > 1000))
                problems.add(name, tr_noop("Please give a whole number."));
    }
    if (q.kind == Kind::date) {
        q.first_day = day_from(form, "first_day", problems);
        q.last_day = day_from(form, "last_day", problems);
    }
    if (q.kind != Kind::place) return;
    std::vector<std::string> shapes;
    for (const char* shape : {"Point", "LineString", "Polygon"})
        if (form.has("shapes", shape)) shapes.emplace_back(shape);
    if (shapes.empty()) problems.add("shapes", tr_noop("Please choose at least one of these."));
    q.shapes = join(shapes, " ");
}

}  // namespace

Form to_form(const Question& q) {
    Form form;
    put_text(form, "title", q.title);
    put_text(form, "help", q.help);
    put_text(form, "low", q.low);
    put_text(form, "high", q.high);
    form.set("kind", std::string(to_word(q.kind)));
    form.set("required", q.required ? "on" : "");
    form.set("other", q.other ? "on" : "");
    form.set("shuffled", q.shuffled ? "on" : "");
    form.set("whole", q.whole ? "on" : "");
    form.set("pictures_only", q.pictures_only ? "on" : "");
    form.set("least", q.least ? std::to_string(q.least) : "");
    form.set("most", q.most ? std::to_string(q.most) : "");
    form.set("points", std::to_string(q.points));
    form.set("lowest", written(q.lowest));
    form.set("highest", written(q.highest));
    form.set("first_day", q.first_day);
    form.set("last_day", q.last_day);
    for (const auto& shape : split(q.shapes, ' ')) form.add("shapes", shape);
    put_options(form, option_rows(q), q.options);
    put_options(form, matrix_rows(), q.rows);
    put_conditions(form, q.show_if);
    return form;
}

Form to_form(const Page& page) {
    Form form;
    put_text(form, "title", page.title);
    put_text(form, "text", page.text);
    put_conditions(form, page.show_if);
    return form;
}

Result<Question> question_from(const Form& form, const Question& before, const std::set<std::string>& used) {
    Problems problems;
    Question q = before;
    q.title = text_from(form, "title", q.title, title_letters, problems);
    if (q.title.german().empty()) problems.add("title", tr_noop("Please write the question."));
    q.help = text_from(form, "help", q.help, help_letters, problems);
    if (q.kind == Kind::scale || q.kind == Kind::number)
        q.low = text_from(form, "low", q.low, option_letters, problems);
    if (q.kind == Kind::scale) q.high = text_from(form, "high", q.high, option_letters, problems);
    q.required = form["required"] == "on";
    q.other = form["other"] == "on" && (q.kind == Kind::single || q.kind == Kind::multiple);
    q.shuffled = form["shuffled"] == "on" && q.has_options() && q.kind != Kind::matrix;
    q.whole = form["whole"] == "on" && q.kind == Kind::number;
    q.pictures_only = form["pictures_only"] == "on" && q.kind == Kind::file;
    if (q.has_options()) q.options = options_from(form, option_rows(q), before.options, "o", q.key, used, problems);
    if (q.kind == Kind::matrix) q.rows = options_from(form, matrix_rows(), before.rows, "r", q.key, used, problems);
    limits_from(form, q, problems);
    q.show_if = conditions_from(form, problems);
    if (problems.any()) return problems;
    return q;
}

Result<Page> page_from(const Form& form, const Page& before) {
    Problems problems;
    Page page = before;
    page.title = text_from(form, "title", page.title, title_letters, problems);
    page.text = text_from(form, "text", page.text, help_letters, problems);
    page.show_if = conditions_from(form, problems);
    if (problems.any()) return problems;
    return page;
}

}  // namespace mitwirken::surveys
