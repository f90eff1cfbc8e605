// See own_fields.h; and the editor's screen of the fields.
#include "modules/ideas/own_fields.h"

#include <algorithm>

#include "core/desk/desk.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

using core::Visit;
using Kind = OwnField::Kind;

std::string in_words(const Visit& visit, const OwnField& field, const std::string& value) {
    if (field.kind != Kind::yes_no) return value;
    return value == "ja" ? visit.tr("Yes") : value == "nein" ? visit.tr("No") : value;
}

void add_own_fields(const Visit& visit, core::FormView& form, const Settings& s) {
    for (const auto& field : s.fields) {
        const std::string name = field.name();
        const Message label = tr_noop("{label}", {{"label", field.label}});
        core::Field* added = nullptr;
        if (field.kind == Kind::choice || field.kind == Kind::yes_no) {
            std::vector<core::Option> options;
            if (field.kind == Kind::yes_no) options = {{"ja", visit.tr("Yes")}, {"nein", visit.tr("No")}};
            for (const auto& option : field.options)
                if (field.kind == Kind::choice) options.push_back({option, option});
            added = &form.radios(name, label, options);
        } else {
            added = field.kind == Kind::long_text ? &form.area(name, label)
                    : field.kind == Kind::number  ? &form.number(name, label)
                                                  : &form.text(name, label);
        }
        if (!field.required) added->optional();
        if (!field.is_public) added->hint(tr_noop("Only the office reads this."));
    }
}

html::SafeHtml own_fields_shown(const Visit& visit, const Settings& settings, const Fields& fields, bool office_too) {
    namespace t = tpl::own_fields;
    html::Values values;
    bool any = false;
    for (const auto& field : settings.fields) {
        const auto at = fields.find(field.key);
        if (at == fields.end() || (!field.is_public && !office_too)) continue;
        any = true;
        values.add(t::FIELD)
            .set(t::LABEL, field.label)
            .set(t::VALUE, in_words(visit, field, at->second))
            .show_if(!field.is_public, t::OFFICE);
    }
    return any ? html::render_part(t::file, values, visit.language) : html::SafeHtml();
}

// ---- the editor's screen

