// The questionnaire to print: every question with boxes and lines; a condition is said in words.
#include "modules/surveys/pages.h"
#include "modules/surveys/question_view.h"
#include "modules/surveys/surveys.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::paper;

class Paper {
public:
    Paper(Visit& visit, const Questionnaire& all) : visit_(visit), all_(all) {}
    html::SafeHtml html();

private:
    std::string in(const Text& text) const { return text.in(visit_.language.code()); }
    std::string condition(const ShowIf& show_if) const;
    void question(html::Values line, const Question& q);
    void boxes(html::Values& line, const Question& q);
    void matrix(html::Values& line, const Question& q);
    void lines(html::Values& line, int count);

    Visit& visit_;
    const Questionnaire& all_;
    std::map<std::string, int> numbers_;
};

std::string Paper::condition(const ShowIf& show_if) const {
    std::vector<std::string> parts;
    for (const auto& c : show_if.conditions) {
        const auto* asked = all_.find(c.question);
        const auto number = numbers_.find(c.question);
        if (!asked || number == numbers_.end()) continue;
        const auto* option = asked->option(c.value);
        const std::string value = option ? in(option->label) : c.value;
        const std::string test = visit_.tr(test_name(c.test)), n = std::to_string(number->second);
        parts.push_back(value.empty() ? visit_.tr(tr_noop("question {n} {test}", {{"n", n}, {"test", test}}))
                                      : visit_.tr(tr_noop("question {n} {test} “{value}”",
                                                          {{"n", n}, {"test", test}, {"value", value}})));
    }
    if (parts.empty()) return "";
    const std::string word = " " + visit_.tr(show_if.any ? "or" : "and") + " ";
    return visit_.tr(tr_noop("Only if {conditions}", {{"conditions", join(parts, word)}}));
}

void Paper::lines(html::Values& line, int count) {
    auto box = line.add(v::LINES);
    for (int i = 0; i < count; ++i) box.show(v::LINE);
}

void Paper::boxes(html::Values& line, const Question& q) {
    const bool numbers = q.kind == Kind::ranking || q.kind == Kind::points;
    auto box = line.add(numbers ? v::NUMBERS : v::BOXES);
    if (q.kind == Kind::consent) box.add(v::OPTION).set(v::LABEL, visit_.tr("I agree"));
    for (const auto& option : q.options) box.add(v::OPTION).set(v::LABEL, in(option.label));
    if (q.other) box.add(v::OPTION).set(v::LABEL, visit_.tr("Other") + ": ____________________________");
}

void Paper::matrix(html::Values& line, const Question& q) {
    auto table = line.add(v::MATRIX);
    for (const auto& column : q.options) table.add(v::COLUMN).set(v::LABEL, in(column.label));
    for (const auto& row : q.rows) {
        auto one = table.add(v::ROW).set(v::LABEL, in(row.label));
        for (std::size_t i = 0; i < q.options.size(); ++i) one.show(v::CELL);
    }
}

void Paper::question(html::Values line, const Question& q) {
    const int number = int(numbers_.size()) + 1;
    line.set(v::NUMBER, number).set(v::TITLE, in(q.title));
    if (const auto words = condition(q.show_if); !words.empty()) line.add(v::IF).set(v::TEXT, words);
    if (!q.help.empty()) line.add(v::HELP).set(v::PROSE, html::markdown(in(q.help)));
    const bool online = q.kind == Kind::file || q.kind == Kind::place;
    const std::string rule = q.kind == Kind::file    ? visit_.tr("Please send it along.")
                             : q.kind == Kind::place ? visit_.tr("Describe the place: street, corner, what is near.")
                                                     : rule_of(visit_, q);
    if (!rule.empty()) line.add(v::RULE).set(v::TEXT, rule);
    numbers_[q.key] = number;
    if (online) return lines(line, 2);
    if (q.kind == Kind::matrix) return matrix(line, q);
    if (q.has_options() || q.kind == Kind::consent) return boxes(line, q);
    if (q.kind != Kind::scale) return lines(line, q.kind == Kind::long_text ? 5 : 1);
    auto scale = line.add(v::SCALE).set(v::LOW, in(q.low)).set(v::HIGH, in(q.high));
    for (int step = q.from(); step <= q.to(); ++step) scale.add(v::OPTION).set(v::LABEL, std::to_string(step));
}

html::SafeHtml Paper::html() {
    html::Values values;
    for (const auto& page : all_.pages) {
        auto box = values.add(v::PAGE);
        if (!page.title.empty()) box.add(v::HEADING).set(v::TEXT, in(page.title));
        if (!page.text.empty()) box.add(v::INTRO).set(v::PROSE, html::markdown(in(page.text)));
        if (const auto words = condition(page.show_if); !words.empty()) box.add(v::IF).set(v::TEXT, words);
        for (const auto& q : page.questions) question(box.add(v::QUESTION), q);
    }
    return html::render_part(v::file, values, visit_.language);
}

}  // namespace

html::SafeHtml paper_form(Visit& visit, const core::Place&, const core::Activity& activity) {
    const auto version = current_version(visit.tx, activity.id);
    const auto draft = version ? std::nullopt : find_draft(visit.tx, activity.id);
    const std::string content = version ? version->content : draft ? draft->content : "";
    return Paper(visit, parse_questionnaire(content)).html();
}

}  // namespace mitwirken::surveys
