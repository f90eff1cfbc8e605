// The form builder: pages and questions with what can be done to them, what is missing, and releasing a version. Every
// change is one press and can be undone; nothing here is seen by the public until it is released.
#include <algorithm>

#include "core/forms/forms.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/edit.h"
#include "modules/surveys/pages.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::builder;

// Keys that were given to something that was answered; they are never given again.
std::set<std::string> used_keys(db::Tx& tx, core::ActivityId activity) {
    std::set<std::string> keys;
    for (const auto& version : versions(tx, activity)) keys.merge(keys_of(parse_questionnaire(version.content)));
    return keys;
}

Questionnaire draft_of(db::Tx& tx, core::ActivityId activity) {
    const auto draft = find_draft(tx, activity);
    return draft ? parse_questionnaire(draft->content) : Questionnaire{};
}

void keep(Visit& visit, const Desk& d, const Questionnaire& all) {
    save_draft(visit.tx, visit.tenant.id, d.activity->id, write_questionnaire(all).dump(), visit.now);
    visit.record("surveys.changed", {"procedures", d.record.id.value}, d.activity->key);
    visit.touch(d.record.scope());
}

std::string title_or(const Visit& visit, const Text& title, const Message& instead) {
    return title.empty() ? visit.tr(instead) : title.in(visit.language.code());
}

std::string condition_in_words(const Visit& visit, const Questionnaire& all, const ShowIf& show_if) {
    std::vector<std::string> parts;
    for (const auto& c : show_if.conditions) {
        const auto* asked = all.find(c.question);
        const auto* option = asked ? asked->option(c.value) : nullptr;
        const std::string title = asked ? first_letters(asked->title.in(visit.language.code()), 60) : c.question;
        const std::string value = option ? option->label.in(visit.language.code()) : c.value;
        const std::string test = visit.tr(test_name(c.test));
        parts.push_back(value.empty() ? visit.tr(tr_noop("“{title}” {test}", {{"title", title}, {"test", test}}))
                                      : visit.tr(tr_noop("“{title}” {test} “{value}”",
                                                         {{"title", title}, {"test", test}, {"value", value}})));
    }
    if (parts.empty()) return "";
    const std::string list = join(parts, show_if.any ? " " + visit.tr("or") + " " : " " + visit.tr("and") + " ");
    return visit.tr(tr_noop("Shown only if {conditions}", {{"conditions", list}}));
}

void add_tools(Visit& visit, html::Values& line, const std::string& key) {
    for (const auto& [word, label] : {std::pair{"up", tr_noop("Up")}, std::pair{"down", tr_noop("Down")},
                                      std::pair{"copy", tr_noop("Duplicate")}, std::pair{"remove", tr_noop("Delete")}})
        line.add(v::TOOL).set(v::VALUE, std::string(word) + ":" + key).set(v::LABEL, visit.tr(label));
}

void add_pages(Visit& visit, html::Values& page, const Desk& d, const Questionnaire& all) {
    const std::string action = visit.url(d.path + "/bearbeiten"), language = visit.language.code();
    int number = 0;
    for (const auto& one : all.pages) {
        const std::string number_word = visit.tr(tr_noop("Page {number}", {{"number", std::to_string(++number)}}));
        auto box = page.add(v::PAGE).set(v::KEY, one.key).set(v::ACTION, action);
        box.set(v::TITLE, one.title.empty() ? number_word : number_word + ": " + one.title.in(language));
        box.set(v::URL, visit.url(d.path + "/seite/" + one.key));
        add_tools(visit, box, one.key);
        if (const auto words = condition_in_words(visit, all, one.show_if); !words.empty())
            box.add(v::IF).set(v::TEXT, words);
        for (const auto& q : one.questions) {
            auto line = box.add(v::QUESTION).set(v::KEY, q.key).set(v::ACTION, action);
            line.set(v::TITLE, title_or(visit, q.title, tr_noop("(without words)")));
            line.set(v::KIND, visit.tr(kind_name(q.kind))).set(v::URL, visit.url(d.path + "/frage/" + q.key));
            line.show_if(q.required, v::REQUIRED);
            add_tools(visit, line, q.key);
            if (const auto words = condition_in_words(visit, all, q.show_if); !words.empty())
                line.add(v::IF).set(v::TEXT, words);
        }
    }
}

