// Where procedures come from: empty, as a copy of another with its dates moved, or from a file of the exchange format.
// Invariant: a new procedure is a draft, whatever its source says; of a file that is refused nothing is kept.
#include "core/attachments/sent_file.h"
#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "core/procedures/transfer.h"
#include "core/procedures/validate.h"
#include "modules/procedures/copies.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
const std::string file_path = editing_base + "-einlesen";

// The procedure that is to be copied; only one that this person may edit.
std::optional<core::ProcedureRecord> source_of(Visit& visit, const std::string& key) {
    if (key.empty()) return {};
    auto record = core::find_procedure(visit.tx, visit.tenant.id, key);
    if (!record) throw NotFound();
    visit.need(core::edit_procedures_action, record->organisation);
    return record;
}

// From a template, as a copy, from a file; the form below them begins with nothing. With ?format= only the templates
// that carry out a format of the toolbox.
void add_ways(Visit& visit, html::Values& page) {
    namespace t = tpl::new_page;
    const std::string& format = visit.query["format"];
    auto ways = page.add(t::WAYS).set(t::COPY_URL, visit.url(editing_base)).set(t::FILE_URL, visit.url(file_path));
    ways.set(t::TYPES_URL, visit.url(types_base));
    const auto types = core::procedure_types(visit.tx, visit.tenant.id, format);
    for (const auto& type : types)
        ways.add(t::TYPE)
            .set(t::URL, visit.url(new_path) + "?vorlage=" + escape_url(type.key))
            .set(t::TITLE, type.title)
            .set(t::SUMMARY, type.summary);
    ways.show_if(types.empty(), t::NO_TYPE);
}

html::SafeHtml new_content(Visit& visit, const std::optional<core::ProcedureRecord>& source, const Form& values,
                           const Problems& problems) {
    namespace t = tpl::new_page;
    html::Values page;
    const auto title =
        source ? visit.tr(tr_noop("Copy of “{title}”", {{"title", source->title}})) : visit.tr("New procedure");
    page.set(t::HEAD, core::admin_head(visit, {.title = title,
                                               .lead = visit.tr("It begins as a draft that only the office sees."),
                                               .crumbs = {{visit.tr("Procedures"), editing_base}}}));
    core::FormView form(visit, values, problems);
    if (source) form.hidden("von", source->key);
    form.text("title", tr_noop("Title")).limit(200);
    add_department(visit, form);
    if (source)
        form.date("first_day", tr_noop("New first day"))
            .hint(tr_noop("All dates move by the same number of days. Without one they stay as they are."))
            .optional();
    if (!source) add_ways(visit, page);
    page.set(t::FORM, form.html({.action = new_path, .submit = tr_noop("Create"), .cancel = editing_base}));
    return html::render_part(t::file, page, visit.language);
}

core::PageHead new_head(const Visit& visit) { return head_of(visit.tr("New procedure")); }

html::SafeHtml file_content(Visit& visit, const Problems& form_problems, const Problems& in_file) {
    namespace t = tpl::new_page;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Procedure from a file"),
                                               .lead = visit.tr("A JSON file as “As a file” of a procedure writes it, "
                                                                "also from another municipality. It becomes a draft."),
                                               .crumbs = {{visit.tr("Procedures"), editing_base}}}));
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
    add_department(visit, form);
    page.set(t::FORM, form.html({.action = file_path,
                                 .submit = tr_noop("Take over"),
                                 .cancel = editing_base,
                                 .has_files = true,
                                 .once = false}));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace

http::Response new_page(Visit& visit) {
    if (const std::string& type = visit.query["vorlage"]; !type.empty()) return from_type_page(visit, type);
    const auto source = source_of(visit, visit.query["von"]);
    Form values;
    if (source) values.set("title", source->title);
    values.set("organisation", std::to_string((source ? source->organisation : visit.actor.organisation).value));
    return visit.page(new_head(visit), new_content(visit, source, values, {}));
}

http::Response add_new(Visit& visit) {
    if (const std::string& type = visit.form["vorlage"]; !type.empty()) return add_from_type(visit, type);
    const auto source = source_of(visit, visit.form["von"]);
    Problems problems;
    const std::string title = trimmed(visit.form["title"]);
    if (title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", title, 200);
    const auto department = core::read_department(visit, problems);
    const std::string day = trimmed(visit.form["first_day"]);
    const auto first = parse_date(day);
    if (source && !day.empty() && (!first || !core::exists(*first)))
        problems.add("first_day", tr_noop("This date does not exist."));
    core::WholeProcedure whole;
    if (source) whole = core::load_whole(visit.house, visit.tx, visit.tenant.id, *source);
    if (source && first && !problems.any()) move_to(whole, *first);
    if (core::validate(whole.plan).any())
        problems.add("first_day", tr_noop("With this first day some dates would not exist."));
    if (problems.any())
        return core::show_again(visit, new_head(visit), new_content(visit, source, visit.form, problems));
    whole = as_draft(std::move(whole), department);
    whole.record.key.clear();
    whole.record.title = whole.plan.title = title;
    const auto id = core::add_whole(visit.house, visit.tx, visit.tenant.id, std::move(whole), visit.now);
    if (!id) {
        problems.add("", tr_noop("This procedure cannot be copied: a building block of it is not there any more."));
        return core::show_again(visit, new_head(visit), new_content(visit, source, visit.form, problems));
    }
    return made(visit, *id, source ? "procedures.copied" : "procedures.created", tr_noop("The procedure is created."));
}

http::Response file_page(Visit& visit) {
    return visit.page(head_of(visit.tr("Procedure from a file")), file_content(visit, {}, {}));
}

http::Response take_file(Visit& visit) {
    Problems problems;
    const auto* file = core::need_text_file(visit, problems);
    const auto department = core::read_department(visit, problems);
    const auto refuse = [&](const Problems& in_file) {
        return core::show_again(visit, head_of(visit.tr("Procedure from a file")),
                                file_content(visit, problems, in_file));
    };
    if (problems.any()) return refuse({});
    auto whole = core::read_whole(file->bytes);
    if (!whole) return refuse(whole.problems());
    if (const auto foreign = check_dossier(visit, *whole); foreign.any()) return refuse(foreign);
    auto draft = as_draft(std::move(*whole), department);
    const auto id = core::add_whole(visit.house, visit.tx, visit.tenant.id, std::move(draft), visit.now);
    if (!id) return refuse(id.problems());
    return made(visit, *id, "procedures.imported", tr_noop("The file is taken over as a draft."));
}

http::Response export_file(Visit& visit) {
    const auto e = editing(visit);
    auto response = http::Response::json(
        200, core::write_whole(core::load_whole(visit.house, visit.tx, visit.tenant.id, e.record)));
    response.headers.set("Content-Disposition", "attachment; filename=\"" + slug(e.record.key) + ".json\"");
    return response;
}

}  // namespace mitwirken::procedures
