// The manifest of channels (Beteiligungswege).
#include "core/manifest.h"

#include <nlohmann/json.hpp>

#include "core/api/api.h"
#include "modules/channels/pages.h"

namespace mitwirken::channels {

namespace {

using core::Role;
using core::RouteKind;
using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route staff(Method method, std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = method,
            .pattern = pattern,
            .permission = enter_action,
            .handler = handler,
            .kind = kind,
            .cacheable = false};
}
core::Route open(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.pattern = pattern, .permission = core::everyone, .handler = handler, .kind = kind};
}

// {key} and {part}, not {procedure} and {activity}: the grid is asked with the day of receipt, not with now.
std::vector<core::Route> desk_routes() {
    core::Route file = staff(Method::post, "/verwaltung/verfahren/{key}/eintragen/{part}/einlesen", import_file);
    file.prepare = read_upload;
    return {
        staff(Method::get, "/verwaltung/verfahren/{key}/eintragen", choose_page),
        staff(Method::get, "/verwaltung/verfahren/{key}/eintragen/{part}", entry_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/eintragen/{part}", enter),
        staff(Method::post, "/verwaltung/verfahren/{key}/eintragen/{part}/{id}/zuruecknehmen", take_back),
        staff(Method::get, "/verwaltung/verfahren/{key}/eintragen/{part}/einlesen", import_page),
        file,
        staff(Method::get, "/verwaltung/verfahren/{key}/eintragen/{part}/vorlage.csv", template_csv, RouteKind::data),
        staff(Method::get, "/verwaltung/verfahren/{key}/eintragen/{part}/vorlage.xlsx", template_xlsx,
              RouteKind::data)};
}

std::vector<core::Route> public_routes() {
    core::Route paper = open("/verfahren/{procedure}/papier/{activity}", paper_page),
                pdf = open("/verfahren/{procedure}/papier/{activity}/pdf", paper_pdf, RouteKind::data),
                figures = open("/api/v1/procedures/{key}/figures", api_figures, RouteKind::api);
    paper.of_any_block = pdf.of_any_block = true;
    figures.api = {.summary = tr_noop("Figures of a procedure: participants, contributions by channel, topic, district "
                                      "and day, answers promised and kept, goals"),
                   .schema = [] { return core::schema::ref("ProcedureFigures"); }};
    return {paper,
            pdf,
            open("/p/{number}", by_number),
            open("/verfahren/{procedure}/zahlen", figures_page),
            open("/verfahren/{procedure}/zahlen/wege.csv", channels_csv, RouteKind::data),
            open("/verfahren/{procedure}/zahlen/themen.csv", topics_csv, RouteKind::data),
            open("/verfahren/{procedure}/zahlen/stadtbezirke.csv", districts_csv, RouteKind::data),
            open("/verfahren/{procedure}/zahlen/verlauf.csv", days_csv, RouteKind::data),
            open("/verfahren/{procedure}/zahlen/ziele.csv", goals_csv, RouteKind::data),
            figures};
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto id : entered_by(tx, account)) list.push_back(id.value);
    return {{"entered_for_others", list}};
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "channels";
    m.title = tr_noop("Channels and figures");
    m.actions = {{enter_action, {Role::admin, Role::coordinator, Role::editor}, true}};
    m.recorded = {{"channels.entered", tr_noop("Contribution entered for somebody")},
                  {"channels.taken_back", tr_noop("Entered contribution taken back")},
                  {"channels.imported", tr_noop("Contributions read in from a file")}};
    m.routes = desk_routes();
    for (auto& route : public_routes()) m.routes.push_back(std::move(route));
    m.api_schemas = {{"ProcedureFigures", figures_schema}};
    m.procedure_screens = {{screen, tr_noop("Enter contributions"), 65, enter_action}};
    m.procedure_sections = procedure_sections;
    m.personal = {{"channels_entry", "entered_by", "who typed in a contribution for somebody, for questions about it",
                   "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::channels
