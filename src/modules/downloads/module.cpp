// The manifest of the materials (Downloads).
#include <nlohmann/json.hpp>

#include "core/editorial/refresh.h"
#include "core/house.h"
#include "core/item_names.h"
#include "core/manifest.h"
#include "modules/downloads/pages.h"
#include "platform/base/text.h"

namespace mitwirken::downloads {

namespace {

using core::everyone;
using core::Role;
using core::RouteKind;
using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route get(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = Method::get, .pattern = pattern, .permission = everyone, .handler = handler, .kind = kind};
}
core::Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}

void bring(db::Tx& tx, core::TenantId tenant, ItemId id, Timestamp now) {
    if (const auto item = find(tx, tenant, id)) index(tx, tenant, *item, now);
}

std::vector<core::Route> routes() {
    core::Route widget = get("/einbetten/downloads", widget_page),
                card = get("/einbetten/downloads/{key}", widget_card);
    widget.embeddable = card.embeddable = true;
    core::Route all = get("/api/v1/downloads", api_list, RouteKind::api),
                one = get("/api/v1/downloads/{key}", api_one, RouteKind::api);
    describe_api(all, one);
    core::Route save = staff(Method::post, "/verwaltung/downloads/{id}", save_form);
    // Nothing is kept of a form that comes back.
    save.prepare = [](core::Preparation& p) {
        if (!p.form.has("add") && !p.form.has("remove") && check(p.form)) core::take_files(p, "material");
    };
    return {get("/downloads", list_page),
            get("/downloads/{key}", detail_page),
            get("/downloads.json", json_feed, RouteKind::data),
            get("/downloads.rss", feed, RouteKind::data),
            get("/downloads.atom", feed, RouteKind::data),
            widget,
            card,
            all,
            one,
            staff(Method::get, "/verwaltung/downloads", managed_page),
            staff(Method::get, "/verwaltung/downloads/{id}", edit_page),
            save,
            staff(Method::post, "/verwaltung/downloads/{id}/stand", step),
            staff(Method::get, "/verwaltung/downloads/{id}/versionen", versions)};
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "downloads";
    m.title = tr_noop("Downloads");
    m.recorded = {{"downloads.created", tr_noop("Download added")},
                  {"downloads.changed", tr_noop("Download changed")},
                  {"downloads.state", tr_noop("State of a download changed")}};
    m.name_items = core::names_by_number("downloads_item", "title", "/verwaltung/downloads/", edit_action);
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.api_schemas = api_schemas();
    m.navigation = {
        {Place::footer, "/downloads", tr_noop("Downloads"), 40},
        {Place::admin, "/verwaltung/downloads", tr_noop("Downloads"), 60, edit_action, "download", "Contents"},
        {Place::footer, "/downloads.rss", tr_noop("New materials as RSS"), 14, "", "", "data"}};
    m.personal = {{"downloads_item", "changed_by", "who changed a material last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { forget_person(tx, id); };
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto found = find(visit.tx, visit.tenant.id, ItemId{item});
        return found && (is_visible(*found, visit.now) || visit.may(edit_action, found->organisation));
    };
    m.teasers = teasers;
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(publish_action)) return {};
        return {{tr_noop("Materials handed in"), count_of(visit.tx, visit.tenant.id, core::State::handed_in),
                 "/verwaltung/downloads?stand=handed_in"}};
    };
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths{"/downloads"};
        for (const auto& item : listed(visit, {}, 5000)) paths.push_back(path_of(item));
        return paths;
    };
    m.jobs = {{"downloads.refresh", core::refresh_job<ItemId>("downloads", tenant_of, bring)}};
    m.example = load_example;
    m.export_data = export_data;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        std::vector<Item> all;
        each(tx, tenant, [&](Item&& item) {
            all.push_back(std::move(item));
            return true;
        });
        for (const auto& item : all) index(tx, tenant, item, now);
    };
    m.figures = [](core::Visit& visit) -> std::vector<core::Task> {
        return {
            {tr_noop("Materials to download"), public_count(visit.tx, visit.tenant.id, {}, visit.now), "/downloads"}};
    };
    return m;
}

}  // namespace mitwirken::downloads
