// Search over everything, site map, robots.
#include <set>

#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "modules/site/pages.h"
#include "platform/search/search.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

using core::Visit;

std::string facet_words(const Visit& visit, const std::string& facet) {
    if (facet == "format") return visit.tr("Format");
    if (facet == "offer") return visit.tr("Way to take part");
    if (facet == "event") return visit.tr("Date");
    if (facet == "news") return visit.tr("News");
    if (facet == "page") return visit.tr("Page");
    if (facet == "result") return visit.tr("Result");
    if (facet == "idea") return visit.tr("Idea");
    if (facet == "topic") return visit.tr("Topic of a discussion");
    if (facet == "download") return visit.tr("Download");
    return facet;
}

// The snippet's marks become <mark>, everything else is text.
void fill_snippet(html::Values hit, const std::string& snippet) {
    namespace t = tpl::search;
    std::string piece;
    bool marked = false;
    const auto put = [&] {
        if (!piece.empty()) hit.add(t::PIECE).add(marked ? t::MARKED : t::PLAIN).set(t::TEXT, piece);
        piece.clear();
    };
    for (const char c : snippet) {
        if (c == '\x01' || c == '\x02') {
            put();
            marked = c == '\x01';
        } else {
            piece += c;
        }
    }
    put();
}

}  // namespace

http::Response search_page(Visit& visit) {
    visit.reads_everything();
    namespace t = tpl::search;
    const std::string text = first_letters(trimmed(visit.query["q"]), 200);
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Search")}))
        .set(t::QUERY, text)
        .set(t::ACTION, visit.url("/suche"));
    if (!text.empty()) {
        search::Query query{.tenant = visit.tenant.id.value,
                            .audiences = {"public"},
                            .text = text,
                            .facet = visit.query["art"],
                            .module = "",
                            .limit = 20,
                            .after = visit.query["ab"]};
        if (visit.actor.staff() && visit.actor.role != core::Role::operator_) query.audiences.push_back("staff");
        const auto hits = search::find(visit.tx, query);
        auto box = values.add(t::RESULTS)
                       .set(t::COUNT, hits.count > search::most_found
                                          ? visit.tr("more than 200 hits")
                                          : visit.language.plural("one hit", "{n} hits", hits.count));
        for (const auto& [facet, count] : hits.facets)
            box.add(t::FACET)
                .set(t::URL, visit.with("art", facet))
                .set(t::LABEL, facet_words(visit, facet))
                .set(t::NUMBER, visit.language.number(count))
                .show_if(facet == query.facet, t::CURRENT);
        if (!query.facet.empty()) box.add(t::ALL).set(t::URL, visit.with("art", ""));
        if (hits.list.empty()) {
            auto empty = box.add(t::EMPTY);
            if (const auto near = search::suggestion(visit.tx, query))
                empty.add(t::SUGGESTION).set(t::URL, visit.with("q", *near)).set(t::TEXT, *near);
        }
        for (const auto& hit : hits.list) {
            auto item = box.add(t::HIT)
                            .set(t::KIND, facet_words(visit, hit.facet))
                            .set(t::TITLE, hit.title)
                            .set(t::URL, visit.url(hit.url));
            fill_snippet(item, hit.snippet);
        }
        Form saved;
        saved.add("q", text);
        if (!query.facet.empty()) saved.add("art", query.facet);
        if (const auto address = core::follow_address(visit, saved); !address.empty())
            box.add(t::REMEMBER).set(t::URL, address);
        box.set(t::PAGER, core::pager(visit, query.after.empty() ? "" : visit.with("ab", ""),
                                      hits.next.empty() ? "" : visit.with("ab", hits.next), ""));
    }
    return visit.page({.title = text.empty() ? visit.tr("Search") : text + " – " + visit.tr("Search"),
                       .kind = "search",
                       .index = false},
                      t::file, values);
}

http::Response site_map(Visit& visit) {
    visit.reads_everything();
    namespace t = tpl::sitemap;
    html::Values values;
    std::set<std::string> paths;  // each address once
    for (const auto& module : visit.house.modules) {
        for (const auto& entry : module.navigation)
            if (entry.permission.empty() && entry.path.find('.') == std::string_view::npos) paths.emplace(entry.path);
        if (module.public_paths)
            for (auto& path : module.public_paths(visit)) paths.insert(std::move(path));
    }
    for (const auto& path : paths) values.add(t::ITEM).set(t::URL, visit.absolute(path));
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/xml; charset=utf-8");
    return response;
}

http::Response robots(Visit& visit) {
    return http::Response::text(200, "User-agent: *\nDisallow: /verwaltung\nDisallow: /anmelden\nSitemap: " +
                                         visit.absolute("/sitemap.xml") + "\n");
}

}  // namespace mitwirken::site
