// Forms from a description: every field with label, hint, error and what was typed, in the mark-up of docs/html.md, so
// that no page writes it again. Values come from a Form (what the person sent, or what is stored), errors from
// Problems.
//
//   FormView form(visit, values, problems);
//   form.text("title", tr_noop("Title")).hint(tr_noop("In one line")).limit(200);
//   form.choices("forms", tr_noop("How it is done"), options).optional();
//   return form.html({.action = "/verwaltung/instrumente", .submit = tr_noop("Save")});
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/attachments/attachments.h"
#include "core/visit.h"

namespace mitwirken::core {

struct Option {
    std::string value, label;
    std::string hint = {};
};

// Settings of the field that was added last; see FormView.
struct Field {
    enum class Kind {
        text,
        password,
        email,
        url,
        number,
        date,
        time,
        colour,
        area,
        markdown,
        select,
        radios,
        tiles,
        checks,
        check,
        file,
        hidden,
        heading,
        fold,      // what follows is folded away, until …
        fold_end,  // … here; open when something in it is filled in or wrong
        static_text,
        code
    };
    Kind kind = Kind::text;
    std::string name;
    Message label;
    Message hint_text;
    std::string hint_plain;
    bool is_optional = false;
    std::size_t most_letters = 0;
    std::vector<Option> options;
    std::string autocomplete, accept;
    bool many = false;
    html::SafeHtml content;

    Field& hint(const Message& words) {
        hint_text = words;
        return *this;
    }
    Field& hint_with(std::string words) {
        hint_plain = std::move(words);
        return *this;
    }
    Field& optional() {
        is_optional = true;
        return *this;
    }
    Field& limit(std::size_t letters) {
        most_letters = letters;
        return *this;
    }
    Field& fill(std::string_view what) {
        autocomplete = what;
        return *this;
    }
    Field& takes(std::string types) {
        accept = std::move(types);
        return *this;
    }
    Field& several() {
        many = true;
        return *this;
    }
};

// Repeatable groups of fields ("links"): rows with the same columns, named links-1-title, links-1-url … A row can be
// added and removed by submit buttons (add=links, remove=links-2), so it works without JavaScript.
struct Rows {
    std::string name;
    Message legend, add_label;
    struct Column {
        std::string name;
        Message label;
        Field::Kind kind = Field::Kind::text;
    };
    std::vector<Column> columns;
    int least = 1, most = 30;
};
// The rows a form carries, in order; empty ones are left out. Column values by column name.
std::vector<std::map<std::string, std::string>> read_rows(const Form& form, const Rows& rows);
// Puts rows into a form, for showing what is stored.
void write_rows(Form& form, const Rows& rows, const std::vector<std::map<std::string, std::string>>& values);
// Did the person press "add a row" or "remove this row"? Then the form is only shown again, changed so.
bool change_rows(Form& form, const Rows& rows);

struct FormOptions {
    std::string action;  // path; "" = this page
    Message submit = tr_noop("Save");
    std::string cancel = {};  // path of the cancel link
    std::string method = "post";
    bool has_files = false;
    bool keep_draft = false;  // the browser keeps unsent text
    bool contents = false;    // a list of the parts (heading, fold) with links to them stands above the fields
    bool once = true;         // adds the key that makes a second sending harmless
    std::string id = "form";
    // Further submit buttons: name=value and what they say.
    struct Button {
        std::string name, value;
        Message label;
        bool danger = false;
    };
    std::vector<Button> buttons = {};
    bool small_submit = false;
};

// For forms that nobody has sent yet. A FormView refers to its values, which must outlive it, and copies its problems.
inline const Problems& no_problems() {
    static const Problems none;
    return none;
}

class FormView {
public:
    FormView(Visit& visit, const Form& values, const Problems& problems = no_problems());

