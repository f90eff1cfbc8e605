// The questionnaire as it will look, page by page, with its conditions: the answers so far travel in the address, so
// nothing is kept and nobody's figures are touched.
#include <algorithm>

#include "core/forms/forms.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/question_view.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::questions;

Values values_in(const Visit& visit, const Questionnaire& all) {
    Values values;
    for (const auto& page : all.pages)
        for (const auto& q : page.questions)
            if (auto value = read_value(q, visit.query); !value.empty()) values[q.key] = std::move(value);
    return values;
}

// Where the address leads: the page after the one that was filled in, or before it.
std::string next_page(const Visit& visit, const std::vector<std::string>& keys) {
    const std::string& from = visit.query["von"];
    const auto at = std::find(keys.begin(), keys.end(), from);
    if (keys.empty() || at == keys.end()) return keys.empty() ? "" : keys.front();
    if (visit.query["do"] == "back") return at == keys.begin() ? *at : *(at - 1);
    return at + 1 == keys.end() ? "" : *(at + 1);
}

void add_hidden(html::Values& view, const std::string& name, const std::string& value) {
    view.add(v::HIDDEN).set(v::NAME, name).set(v::VALUE, value);
}

}  // namespace

http::Response preview_page(Visit& visit) {
    const auto d = desk(visit, edit_action);
    const auto draft = find_draft(visit.tx, d.activity->id);
    const auto all = draft ? parse_questionnaire(draft->content) : Questionnaire{};
    const auto values = values_in(visit, all);
    const auto keys = path(all, values);
    Problems problems;
    std::string key = next_page(visit, keys);
    const auto* from = all.page(visit.query["von"]);
    const auto visible = shown(all, values);
    if (from && visit.query["do"] != "back") {
        for (const auto& q : from->questions)
            if (const auto at = values.find(q.key); visible.questions.contains(q.key) && q.kind != Kind::file)
                check_value(q, at == values.end() ? Value{} : at->second, problems);
        if (problems.any()) key = from->key;
    }
    html::Values view;
    view.add(v::PREVIEW).set(v::URL, visit.url(d.path + "/bearbeiten"));
    const auto* page = all.page(key);
    std::vector<const Question*> questions;
    if (page) {
        for (const auto& q : page->questions)
            if (visible.questions.contains(q.key)) questions.push_back(&q);
        const auto number = std::find(keys.begin(), keys.end(), key) - keys.begin() + 1;
        view.add(v::WHERE)
            .set(v::TEXT, visit.tr(tr_noop("Page {number} of {all}",
                                           {{"number", std::to_string(number)}, {"all", std::to_string(keys.size())}})))
            .set(v::NUMBER, number)
            .set(v::ALL, std::int64_t(keys.size()));
        view.show_if(number > 1, v::BACK);
        if (!page->title.empty()) view.add(v::TITLE).set(v::TEXT, page->title.in(visit.language.code()));
        if (!page->text.empty()) view.add(v::INTRO).set(v::PROSE, html::markdown(page->text.in(visit.language.code())));
        add_hidden(view, "von", key);
    }
    Form kept;
    for (const auto& one : all.pages)
        for (const auto& q : one.questions)
            if (const auto at = values.find(q.key); at != values.end()) {
                Form fields_of_question;
                write_value(q, at->second, fields_of_question);
                const bool here = page && page->key == one.key;
                for (const auto& [name, value] : fields_of_question.fields())
                    if (here)
                        kept.add(name, value);
                    else
                        add_hidden(view, name, value);
            }
    view.set(v::METHOD, "get").set(v::ACTION, visit.url(d.path + "/vorschau"));
    view.set(v::SUMMARY, core::error_summary(visit, problems));
    view.set(v::FIELDS, fields(visit, questions, {.values = &kept, .problems = &problems}));
    return desk_answer(visit, d, Tab::preview,
                       page ? "" : visit.tr("The end: here follows the overview before sending"),
                       html::render_part(v::file, view, visit.language));
}

}  // namespace mitwirken::surveys
