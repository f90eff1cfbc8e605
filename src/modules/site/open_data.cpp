// Everything public for machines and for other sites: the list of feeds, the code of a widget, and which sites may show
// widgets. Feeds and widgets are read from the manifests, so that a new module needs no word here.
#include <algorithm>

#include "core/forms/forms.h"
#include "core/house.h"
#include "modules/site/pages.h"
#include "platform/base/text.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

using core::Visit;
namespace t = tpl::open_data;

bool for_everyone(const core::Route& route) {
    return route.method == http::Method::get && route.permission == core::everyone &&
           route.pattern.find('{') == std::string_view::npos;
}

// "/angebote.geojson" -> "GeoJSON"; "" when the address is no feed.
std::string feed_kind(std::string_view pattern) {
    static const std::map<std::string, std::string> kinds = {{"json", "JSON"},       {"rss", "RSS"},  {"atom", "Atom"},
                                                             {"geojson", "GeoJSON"}, {"ics", "iCal"}, {"csv", "CSV"},
                                                             {"xlsx", "Excel"}};
    const auto dot = pattern.rfind('.');
    if (dot == std::string_view::npos) return "";
    const auto at = kinds.find(std::string(pattern.substr(dot + 1)));
    return at == kinds.end() ? "" : at->second;
}

void fill_feeds(Visit& visit, html::Values& values) {
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes) {
            if (!for_everyone(route)) continue;
            const std::string path(route.pattern);
            const std::string kind = feed_kind(path);
            const bool own = &module == &visit.house.module("site");
            if (route.kind == core::RouteKind::data && !kind.empty() && !starts_with(path, "/api/"))
                values.add(t::FEED)
                    .set(t::LABEL, own ? visit.tr("Outlines of the districts") : visit.tr(module.title))
                    .set(t::KIND, kind)
                    .set(t::PATH, path)
                    .set(t::URL, visit.absolute(path));
            if (route.kind == core::RouteKind::api)
                values.add(t::API)
                    .set(t::PATH, path)
                    .set(t::URL, visit.absolute(path))
                    .set(t::WORDS, visit.tr(route.api.summary));
        }
}

// Fills a select; the first option is "all".
void fill_terms(Visit& visit, html::Values& values, html::Section section, const char* tree, const std::string& chosen,
                const std::string& all) {
    values.add(section).set(t::VALUE, "").set(t::LABEL, all);
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
        if (!term.retired)
            values.add(section)
                .set(t::VALUE, term.key)
                .set(t::LABEL, term.name_in(visit.language.code()))
                .show_if(term.key == chosen, t::CHOSEN);
}

struct Chosen {
    std::string path, title;
    bool card = false;
};

bool is_key(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// A card of one entry, to which its page leads; it is offered beside the lists.
std::optional<Chosen> chosen_card(const Visit& visit, std::string_view wanted) {
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes) {
            const auto place = route.pattern.find("{key}");
            if (!route.embeddable || route.kind != core::RouteKind::page || place == std::string_view::npos) continue;
            if (!starts_with(wanted, route.pattern.substr(0, place)) || !is_key(wanted.substr(place))) continue;
            return Chosen{std::string(wanted), visit.tr(module.title) + ": " + std::string(wanted.substr(place)), true};
        }
    return {};
}

Chosen fill_widgets(Visit& visit, html::Values& values) {
    const std::string& wanted = visit.query["inhalt"];
    Chosen chosen;
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes) {
            if (!for_everyone(route) || !route.embeddable || route.kind != core::RouteKind::page) continue;
            const std::string path(route.pattern);
            values.add(t::WIDGET)
                .set(t::VALUE, path)
                .set(t::LABEL, visit.tr(module.title))
                .show_if(wanted == path, t::CHOSEN);
            if (wanted == path || chosen.path.empty()) chosen = {path, visit.tr(module.title)};
        }
    const auto card = chosen_card(visit, wanted);
    if (!card) return chosen;
    values.add(t::WIDGET).set(t::VALUE, card->path).set(t::LABEL, card->title).show(t::CHOSEN);
    return *card;
}