void add_release(Visit& visit, html::Values& page, const Desk& d, const Questionnaire& all, const Draft& draft) {
    const auto lacks = missing(all);
    if (!lacks.empty()) {
        auto box = page.add(v::LACKS);
        for (const auto& lack : lacks) {
            auto line = box.add(v::LACK).set(v::TEXT, visit.tr(lack.words));
            const bool question = all.find(lack.key) != nullptr;
            if (lack.key.empty())
                line.show(v::PLAIN);
            else
                line.add(v::LINK).set(v::URL, visit.url(d.path + (question ? "/frage/" : "/seite/") + lack.key));
        }
        return;
    }
    const auto current = current_version(visit.tx, d.activity->id);
    if (current && current->content == draft.content) {
        page.add(v::RELEASED)
            .set(v::TEXT, visit.tr(tr_noop("Version {n} is what people answer, since {day}.",
                                           {{"n", std::to_string(current->number)},
                                            {"day", visit.language.date_time(current->published_at)}})));
        return;
    }
    auto box = page.add(v::RELEASE).set(v::ACTION, visit.url(d.path + "/freigeben"));
    box.set(v::VERSION, draft.edits);
    box.set(v::HEADING, current ? visit.tr("Changes that are not released yet") : visit.tr("Ready to be released"));
    box.set(v::LABEL, current ? visit.tr("Release as a new version") : visit.tr("Release the questionnaire"));
    if (!current) return;
    auto list = box.add(v::CHANGES);
    for (const auto& words : changes(parse_questionnaire(current->content), all))
        list.add(v::CHANGE).set(v::TEXT, visit.tr(words));
}

html::SafeHtml add_question_form(Visit& visit, const Desk& d, const Questionnaire& all, const Form& values,
                                 const Problems& problems) {
    core::FormView form(visit, values, problems);
    std::vector<core::Option> kinds, pages;
    for (const auto one : all_kinds()) kinds.push_back({std::string(to_word(one)), visit.tr(kind_name(one))});
    int number = 0;
    for (const auto& page : all.pages)
        pages.push_back({page.key, visit.tr(tr_noop("Page {number}", {{"number", std::to_string(++number)}})) + " " +
                                       first_letters(page.title.in(visit.language.code()), 60)});
    form.text("title", tr_noop("The question")).limit(title_letters);
    form.select("kind", tr_noop("Kind of answer"), kinds);
    if (!pages.empty()) form.select("page", tr_noop("On page"), pages);
    return form.html({.action = d.path + "/frage", .submit = tr_noop("Add the question"), .small_submit = true});
}

html::SafeHtml add_page_form(Visit& visit, const Desk& d, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.text("page_title", tr_noop("Title of the page")).limit(title_letters).optional();
    return form.html(
        {.action = d.path + "/seite", .submit = tr_noop("Add the page"), .id = "page-form", .small_submit = true});
}

http::Response show_builder(Visit& visit, const Desk& d, const Form& values, const Problems& problems) {
    const auto draft = find_draft(visit.tx, d.activity->id).value_or(Draft{});
    const auto all = parse_questionnaire(draft.content);
    html::Values page;
    add_release(visit, page, d, all, draft);
    if (can_undo(visit.tx, d.activity->id)) page.add(v::UNDO).set(v::ACTION, visit.url(d.path + "/bearbeiten"));
    add_pages(visit, page, d, all);
    const bool of_page = problems.of("page_title") != nullptr;
    Form shown = values;
    if (shown["page"].empty() && !all.pages.empty()) shown.set("page", all.pages.back().key);
    page.set(v::ADD, add_question_form(visit, d, all, shown, of_page ? Problems{} : problems));
    page.set(v::ADD_PAGE, add_page_form(visit, d, values, of_page ? problems : Problems{}));
    return desk_answer(visit, d, Tab::questions, "", html::render_part(v::file, page, visit.language),
                       problems.any() ? Answered::again : Answered::page);
}

enum class Part { question, page };

