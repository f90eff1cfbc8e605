// The documents of a procedure on its desk: a list with a form for another one, and one with its versions.
#include "core/desk/desk.h"
#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "modules/procedures/documents.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
constexpr std::string_view below_documents = "/unterlagen";

std::string address_of(const core::ProcedureRecord& record, const Document& document) {
    return core::desk_path(record, "/unterlagen/" + std::to_string(document.id.value));
}

std::string meta(const Visit& visit, const core::Attachment& file) {
    return file.words() + ", " + visit.language.bytes(file.size);
}

void add_file_fields(core::FormView& form, bool first) {
    form.file("files", first ? tr_noop("File") : tr_noop("New version"))
        .hint(first ? tr_noop("A PDF that can be read aloud and searched is best.")
                    : tr_noop("It replaces the one that is shown; older ones stay reachable."));
    form.text("note", tr_noop("What is new in it")).limit(300).optional();
}

html::SafeHtml list_content(Visit& visit, const core::ProcedureRecord& record, const Form& values,
                            const Problems& problems) {
    namespace t = tpl::parts;
    core::TableView view{.id = "documents",
                         .caption = visit.tr("Documents"),
                         .empty = visit.tr("No document yet: plans, reports, decisions to read.")};
    view.columns = {visit.tr("Title"), visit.tr("File"), visit.tr("Version"), visit.tr("Since"), visit.tr("State")};
    for (const auto& [document, versions] : documents_of(visit.tx, visit.tenant.id, record, true))
        view.rows.push_back({core::link_cell(document.title, address_of(record, document)),
                             core::text_cell(meta(visit, versions.front().file)),
                             core::number_cell(std::to_string(versions.front().version.number)),
                             core::text_cell(core::when(visit, versions.front().version.at)),
                             core::pill_cell(visit.tr(document.removed_at ? tr_noop("taken off") : tr_noop("shown")),
                                             document.removed_at ? "draft" : "ok")});
    core::FormView form(visit, values, problems);
    form.heading(tr_noop("Another document"));
    form.text("title", tr_noop("Title")).limit(200);
    add_file_fields(form, true);
    html::Values page;
    page.set(t::NOTICE, core::table(visit, view));
    page.set(t::FORM, form.html({.action = core::desk_path(record, below_documents),
                                 .submit = tr_noop("Add document"),
                                 .has_files = true}));
    return html::render_part(t::file, page, visit.language);
}

const DocumentWithFiles& among(const std::vector<DocumentWithFiles>& list, std::int64_t id) {
    for (const auto& one : list)
        if (one.document.id.value == id) return one;
    throw NotFound();
}

html::SafeHtml one_content(Visit& visit, const core::ProcedureRecord& record, const DocumentWithFiles& one,
                           const Form& values, const Problems& problems) {
    namespace t = tpl::parts;
    core::TableView view{.id = "versions", .caption = visit.tr("Versions")};
    view.columns = {visit.tr("Version"), visit.tr("File"), visit.tr("Since"), visit.tr("What is new in it")};
    for (const auto& [version, file] : one.versions)
        view.rows.push_back({core::number_cell(std::to_string(version.number)), core::link_cell(file.name, file.url()),
                             core::text_cell(core::when(visit, version.at)), core::text_cell(version.note)});
    core::FormView form(visit, values, problems);
    form.text("title", tr_noop("Title")).limit(200);
    form.number("position", tr_noop("Place in the order"));
    form.check("shown", tr_noop("Shown on the public page"));
    add_file_fields(form, false);
    html::Values page;
    page.set(t::NOTICE, core::table(visit, view)).add(t::LEAD_BOX).set(t::LEAD, one.document.title);
    page.set(t::FORM, form.html({.action = address_of(record, one.document),
                                 .cancel = core::desk_path(record, below_documents),
                                 .has_files = true}));
    return html::render_part(t::file, page, visit.language);
}

