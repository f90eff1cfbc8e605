// The editor of a poll's questions: adding, wording, order, closing one before its time.
// What must stay true: a question with votes is not deleted, and none of its answers goes.
#include "core/desk/desk.h"
#include "core/forms/forms.h"
#include "modules/polls/pages.h"
#include "platform/base/text.h"
#include "polls/templates.h"

namespace mitwirken::polls {

namespace {

struct Desk {
    core::ProcedureRecord record;
    core::Procedure plan;
    const core::Activity* activity = nullptr;
    std::string path;
};

Desk desk(Visit& visit) {
    Desk d;
    d.record = core::procedure_at_desk(visit, edit_action);
    d.plan = core::load_plan(visit.tx, d.record);
    for (const auto& activity : d.plan.activities)
        if (activity.key == visit.parameter("part") && activity.module == "polls") d.activity = &activity;
    if (!d.activity) throw NotFound();
    d.path = core::desk_path(d.record, "/schnellumfragen/" + escape_url(d.activity->key));
    return d;
}

void keep(Visit& visit, const Desk& d) {
    visit.record("polls.changed", {"procedures", d.record.id.value}, d.activity->key);
    visit.touch(d.record.scope());
    tell_listeners(visit, *d.activity);
}

// The question of the address; "neu" is an empty one.
Question asked(Visit& visit, const Desk& d) {
    if (visit.parameter("question") == "neu") return {};
    const auto question = find_question(visit.tx, d.activity->id, visit.id_parameter<QuestionId>("question"));
    if (!question) throw NotFound();
    return *question;
}

const core::Rows& new_options() {
    static const core::Rows rows{.name = "new",
                                 .legend = tr_noop("Further answers"),
                                 .add_label = tr_noop("One more answer"),
                                 .columns = {{"label", tr_noop("Answer")}},
                                 .least = 1,
                                 .most = int(most_options)};
    return rows;
}

html::SafeHtml form_of(Visit& visit, const Desk& d, const Question& question, const Form& values,
                       const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", std::to_string(question.edits));
    form.text("title", tr_noop("The question")).limit(title_letters);
    form.text("note", tr_noop("A sentence below it")).limit(note_letters).optional();
    int number = 0;
    for (const auto& option : question.options) {
        auto& field = form.text("option-" + option.key, tr_noop("Answer {n}", {{"n", std::to_string(++number)}}))
                          .limit(option_letters);
        if (question.votes == 0) field.hint(tr_noop("Empty: the answer goes.")).optional();
    }
    auto rows = new_options();
    if (!question.id) {
        rows.legend = tr_noop("The answers to choose from");
        rows.least = 3;
    }
    form.rows(rows);
    form.number("most", tr_noop("How many answers one person may choose"));
    return form.html({.action = d.path + "/frage/" + (question.id ? std::to_string(question.id.value) : "neu"),
                      .cancel = d.path + "/bearbeiten",
                      .keep_draft = true});
}

http::Response framed(Visit& visit, const Desk& d, const std::string& title, const html::SafeHtml& content,
                      bool again) {
    namespace t = tpl::desk;
    html::Values values;
    values.set(t::ALL, visit.url(d.path + "/bearbeiten")).set(t::NAME, d.activity->title).set(t::TITLE, title);
    values.set(t::CONTENT, content);
    auto frame = core::desk_frame(visit, d.record, "/bausteine", html::render_part(t::file, values, visit.language));
    const auto head = core::desk_head(title + " – " + d.activity->title);
    return again ? core::show_again(visit, head, frame) : visit.page(head, frame);
}

http::Response show_form(Visit& visit, const Desk& d, const Question& question, const Form& values,
                         const Problems& problems, bool again) {
    namespace t = tpl::question;
    html::Values page;
    if (question.votes > 0)
        page.add(t::VOTES).set(t::TEXT,
                               visit.language.plural("{n} person has voted", "{n} people have voted", question.votes));
    page.set(t::FORM, form_of(visit, d, question, values, problems));
    return framed(visit, d, question.id ? visit.tr("Change the question") : visit.tr("New question"),
                  html::render_part(t::file, page, visit.language), again);
}

void fill_line(Visit& visit, html::Values line, const Question& question, const Desk& d) {
    namespace t = tpl::editor;
    line.set(t::KEY, question.key).set(t::TITLE, question.title).set(t::ACTION, visit.url(d.path + "/bearbeiten"));
    line.set(t::URL, visit.url(d.path + "/frage/" + std::to_string(question.id.value)));
    line.set(t::VOTES, visit.language.plural("{n} person has voted", "{n} people have voted", question.votes));
    line.show(question.closed ? t::CLOSED : t::OPEN);
    for (const auto& option : question.options)
        line.add(t::OPTION).set(t::LABEL, option.label).set(t::COUNT, visit.language.number(option.count));
    const std::string id = ":" + std::to_string(question.id.value);
    const auto tool = [&](const char* word, const Message& label) {
        line.add(t::TOOL).set(t::VALUE, word + id).set(t::LABEL, visit.tr(label));
    };
    tool("up", tr_noop("Up"));
    tool("down", tr_noop("Down"));
    question.closed ? tool("open", tr_noop("Open again")) : tool("close", tr_noop("Close the voting"));
    if (question.votes == 0) tool("remove", tr_noop("Delete"));
}

}  // namespace

http::Response editor_page(Visit& visit) {
    namespace t = tpl::editor;
    const auto d = desk(visit);
    const auto list = questions(visit.tx, d.activity->id);
    html::Values page;
    if (list.empty()) page.show(t::NONE);
    for (const auto& one : list) fill_line(visit, page.add(t::QUESTION), one, d);
    if (list.size() < most_questions) page.add(t::ADD).set(t::URL, visit.url(d.path + "/frage/neu"));
    page.set(t::CSV, visit.url(d.path + "/export.csv"));
    return framed(visit, d, visit.tr("Questions"), html::render_part(t::file, page, visit.language), false);
}

http::Response change_questions(Visit& visit) {
    const auto d = desk(visit);
    const std::string wish = visit.form["do"];
    const auto colon = wish.find(':');
    const auto id = colon == std::string::npos ? std::nullopt : to_int(wish.substr(colon + 1));
    const auto question = id ? find_question(visit.tx, d.activity->id, QuestionId{*id}) : std::nullopt;
    const std::string word = wish.substr(0, colon), back = d.path + "/bearbeiten";
    if (!question) return visit.go(back, tr_noop("Nothing was changed."));
    bool done = false;
    if (word == "up" || word == "down")
        done = move_question(visit.tx, visit.tenant.id, d.activity->id, question->id, word == "up");
    if (word == "remove") done = remove_question(visit.tx, visit.tenant.id, d.activity->id, *question);
    if ((word == "close" && !question->closed) || (word == "open" && question->closed)) {
        set_closed(visit.tx, visit.tenant.id, d.activity->id, question->id, word == "close");
        done = true;
    }
    if (!done) return visit.go(back, tr_noop("Nothing was changed."));
    keep(visit, d);
    return visit.go(back, word == "close" ? tr_noop("The voting is closed.") : tr_noop("Done."));
}

http::Response question_page(Visit& visit) {
    const auto d = desk(visit);
    const auto question = asked(visit, d);
    return show_form(visit, d, question, to_form(question), {}, false);
}

http::Response save_question_form(Visit& visit) {
    const auto d = desk(visit);
    const auto before = asked(visit, d);
    if (core::change_rows(visit.form, new_options())) return show_form(visit, d, before, visit.form, {}, false);
    const auto checked = check(before, visit.form);
    if (!checked) return show_form(visit, d, before, visit.form, checked.problems(), true);
    Problems problems;
    if (before.id && visit.form["_version"] != std::to_string(before.edits))
        problems.add("title",
                     tr_noop("Somebody has changed the question in the meantime. Please compare it with yours, "
                             "then save again."));
    if (!before.id && questions(visit.tx, d.activity->id).size() >= most_questions)
        problems.add("title", tr_noop("Twenty questions are the most."));
    if (problems.any()) return show_form(visit, d, before, visit.form, problems, true);
    if (before.id)
        save_question(visit.tx, visit.tenant.id, d.activity->id, *checked);
    else
        add_question(visit.tx, visit.tenant.id, d.activity->id, *checked);
    keep(visit, d);
    return visit.go(d.path + "/bearbeiten", tr_noop("Saved."));
}

http::Response export_csv(Visit& visit) {
    const auto d = desk(visit);
    return table_of(visit, questions(visit.tx, d.activity->id), d.activity->key + ".csv");
}

}  // namespace mitwirken::polls
