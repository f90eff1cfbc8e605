// One template as a form: its title, the texts of the procedure, days and words of its steps, goals, tasks and planned
// dates. What a form cannot say (further steps, the grid, contents of building blocks) is changed in a procedure that
// is saved as a new version, or in the file. Members that the form does not show stay as they are.
#include <fmt/format.h>

#include "core/forms/forms.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
using Json = nlohmann::ordered_json;

struct Text {
    const char *field, *member;
    std::size_t most;
};
constexpr Text texts[] = {
    {"p_title", "title", 200},          {"p_summary", "summary", 600},        {"body", "body", 50'000},
    {"influence", "influence", 50'000}, {"next_steps", "next_steps", 50'000}, {"contact", "contact", 50'000}};

const core::Rows& goal_rows() {
    static const core::Rows rows{.name = "goals",
                                 .legend = tr_noop("Goals"),
                                 .add_label = tr_noop("Add a goal"),
                                 .columns = {{"text", tr_noop("Goal")},
                                             {"target", tr_noop("Target number")},
                                             {"indicator", tr_noop("What is counted")}},
                                 .least = 1,
                                 .most = 12};
    return rows;
}
const core::Rows& task_rows() {
    static const core::Rows rows{.name = "tasks",
                                 .legend = tr_noop("Tasks"),
                                 .add_label = tr_noop("Add a task"),
                                 .columns = {{"title", tr_noop("Task")},
                                             {"due", tr_noop("Until day (0 or less: before the beginning)")},
                                             {"text", tr_noop("Note")}},
                                 .least = 1,
                                 .most = 40};
    return rows;
}
const core::Rows& event_rows() {
    static const core::Rows rows{.name = "events",
                                 .legend = tr_noop("Planned dates"),
                                 .add_label = tr_noop("Add a date"),
                                 .columns = {{"title", tr_noop("Title")},
                                             {"day", tr_noop("On day")},
                                             {"from", tr_noop("From (18:30)")},
                                             {"until", tr_noop("Until")},
                                             {"place", tr_noop("Place")},
                                             {"text", tr_noop("Text")}},
                                 .least = 1,
                                 .most = 20};
    return rows;
}

std::string cell(const Json& part, const char* name) {
    if (!part.contains(name) || part[name].is_null()) return "";
    return part[name].is_string() ? part[name].get<std::string>() : part[name].dump();
}

// Days count from one for people and from zero in the file.
std::string counted(const Json& part, const char* name) {
    if (!part.contains(name) || !part[name].is_number_integer()) return "";
    return std::to_string(part[name].get<std::int64_t>() + 1);
}

template <class Use>
void each_step(Json& content, Use use) {
    if (!content.contains("tracks") || !content["tracks"].is_array()) return;
    int number = 0;
    for (auto& track : content["tracks"])
        for (auto& step : track["steps"]) use(track, step, "step-" + std::to_string(++number));
}

Form form_of(const core::ProcedureType& type) {
    Json content = Json::parse(type.content);
    Form form;
    form.set("title", type.title);
    form.set("summary", type.summary);
    form.set("toolbox_format", type.format_key);
    for (const auto& text : texts) form.set(text.field, cell(content, text.member));
    form.set("promise_days", cell(content, "promise_days"));
    each_step(content, [&](Json&, Json& step, const std::string& name) {
        form.set(name + "-label", cell(step, "label"));
        form.set(name + "-text", cell(step, "text"));
        if (step.contains("first_day")) form.set(name + "-first", counted(step, "first_day"));
        if (step.contains("first_day")) form.set(name + "-last", counted(step, "last_day"));
        if (step.contains("roughly")) form.set(name + "-roughly", cell(step, "roughly"));
    });
    const auto fill = [&](const char* list, const core::Rows& rows, const char* day) {
        std::vector<std::map<std::string, std::string>> values;
        if (content.contains(list))
            for (const auto& part : content[list]) {
                std::map<std::string, std::string> row;
                for (const auto& column : rows.columns)
                    row[column.name] = column.name == day ? counted(part, day) : cell(part, column.name.c_str());
                values.push_back(std::move(row));
            }
        core::write_rows(form, rows, values);
    };
    fill("goals", goal_rows(), "");
    fill("tasks", task_rows(), "due");
    fill("events", event_rows(), "day");
    return form;
}

std::string indicator_words(const Visit& visit) {
    std::string words;
    for (const auto indicator : core::all_indicators)
        words += (words.empty() ? "" : ", ") + std::string(core::to_word(indicator)) + " (" +
                 visit.tr(core::indicator_name(indicator)) + ")";
    return words;
}

void add_step_fields(core::FormView& form, const core::ProcedureType& type) {
    Json content = Json::parse(type.content);
    form.heading(tr_noop("Steps: days are counted from the first day, which is day 1"));
    each_step(content, [&](Json&, Json& step, const std::string& name) {
        form.text(name + "-label", tr_noop("Step")).limit(200);
        if (step.contains("first_day")) {
            form.number(name + "-first", tr_noop("First day"));
            form.number(name + "-last", tr_noop("Last day (empty: no end)")).optional();
        }
        if (step.contains("roughly")) form.text(name + "-roughly", tr_noop("When, in words"));
        form.area(name + "-text", tr_noop("What happens")).limit(1000).optional();
    });
}

html::SafeHtml content(Visit& visit, const core::ProcedureType& type, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::type;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr(tr_noop("Edit “{title}”", {{"title", type.title}})),
                                               .lead = visit.tr("Every change is a new version. Procedures that were "
                                                                "made from it stay as they are."),
                                               .crumbs = {{visit.tr("Templates"), types_base},
                                                          {type.title, type_address(type.key)}}}));
    if (!notice.empty()) page.add(t::TABLE).set(t::CONTENT, notice);
    core::FormView form(visit, values, problems);
    form.hidden("_version", std::to_string(type.version));
    form.heading(tr_noop("The template"));
    form.text("title", tr_noop("Title of the template")).limit(200);
    form.area("summary", tr_noop("What it is for")).limit(600);
    form.select("toolbox_format", tr_noop("Format of the toolbox that it carries out"), format_options(visit));
    form.heading(tr_noop("Texts of the procedure"));
    form.text("p_title", tr_noop("Title of the procedure")).limit(200);
    form.area("p_summary", tr_noop("Summary")).limit(600).optional();
    form.markdown("body", tr_noop("Text")).optional();
    form.markdown("influence", tr_noop("What people can influence")).optional();
    form.markdown("next_steps", tr_noop("What happens next")).optional();
    form.markdown("contact", tr_noop("Contact")).optional();
    form.number("promise_days", tr_noop("Days until the answer")).optional();
    add_step_fields(form, type);
    form.heading(tr_noop("Goals, tasks and dates"));
    form.rows(goal_rows());
    form.part(html::render_part(tpl::hint::file, html::Values().set(tpl::hint::TEXT, indicator_words(visit)),
                                visit.language));
    form.rows(task_rows());
    form.rows(event_rows());
    page.add(t::TABLE).set(t::CONTENT, form.html({.action = type_address(type.key, "/bearbeiten"),
                                                  .cancel = type_address(type.key),
                                                  .keep_draft = true,
                                                  .contents = true}));
    return html::render_part(t::file, page, visit.language);
}

