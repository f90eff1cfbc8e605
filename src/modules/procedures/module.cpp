// The manifest of procedures (Verfahren).
#include "core/audit/audit.h"
#include "core/manifest.h"

#include "core/attachments/sent_file.h"

#include "core/house.h"
#include "core/procedures/place.h"
#include "core/tasks/tasks.h"
#include "modules/procedures/dossiers.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"

namespace mitwirken::procedures {

namespace {

using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method,
            .pattern = pattern,
            .permission = core::edit_procedures_action,
            .handler = handler,
            .cacheable = false};
}

// {key} and {part}, not {procedure} and {activity}: nobody takes part here, so the grid is not asked.
std::vector<core::Route> administration() {
    core::Route file = staff(Method::post, "/verwaltung/verfahren-einlesen", take_file);
    file.prepare = core::read_text_file;
    core::Route exported = staff(Method::get, "/verwaltung/verfahren/{key}/verfahren.json", export_file);
    exported.kind = core::RouteKind::data;
    return {staff(Method::get, "/verwaltung/verfahren", managed_page),
            staff(Method::get, "/verwaltung/verfahren-neu", new_page),
            staff(Method::post, "/verwaltung/verfahren-neu", add_new),
            staff(Method::get, "/verwaltung/verfahren-einlesen", file_page),
            file,
            exported,
            staff(Method::get, "/verwaltung/verfahren/{key}", texts_page),
            staff(Method::post, "/verwaltung/verfahren/{key}", save_texts),
            staff(Method::post, "/verwaltung/verfahren/{key}/stand", change_state),
            staff(Method::get, "/verwaltung/verfahren/{key}/versionen", versions),
            staff(Method::get, "/verwaltung/verfahren/{key}/ablauf", plan_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/ablauf", add_track),
            staff(Method::get, "/verwaltung/verfahren/{key}/ablauf/{part}", track_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/ablauf/{part}", save_track),
            staff(Method::get, "/verwaltung/verfahren/{key}/bausteine", activities_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/bausteine", add_activity),
            staff(Method::get, "/verwaltung/verfahren/{key}/bausteine/{part}", activity_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/bausteine/{part}", save_activity),
            staff(Method::get, "/verwaltung/verfahren/{key}/raster", grid_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/raster", save_grid)};
}

// What stands beside the plan: tasks, goals, questions, documents.
std::vector<core::Route> further_screens() {
    core::Route document = staff(Method::post, "/verwaltung/verfahren/{key}/unterlagen", add_document_here);
    core::Route version = staff(Method::post, "/verwaltung/verfahren/{key}/unterlagen/{document}", save_document_here);
    document.prepare = version.prepare = read_document;
    return {staff(Method::get, "/verwaltung/aufgaben", all_tasks_page),
            staff(Method::get, "/verwaltung/verfahren/{key}/aufgaben", tasks_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/aufgaben", add_task_here),
            staff(Method::get, "/verwaltung/verfahren/{key}/aufgaben/{task}", task_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/aufgaben/{task}", save_task_here),
            staff(Method::post, "/verwaltung/verfahren/{key}/aufgaben/{task}/stand", task_step),
            staff(Method::get, "/verwaltung/verfahren/{key}/ziele", goals_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/ziele", save_goals),
            staff(Method::get, "/verwaltung/verfahren/{key}/fragen", faq_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/fragen", save_faq),
            staff(Method::get, "/verwaltung/verfahren/{key}/unterlagen", documents_page),
            document,
            staff(Method::get, "/verwaltung/verfahren/{key}/unterlagen/{document}", document_page),
            version,
            staff(Method::get, "/verwaltung/verfahren/{key}/als-vorlage", saving_page),
            staff(Method::post, "/verwaltung/verfahren/{key}/als-vorlage", save_as_type)};
}

// Looking at templates and using them is editing procedures; changing them is an action of its own.
std::vector<core::Route> templates() {
    const auto writing = [](Method method, std::string_view pattern, Handler handler) {
        auto route = staff(method, pattern, handler);
        route.permission = types_action;
        return route;
    };
    core::Route file = writing(Method::post, "/verwaltung/verfahrensarten-einlesen", take_type_file);
    file.prepare = core::read_text_file;
    core::Route exported = staff(Method::get, "/verwaltung/verfahrensarten/{type}/vorlage.json", export_type);
    exported.kind = core::RouteKind::data;
    return {staff(Method::get, "/verwaltung/verfahrensarten", types_page),
            writing(Method::get, "/verwaltung/verfahrensarten-einlesen", type_file_page),
            file,
            exported,
            staff(Method::get, "/verwaltung/verfahrensarten/{type}", type_page),
            staff(Method::get, "/verwaltung/verfahrensarten/{type}/versionen", type_versions),
            writing(Method::get, "/verwaltung/verfahrensarten/{type}/bearbeiten", type_form),
            writing(Method::post, "/verwaltung/verfahrensarten/{type}/bearbeiten", save_type),
            writing(Method::post, "/verwaltung/verfahrensarten/{type}/stand", type_step)};
}

std::vector<core::Route> matters() {
    return {staff(Method::get, "/verwaltung/vorhaben", dossiers_page),
            staff(Method::get, "/verwaltung/vorhaben-neu", new_dossier_page),
            staff(Method::post, "/verwaltung/vorhaben-neu", add_dossier_here),
            staff(Method::get, "/verwaltung/vorhaben/{dossier}", dossier_form),
            staff(Method::post, "/verwaltung/vorhaben/{dossier}", save_dossier_here),
            staff(Method::post, "/verwaltung/vorhaben/{dossier}/stand", dossier_step),
            staff(Method::get, "/verwaltung/vorhaben/{dossier}/versionen", dossier_versions),
            staff(Method::get, "/verwaltung/vorhaben/{dossier}/eintraege/{entry}", entry_page),
            staff(Method::post, "/verwaltung/vorhaben/{dossier}/eintraege/{entry}", save_entry),
            staff(Method::post, "/verwaltung/vorhaben/{dossier}/eintraege/{entry}/stand", entry_step)};
}

// Files of procedures: those of a public one for everybody, those of a draft for who may edit it.
bool visible(core::Visit& visit, std::int64_t item) {
    const auto record = core::find_procedure(visit.tx, visit.tenant.id, core::ProcedureId{item});
    return record && (record->state != core::ProcedureState::draft ||
                      visit.may(core::edit_procedures_action, record->organisation));
}

core::Route public_page(std::string_view pattern, Handler handler) {
    return {.method = Method::get, .pattern = pattern, .permission = core::everyone, .handler = handler};
}

std::vector<core::Task> tasks(core::Visit& visit) {
    if (!visit.may(core::edit_procedures_action)) return {};
    std::vector<core::Task> list;
    core::TaskFilter due;
    due.until = add_days(berlin_day(visit.now), 7);
    if (visit.actor.role == core::Role::editor) due.organisation = visit.actor.organisation;
    if (visit.actor.role != core::Role::editor || due.organisation)
        list.push_back({tr_noop("Tasks that are due within a week"),
                        core::count_open_tasks(visit.tx, visit.tenant.id, due), "/verwaltung/aufgaben"});
    if (!visit.may(publish_action)) return list;
    core::ProcedureFilter drafts;
    drafts.state = core::ProcedureState::draft;
    std::int64_t asked = 0;
    for (const auto& record : core::procedures(visit.tx, visit.tenant.id, drafts, 1000))
        asked += bool(record.submitted_by);
    list.push_back({tr_noop("Procedures that wait for publication"), asked, editing_base + "?stand=draft"});
    return list;
}

std::vector<core::Task> figures(core::Visit& visit) {
    std::int64_t open = 0;
    for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000))
        open += record.state != core::ProcedureState::draft && record.listed ? 1 : 0;
    return {{tr_noop("Procedures that everybody can see"), open, "/verfahren"}};
}

std::vector<std::string> public_paths(core::Visit& visit) {
    std::vector<std::string> paths{"/verfahren", "/vorhaben"};
    for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000))
        if (record.state != core::ProcedureState::draft && record.listed) paths.push_back("/verfahren/" + record.key);
    for (const auto& dossier : core::dossiers(visit.tx, visit.tenant.id, false, {}, 1000))
        paths.push_back("/vorhaben/" + dossier.key);
    return paths;
}

std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    const bool linked = visit.may(core::edit_procedures_action).allowed;
    auto titles = core::titles_of(visit.tx, visit.tenant.id, "core_procedure", "title", items);
    for (const auto& [id, key] : core::titles_of(visit.tx, visit.tenant.id, "core_procedure", "key", items))
        names[id] = {titles[id], linked ? editing_base + "/" + key : ""};
    return names;
}

std::vector<core::RecordedAction> recorded_around() {
    return {{"procedures.parts", tr_noop("Questions, goals or dates of a procedure changed")},
            {"procedures.document_added", tr_noop("Document of a procedure added")},
            {"procedures.document_changed", tr_noop("Document of a procedure changed")},
            {"procedures.dossier_created", tr_noop("Matter made")},
            {"procedures.dossier_changed", tr_noop("Matter changed")},
            {"procedures.dossier_state", tr_noop("State of a matter changed")},
            {"procedures.dossier_entry", tr_noop("Time line of a matter changed")},
            {"procedures.template_saved", tr_noop("Template made from a procedure")},
            {"procedures.template_changed", tr_noop("Template changed")},
            {"procedures.template_copied", tr_noop("Template copied")},
            {"procedures.template_imported", tr_noop("Template taken over from a file")},
            {"procedures.template_retire", tr_noop("Template retired")},
            {"procedures.template_restore", tr_noop("Template offered again")},
            {"procedures.task_added", tr_noop("Task added")},
            {"procedures.task_changed", tr_noop("Task changed")},
            {"procedures.task_done", tr_noop("Task done")},
            {"procedures.task_reopened", tr_noop("Task opened again")},
            {"procedures.task_dropped", tr_noop("Task removed")}};
}

}  // namespace

core::Manifest manifest() {
    using core::Role;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "procedures";
    m.title = tr_noop("Procedures");
    m.recorded = {{"procedures.created", tr_noop("Procedure made")},
                  {"procedures.copied", tr_noop("Procedure copied")},
                  {"procedures.from_template", tr_noop("Procedure made from a template")},
                  {"procedures.imported", tr_noop("Procedure taken over from a file")},
                  {"procedures.texts", tr_noop("Texts of a procedure changed")},
                  {"procedures.plan", tr_noop("Sequence or building blocks of a procedure changed")},
                  {"procedures.state", tr_noop("State of a procedure changed")}};
    for (auto& more : recorded_around()) m.recorded.push_back(std::move(more));
    m.name_items = name_items;
    m.actions = {{core::edit_procedures_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}},
                 {types_action, {Role::admin, Role::coordinator}}};
    core::Route pdf = public_page("/verfahren/{procedure}/plakat/pdf", poster_pdf);
    pdf.kind = core::RouteKind::data;
    m.routes = {public_page("/verfahren", list_page),
                public_page("/verfahren/{procedure}", procedure_page),
                public_page("/verfahren/{procedure}/teilen", share_page),
                public_page("/verfahren/{procedure}/plakat", poster_page),
                pdf,
                public_page("/vorhaben", dossier_list),
                public_page("/vorhaben/{dossier}", dossier_page)};
    for (const auto& part : {administration(), further_screens(), templates(), matters()})
        m.routes.insert(m.routes.end(), part.begin(), part.end());
    m.settings = {{four_eyes_setting, core::Setting::Kind::on_off, tr_noop("Four eyes publish a procedure"),
                   tr_noop("Whoever asks for publication cannot publish; a second person does."), "off"}};
    m.navigation = {{Place::main, "/verfahren", tr_noop("Procedures"), 15},
                    {Place::admin, "/verwaltung/verfahren", tr_noop("Procedures"), 15, core::edit_procedures_action,
                     "dialogue", "Contents"},
                    {Place::admin, "/verwaltung/vorhaben", tr_noop("Matters"), 16, core::edit_procedures_action,
                     "folder", "Contents"},
                    {Place::admin, "/verwaltung/verfahrensarten", tr_noop("Templates"), 17,
                     core::edit_procedures_action, "copy", "Contents"},
                    {Place::admin, "/verwaltung/aufgaben", tr_noop("Tasks"), 18, core::edit_procedures_action,
                     "check-circle", "Contents"}};
    m.procedure_screens = {{below(Screen::texts), tr_noop("Texts and state"), 10, core::edit_procedures_action},
                           {below(Screen::plan), tr_noop("Tracks and steps"), 20, core::edit_procedures_action},
                           {below(Screen::activities), tr_noop("Activities"), 30, core::edit_procedures_action},
                           {below(Screen::grid), tr_noop("What is open when"), 40, core::edit_procedures_action},
                           {"/unterlagen", tr_noop("Documents"), 50, core::edit_procedures_action},
                           {below(Screen::faq), tr_noop("Questions and answers"), 55, core::edit_procedures_action},
                           {"/aufgaben", tr_noop("Tasks"), 60, core::edit_procedures_action},
                           {below(Screen::goals), tr_noop("Goals"), 65, core::edit_procedures_action}};
    m.tasks = tasks;
    m.public_paths = public_paths;
    m.visible = visible;
    m.jobs = {{std::string(core::reminder_job), remind}};
    m.example = load_example;
    m.figures = figures;
    return m;
}

}  // namespace mitwirken::procedures
