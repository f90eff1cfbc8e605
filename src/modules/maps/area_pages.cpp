// The area a procedure is about, and further ones that lie on its maps.
#include <nlohmann/json.hpp>

#include "core/attachments/sent_file.h"
#include "core/desk/desk.h"
#include "core/forms/forms.h"
#include "core/maps/area_files.h"
#include "core/maps/place_field.h"
#include "maps/templates.h"
#include "modules/maps/pages.h"
#include "platform/base/text.h"

namespace mitwirken::maps {

namespace {

using core::ProcedureRecord;
using core::Visit;
constexpr std::string_view below = "/gebiet";
http::Response geojson(std::string body) {
    http::Response response;
    response.headers.set("Content-Type", "application/geo+json");
    response.body = std::move(body);
    return response;
}

// Of a procedure this person may see.
ProcedureRecord procedure_of(Visit& visit) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter("procedure"));
    if (!record) throw NotFound();
    return core::open_place(visit, std::move(*record)).procedure;
}

core::PlaceRules area_rules() {
    core::PlaceRules rules;
    rules.point = rules.line = false;
    rules.area = true;
    rules.name = "area";
    rules.label = tr_noop("The area the procedure is about");
    return rules;
}

html::SafeHtml area_form(Visit& visit, const ProcedureRecord& procedure, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    core::add_place_field(visit, form, values, problems, area_rules());
    form.file("file", tr_noop("Or a file with the area"))
        .takes(".json,.geojson")
        .hint(tr_noop("GeoJSON with one polygon, in degrees or UTM 32 (EPSG:25832), at most 10 MB."))
        .optional();
    return form.html({.action = core::desk_path(procedure, below),
                      .submit = tr_noop("Save the area"),
                      .has_files = true,
                      .once = false,
                      .id = "area-form"});
}

html::SafeHtml further_form(Visit& visit, const ProcedureRecord& procedure, const Form& values,
                            const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.text("title", tr_noop("Title")).limit(80).hint(tr_noop("As it stands in the map’s choice of layers."));
    form.file("further", tr_noop("File"))
        .takes(".json,.geojson")
        .hint(tr_noop("GeoJSON with areas, lines or points, in degrees or UTM 32 (EPSG:25832), at most 10 MB."));
    return form.html({.action = core::desk_path(procedure, "/gebiet/weitere"),
                      .submit = tr_noop("Add to the maps"),
                      .has_files = true,
                      .once = false,
                      .id = "further-form"});
}

struct Shown {
    Form area, further;
    Problems of_area, of_further;
};

html::SafeHtml content(Visit& visit, const ProcedureRecord& procedure, const Shown& shown) {
    namespace t = tpl::areas;
    html::Values page;
    page.show_if(procedure.area.empty(), t::WHOLE);
    page.set(t::FORM, area_form(visit, procedure, shown.area, shown.of_area));
    const auto further = core::procedure_areas(visit.tx, visit.tenant.id, procedure.id);
    if (further.empty()) page.show(t::NONE);
    for (const auto& area : further)
        page.add(t::FURTHER)
            .set(t::TITLE, area.title)
            .set(t::ACTION,
                 visit.url(core::desk_path(procedure, "/gebiet/" + std::to_string(area.id.value) + "/loeschen")));
    page.set(t::ADD, further_form(visit, procedure, shown.further, shown.of_further));
    return html::render_part(t::file, page, visit.language);
}

http::Response again(Visit& visit, const ProcedureRecord& procedure, const Shown& shown) {
    return core::show_again(visit, core::desk_head(procedure.title),
                            core::desk_frame(visit, procedure, below, content(visit, procedure, shown)));
}

Form stored_area(const ProcedureRecord& procedure) {
    Form form;
    core::write_place(form, procedure.area, area_rules());
    return form;
}