// ---- what was typed

std::optional<std::int64_t> day_typed(const std::string& text, const std::string& field, Problems& problems) {
    const auto day = to_int(text);
    if (!day || *day < -3650 || *day > 36'500) {
        problems.add(field, tr_noop("Please give a day as a whole number, counted from the first day."));
        return {};
    }
    return *day - 1;
}

void put(Json& part, const char* name, const std::string& text) {
    if (text.empty())
        part.erase(name);
    else
        part[name] = text;
}

void take_steps(const Form& form, Json& content, Problems& problems) {
    each_step(content, [&](Json&, Json& step, const std::string& name) {
        const std::string label = trimmed(form[name + "-label"]);
        if (label.empty()) problems.add(name + "-label", tr_noop("Please give the step a name."));
        core::need_short(problems, name + "-label", label, 200);
        core::need_short(problems, name + "-text", form[name + "-text"], 1000);
        step["label"] = label;
        put(step, "text", trimmed(form[name + "-text"]));
        if (step.contains("roughly")) {
            const std::string words = trimmed(form[name + "-roughly"]);
            if (words.empty())
                problems.add(name + "-roughly",
                             tr_noop("Please say in words when it is planned, for example “autumn 2027”."));
            step["roughly"] = words;
        }
        if (!step.contains("first_day")) return;
        if (const auto first = day_typed(trimmed(form[name + "-first"]), name + "-first", problems))
            step["first_day"] = *first;
        const std::string last = trimmed(form[name + "-last"]);
        if (last.empty())
            step["last_day"] = nullptr;
        else if (const auto day = day_typed(last, name + "-last", problems))
            step["last_day"] = *day;
        if (step["last_day"].is_number() && step["last_day"] < step["first_day"])
            problems.add(name + "-last", tr_noop("The end is before the beginning."));
    });
}

