// One question or page in the builder: its form, and keeping it.
#include "core/forms/forms.h"
#include "modules/surveys/builder_rows.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/edit.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/question_view.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::edit;

struct Drafted {
    Desk desk;
    Draft draft;
    Questionnaire all;
};

Drafted drafted(Visit& visit) {
    Drafted d{desk(visit, edit_action), {}, {}};
    d.draft = find_draft(visit.tx, d.desk.activity->id).value_or(Draft{});
    d.all = parse_questionnaire(d.draft.content);
    return d;
}

// What a form was made from: two people at two questions do not disturb each other.
std::string version_of(Page page) { return crypto::fingerprint(write_questionnaire({{std::move(page)}}).dump()); }
std::string version_of(const Question& q) {
    Page page{"p", {}, {}, {}, {q}};
    return version_of(page);
}
std::string version_of_page(Page page) {
    page.questions.clear();
    return version_of(std::move(page));
}

// What can be asked for in a condition: the questions before.
void add_conditions(Visit& visit, core::FormView& form, const Questionnaire& all, const std::string& key) {
    const auto before = all.before(key);
    if (before.empty()) return;
    form.heading(tr_noop("When it is shown"));
    form.check("any", tr_noop("One of the conditions is enough"));
    std::vector<core::Option> questions = {{"", visit.tr("(no condition)")}}, tests;
    for (const auto* q : before)
        questions.push_back({q->key, q->key + " – " + first_letters(q->title.in(visit.language.code()), 80)});
    for (int i = 0; i <= int(Condition::Test::at_most); ++i)
        tests.push_back({std::string(to_word(Condition::Test(i))), visit.tr(test_name(Condition::Test(i)))});
    for (int n = 1; n <= conditions_in_form; ++n) {
        const std::string number = std::to_string(n);
        form.select("if-question-" + number, tr_noop("Condition {n}: question", {{"n", number}}), questions);
        form.select("if-test-" + number, tr_noop("Condition {n}: its answer", {{"n", number}}), tests);
        form.text("if-value-" + number, tr_noop("Condition {n}: what", {{"n", number}}))
            .hint(tr_noop("The key of an answer, as it is listed below, or a number or word."))
            .limit(option_letters)
            .optional();
    }
}

void add_limits(core::FormView& form, const Question& q) {
    const bool many = q.kind == Kind::multiple || q.kind == Kind::image || q.kind == Kind::ranking;
    if (many) form.number("least", tr_noop("At least")).optional().hint(tr_noop("How many have to be chosen."));
    if (many || q.kind == Kind::file)
        form.number("most", tr_noop("At most")).optional().hint(tr_noop("Empty: as many as there are."));
    if (q.kind == Kind::points) form.number("points", tr_noop("Points to give away"));
    if (q.kind == Kind::number || q.kind == Kind::scale) {
        form.number("lowest", q.kind == Kind::scale ? tr_noop("Scale from") : tr_noop("Lowest number")).optional();
        form.number("highest", q.kind == Kind::scale ? tr_noop("Scale to") : tr_noop("Highest number")).optional();
    }
    if (q.kind == Kind::number) {
        form.check("whole", tr_noop("Whole numbers only"));
        form.text("low", tr_noop("Unit")).optional().limit(option_letters);
        form.text("low_en", tr_noop("Unit in English")).optional().limit(option_letters);
    }
    if (q.kind == Kind::scale)
        for (const auto& [name, label] : {std::pair{"low", tr_noop("What the lowest step means")},
                                          std::pair{"low_en", tr_noop("What the lowest step means, in English")},
                                          std::pair{"high", tr_noop("What the highest step means")},
                                          std::pair{"high_en", tr_noop("What the highest step means, in English")}})
            form.text(name, label).optional().limit(option_letters);
    if (q.kind == Kind::date) {
        form.date("first_day", tr_noop("First day")).optional();
        form.date("last_day", tr_noop("Last day")).optional();
    }
}

