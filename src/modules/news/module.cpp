// The manifest of the news (Neuigkeiten).
#include <nlohmann/json.hpp>

#include "core/editorial/refresh.h"
#include "core/house.h"
#include "core/item_names.h"
#include "core/manifest.h"
#include "modules/news/pages.h"
#include "platform/base/text.h"

namespace mitwirken::news {

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

void bring(db::Tx& tx, core::TenantId tenant, ArticleId id, Timestamp now) {
    if (const auto article = find(tx, tenant, id)) index(tx, tenant, *article, now);
}

std::vector<core::Route> routes() {
    using http::Method;
    core::Route widget = get("/einbetten/neuigkeiten", widget_page),
                card = get("/einbetten/neuigkeiten/{key}", widget_card);
    widget.embeddable = card.embeddable = true;
    core::Route all = get("/api/v1/news", api_list, RouteKind::api),
                one = get("/api/v1/news/{key}", api_one, RouteKind::api);
    describe_api(all, one);
    return {get("/neuigkeiten", list_page),
            get("/neuigkeiten/{key}", detail_page),
            get("/neuigkeiten.rss", rss, RouteKind::data),
            get("/neuigkeiten.atom", rss, RouteKind::data),
            widget,
            card,
            all,
            one,
            staff(Method::get, "/verwaltung/neuigkeiten", managed_page),
            staff(Method::get, "/verwaltung/neuigkeiten/{id}", edit_page),
            staff(Method::post, "/verwaltung/neuigkeiten/{id}", save_form),
            staff(Method::post, "/verwaltung/neuigkeiten/{id}/stand", step),
            staff(Method::get, "/verwaltung/neuigkeiten/{id}/versionen", versions)};
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "news";
    m.title = tr_noop("News");
    m.recorded = {{"news.created", tr_noop("News written")},
                  {"news.changed", tr_noop("News changed")},
                  {"news.state", tr_noop("State of news changed")}};
    m.name_items = core::names_by_number("news_article", "title", "/verwaltung/neuigkeiten/", edit_action);
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.api_schemas = api_schemas();
    m.navigation = {{Place::main, "/neuigkeiten", tr_noop("News"), 50},
                    {Place::admin, "/verwaltung/neuigkeiten", tr_noop("News"), 55, edit_action, "rss", "Contents"},
                    {Place::footer, "/neuigkeiten.rss", tr_noop("News as RSS"), 12, "", "", "data"}};
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto a = find(visit.tx, visit.tenant.id, ArticleId{item});
        return a && (is_visible(*a, visit.now) || visit.may(edit_action, a->organisation));
    };
    m.procedure_sections = procedure_sections;
    m.teasers = teasers;
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(publish_action)) return {};
        return {{tr_noop("News handed in"), count_of(visit.tx, visit.tenant.id, core::State::handed_in),
                 "/verwaltung/neuigkeiten?stand=handed_in"}};
    };
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths{"/neuigkeiten"};
        for (const auto& a : listed(visit, {}, 1000)) paths.push_back("/neuigkeiten/" + a.key);
        return paths;
    };
    m.personal = {{"news_article", "changed_by", "who changed an article last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId id, Timestamp) { forget_person(tx, id); };
    m.jobs = {{"news.refresh", core::refresh_job<ArticleId>("news", tenant_of, bring)}};
    m.example = load_example;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        each(tx, tenant, [&](Article&& article) {
            index(tx, tenant, article, now);
            return true;
        });
    };
    m.figures = [](core::Visit& visit) -> std::vector<core::Task> {
        return {
            {tr_noop("Published news"), count_of(visit.tx, visit.tenant.id, core::State::published), "/neuigkeiten"}};
    };
    return m;
}

}  // namespace mitwirken::news