http::Response again(Visit& visit, const core::ProcedureRecord& record, const html::SafeHtml& content) {
    return core::show_again(visit, core::desk_head(record.title),
                            core::desk_frame(visit, record, below_documents, content));
}

// The file that came, if any; more than one is a problem.
const core::NewAttachment* file_taken(Visit& visit, Problems& problems) {
    const auto* taken = visit.prepared<core::TakenFiles>();
    if (!taken) return nullptr;
    if (!*taken) {
        problems.append(taken->problems());
        return nullptr;
    }
    if ((*taken)->size() > 1) problems.add("files", tr_noop("Please choose one file."));
    return (*taken)->empty() ? nullptr : &(*taken)->front();
}

void read_words(Visit& visit, Problems& problems, std::string& title, std::string& note) {
    title = trimmed(visit.form["title"]);
    note = trimmed(visit.form["note"]);
    if (title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", title, 200);
    core::need_short(problems, "note", note, 300);
}

void put_version(Visit& visit, const core::ProcedureRecord& record, DocumentId document,
                 const core::NewAttachment& file, const std::string& title, const std::string& note) {
    core::NewAttachment named = file;
    named.title = title;
    const auto id = core::attach(visit.tx, visit.tenant.id, record.ref(), named, visit.actor.account, visit.now);
    add_version(visit.tx, document, id, note, visit.now);
    if (record.state == core::ProcedureState::draft) return;
    visit.publish(core::ProcedureHappened{.what = core::ProcedureHappened::What::document,
                                          .procedure = record.id,
                                          .contribution = {},
                                          .title = title,
                                          .text = note,
                                          .url = "/verfahren/" + record.key,
                                          .who = {},
                                          .tell_everyone = false});
}

}  // namespace

void read_document(core::Preparation& p) { core::take_files(p, "document"); }

http::Response documents_page(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    return core::desk_page(visit, record, below_documents, list_content(visit, record, {}, {}));
}

http::Response add_document_here(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    Problems problems;
    std::string title, note;
    read_words(visit, problems, title, note);
    const auto* file = file_taken(visit, problems);
    if (!file && !problems.of("files")) problems.add("files", tr_noop("Please choose a file."));
    if (problems.any()) return again(visit, record, list_content(visit, record, visit.form, problems));
    const auto id = add_document(visit.tx, visit.tenant.id, record.id, title);
    put_version(visit, record, id, *file, title, note);
    visit.record("procedures.document_added", record.ref(), record.key);
    make_pages_stale(visit, record);
    return visit.go(core::desk_path(record, below_documents), tr_noop("The document is added."));
}

http::Response document_page(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto list = documents_of(visit.tx, visit.tenant.id, record, true);
    const auto& one = among(list, visit.id_parameter<DocumentId>("document").value);
    Form values;
    values.set("title", one.document.title);
    values.set("position", std::to_string(one.document.position));
    if (!one.document.removed_at) values.set("shown", "on");
    return core::desk_page(visit, record, below_documents, one_content(visit, record, one, values, {}));
}

http::Response save_document_here(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto list = documents_of(visit.tx, visit.tenant.id, record, true);
    const auto& one = among(list, visit.id_parameter<DocumentId>("document").value);
    Problems problems;
    std::string note;
    Document document = one.document;
    read_words(visit, problems, document.title, note);
    const auto position = to_int(trimmed(visit.form["position"]));
    if (!position || *position < 0 || *position > 100'000)
        problems.add("position", tr_noop("Please give a whole number."));
    const auto* file = file_taken(visit, problems);
    if (problems.any()) return again(visit, record, one_content(visit, record, one, visit.form, problems));
    document.position = *position;
    const bool shown = visit.form["shown"] == "on";
    if (shown) document.removed_at.reset();
    if (!shown && !document.removed_at) document.removed_at = visit.now;
    save_document(visit.tx, document);
    if (file) put_version(visit, record, document.id, *file, document.title, note);
    visit.record("procedures.document_changed", record.ref(), record.key);
    make_pages_stale(visit, record);
    return visit.go(address_of(record, document), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
