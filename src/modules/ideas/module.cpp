// The manifest of ideas (Ideen).
#include "core/manifest.h"

#include "core/house.h"
#include "modules/ideas/pages.h"
#include "modules/ideas/photos.h"

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
    kind.has_editor = true;
    kind.card = card;
    kind.paper_form = paper_form;
    return kind;
}

core::Route data(std::string_view pattern, Handler handler) {
    core::Route one = route(Method::get, pattern, handler);
    one.kind = core::RouteKind::data;
    return one;
}

// {key} and {part}, not {procedure} and {activity}: nobody takes part here, so the grid is not asked.
core::Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method,
            .pattern = pattern,
            .permission = core::edit_procedures_action,
            .handler = handler,
            .cacheable = false};
}

// Pictures are seen by whoever sees the idea; those that are not handed in yet (numbers below zero) by who chose them.
bool visible(core::Visit& visit, std::int64_t item) {
    const auto* who = visit.participant();
    if (item < 0) return who && who->id.value == -item;
    const auto idea = core::find_contribution(visit.tx, visit.tenant.id, core::ContributionId{item});
    if (!idea) return false;
    if (idea->is_public() || (who && idea->participant == who->id)) return true;
    if (idea->state == core::ContributionState::withdrawn) return false;
    const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, idea->procedure);
    return procedure && visit.may(core::edit_procedures_action, procedure->organisation).allowed;
}

// ---- persons

template <class F>
void each_of(db::Tx& tx, core::TenantId tenant, core::ParticipantId who, F use) {
    for (core::ContributionId before;;) {
        const auto some = core::contributions_of(tx, tenant, who, before, 100);
        if (some.empty()) return;
        before = some.back().id;
        for (const auto& one : some)
            if (one.module == "ideas") use(one);
    }
}

nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who) {
    nlohmann::json json = nlohmann::json::object();
    each_of(tx, tenant, who, [&](const core::Contribution& idea) {
        nlohmann::json one{{"id", idea.id.value}, {"fields", fields_of(tx, idea.id)}};
        for (const auto& photo : core::attachments(tx, tenant, idea.ref()))
            one["pictures"].push_back({{"url", photo.url()}, {"shows", photo.alt}});
        json["ideas"].push_back(std::move(one));
    });
    for (const auto& photo : core::attachments(tx, tenant, {"ideas", -who.value}))
        json["pictures_not_handed_in"].push_back({{"url", photo.url()}, {"shows", photo.alt}});
    return json;
}

// Runs before the heads lose their author. What stays for everybody stays; what only the office read goes in any case.
void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who, core::Keep keep, Timestamp now) {
    drop_waiting(tx, tenant, who, now);
    each_of(tx, tenant, who, [&](const core::Contribution& idea) {
        const bool stays = keep == core::Keep::anonymous && idea.state != core::ContributionState::waiting;
        Fields fields;
        if (stays) {
            const auto all = fields_of(tx, idea.id);
            for (const auto& field : settings_of(settings_of_activity(tx, idea.activity)).fields)
                if (const auto at = all.find(field.key); field.is_public && at != all.end()) fields.insert(*at);
        } else {
            for (const auto& photo : core::attachments(tx, tenant, idea.ref())) core::detach(tx, tenant, photo.id, now);
        }
        save_fields(tx, tenant, idea.activity, idea.id, fields);
    });
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "ideas";
    m.title = tr_noop("Ideas");
    m.activity = kind_of_block();
    m.routes = {
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}", list_page),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/neu", new_page),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/neu", add, "contribute"),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/{idea}", detail_page),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/{idea}/bearbeiten", edit_page),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/bearbeiten", edit, "contribute"),
        route(Method::get, "/verfahren/{procedure}/ideen/{activity}/{idea}/fassungen", history_page),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/bilder/{photo}", remove_photo),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/zurueckziehen", withdraw),
        route(Method::post, "/verfahren/{procedure}/ideen/{activity}/{idea}/unterstuetzung", support, "support"),
    };
    for (const auto& one :
         {data("/verfahren/{procedure}/ideen/{activity}/punkte.geojson", points),
          data("/verfahren/{procedure}/ideen/{activity}/ideen.csv", export_csv),
          data("/verfahren/{procedure}/ideen/{activity}/ideen.xlsx", export_xlsx),
          data("/verfahren/{procedure}/ideen/{activity}/ideen.geojson", export_geojson),
          data("/verfahren/{procedure}/ideen/{activity}/ideen.rss", feed),
          data("/verfahren/{procedure}/ideen/{activity}/ideen.atom", feed),
          staff(Method::get, "/verwaltung/verfahren/{key}/ideen/{part}/bearbeiten", fields_page),
          staff(Method::post, "/verwaltung/verfahren/{key}/ideen/{part}/bearbeiten", save_fields_page)})
        m.routes.push_back(one);
    core::Route list = data("/api/v1/ideas", api_list);
    list.kind = core::RouteKind::api;
    describe_api(list);
    m.routes.push_back(list);
    m.api_schemas = api_schemas();
    for (auto& one : m.routes)
        if (one.interaction == "contribute") one.prepare = prepare_form;
    m.recorded = {{"ideas.photo_removed", tr_noop("Picture of an idea removed")},
                  {"ideas.fields_changed", tr_noop("Fields of the ideas' form changed")}};
    m.personal = {
        {"ideas_idea", "fields", "what somebody answered to the editor's own questions", "until the person erases it"}};
    m.export_participant = export_participant;
    m.erase_participant = erase_participant;
    m.jobs = {{"ideas.photos", tidy_photos}};
    m.procedure_sections = map_sections;
    m.example = load_example;
    m.visible = visible;
    return m;
}

}  // namespace mitwirken::ideas