http::Response add_to(Visit& visit, Part part) {
    const auto d = desk(visit, edit_action);
    auto all = draft_of(visit.tx, d.activity->id);
    const bool page = part == Part::page;
    const std::string field = page ? "page_title" : "title", title = trimmed(visit.form[field]);
    Problems problems;
    core::need_short(problems, field, title, title_letters);
    const auto kind = kind_from(visit.form["kind"]);
    if (!page && title.empty()) problems.add(field, tr_noop("Please write the question."));
    if (!page && !kind) problems.add("kind", tr_noop("Please choose one of these."));
    if (problems.any()) return show_builder(visit, d, visit.form, problems);
    const auto used = used_keys(visit.tx, d.activity->id);
    std::string where = visit.form["page"];
    if (!page && all.pages.empty()) where = add_page(all, "", used);
    const std::string key = page ? add_page(all, title, used) : add_question(all, where, *kind, title, used);
    if (key.empty()) {
        problems.add(field, all.page(where) || page ? tr_noop("There are as many as there may be.")
                                                    : tr_noop("This page is no longer there."));
        return show_builder(visit, d, visit.form, problems);
    }
    keep(visit, d, all);
    return visit.go(d.path + (page ? "/bearbeiten" : "/frage/" + key),
                    page ? tr_noop("The page is added.") : tr_noop("The question is added."));
}

}  // namespace

Message test_name(Condition::Test test) {
    using Test = Condition::Test;
    switch (test) {
        case Test::is:
            return tr_noop("is");
        case Test::is_not:
            return tr_noop("is not");
        case Test::contains:
            return tr_noop("contains");
        case Test::answered:
            return tr_noop("was answered");
        case Test::not_answered:
            return tr_noop("was not answered");
        case Test::at_least:
            return tr_noop("is at least");
        case Test::at_most:
            return tr_noop("is at most");
    }
    return {};
}

http::Response builder_page(Visit& visit) { return show_builder(visit, desk(visit, edit_action), {}, {}); }

http::Response change_questionnaire(Visit& visit) {
    const auto d = desk(visit, edit_action);
    const std::string wish = visit.form["do"];
    if (wish == "undo") {
        const bool done = undo(visit.tx, d.activity->id, visit.now);
        visit.touch(d.record.scope());
        return visit.go(d.path + "/bearbeiten",
                        done ? tr_noop("The last change is undone.") : tr_noop("There is nothing to undo."));
    }
    auto all = draft_of(visit.tx, d.activity->id);
    const auto colon = wish.find(':');
    if (colon == std::string::npos) return visit.go(d.path + "/bearbeiten", tr_noop("Nothing was changed."));
    const std::string word = wish.substr(0, colon), key = wish.substr(colon + 1);
    bool done = false;
    if (word == "up" || word == "down") done = move(all, key, word == "up" ? Direction::up : Direction::down);
    if (word == "copy") done = !duplicate(all, key, used_keys(visit.tx, d.activity->id)).empty();
    if (word == "remove") done = remove(all, key);
    if (!done) return visit.go(d.path + "/bearbeiten", tr_noop("Nothing was changed."));
    keep(visit, d, all);
    return visit.go(d.path + "/bearbeiten#h-" + key,
                    word == "remove" ? tr_noop("Deleted. You can undo this.") : tr_noop("Done."));
}

http::Response new_question(Visit& visit) { return add_to(visit, Part::question); }

http::Response new_page(Visit& visit) { return add_to(visit, Part::page); }

http::Response release_questionnaire(Visit& visit) {
    const auto d = desk(visit, edit_action);
    const auto draft = find_draft(visit.tx, d.activity->id);
    const auto all = draft ? parse_questionnaire(draft->content) : Questionnaire{};
    const auto current = current_version(visit.tx, d.activity->id);
    if (!missing(all).empty() || (current && current->content == draft->content))
        return visit.go(d.path + "/bearbeiten", tr_noop("Nothing was changed."));
    if (std::to_string(draft->edits) != visit.form["_version"])
        return visit.go(d.path + "/bearbeiten", tr_noop("Somebody has changed the questionnaire in the meantime. "
                                                        "Please look at it again before you release it."));
    const auto version = publish(visit.tx, visit.tenant.id, d.activity->id, draft->content, visit.now);
    visit.record("surveys.released", {"procedures", d.record.id.value},
                 d.activity->key + " " + std::to_string(version.number));
    visit.touch(d.record.scope());
    return visit.go(d.path + "/bearbeiten",
                    tr_noop("Version {n} is released.", {{"n", std::to_string(version.number)}}));
}

}  // namespace mitwirken::surveys
