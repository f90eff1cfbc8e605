// Tasks: those of one procedure on its desk, and those of an office on a page of their own, by the day they are due.
// Invariant: what is done stays in the list with who did it; it is late when its last day is over, not by a mark.
#include "core/desk/desk.h"
#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/tasks/tasks.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::OfficeTask;
using core::Visit;
constexpr std::string_view below_tasks = "/aufgaben";
const std::string all_tasks = "/verwaltung/aufgaben";
constexpr int per_page = 50;

std::string address_of(const core::ProcedureRecord& record, const OfficeTask& task, const std::string& below = "") {
    return core::desk_path(record, "/aufgaben/" + std::to_string(task.id.value) + below);
}

core::Cell state_cell(const Visit& visit, const OfficeTask& task) {
    if (!task.open()) return core::pill_cell(visit.tr("Done"), "ok");
    if (task.late(visit.now)) return core::pill_cell(visit.tr("Overdue"), "failed");
    return core::pill_cell(visit.tr("Open"), "planned");
}

core::Cell step_cell(const Visit& visit, const core::ProcedureRecord& record, const OfficeTask& task,
                     const std::string& back) {
    core::Cell cell = core::text_cell(visit.tr(task.open() ? tr_noop("Tick off") : tr_noop("Open again")));
    cell.post_to = address_of(record, task, "/stand");
    cell.fields = {{"step", task.open() ? "done" : "reopen"}, {"back", back}};
    cell.spoken = task.title;
    return cell;
}

std::string office_name(const std::vector<core::Organisation>& offices, core::OrganisationId id) {
    for (const auto& office : offices)
        if (office.id == id) return office.name;
    return "";
}

Form form_of(const OfficeTask& task) {
    Form form;
    form.set("title", task.title);
    form.set("text", task.text);
    form.set("due", to_iso(task.due));
    form.set("organisation", std::to_string(task.organisation.value));
    return form;
}

html::SafeHtml task_form(Visit& visit, const Form& values, const Problems& problems, const core::FormOptions& options) {
    core::FormView form(visit, values, problems);
    form.text("title", tr_noop("Task")).hint(tr_noop("What is to be done: “Book the hall”.")).limit(200);
    form.date("due", tr_noop("Due on"));
    form.select("organisation", tr_noop("Department"), core::department_options(visit));
    form.area("text", tr_noop("Note")).limit(2000).optional();
    return form.html(options);
}

// What was typed, over `task`.
OfficeTask typed(Visit& visit, OfficeTask task, Problems& problems) {
    task.title = trimmed(visit.form["title"]);
    task.text = trimmed(visit.form["text"]);
    if (task.title.empty()) problems.add("title", tr_noop("Please say what is to be done."));
    core::need_short(problems, "title", task.title, 200);
    core::need_short(problems, "text", task.text, 2000);
    const auto due = parse_date(trimmed(visit.form["due"]));
    if (!due || !core::exists(*due))
        problems.add("due", tr_noop("Please give a day that exists, for example 2027-03-31."));
    else
        task.due = *due;
    task.organisation = core::read_department(visit, problems);
    return task;
}

html::SafeHtml list_content(Visit& visit, const core::ProcedureRecord& record, const Form& values,
                            const Problems& problems) {
    namespace t = tpl::tasks;
    const auto offices = core::organisations(visit.tx, visit.tenant.id);
    core::TableView view{.id = "tasks",
                         .caption = visit.tr("Tasks"),
                         .empty = visit.tr("No task yet. Templates bring some; add others below.")};
    view.columns = {visit.tr("Due on"), visit.tr("Task"), visit.tr("Department"), visit.tr("State"), ""};
    for (const auto& task : core::tasks_of(visit.tx, visit.tenant.id, record.id))
        view.rows.push_back({core::text_cell(visit.language.date_short(task.due)),
                             core::link_cell(task.title, address_of(record, task)),
                             core::text_cell(office_name(offices, task.organisation)), state_cell(visit, task),
                             step_cell(visit, record, task, "")});
    html::Values page;
    page.set(t::LIST, core::table(visit, view)).set(t::ALL_URL, visit.url(all_tasks));
    page.set(t::FORM, task_form(visit, values, problems,
                                {.action = core::desk_path(record, below_tasks), .submit = tr_noop("Add task")}));
    return html::render_part(t::file, page, visit.language);
}