    Field& text(std::string name, Message label) { return add(Field::Kind::text, std::move(name), std::move(label)); }
    Field& password(std::string name, Message label) {
        return add(Field::Kind::password, std::move(name), std::move(label));
    }
    Field& email(std::string name, Message label) { return add(Field::Kind::email, std::move(name), std::move(label)); }
    Field& url(std::string name, Message label) { return add(Field::Kind::url, std::move(name), std::move(label)); }
    Field& number(std::string name, Message label) {
        return add(Field::Kind::number, std::move(name), std::move(label));
    }
    Field& date(std::string name, Message label) { return add(Field::Kind::date, std::move(name), std::move(label)); }
    Field& time(std::string name, Message label) { return add(Field::Kind::time, std::move(name), std::move(label)); }
    Field& colour(std::string name, Message label) {
        return add(Field::Kind::colour, std::move(name), std::move(label));
    }
    Field& code(std::string name, Message label) { return add(Field::Kind::code, std::move(name), std::move(label)); }
    Field& area(std::string name, Message label) { return add(Field::Kind::area, std::move(name), std::move(label)); }
    Field& markdown(std::string name, Message label) {
        return add(Field::Kind::markdown, std::move(name), std::move(label));
    }
    Field& select(std::string name, Message label, std::vector<Option> options);
    Field& radios(std::string name, Message label, std::vector<Option> options);
    Field& tiles(std::string name, Message label, std::vector<Option> options);
    Field& choices(std::string name, Message label, std::vector<Option> options);
    Field& check(std::string name, Message label) { return add(Field::Kind::check, std::move(name), std::move(label)); }
    Field& file(std::string name, Message label) { return add(Field::Kind::file, std::move(name), std::move(label)); }
    void hidden(std::string name, std::string value);
    void heading(Message label) { add(Field::Kind::heading, "", std::move(label)); }
    // A part that folds, with its heading as the summary.
    void fold(Message label) { add(Field::Kind::fold, "", std::move(label)); }
    void end_fold() { add(Field::Kind::fold_end, "", {}); }
    void part(html::SafeHtml content) { add(Field::Kind::static_text, "", {}).content = std::move(content); }
    // A field set of repeatable rows.
    void rows(const Rows& rows);
    // Files that are there already: title (editable as file-ID-title), size, remove check box (file-ID-remove).
    void files(const std::vector<Attachment>& files);

    // A list holds this value: what is chosen must stay in its options, also when it is not offered any more.
    bool has(std::string_view name, std::string_view value) const { return values_.has(name, value); }

    html::SafeHtml html(const FormOptions& options) const;

private:
    Field& add(Field::Kind kind, std::string name, Message label);
    void fill(html::Values& form, const Field& field) const;
    bool is_open(std::size_t fold) const;
    void fill_control(html::Values& box, const Field& field, const std::string& described,
                      const std::function<html::Values(html::Values)>& describe) const;
    void fill_options(html::Values& box, const Field& field) const;

    Visit& visit_;
    const Form& values_;
    const Problems problems_;
    std::vector<Field> fields_;
};

// A field's name as part of an id: names of settings hold dots, ids must not.
std::string field_id(std::string name);

// "Bitte prüfen Sie 2 Angaben" with links to the fields; empty without problems.
html::SafeHtml error_summary(const Visit& visit, const Problems& problems);

// Adds a problem when a text is longer than its field takes: nothing is cut off without a word.
void need_short(Problems& problems, const std::string& field, std::string_view text, std::size_t limit);
// The same for the titles of files that a form lists.
void need_short_titles(Problems& problems, const Form& form);

// The form shown again with what was typed: 422, title "Fehler: …".
http::Response show_again(Visit& visit, PageHead head, const html::SafeHtml& content);

// "Zurück" and "Weiter"; an empty address leaves that side out.
html::SafeHtml pager(const Visit& visit, const std::string& back, const std::string& next, const std::string& words);

// The head of a page: breadcrumb, heading, introduction.
struct Heading {
    std::string title, lead, eyebrow;
    std::vector<Crumb> crumbs;
    struct Link {
        std::string url, label, icon;
        bool primary = false;
    };
    std::vector<Link> links;
    bool german = false;  // title and lead are German contents on a page of another language (visit.in_german())
};
html::SafeHtml page_head(const Visit& visit, const Heading& heading);
// The same for the administration shell.
html::SafeHtml admin_head(const Visit& visit, const Heading& heading);

}  // namespace mitwirken::core
