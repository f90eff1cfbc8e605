// What the house needs to know of offers; see core/manifest.h.
#include <nlohmann/json.hpp>

#include "core/editorial/refresh.h"
#include "core/item_names.h"
#include "modules/offers/pages.h"

namespace mitwirken::offers {

namespace {

using core::Role;
using core::RouteKind;
constexpr auto get = http::Method::get;
constexpr auto post = http::Method::post;

void add_editing(std::vector<core::Route>& list) {
    const auto add = [&](core::Route route) { list.push_back(std::move(route)); };
    const std::string_view edit = "offers.edit";
    add({.method = get, .pattern = "/verwaltung/angebote", .permission = edit, .handler = admin_page});
    add({.method = get, .pattern = "/verwaltung/angebote/neu", .permission = edit, .handler = new_page});
    add({.method = post,
         .pattern = "/verwaltung/angebote/neu",
         .permission = edit,
         .handler = create,
         .prepare = take_files});
    add({.method = get, .pattern = "/verwaltung/angebote/{id}", .permission = edit, .handler = edit_page});
    add({.method = post,
         .pattern = "/verwaltung/angebote/{id}",
         .permission = edit,
         .handler = update,
         .prepare = take_files});
    add({.method = post, .pattern = "/verwaltung/angebote/{id}/stand", .permission = edit, .handler = step});
    add({.method = get, .pattern = "/verwaltung/angebote/{id}/vorschau", .permission = edit, .handler = preview_page});
    add({.method = get,
         .pattern = "/verwaltung/angebote/{id}/versionen",
         .permission = edit,
         .handler = versions_page});
}

std::vector<core::Route> routes() {
    using core::everyone;
    std::vector<core::Route> list;
    const auto add = [&](core::Route route) { list.push_back(std::move(route)); };
    add({.method = get, .pattern = "/angebote", .permission = everyone, .handler = list_page});
    add({.method = get, .pattern = "/angebote/{key}", .permission = everyone, .handler = detail_page});
    add({.method = get,
         .pattern = "/angebote.json",
         .permission = everyone,
         .handler = json_feed,
         .kind = RouteKind::data});
    add({.method = get, .pattern = "/angebote.ics", .permission = everyone, .handler = ical, .kind = RouteKind::data});
    add({.method = get,
         .pattern = "/angebote.rss",
         .permission = everyone,
         .handler = rss_feed,
         .kind = RouteKind::data});
    add({.method = get,
         .pattern = "/angebote.atom",
         .permission = everyone,
         .handler = rss_feed,
         .kind = RouteKind::data});
    add({.method = get,
         .pattern = "/angebote.geojson",
         .permission = everyone,
         .handler = geojson,
         .kind = RouteKind::data});
    add({.method = get,
         .pattern = "/api/v1/offers",
         .permission = everyone,
         .handler = api_list,
         .kind = RouteKind::api,
         .api = list_description()});
    add({.method = get,
         .pattern = "/api/v1/offers/{key}",
         .permission = everyone,
         .handler = api_one,
         .kind = RouteKind::api,
         .api = one_description()});
    add({.method = get,
         .pattern = "/einbetten/angebote",
         .permission = everyone,
         .handler = embed_list,
         .embeddable = true});
    add({.method = get,
         .pattern = "/einbetten/angebote/{key}",
         .permission = everyone,
         .handler = embed_card,
         .embeddable = true});
    add_editing(list);
    return list;
}

// Publication begins or ends at this instant: the index follows, and cached pages are made anew.
void bring(db::Tx& tx, core::TenantId tenant, OfferId id, Timestamp now) {
    if (const auto offer = find(tx, tenant, id)) index(tx, tenant, *offer, now);
}

void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now) {
    if (const auto* fact = std::get_if<core::ParticipationAnnounced>(&event)) announced(tx, tenant, *fact, now);
    if (const auto* fact = std::get_if<core::ParticipationWithdrawn>(&event)) withdrawn(tx, tenant, fact->source, now);
}

bool visible(core::Visit& visit, std::int64_t item) {
    const auto offer = find(visit.tx, visit.tenant.id, OfferId{item});
    return offer && (is_visible(*offer, visit.now) || visit.may("offers.edit", offer->organisation));
}

std::vector<core::Task> tasks(core::Visit& visit) {
    if (!visit.may("offers.publish")) return {};
    return {{tr_noop("Offers that wait for release"), count_of(visit.tx, visit.tenant.id, State::handed_in),
             "/verwaltung/angebote?stand=handed_in"}};
}

std::vector<std::string> public_paths(core::Visit& visit) {
    std::vector<std::string> paths{"/angebote"};
    for (const auto& offer : public_list(visit.tx, visit.tenant.id, {}, visit.now, 5000).offers)
        paths.push_back(url_of(offer));
    right_until_midnight(visit);
    return paths;
}

std::vector<core::Task> figures(core::Visit& visit) {
    const auto count = [&](Kind kind) { return public_count(visit.tx, visit.tenant.id, {.kinds = {kind}}, visit.now); };
    return {{tr_noop("Offers that run now"), count(Kind::running), "/angebote?stand=laufend"},
            {tr_noop("Permanent offers"), count(Kind::permanent), "/angebote?stand=dauerhaft"},
            {tr_noop("Offers in planning"), count(Kind::planned), "/angebote?stand=geplant"},
            {tr_noop("Offers that are over"), count(Kind::past), "/angebote?stand=vergangen"}};
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "offers";
    m.title = tr_noop("Ways to take part");
    m.recorded = {{"offers.create", tr_noop("Offer written")},
                  {"offers.save", tr_noop("Offer changed")},
                  {"offers.publish", tr_noop("Offer released")},
                  {"offers.hand_in", tr_noop("Offer handed in")},
                  {"offers.return", tr_noop("Offer given back")},
                  {"offers.archive", tr_noop("Offer put aside")},
                  {"offers.restore", tr_noop("Offer made a draft again")}};
    m.name_items = core::names_by_number("offers_offer", "title", "/verwaltung/angebote/", "offers.edit");
    m.actions = {{"offers.edit", {Role::admin, Role::coordinator, Role::editor}, true},
                 {"offers.publish", {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.api_schemas = api_schemas();
    m.navigation = {{core::Navigation::Place::main, "/angebote", tr_noop("Ways to take part"), 10},
                    {.place = core::Navigation::Place::admin,
                     .path = "/verwaltung/angebote",
                     .label = tr_noop("Ways to take part"),
                     .position = 10,
                     .permission = "offers.edit",
                     .icon = "megaphone",
                     .group = tr_noop("Contents").id}};
    m.personal = {{"offers_offer", "changed_by", "who changed an offer last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.visible = visible;
    m.teasers = teasers;
    m.tasks = tasks;
    m.public_paths = public_paths;
    m.on_event = on_event;
    m.jobs["offers.refresh"] = core::refresh_job<OfferId>("offers", tenant_of, bring);
    m.example = load_example;
    m.export_data = export_data;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        std::vector<Offer> visible_ones;
        each(tx, tenant, [&](Offer&& offer) {
            visible_ones.push_back(std::move(offer));
            return true;
        });
        for (const auto& offer : visible_ones) index(tx, tenant, offer, now);
    };
    m.figures = figures;
    return m;
}

}  // namespace mitwirken::offers
