// The manifest of ideas (Ideen).
#include "core/manifest.h"

#include "core/house.h"
#include "modules/ideas/pages.h"

namespace mitwirken::ideas {

namespace {

using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route route(Method method, std::string_view pattern, Handler handler, std::string_view interaction = "") {
    return {.method = method,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .interaction = interaction};
}

core::ActivityKind kind_of_block() {
    core::ActivityKind kind;
    kind.title = tr_noop("Ideas");
    kind.summary = tr_noop("People post proposals, on a map if you like; others support and discuss them.");
    kind.icon = "idea";
    kind.path = "ideen";
    kind.interactions = {{"contribute", tr_noop("Hand in ideas")},
                         {"support", tr_noop("Support ideas")},
                         {"comment", tr_noop("Comment on ideas")}};
    using Kind = core::Setting::Kind;
    kind.settings = {
        {"most_letters", Kind::number, tr_noop("Longest text, in letters"), {}, "2000"},
        {"most_photos", Kind::number, tr_noop("Pictures for each idea, at most"), {}, "3"},
        {"edit_minutes", Kind::number, tr_noop("Minutes in which authors may change their text"), {}, "60"},
        {"topics", Kind::on_off, tr_noop("People choose topics"), {}, "on"},
        {"moderation", Kind::choice, tr_noop("Looked at by the desk"), {}, "after", {"before", "after"}},
    };
    for (auto& setting : core::place_settings()) kind.settings.push_back(std::move(setting));
    kind.card = card;
    kind.paper_form = paper_form;
    return kind;
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "ideas";
    m.title = tr_noop("Ideas");
    m.activity = kind_of_block();
    m.routes = {
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}", list_page),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/punkte.geojson", points),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/neu", new_page),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/neu", add, "contribute"),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/{idea}", detail_page),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/{idea}/bearbeiten", edit_page),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/bearbeiten", edit, "contribute"),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/zurueckziehen", withdraw),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/unterstuetzung", support, "support"),
    };
    m.routes[1].kind = core::RouteKind::data;
    for (auto& one : m.routes)
        if (one.interaction == "contribute") one.prepare = core::prepare_place;
    m.procedure_sections = map_sections;
    m.example = load_example;
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto idea = core::find_contribution(visit.tx, visit.tenant.id, core::ContributionId{item});
        return idea && idea->is_public();
    };
    return m;
}

}  // namespace mitwirken::ideas
