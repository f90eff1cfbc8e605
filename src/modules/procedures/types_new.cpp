// Where templates come from: a procedure ("save as template") or a file. Both make a new template or a new version of
// one that is there; of what is refused nothing is kept.
#include "core/attachments/sent_file.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
const std::string file_path = types_base + "-einlesen";

// What the route's prepare function read.
html::SafeHtml saving_content(Visit& visit, const Editing& e, const Form& values, const Problems& problems) {
    namespace t = tpl::type;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit,
                              {.title = visit.tr(tr_noop("Save “{title}” as a template", {{"title", e.record.title}})),
                               .lead = visit.tr("Texts, steps, activities with their settings, tasks, goals and "
                                                "questions go into it; contributions, matter and area do not. "
                                                "Days are counted from the first step."),
                               .crumbs = {{visit.tr("Procedures"), editing_base}, {e.record.title, e.address()}}}));
    core::FormView form(visit, values, problems);
    std::vector<core::Option> options{{"", visit.tr("– a new template –")}};
    if (visit.may(types_action))  // others make new ones only
        for (const auto& type : core::all_procedure_types(visit.tx, visit.tenant.id))
            options.push_back({type.key, type.title});
    form.select("key", tr_noop("New version of"), options);
    form.text("title", tr_noop("Title of the template")).limit(200);
    form.area("summary", tr_noop("What it is for")).limit(600);
    form.select("toolbox_format", tr_noop("Format of the toolbox that it carries out"), format_options(visit));
    page.add(t::TABLE).set(t::CONTENT, form.html({.action = e.address("/als-vorlage"), .cancel = e.address()}));
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml file_content(Visit& visit, const Problems& form_problems, const Problems& in_file) {
    namespace t = tpl::new_page;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit, {.title = visit.tr("Template from a file"),
                                      .lead = visit.tr("A JSON file as “As a file” of a template writes it. When its "
                                                       "key is known here, it becomes a new version."),
                                      .crumbs = {{visit.tr("Templates"), types_base}}}));
    if (in_file.any()) {
        core::TableView view{.id = "problems", .caption = visit.tr("What has to be put right")};
        view.columns = {visit.tr("Where in the file"), visit.tr("What is wrong")};
        for (const auto& problem : in_file.list())
            view.rows.push_back({core::text_cell(problem.field.empty() ? visit.tr("File") : problem.field),
                                 core::text_cell(visit.tr(problem.message))});
        page.add(t::PROBLEMS).set(t::TABLE, core::table(visit, view));
    }
    core::FormView form(visit, visit.form, form_problems);
    form.file("file", tr_noop("File")).takes(".json,application/json").hint(tr_noop("At most 10 MB."));
    page.set(t::FORM, form.html({.action = file_path,
                                 .submit = tr_noop("Take over"),
                                 .cancel = types_base,
                                 .has_files = true,
                                 .once = false}));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace

http::Response saving_page(Visit& visit) {
    const auto e = editing(visit);
    Form values;
    values.set("title", e.record.title);
    values.set("summary", e.record.summary);
    const auto from =
        e.record.type ? core::find_procedure_type(visit.tx, visit.tenant.id, e.record.type) : std::nullopt;
    if (from) values.set("toolbox_format", from->format_key);
    return visit.page(head_of(e.record.title), saving_content(visit, e, values, {}));
}

http::Response save_as_type(Visit& visit) {
    const auto e = editing(visit);
    core::ProcedureType type;
    Problems problems;
    type.key = trimmed(visit.form["key"]);
    type.title = trimmed(visit.form["title"]);
    type.summary = trimmed(visit.form["summary"]);
    type.format_key = trimmed(visit.form["toolbox_format"]);
    if (type.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", type.title, 200);
    core::need_short(problems, "summary", type.summary, 600);
    if (!type.key.empty()) visit.need(types_action);
    if (!type.key.empty() && !core::newest_procedure_type(visit.tx, visit.tenant.id, type.key))
        problems.add("key", tr_noop("This template is not there."));
    if (problems.any())
        return core::show_again(visit, head_of(e.record.title), saving_content(visit, e, visit.form, problems));
    type.content =
        core::with_counted_days(core::write_whole(core::load_whole(visit.house, visit.tx, visit.tenant.id, e.record)));
    type = keep_type(visit, std::move(type), "procedures.template_saved");
    return visit.go(type_address(type.key), tr_noop("The template is saved."));
}

http::Response type_file_page(Visit& visit) {
    return visit.page(head_of(visit.tr("Template from a file")), file_content(visit, {}, {}));
}

http::Response take_type_file(Visit& visit) {
    Problems problems;
    const auto* file = core::need_text_file(visit, problems);
    const auto refuse = [&](const Problems& in_file) {
        return core::show_again(visit, head_of(visit.tr("Template from a file")),
                                file_content(visit, problems, in_file));
    };
    if (problems.any()) return refuse({});
    auto type = core::read_type(file->bytes);
    if (!type) return refuse(type.problems());
    if (const auto wrong = check_type(visit, *type); wrong.any()) return refuse(wrong);
    const auto kept = keep_type(visit, std::move(*type), "procedures.template_imported");
    return visit.go(type_address(kept.key), tr_noop("The template is taken over."));
}

}  // namespace mitwirken::procedures
