// The manifest of the offers (Mitmachangebote).
#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "core/house.h"
#include "core/manifest.h"
#include "modules/offers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::offers {

namespace {

using core::everyone;
using core::Role;
using core::RouteKind;
using Handler = http::Response (*)(core::Visit&);

core::Route get(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = http::Method::get, .pattern = pattern, .permission = everyone, .handler = handler, .kind = kind};
}
core::Route staff(http::Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}

void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now) {
    if (const auto* fact = std::get_if<core::ParticipationAnnounced>(&event)) announced(tx, tenant, *fact, now);
    if (const auto* fact = std::get_if<core::ParticipationWithdrawn>(&event)) withdrawn(tx, tenant, fact->source, now);
}

void refresh_job(core::House& house, const jobs::Job& job) {
    const OfferId id{to_int(job.payload).value_or(0)};
    house.database->write([&](db::Tx& tx) {
        const auto tenant = tenant_of(tx, id);
        if (!tenant) return;
        if (const auto offer = find(tx, *tenant, id)) index(tx, *tenant, *offer, house.clock->now());
        tx.after_commit([&house, t = *tenant] { house.versions.raise(t, "offers"); });
    });
}

}  // namespace

core::Manifest manifest() {
    using http::Method;
    core::Manifest m;
    m.name = "offers";
    m.title = tr_noop("Ways to take part");
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    core::Route save = staff(Method::post, "/verwaltung/angebote/{id}", save_form);
    save.prepare = [](core::Preparation& p) { core::take_files(p, "document"); };
    core::Route widget = get("/einbetten/angebote", widget_page);
    widget.embeddable = true;
    core::Route all = get("/api/v1/offers", api_list, RouteKind::api),
                one = get("/api/v1/offers/{key}", api_one, RouteKind::api);
    all.api = {.summary = "Published offers, newest first",
               .query = {{"after", "integer", "the id the page begins behind"}}};
    one.api = {.summary = "One published offer"};
    m.routes = {get("/angebote", list_page),
                get("/angebote/{key}", detail_page),
                get("/angebote.json", json_list, RouteKind::data),
                get("/angebote.rss", rss, RouteKind::data),
                get("/angebote.geojson", geojson, RouteKind::data),
                widget,
                all,
                one,
                staff(Method::get, "/verwaltung/angebote", managed_page),
                staff(Method::get, "/verwaltung/angebote/{id}", edit_page),
                save,
                staff(Method::post, "/verwaltung/angebote/{id}/stand", step),
                staff(Method::get, "/verwaltung/angebote/{id}/versionen", versions)};
    using Place = core::Navigation::Place;
    m.navigation = {
        {Place::main, "/angebote", tr_noop("Ways to take part"), 10},
        {Place::admin, "/verwaltung/angebote", tr_noop("Ways to take part"), 50, edit_action, "megaphone", "Contents"},
        {Place::footer, "/angebote.rss", tr_noop("Offers as RSS"), 10, "", "", "data"},
        {Place::footer, "/angebote.json", tr_noop("Offers as JSON"), 11, "", "", "data"}};
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto o = find(visit.tx, visit.tenant.id, OfferId{item});
        return o && (is_visible(*o, visit.now) || visit.may(edit_action, o->organisation));
    };
    m.teasers = teasers;
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(publish_action)) return {};
        return {{tr_noop("Offers handed in"), count_of(visit.tx, visit.tenant.id, State::handed_in),
                 "/verwaltung/angebote?stand=handed_in"}};
    };
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { forget_person(tx, id); };
    m.on_event = on_event;
    m.jobs = {{"offers.refresh", refresh_job}};
    m.example = load_example;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        each(tx, tenant, [&](Offer&& offer) {
            index(tx, tenant, offer, now);
            return true;
        });
    };
    return m;
}

}  // namespace mitwirken::offers
