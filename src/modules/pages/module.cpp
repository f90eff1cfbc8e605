// The manifest of the standing pages: about, how it works, legal notice, privacy, accessibility, rules of conduct, and
// whatever else a municipality writes for long.
#include <nlohmann/json.hpp>

#include "core/editorial/refresh.h"
#include "core/house.h"
#include "core/item_names.h"
#include "core/manifest.h"
#include "modules/pages/pages.h"
#include "platform/base/text.h"

namespace mitwirken::pages {

namespace {

using core::Role;
using core::Visit;
using http::Method;

std::vector<core::Route> routes() {
    std::vector<core::Route> list;
    const auto open = [&](std::string_view path, std::function<http::Response(Visit&)> handler) {
        list.push_back(
            {.method = Method::get, .pattern = path, .permission = core::everyone, .handler = std::move(handler)});
    };
    open("/seiten/{key}", [](Visit& visit) { return show(visit, visit.parameter("key")); });
    for (const auto& page : standing_pages())
        open(page.path, [key = std::string(page.key)](Visit& visit) { return show(visit, key); });
    const auto staff = [&](Method method, std::string_view pattern, http::Response (*handler)(Visit&)) {
        list.push_back(
            {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false});
    };
    staff(Method::get, "/verwaltung/seiten", managed_page);
    staff(Method::get, "/verwaltung/seiten/{id}", edit_page);
    staff(Method::post, "/verwaltung/seiten/{id}", save_form);
    staff(Method::post, "/verwaltung/seiten/{id}/stand", step);
    staff(Method::get, "/verwaltung/seiten/{id}/vorschau", preview_page);
    staff(Method::get, "/verwaltung/seiten/{id}/versionen", versions);
    staff(Method::get, "/verwaltung/seiten/{id}/loeschen", remove_question);
    staff(Method::post, "/verwaltung/seiten/{id}/loeschen", remove_page);
    return list;
}

void bring(db::Tx& tx, core::TenantId tenant, PageId id, Timestamp now) {
    if (const auto page = find(tx, tenant, id)) index(tx, tenant, *page, now);
}

std::vector<core::MenuLink> menu(Visit& visit) {
    if (const auto at = next_menu_change(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*at);
    using Where = core::Navigation::Place;
    const bool english = visit.language.code() == "en";
    std::vector<core::MenuLink> links;
    for (const auto& row : menu_rows(visit.tx, visit.tenant.id, visit.now)) {
        const std::string& name = row.menu.empty() ? row.title : row.menu;
        const std::string& name_en = row.menu_en.empty() ? row.title_en : row.menu_en;
        links.push_back({.place = row.place == Place::main ? Where::main : Where::footer,
                         .path = path_of(row.key),
                         .label = english && !name_en.empty() ? name_en : name,
                         .position = int(row.position),
                         .group = row.place == Place::legal ? "legal" : ""});
    }
    return links;
}

// What the law asks for and visitors cannot read: for those who could write it.
std::vector<core::Task> tasks(Visit& visit) {
    if (!visit.may(edit_action)) return {};
    static const std::pair<std::string_view, Message> needed[] = {
        {"imprint", tr_noop("The legal notice is missing")},
        {"privacy", tr_noop("The privacy statement is missing")},
        {"accessibility", tr_noop("The accessibility statement is missing")}};
    std::vector<core::Task> list;
    for (const auto& [key, words] : needed) {
        const auto page = find(visit.tx, visit.tenant.id, std::string(key));
        if (page && core::is_public(page->schedule(), visit.now)) continue;
        const std::string to = page ? std::to_string(page->id.value) : "neu?standing=" + std::string(key);
        list.push_back({words, 1, "/verwaltung/seiten/" + to});
    }
    return list;
}

}  // namespace

core::Manifest manifest() {
    using Where = core::Navigation::Place;
    core::Manifest m;
    m.name = "pages";
    m.title = tr_noop("Pages");
    m.recorded = {{"pages.created", tr_noop("Page written")},
                  {"pages.changed", tr_noop("Page changed")},
                  {"pages.state", tr_noop("State of a page changed")},
                  {"pages.removed", tr_noop("Page removed")}};
    m.name_items = core::names_by_number("pages_page", "title", "/verwaltung/seiten/", edit_action);
    m.actions = {{edit_action, {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.navigation = {{Where::admin, "/verwaltung/seiten", tr_noop("Pages"), 70, edit_action, "file", "Contents"}};
    m.menu = menu;
    m.tasks = tasks;
    m.personal = {{"pages_page", "changed_by", "who changed a page last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { forget_person(tx, id); };
    m.public_paths = [](Visit& visit) {
        std::vector<std::string> paths;
        for (const auto& p : all(visit.tx, visit.tenant.id)) {
            if (core::is_public(p.schedule(), visit.now)) paths.push_back(path_of(p.key));
            if (const auto at = core::next_change(p.schedule(), visit.now)) visit.right_until(*at);
        }
        return paths;
    };
    add_api(m);
    m.jobs = {{"pages.refresh", core::refresh_job<PageId>("pages", tenant_of, bring)}};
    m.example = load_example;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        for (const auto& p : all(tx, tenant)) index(tx, tenant, p, now);
    };
    return m;
}

}  // namespace mitwirken::pages
