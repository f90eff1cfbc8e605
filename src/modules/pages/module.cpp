// Standing pages: about, how it works, legal notice, privacy, accessibility, rules of conduct.
// Invariant: whether a page is public is computed from the clock at every request.
#include <nlohmann/json.hpp>

#include "core/editorial/editorial.h"
#include "core/example/example.h"
#include "core/forms/forms.h"
#include "core/house.h"
#include "core/manifest.h"
#include "modules/pages/pages.h"
#include "pages/templates.h"
#include "platform/db/db.h"
#include "platform/search/search.h"

namespace mitwirken::pages {

namespace {

using core::Visit;

const std::pair<std::string_view, const char*> words[] = {
    {"/ueber", "about"},         {"/so-funktionierts", "how-it-works"},  {"/impressum", "imprint"},
    {"/datenschutz", "privacy"}, {"/barrierefreiheit", "accessibility"}, {"/netiquette", "netiquette"}};

http::Response show(Visit& visit, const std::string& key) {
    const auto p = find(visit.tx, visit.tenant.id, key);
    if (!p || !core::is_public(p->schedule(), visit.now)) throw NotFound();
    if (const auto at = core::next_change(p->schedule(), visit.now)) visit.right_until(*at);
    const bool english = visit.language.code() == "en" && !p->body_en.empty();
    const std::string& title = english && !p->title_en.empty() ? p->title_en : p->title;
    namespace t = tpl::page;
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = title}))
        .set(t::BODY, html::markdown(english ? p->body_en : p->body, {.first_heading = 2}));
    return visit.page({.title = title}, t::file, values);
}

void index(db::Tx& tx, core::TenantId tenant, const Page& p, Timestamp now) {
    if (!core::is_public(p.schedule(), now)) return search::remove(tx, "pages", p.id);
    search::put(tx, {.tenant = tenant.value,
                     .module = "pages",
                     .item = p.id,
                     .audience = "public",
                     .title = p.title,
                     .summary = "",
                     .body = html::markdown_to_text(p.body),
                     .url = path_of(p.key),
                     .facet = "page",
                     .at = now});
}

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("pages.json");
    for (const auto& e : data.at("pages")) {
        Page p{.key = e.at("key"),
               .state = core::State::published,
               .title = e.at("title"),
               .title_en = e.value("title_en", ""),
               .body = e.at("body"),
               .body_en = e.value("body_en", "")};
        p.id = add(tx, tenant, p, now);
        index(tx, tenant, p, now);
    }
}

}  // namespace

std::string path_of(const std::string& key) {
    for (const auto& [path, name] : words)
        if (name == key) return std::string(path);
    return "/seiten/" + key;
}

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "pages";
    m.title = tr_noop("Pages");
    const auto add = [&m](std::string_view path, std::function<http::Response(Visit&)> handler) {
        m.routes.push_back({.method = http::Method::get,
                            .pattern = path,
                            .permission = core::everyone,
                            .handler = std::move(handler)});
    };
    add("/seiten/{key}", [](Visit& visit) { return show(visit, visit.parameter("key")); });
    for (const auto& [path, key] : words)
        add(path, [key = std::string(key)](Visit& visit) { return show(visit, key); });
    add_api(m);
    m.navigation = {{Place::main, "/ueber", tr_noop("About"), 60},
                    {Place::footer, "/so-funktionierts", tr_noop("How it works"), 20},
                    {Place::footer, "/netiquette", tr_noop("Rules of conduct"), 30},
                    {Place::footer, "/impressum", tr_noop("Legal notice"), 10, "", "", "legal"},
                    {Place::footer, "/datenschutz", tr_noop("Privacy"), 20, "", "", "legal"},
                    {Place::footer, "/barrierefreiheit", tr_noop("Accessibility"), 30, "", "", "legal"}};
    m.example = load_example;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        for (const auto& p : all(tx, tenant)) index(tx, tenant, p, now);
    };
    return m;
}

}  // namespace mitwirken::pages