OfficeTask task_of(Visit& visit, const core::ProcedureRecord& record) {
    const auto task = core::find_task(visit.tx, visit.tenant.id, visit.id_parameter<core::TaskId>("task"));
    if (!task || task->procedure != record.id) throw NotFound();
    return *task;
}

html::SafeHtml one_content(Visit& visit, const core::ProcedureRecord& record, const OfficeTask& task,
                           const Form& values, const Problems& problems) {
    namespace t = tpl::task;
    html::Values page;
    page.set(t::BACK_URL, visit.url(core::desk_path(record, below_tasks))).set(t::TITLE, task.title);
    const auto state = state_cell(visit, task);
    page.set(t::STATE, state.text).set(t::PILL, state.pill);
    if (!task.open()) {
        const auto who = core::find_account(visit.tx, task.done_by);
        page.add(t::DONE)
            .set(t::NAME, who ? who->name : visit.tr("Somebody"))
            .set(t::WHEN, core::when(visit, *task.done_at));
    }
    if (task.contribution)
        if (const auto about = core::find_contribution(visit.tx, visit.tenant.id, task.contribution)) {
            const auto path = core::path_of(visit, record, core::load_plan(visit.tx, record), *about);
            if (!path.empty()) page.add(t::ABOUT).set(t::URL, visit.url(path)).set(t::NAME, about->title);
        }
    page.set(t::ACTION, visit.url(address_of(record, task, "/stand")));
    page.show_if(task.open(), t::OPEN).show_if(!task.open(), t::CLOSED);
    page.set(t::FORM, task_form(visit, values, problems,
                                {.action = address_of(record, task), .cancel = core::desk_path(record, below_tasks)}));
    return html::render_part(t::file, page, visit.language);
}

http::Response again(Visit& visit, const core::ProcedureRecord& record, const html::SafeHtml& content) {
    return core::show_again(visit, core::desk_head(record.title),
                            core::desk_frame(visit, record, below_tasks, content));
}

// ---- the page of an office

// "2027-03-01_17": day and id of the last one shown.
void read_place(const std::string& text, core::TaskFilter& filter) {
    const auto at = text.find('_');
    if (at == std::string::npos) return;
    const auto day = parse_date(text.substr(0, at));
    const auto id = to_int(text.substr(at + 1));
    if (!day || !id) return;
    filter.after_day = *day;
    filter.after = core::TaskId{*id};
}

void add_offices(Visit& visit, html::Values& page, core::OrganisationId chosen,
                 const std::vector<core::Organisation>& offices) {
    namespace t = tpl::tasks_all;
    auto form = page.add(t::OFFICES).set(t::ACTION, visit.url(all_tasks));
    for (const auto& office : offices)
        form.add(t::OFFICE)
            .set(t::VALUE, office.id.value)
            .set(t::NAME, office.name)
            .show_if(office.id == chosen, t::CHOSEN);
}

}  // namespace

http::Response tasks_page(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    Form values;
    values.set("organisation", std::to_string(record.organisation.value));
    return core::desk_page(visit, record, below_tasks, list_content(visit, record, values, {}));
}

http::Response add_task_here(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    Problems problems;
    auto task = typed(visit, {}, problems);
    if (problems.any()) return again(visit, record, list_content(visit, record, visit.form, problems));
    task.procedure = record.id;
    task.created_by = visit.actor.account;
    core::add_task(visit.tx, visit.tenant.id, task, visit.now);
    visit.record("procedures.task_added", record.ref(), record.key);
    return visit.go(core::desk_path(record, below_tasks), tr_noop("The task is added."));
}

http::Response task_page(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto task = task_of(visit, record);
    return core::desk_page(visit, record, below_tasks, one_content(visit, record, task, form_of(task), {}));
}