void fill_generator(Visit& visit, html::Values& values) {
    const Form& query = visit.query;
    const Chosen chosen = fill_widgets(visit, values);
    fill_terms(visit, values, t::DISTRICT, "district", query["bezirk"], visit.tr("The whole city"));
    fill_terms(visit, values, t::TOPIC, "topic", query["thema"], visit.tr("All topics"));
    const auto count = std::clamp<std::int64_t>(to_int(query["anzahl"]).value_or(5), 1, 20);
    std::string url = visit.absolute(chosen.path);
    if (!chosen.card) {
        Form wanted;
        for (const char* name : {"bezirk", "thema"})
            if (!query[name].empty() &&
                core::find_term(visit.tx, visit.tenant.id, std::string_view(name) == "bezirk" ? "district" : "topic",
                                query[name]))
                wanted.add(name, query[name]);
        wanted.add("anzahl", std::to_string(count));
        url += "?" + to_query(wanted);
    }
    values.set(t::COUNT, count).set(t::WIDGET_URL, url);
    values.set(t::CODE, "<iframe src=\"" + escape_html(url) + "\" title=\"" + escape_html(chosen.title) +
                            "\" width=\"100%\" height=\"" + (chosen.card ? "260" : "520") +
                            "\" loading=\"lazy\" style=\"border:0\"></iframe>\n<script src=\"" +
                            visit.absolute("/einbetten.js") + "\" async></script>");
}

http::Response embedding_form(Visit& visit, const Form& values, const Problems& problems) {
    namespace e = tpl::embedding;
    core::FormView form(visit, values, problems);
    form.hidden("_version", std::to_string(visit.tenant.version));
    form.area("sites", tr_noop("Sites that may show our widgets"))
        .hint(tr_noop("One a line, for example https://www.dortmund.de"))
        .optional();
    html::Values page;
    page.set(e::HEAD, core::admin_head(visit, {.title = visit.tr("Embedding")}))
        .set(e::DATA_URL, visit.url("/offene-daten") + "#h-embed");
    page.set(e::FORM, form.html({.action = "/verwaltung/einbetten"}));
    core::PageHead head{.title = visit.tr("Embedding"), .kind = "admin", .admin = true};
    const auto content = html::render_part(e::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

}  // namespace

http::Response open_data(Visit& visit) {
    html::Values values;
    const std::string title = visit.tr("Open data and embedding");
    values.set(
        t::HEAD,
        core::page_head(
            visit,
            {.title = title,
             .lead = visit.tr(
                 "Everything that is public here is also there for machines, and may be shown on other sites.")}));
    values.set(t::OPENAPI_URL, "/api/v1/openapi.json")
        .set(t::API_URL, visit.url("/offene-daten/api"))
        .set(t::ACTION, visit.url("/offene-daten"));
    fill_feeds(visit, values);
    fill_generator(visit, values);
    return visit.page({.title = title, .kind = "list"}, t::file, values);
}

http::Response embedding_page(Visit& visit) {
    Form form;
    form.add("sites", join(visit.tenant.embedding_sites, "\n"));
    return embedding_form(visit, form, {});
}

http::Response save_embedding(Visit& visit) {
    const auto sites = core::check_sites(visit.form["sites"], "sites");
    if (!sites) return embedding_form(visit, visit.form, sites.problems());
    if (to_int(visit.form["_version"]) != visit.tenant.version) {
        Problems problems;
        problems.add("",
                     tr_noop("In the meantime somebody else has changed the settings. Please compare and save again."));
        return embedding_form(visit, visit.form, problems);
    }
    core::Tenant tenant = visit.tenant;
    tenant.embedding_sites = *sites;
    core::save_tenant(visit.tx, tenant, visit.now);
    visit.house.versions.raise_at_commit(visit.tx, {}, "tenants");
    visit.touch("tenant");
    visit.record("site.embedding", {"site", tenant.id.value}, join(*sites, " "));
    return visit.go("/verwaltung/einbetten", tr_noop("The sites have been saved."));
}

}  // namespace mitwirken::site