// Rows keep the members that the form does not show as long as their place in the list does.
void take_rows(const Form& form, const core::Rows& rows, const char* day, const char* number, Json& content,
               Problems& problems) {
    const Json before = content.contains(rows.name) ? content[rows.name] : Json::array();
    Json after = Json::array();
    for (const auto& row : core::read_rows(form, rows)) {
        Json part = after.size() < before.size() ? before[after.size()] : Json::object();
        for (const auto& column : rows.columns) {
            const std::string& text = row.at(column.name);
            if (column.name == day) {
                if (const auto value = day_typed(text, rows.name, problems)) part[day] = *value;
            } else if (column.name == number) {
                const auto value = to_int(text);
                if (value && *value > 0 && *value <= 1'000'000)
                    part[number] = *value;
                else
                    problems.add(rows.name, tr_noop("Please give a whole number for each goal."));
            } else {
                put(part, column.name.c_str(), text);
            }
        }
        after.push_back(std::move(part));
    }
    if (after.empty())
        content.erase(rows.name);
    else
        content[rows.name] = std::move(after);
}

core::ProcedureType typed(Visit& visit, core::ProcedureType type, Problems& problems) {
    const Form& form = visit.form;
    Json content = Json::parse(type.content);
    type.title = trimmed(form["title"]);
    type.summary = trimmed(form["summary"]);
    type.format_key = trimmed(form["toolbox_format"]);
    if (type.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", type.title, 200);
    core::need_short(problems, "summary", type.summary, 600);
    for (const auto& text : texts) {
        const std::string value = trimmed(form[text.field]);
        core::need_short(problems, text.field, value, text.most);
        put(content, text.member, value);
    }
    if (!content.contains("title")) problems.add("p_title", tr_noop("Please give a title."));
    const std::string days = trimmed(form["promise_days"]);
    const auto promise = to_int(days);
    if (!days.empty() && (!promise || *promise < 1 || *promise > 3650))
        problems.add("promise_days", tr_noop("Please give a number of days from 1 to 3650."));
    content.erase("promise_days");
    if (promise && *promise > 0) content["promise_days"] = *promise;
    take_steps(form, content, problems);
    take_rows(form, goal_rows(), "", "target", content, problems);
    take_rows(form, task_rows(), "due", "", content, problems);
    take_rows(form, event_rows(), "day", "", content, problems);
    type.content = content.dump();
    return type;
}

// What the rules of the format find, said for the form as a whole.
void add_place_problems(const Visit& visit, const core::ProcedureType& type, Problems& problems) {
    const auto wrong = check_type(visit, type);
    for (const auto& problem : wrong.list())
        problems.add("", tr_noop("{place}: {words}", {{"place", problem.field}, {"words", visit.tr(problem.message)}}));
}

}  // namespace

http::Response type_form(Visit& visit) {
    const auto type = type_of(visit);
    return visit.page(head_of(type.title), content(visit, type, form_of(type), {}, {}));
}

http::Response save_type(Visit& visit) {
    const auto before = type_of(visit);
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice) {
        return core::show_again(visit, head_of(before.title), content(visit, before, visit.form, problems, notice));
    };
    for (const auto* rows : {&goal_rows(), &task_rows(), &event_rows()})
        if (core::change_rows(visit.form, *rows))
            return visit.page(head_of(before.title), content(visit, before, visit.form, {}, {}));
    Problems problems;
    auto type = typed(visit, before, problems);
    if (!problems.any()) add_place_problems(visit, type, problems);
    if (problems.any()) return again(problems, {});
    if (visit.form["_version"] != std::to_string(before.version)) {
        visit.form.remove("_version");
        problems.add("", tr_noop("Somebody has saved another version in the meantime. This is what differs from yours; "
                                 "saving again keeps yours."));
        return again(problems, core::comparison(visit, snapshot_of(visit, before), snapshot_of(visit, type)));
    }
    keep_type(visit, std::move(type), "procedures.template_changed");
    return visit.go(type_address(before.key), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
