// The manifest of procedures (Verfahren).
#include "core/audit/audit.h"
#include "core/manifest.h"

#include "core/house.h"
#include "core/procedures/place.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"

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
    file.prepare = read_file;
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

std::vector<core::Task> tasks(core::Visit& visit) {
    if (!visit.may(publish_action)) return {};
    core::ProcedureFilter drafts;
    drafts.state = core::ProcedureState::draft;
    std::int64_t asked = 0;
    for (const auto& record : core::procedures(visit.tx, visit.tenant.id, drafts, 1000))
        asked += bool(record.submitted_by);
    return {{tr_noop("Procedures that wait for publication"), asked, editing_base + "?stand=draft"}};
}

std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    const bool linked = visit.may(core::edit_procedures_action).allowed;
    auto titles = core::titles_of(visit.tx, visit.tenant.id, "core_procedure", "title", items);
    for (const auto& [id, key] : core::titles_of(visit.tx, visit.tenant.id, "core_procedure", "key", items))
        names[id] = {titles[id], linked ? editing_base + "/" + key : ""};
    return names;
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
                  {"procedures.imported", tr_noop("Procedure taken over from a file")},
                  {"procedures.texts", tr_noop("Texts of a procedure changed")},
                  {"procedures.plan", tr_noop("Sequence or building blocks of a procedure changed")},
                  {"procedures.state", tr_noop("State of a procedure changed")}};
    m.name_items = name_items;
    m.actions = {{core::edit_procedures_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = {
        {http::Method::get, "/verfahren", core::everyone, list_page},
        {http::Method::get, "/verfahren/{procedure}", core::everyone, procedure_page},
        {http::Method::get, "/vorhaben/{dossier}", core::everyone, dossier_page},
    };
    for (auto& route : administration()) m.routes.push_back(std::move(route));
    m.settings = {{four_eyes_setting, core::Setting::Kind::on_off, tr_noop("Four eyes publish a procedure"),
                   tr_noop("Whoever asks for publication cannot publish; a second person does."), "off"}};
    m.navigation = {{Place::main, "/verfahren", tr_noop("Procedures"), 15},
                    {Place::admin, "/verwaltung/verfahren", tr_noop("Procedures"), 15, core::edit_procedures_action,
                     "dialogue", "Contents"}};
    m.procedure_screens = {{below(Screen::texts), tr_noop("Texts and state"), 10, core::edit_procedures_action},
                           {below(Screen::plan), tr_noop("Tracks and steps"), 20, core::edit_procedures_action},
                           {below(Screen::activities), tr_noop("Activities"), 30, core::edit_procedures_action},
                           {below(Screen::grid), tr_noop("What is open when"), 40, core::edit_procedures_action}};
    m.tasks = tasks;
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths{"/verfahren"};
        for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000))
            if (record.state != core::ProcedureState::draft && record.listed)
                paths.push_back("/verfahren/" + record.key);
        return paths;
    };
    m.example = load_example;
    m.figures = [](core::Visit& visit) -> std::vector<core::Task> {
        std::int64_t open = 0;
        for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000))
            open += record.state != core::ProcedureState::draft && record.listed ? 1 : 0;
        return {{tr_noop("Procedures that everybody can see"), open, "/verfahren"}};
    };
    return m;
}

}  // namespace mitwirken::procedures