void add_kind_fields(Visit& visit, core::FormView& form, const Question& q) {
    if (q.has_options()) form.rows(option_rows(q));
    if (q.kind == Kind::image)
        form.file("files", tr_noop("New pictures"))
            .several()
            .optional()
            .takes("image/jpeg,image/png,image/webp")
            .hint(tr_noop("Each becomes an answer; give it its words afterwards."));
    if (q.kind == Kind::matrix) form.rows(matrix_rows());
    if (q.kind == Kind::single || q.kind == Kind::multiple)
        form.check("other", tr_noop("Offer “Other” with words of one's own"));
    if (q.has_options() && q.kind != Kind::matrix)
        form.check("shuffled", tr_noop("Answers in another order each time"));
    add_limits(form, q);
    if (q.kind == Kind::file) form.check("pictures_only", tr_noop("Pictures only"));
    if (q.kind == Kind::place)
        form.choices("shapes", tr_noop("What may be drawn"),
                     {{"Point", visit.tr("Point")}, {"LineString", visit.tr("Line")}, {"Polygon", visit.tr("Area")}});
}

void add_texts(core::FormView& form, const char* name, const Message& label, const Message& english) {
    form.area(name, label).limit(help_letters).optional();
    form.area(std::string(name) + "_en", english).limit(help_letters).optional();
}

// What somebody else wrote stands above the form; the form keeps what was typed.
html::SafeHtml meanwhile(const Visit& visit, const Text& text) {
    html::Values values;
    values.set(tpl::meanwhile::TEXT, text.german());
    return html::render_part(tpl::meanwhile::file, values, visit.language);
}

void add_keys(const Visit& visit, html::Values& page, const Questionnaire& all, const std::string& key) {
    html::Values* box = nullptr;
    std::optional<html::Values> made;
    for (const auto* q : all.before(key))
        for (const auto& option : q->options) {
            if (!box) box = &made.emplace(page.add(v::OPTIONS));
            box->add(v::OPTION)
                .set(v::KEY, q->key + ": " + option.key)
                .set(v::LABEL, option.label.in(visit.language.code()));
        }
}

http::Response show_question(Visit& visit, const Drafted& d, const Question& q, const Form& values,
                             const Problems& problems, const html::SafeHtml& notice = {}) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(q));
    form.area("title", tr_noop("Question")).limit(title_letters);
    form.area("title_en", tr_noop("Question in English")).limit(title_letters).optional();
    add_texts(form, "help", tr_noop("Help"), tr_noop("Help in English"));
    form.check("required", tr_noop("Has to be answered"));
    add_kind_fields(visit, form, q);
    add_conditions(visit, form, d.all, q.key);
    html::Values page;
    page.set(v::BACK, visit.url(d.desk.path + "/bearbeiten")).set(v::NOTICE, notice);
    page.add(v::KIND).set(v::TEXT, visit.tr(kind_name(q.kind)));
    page.set(v::FORM, form.html({.action = d.desk.path + "/frage/" + q.key,
                                 .cancel = d.desk.path + "/bearbeiten",
                                 .has_files = q.kind == Kind::image,
                                 .keep_draft = true}));
    if (q.kind == Kind::image) page.add(v::PICTURES).set(v::NAMES, join(house_pictures(), ", "));
    add_keys(visit, page, d.all, q.key);
    const bool again = visit.tx.writes();
    return desk_answer(visit, d.desk, Tab::questions, visit.tr("Edit the question"),
                       html::render_part(v::file, page, visit.language), again ? Answered::again : Answered::page);
}

http::Response show_page_form(Visit& visit, const Drafted& d, const Page& one, const Form& values,
                              const Problems& problems, const html::SafeHtml& notice = {}) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of_page(one));
    form.text("title", tr_noop("Title")).limit(title_letters).optional();
    form.text("title_en", tr_noop("Title in English")).limit(title_letters).optional();
    add_texts(form, "text", tr_noop("Text above the questions"), tr_noop("The text in English"));
    add_conditions(visit, form, d.all, one.key);
    html::Values page;
    page.set(v::BACK, visit.url(d.desk.path + "/bearbeiten")).set(v::NOTICE, notice);
    page.set(v::FORM, form.html({.action = d.desk.path + "/seite/" + one.key,
                                 .cancel = d.desk.path + "/bearbeiten",
                                 .keep_draft = true}));
    add_keys(visit, page, d.all, one.key);
    const bool again = visit.tx.writes();
    return desk_answer(visit, d.desk, Tab::questions, visit.tr("Edit the page"),
                       html::render_part(v::file, page, visit.language), again ? Answered::again : Answered::page);
}