namespace {

struct Editor {
    core::ProcedureRecord record;
    core::Procedure plan;
    core::Activity* activity = nullptr;  // of plan
    std::vector<OwnField> fields;
    std::string path, back;
};

Editor editor(Visit& visit) {
    Editor e;
    e.record = core::procedure_at_desk(visit, core::edit_procedures_action);
    e.plan = core::load_plan(visit.tx, e.record);
    for (auto& activity : e.plan.activities)
        if (activity.key == visit.parameter("part") && activity.module == "ideas") e.activity = &activity;
    if (!e.activity) throw NotFound();
    e.fields = settings_of(e.activity->settings).fields;
    e.path = core::desk_path(e.record, "/ideen/" + escape_url(e.activity->key) + "/bearbeiten");
    e.back = core::desk_path(e.record, "/bausteine/" + escape_url(e.activity->key));
    return e;
}

std::string column(int number, const char* what) { return "f" + std::to_string(number) + "-" + what; }

// How many rows the form has: those it came with, and the new ones.
int rows_of(const Form& form) {
    int rows = 0;
    while (rows < most_own_fields && form.has(column(rows + 1, "label"))) ++rows;
    return rows;
}

Form to_form(const std::vector<OwnField>& fields) {
    Form form;
    int number = 0;
    for (const auto& field : fields) {
        ++number;
        form.set(column(number, "key"), field.key);
        form.set(column(number, "label"), field.label);
        form.set(column(number, "kind"), std::string(own_field_kinds[std::size_t(field.kind)]));
        form.set(column(number, "options"), join(field.options, "\n"));
        if (field.required) form.set(column(number, "required"), "on");
        form.set(column(number, "who"), field.is_public ? "public" : "office");
        form.set(column(number, "place"), std::to_string(number));
    }
    return form;
}

void add_row(Form& form) {
    const int number = rows_of(form) + 1;
    if (number > most_own_fields) return;
    form.set(column(number, "label"), "");
    form.set(column(number, "kind"), "text");
    form.set(column(number, "who"), "public");
    form.set(column(number, "place"), std::to_string(number));
}

std::vector<core::Option> kinds(const Visit& visit) {
    return {{"text", visit.tr("One line")},
            {"long_text", visit.tr("Longer text")},
            {"choice", visit.tr("One of several answers")},
            {"number", visit.tr("Number")},
            {"yes_no", visit.tr("Yes or no")}};
}

html::SafeHtml fields_form(Visit& visit, const Editor& e, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.hidden("_before", values.has("_before") ? values["_before"] : fields_to_json(e.fields).dump());
    for (int number = 1; number <= rows_of(values); ++number) {
        const std::string label = trimmed(values[column(number, "label")]);
        form.heading(label.empty() ? tr_noop("New field") : tr_noop("Field: {label}", {{"label", label}}));
        form.hidden(column(number, "key"), values[column(number, "key")]);
        form.text(column(number, "label"), tr_noop("Question"))
            .hint(tr_noop("As people read it: “For whom is it?”"))
            .limit(200);
        form.select(column(number, "kind"), tr_noop("Kind of answer"), kinds(visit));
        form.area(column(number, "options"), tr_noop("Answers to choose from"))
            .hint(tr_noop("Only for “One of several answers”: one answer a line."))
            .optional();
        form.check(column(number, "required"), tr_noop("An answer is needed"));
        form.radios(column(number, "who"), tr_noop("Who reads the answers"),
                    {{"public", visit.tr("Everybody")}, {"office", visit.tr("Only the office and the author")}});
        form.number(column(number, "place"), tr_noop("Place in the order"));
        form.check(column(number, "remove"), tr_noop("Remove this field"))
            .hint(tr_noop("Answers that were given stay in the records."));
    }
    core::FormOptions options{.action = e.path, .submit = tr_noop("Save"), .cancel = e.back, .keep_draft = true};
    if (rows_of(values) < most_own_fields) options.buttons = {{"add", "field", tr_noop("Add a field")}};
    return form.html(options);
}

http::Response editor_answer(Visit& visit, const Editor& e, const Form& values, const Problems& problems) {
    namespace t = tpl::fields_editor;
    html::Values page;
    page.set(t::TITLE, e.activity->title).set(t::BACK, visit.url(e.back));
    if (rows_of(values) == 0) page.show(t::NONE);
    page.set(t::FORM, fields_form(visit, e, values, problems));
    auto framed = core::desk_frame(visit, e.record, "/bausteine", html::render_part(t::file, page, visit.language));
    const auto head = core::desk_head(visit.tr("Fields of the form") + " – " + e.activity->title);
    return problems.any() ? core::show_again(visit, head, framed) : visit.page(head, framed);
}

// A key that no field has; it stays when the question is worded anew, so the answers stay with it.
std::string free_key(const std::string& label, const std::vector<OwnField>& taken) {
    const std::string wanted = first_letters(slug(label), 40);
    std::string key = wanted.empty() ? "feld" : wanted;
    for (int number = 2; std::any_of(taken.begin(), taken.end(), [&](const auto& f) { return f.key == key; }); ++number)
        key = (wanted.empty() ? "feld" : wanted) + "-" + std::to_string(number);
    return key;
}

struct Placed {
    std::int64_t place;
    OwnField field;
};

std::optional<Placed> read_row(const Form& form, int number, Problems& problems) {
    if (form[column(number, "remove")] == "on") return {};
    Placed row{to_int(trimmed(form[column(number, "place")])).value_or(0), {}};
    auto& field = row.field;
    field.key = form[column(number, "key")];
    field.label = trimmed(form[column(number, "label")]);
    if (field.label.empty() && field.key.empty()) return {};  // a new one that nobody filled in
    if (field.label.empty()) problems.add(column(number, "label"), tr_noop("Please give the question."));
    core::need_short(problems, column(number, "label"), field.label, 200);
    const auto& word = form[column(number, "kind")];
    const auto* kind = std::find(std::begin(own_field_kinds), std::end(own_field_kinds), word);
    if (kind == std::end(own_field_kinds))
        problems.add(column(number, "kind"), tr_noop("Please choose one of these."));
    else
        field.kind = Kind(kind - std::begin(own_field_kinds));
    for (const auto& line : split(form[column(number, "options")], '\n')) {
        const std::string option = trimmed(line);
        if (option.empty() || std::find(field.options.begin(), field.options.end(), option) != field.options.end())
            continue;
        core::need_short(problems, column(number, "options"), option, 200);
        field.options.push_back(option);
    }
    if (field.kind == Kind::choice && field.options.size() < 2)
        problems.add(column(number, "options"), tr_noop("Please give at least two answers, one a line."));
    if (field.options.size() > 50)
        problems.add(column(number, "options"), tr_noop("Please give at most {n} answers.", {{"n", "50"}}));
    if (field.kind != Kind::choice) field.options.clear();
    field.required = form[column(number, "required")] == "on";
    field.is_public = form[column(number, "who")] != "office";
    if (row.place < 1) problems.add(column(number, "place"), tr_noop("Please give a whole number from 1."));
    return row;
}

std::vector<OwnField> read_rows(const Form& form, const std::vector<OwnField>& before, Problems& problems) {
    std::vector<Placed> rows;
    for (int number = 1; number <= rows_of(form); ++number)
        if (auto row = read_row(form, number, problems)) rows.push_back(std::move(*row));
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
    std::vector<OwnField> fields, taken = before;
    for (auto& row : rows) {
        const bool known =
            std::any_of(before.begin(), before.end(), [&](const auto& f) { return f.key == row.field.key; });
        const bool twice =
            std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.key == row.field.key; });
        if (!known || twice) row.field.key = free_key(row.field.label, taken);
        taken.push_back(row.field);
        fields.push_back(std::move(row.field));
    }
    return fields;
}

}  // namespace