http::Response save_task_here(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto before = task_of(visit, record);
    Problems problems;
    const auto task = typed(visit, before, problems);
    if (problems.any()) return again(visit, record, one_content(visit, record, before, visit.form, problems));
    core::save_task(visit.tx, visit.tenant.id, task);
    core::plan_reminders(visit.tx, visit.tenant.id, visit.now);
    visit.record("procedures.task_changed", record.ref(), record.key);
    return visit.go(core::desk_path(record, below_tasks), tr_noop("Saved."));
}

http::Response task_step(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto task = task_of(visit, record);
    const std::string& step = visit.form["step"];
    const std::string back = visit.form["back"] == "alle" ? all_tasks : core::desk_path(record, below_tasks);
    if (step == "done") {
        core::finish_task(visit.tx, visit.tenant.id, task.id, visit.actor.account, visit.now);
        visit.record("procedures.task_done", record.ref(), record.key);
        return visit.go(back, tr_noop("The task is done."));
    }
    if (step == "reopen") {
        core::reopen_task(visit.tx, visit.tenant.id, task.id);
        core::plan_reminders(visit.tx, visit.tenant.id, visit.now);
        visit.record("procedures.task_reopened", record.ref(), record.key);
        return visit.go(back, tr_noop("The task is open again."));
    }
    if (step != "drop") throw Conflict(tr_noop("This step is not possible from the present state."));
    core::drop_task(visit.tx, visit.tenant.id, task.id);
    visit.record("procedures.task_dropped", record.ref(), record.key);
    return visit.go(back, tr_noop("The task is deleted."));
}

http::Response all_tasks_page(Visit& visit) {
    namespace t = tpl::tasks_all;
    core::TaskFilter filter;
    filter.organisation = core::OrganisationId{std::max<std::int64_t>(0, to_int(visit.query["amt"]).value_or(0))};
    const bool editor = visit.actor.role == core::Role::editor;
    if (editor) filter.organisation = visit.actor.organisation;
    read_place(visit.query["nach"], filter);
    // An editor without a department has no tasks.
    auto list = editor && !filter.organisation ? std::vector<OfficeTask>{}
                                               : core::open_tasks(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("nach", to_iso(list.back().due) + "_" + std::to_string(list.back().id.value));
    }
    const auto offices = core::organisations(visit.tx, visit.tenant.id);
    std::map<std::int64_t, std::optional<core::ProcedureRecord>> procedures;
    core::TableView view{.id = "tasks", .caption = visit.tr("Open tasks"), .empty = visit.tr("Nothing is open here.")};
    view.columns = {visit.tr("Due on"),     visit.tr("Task"),  visit.tr("Procedure"),
                    visit.tr("Department"), visit.tr("State"), ""};
    for (const auto& task : list) {
        auto& known = procedures[task.procedure.value];
        if (!known) known = core::find_procedure(visit.tx, visit.tenant.id, task.procedure);
        if (!known) continue;
        const bool may = bool(visit.may(core::edit_procedures_action, known->organisation));
        view.rows.push_back(
            {core::text_cell(visit.language.date_short(task.due)),
             may ? core::link_cell(task.title, address_of(*known, task)) : core::text_cell(task.title),
             may ? core::link_cell(known->title, core::desk_path(*known)) : core::text_cell(known->title),
             core::text_cell(office_name(offices, task.organisation)), state_cell(visit, task),
             may ? step_cell(visit, *known, task, "alle") : core::text_cell("")});
    }
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Tasks"),
                                               .lead = visit.tr("What is to be done in the procedures, what is due "
                                                                "first comes first.")}));
    if (!editor) add_offices(visit, page, filter.organisation, offices);
    page.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, filter.after ? visit.with("nach", "") : "", next, ""));
    return visit.page({.title = visit.tr("Tasks"), .navigation = all_tasks, .kind = "admin", .admin = true}, t::file,
                      page);
}

}  // namespace mitwirken::procedures