const Question& question_of(Visit& visit, const Drafted& d) {
    const auto* q = d.all.find(visit.parameter("question"));
    if (!q) throw NotFound(tr_noop("This question is no longer there."));
    return *q;
}

const Page& page_of(Visit& visit, const Drafted& d) {
    const auto* page = d.all.page(visit.parameter("page"));
    if (!page) throw NotFound(tr_noop("This page is no longer there."));
    return *page;
}

void keep(Visit& visit, const Drafted& d) {
    save_draft(visit.tx, visit.tenant.id, d.desk.activity->id, write_questionnaire(d.all).dump(), visit.now);
    visit.record("surveys.changed", {"procedures", d.desk.record.id.value}, d.desk.activity->key);
    visit.touch(d.desk.record.scope());
}

// Uploaded pictures become answers; their files belong to the questionnaire.
void add_pictures(Visit& visit, const Drafted& d, Question& q, const std::set<std::string>& used, Problems& problems) {
    const auto* files = visit.prepared<core::TakenFiles>();
    if (!files) return;
    if (!*files) return problems.append(files->problems());
    for (const auto& file : **files) {
        if (!starts_with(file.stored.type, "image/")) {
            problems.add("files", tr_noop("Please send a picture (JPG, PNG or WebP)."));
            return;
        }
        if (q.options.size() >= most_options) {
            problems.add("files", tr_noop("There are as many as there may be."));
            return;
        }
        Option option;
        for (int n = 1; option.key.empty() || q.option(option.key) || used.contains(q.key + "." + option.key); ++n)
            option.key = "o" + std::to_string(n);
        option.picture = file.stored.key;
        option.label = Text(first_letters(file.name.substr(0, file.name.rfind('.')), option_letters));
        core::attach(visit.tx, visit.tenant.id, {"surveys", pictures_of(d.desk.activity->id)}, file,
                     visit.actor.account, visit.now);
        q.options.push_back(std::move(option));
    }
}

bool picture_exists(Visit& visit, const std::string& picture) {
    for (const auto& known : house_pictures())
        if (known == picture) return true;
    return core::find_attachment(visit.tx, visit.tenant.id, picture).has_value();
}

}  // namespace

http::Response edit_question_page(Visit& visit) {
    const auto d = drafted(visit);
    const auto& q = question_of(visit, d);
    return show_question(visit, d, q, to_form(q), {});
}

http::Response edit_question(Visit& visit) {
    auto d = drafted(visit);
    const Question before = question_of(visit, d);
    if (core::change_rows(visit.form, option_rows(before)) || core::change_rows(visit.form, matrix_rows()))
        return show_question(visit, d, before, visit.form, {});
    std::set<std::string> used;
    for (const auto& version : versions(visit.tx, d.desk.activity->id))
        used.merge(keys_of(parse_questionnaire(version.content)));
    auto changed = question_from(visit.form, before, used);
    if (!changed) return show_question(visit, d, before, visit.form, changed.problems());
    if (visit.form["_version"] != version_of(before))
        return show_question(visit, d, before, visit.form, {}, meanwhile(visit, before.title));
    Problems problems;
    for (const auto& option : changed->options)
        if (!option.picture.empty() && !picture_exists(visit, option.picture))
            problems.add("options", tr_noop("There is no such picture."));
    if (!problems.any()) add_pictures(visit, d, *changed, used, problems);
    if (problems.any()) return show_question(visit, d, before, visit.form, problems);
    replace(d.all, *changed);
    keep(visit, d);
    return visit.go(d.desk.path + "/frage/" + before.key, tr_noop("Saved."));
}

http::Response edit_page_page(Visit& visit) {
    const auto d = drafted(visit);
    const auto& page = page_of(visit, d);
    return show_page_form(visit, d, page, to_form(page), {});
}

http::Response edit_page(Visit& visit) {
    auto d = drafted(visit);
    const Page before = page_of(visit, d);
    const auto changed = page_from(visit.form, before);
    if (!changed) return show_page_form(visit, d, before, visit.form, changed.problems());
    if (visit.form["_version"] != version_of_page(before))
        return show_page_form(visit, d, before, visit.form, {}, meanwhile(visit, before.title));
    replace(d.all, *changed);
    keep(visit, d);
    return visit.go(d.desk.path + "/seite/" + before.key, tr_noop("Saved."));
}

}  // namespace mitwirken::surveys
