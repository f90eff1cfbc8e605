// The manifest of answers and results (Antworten und Ergebnisse).
#include "core/manifest.h"

#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "core/house.h"
#include "modules/answers/pages.h"

namespace mitwirken::answers {

namespace {

using core::Role;
using core::RouteKind;
using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = write_action, .handler = handler, .cacheable = false};
}
core::Route open(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.pattern = pattern, .permission = core::everyone, .handler = handler, .kind = kind};
}

std::vector<core::Route> public_routes() {
    core::Route outcomes = open("/api/v1/outcomes", api_outcomes, RouteKind::api),
                measures = open("/api/v1/measures", api_measures, RouteKind::api);
    describe_api(outcomes, measures);
    return {open("/verfahren/{procedure}/ergebnis", outcome_page),
            open("/verfahren/{procedure}/ergebnis/{id}", public_item<Kind::outcome>),
            open("/verfahren/{procedure}/massnahmen", measures_page),
            open("/verfahren/{procedure}/massnahmen/{id}", public_item<Kind::measure>),
            open("/verfahren/{procedure}/antworten/{id}", public_item<Kind::answer>),
            outcomes,
            measures};
}

// {key}, not {procedure}: nobody takes part here, so the grid is not asked.
std::vector<core::Route> desk_routes() {
    core::Route csv = staff(Method::get, "/verwaltung/verfahren/{key}/beitraege.csv", export_csv);
    core::Route xlsx = staff(Method::get, "/verwaltung/verfahren/{key}/beitraege.xlsx", export_xlsx);
    csv.kind = xlsx.kind = RouteKind::data;
    return {staff(Method::get, "/verwaltung/verfahren/{key}/beitraege", list_page),
            csv,
            xlsx,
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/auswahl", choose),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/ausfuehren", carry_out),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/ruecknahme/{batch}", take_back_page),
            staff(Method::get, "/verwaltung/verfahren/{key}/beitraege/{id}", one_page),
            staff(Method::get, "/verwaltung/verfahren/{key}/beitraege/{id}/verlauf", one_versions),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/stand", one_status),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/antwort", one_answer),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/zuweisung", one_assign),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/erledigt", one_done),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/zusammenfuehren", one_join),
            staff(Method::post, "/verwaltung/verfahren/{key}/beitraege/{id}/trennen", one_part)};
}

struct Paths {
    std::string_view page, state, versions;
};
template <Kind K>
void add_item_routes(std::vector<core::Route>& routes, const Paths& paths) {
    routes.push_back(staff(Method::get, paths.page, item_page<K>));
    core::Route save = staff(Method::post, paths.page, save_item<K>);
    if (K == Kind::outcome || K == Kind::measure)
        save.prepare = [](core::Preparation& p) {
            const bool rows_only = p.form.has("add") || p.form.has("remove");
            if (!rows_only && check(p.form, K)) core::take_files(p, "document");
        };
    routes.push_back(std::move(save));
    if (!paths.state.empty()) routes.push_back(staff(Method::post, paths.state, step_item<K>));
    routes.push_back(staff(Method::get, paths.versions, item_versions<K>));
}

std::vector<core::Route> item_routes() {
    std::vector<core::Route> routes;
    add_item_routes<Kind::answer>(
        routes, {"/verwaltung/verfahren/{key}/antworten/{id}", "/verwaltung/verfahren/{key}/antworten/{id}/stand",
                 "/verwaltung/verfahren/{key}/antworten/{id}/versionen"});
    add_item_routes<Kind::outcome>(
        routes, {"/verwaltung/verfahren/{key}/ergebnisse/{id}", "/verwaltung/verfahren/{key}/ergebnisse/{id}/stand",
                 "/verwaltung/verfahren/{key}/ergebnisse/{id}/versionen"});
    add_item_routes<Kind::measure>(
        routes, {"/verwaltung/verfahren/{key}/massnahmen/{id}", "/verwaltung/verfahren/{key}/massnahmen/{id}/stand",
                 "/verwaltung/verfahren/{key}/massnahmen/{id}/versionen"});
    add_item_routes<Kind::summary>(
        routes, {"/verwaltung/verfahren/{key}/quintessenz", "/verwaltung/verfahren/{key}/quintessenz/stand",
                 "/verwaltung/verfahren/{key}/quintessenz/versionen"});
    add_item_routes<Kind::block>(routes,
                                 {"/verwaltung/textbausteine/{id}", "", "/verwaltung/textbausteine/{id}/versionen"});
    routes.push_back(staff(Method::get, "/verwaltung/verfahren/{key}/ergebnisse", outcomes_screen));
    routes.push_back(staff(Method::get, "/verwaltung/textbausteine", blocks_page));
    return routes;
}

std::vector<core::Task> tasks(core::Visit& visit) {
    if (!visit.may(publish_action)) return {};
    return {{tr_noop("Answers and outcomes that wait for release"),
             std::int64_t(handed_in(visit.tx, visit.tenant.id, 1000).size()), "/verwaltung/freigaben"}};
}

std::vector<core::RecordedAction> recorded() {
    return {{"answers.created", tr_noop("Answer or result written")},
            {"answers.changed", tr_noop("Answer or result changed")},
            {"answers.draft", tr_noop("Answer or result taken back to draft")},
            {"answers.handed_in", tr_noop("Answer or result handed in")},
            {"answers.published", tr_noop("Answer or result published")},
            {"answers.status", tr_noop("Status of contributions set")},
            {"answers.status_undone", tr_noop("Status of contributions taken back")},
            {"answers.assigned", tr_noop("Contributions assigned")},
            {"answers.task_done", tr_noop("Assignment done")},
            {"answers.joined", tr_noop("Contributions joined")},
            {"answers.parted", tr_noop("Joined contributions parted")}};
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "answers";
    m.title = tr_noop("Answers and results");
    m.recorded = recorded();
    m.actions = {{write_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.settings = {{editors_publish_setting, core::Setting::Kind::on_off,
                   tr_noop("Editors publish answers and statuses of their own department"),
                   tr_noop("Otherwise they write, and coordinators release."), "off"}};
    for (const auto& routes : {public_routes(), desk_routes(), item_routes()})
        m.routes.insert(m.routes.end(), routes.begin(), routes.end());
    core::Route waiting = staff(Method::get, "/verwaltung/freigaben", waiting_page);
    waiting.permission = publish_action;
    m.routes.push_back(std::move(waiting));
    m.api_schemas = api_schemas();
    m.navigation = {{core::Navigation::Place::admin, "/verwaltung/textbausteine", tr_noop("Text blocks"), 22,
                     write_action, "quote", "Contents"}};
    m.procedure_screens = {{"/beitraege", tr_noop("Contributions"), 60, write_action},
                           {"/ergebnisse", tr_noop("Outcomes and measures"), 70, write_action}};
    m.personal = {
        {"answers_item", "changed_by", "who wrote a text, for questions about it", "until the account is erased"},
        {"answers_batch", "set_by", "who set a status, for questions about it", "until the account is erased"},
        {"answers_merge", "merged_by", "who joined two contributions", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.procedure_sections = procedure_sections;
    m.contribution_section = contribution_section;
    m.visible = visible;
    m.tasks = tasks;
    m.public_paths = public_paths;
    m.example = load_example;
    m.reindex = reindex;
    return m;
}

}  // namespace mitwirken::answers