http::Response fields_page(Visit& visit) {
    const auto e = editor(visit);
    return editor_answer(visit, e, to_form(e.fields), {});
}

http::Response save_fields_page(Visit& visit) {
    auto e = editor(visit);
    if (visit.form["add"] == "field") {
        add_row(visit.form);
        return editor_answer(visit, e, visit.form, {});
    }
    Problems problems;
    const auto fields = read_rows(visit.form, e.fields, problems);
    if (visit.form["_before"] != fields_to_json(e.fields).dump())
        problems.add("", tr_noop("Somebody else has changed these fields meanwhile. Please open the page in a second "
                                 "window, compare, and save again there. What you typed is still here."));
    if (problems.any()) return editor_answer(visit, e, visit.form, problems);
    auto settings = nlohmann::json::parse(e.activity->settings.empty() ? "{}" : e.activity->settings, nullptr, false);
    if (!settings.is_object()) settings = nlohmann::json::object();
    settings["fields"] = fields_to_json(fields);
    if (fields.empty()) settings.erase("fields");
    e.activity->settings = settings.empty() ? "" : settings.dump();
    if (problems = core::save_plan(visit.tx, visit.tenant.id, e.record.id, e.plan); problems.any())
        return editor_answer(visit, e, visit.form, problems);
    visit.touch(e.record.scope());
    visit.touch("procedures");
    visit.record("ideas.fields_changed", e.record.ref(), e.activity->title);
    return visit.go(e.path, tr_noop("The fields are saved. The form of the ideas has them now."));
}

}  // namespace mitwirken::ideas