// Of the file that was sent, else of the drawing.
Result<std::string> typed_area(Visit& visit) {
    if (const auto* file = visit.prepared<core::SentFile>()) {
        Problems problems;
        problems.add("file", tr_noop("The file is larger than 10 MB."));
        if (file->too_large) return problems;
        return core::read_one_area(file->bytes);
    }
    const auto given = core::read_place(visit, visit.form, area_rules());
    if (!given) return given.problems();
    return given->json;
}

}  // namespace

http::Response area_geojson(Visit& visit) {
    const auto procedure = procedure_of(visit);
    auto features = nlohmann::json::array();
    if (const auto area = nlohmann::json::parse(procedure.area, nullptr, false); area.is_object())
        features.push_back({{"type", "Feature"}, {"geometry", area}, {"properties", {{"name", procedure.title}}}});
    return geojson(nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump());
}

http::Response further_geojson(Visit& visit) {
    const auto procedure = procedure_of(visit);
    const auto area =
        core::find_procedure_area(visit.tx, visit.tenant.id, visit.id_parameter<core::ProcedureAreaId>("area"));
    if (!area || area->procedure != procedure.id) throw NotFound();
    return geojson(area->geometry);
}

void read_area_file(core::Preparation& p) {
    core::read_text_file(p);
    if (p.uploads.empty()) core::prepare_place(p);
}

http::Response areas_page(Visit& visit) {
    const auto procedure = core::procedure_at_desk(visit, core::edit_procedures_action);
    return core::desk_page(visit, procedure, below, content(visit, procedure, {stored_area(procedure), {}, {}, {}}));
}

http::Response save_area(Visit& visit) {
    auto procedure = core::procedure_at_desk(visit, core::edit_procedures_action);
    if (core::asks_for_address(visit.form, area_rules()))
        return core::desk_page(visit, procedure, below, content(visit, procedure, {visit.form, {}, {}, {}}));
    const auto area = typed_area(visit);
    if (!area) return again(visit, procedure, {visit.form, {}, area.problems(), {}});
    procedure.area = *area;
    core::save_procedure(visit.tx, visit.tenant.id, procedure, visit.now);
    visit.record("maps.area", procedure.ref());
    visit.touch(procedure.scope());
    return visit.go(core::desk_path(procedure, below), area->empty()
                                                           ? tr_noop("The procedure is about the whole municipality.")
                                                           : tr_noop("The area is saved."));
}

http::Response add_further(Visit& visit) {
    const auto procedure = core::procedure_at_desk(visit, core::edit_procedures_action);
    Problems problems;
    const std::string title = trimmed(visit.form["title"]);
    if (title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", title, 80);
    const auto* file = core::need_text_file(visit, problems, "further");
    std::string features;
    if (file) {
        const auto read = core::read_area_features(file->bytes);
        if (read) features = *read;
        if (!read) problems.add("further", read.problems().list().front().message);
    }
    if (problems.any()) return again(visit, procedure, {stored_area(procedure), visit.form, {}, problems});
    core::add_procedure_area(visit.tx, visit.tenant.id, {{}, procedure.id, title, features});
    visit.record("maps.area", procedure.ref(), "added");
    visit.touch(procedure.scope());
    return visit.go(core::desk_path(procedure, below), tr_noop("The area lies on the maps of this procedure."));
}

http::Response remove_further(Visit& visit) {
    const auto procedure = core::procedure_at_desk(visit, core::edit_procedures_action);
    const auto area =
        core::find_procedure_area(visit.tx, visit.tenant.id, visit.id_parameter<core::ProcedureAreaId>("area"));
    if (!area || area->procedure != procedure.id) throw NotFound();
    core::remove_procedure_area(visit.tx, visit.tenant.id, area->id);
    visit.record("maps.area", procedure.ref(), "removed");
    visit.touch(procedure.scope());
    return visit.go(core::desk_path(procedure, below), tr_noop("The area is removed."));
}

}  // namespace mitwirken::maps
