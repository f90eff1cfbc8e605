// Home page, districts and topics: what every module has to tell, put together.
#include <algorithm>

#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/house.h"
#include "modules/site/pages.h"
#include "modules/site/teasers.h"
#include "platform/base/text.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

using core::Visit;

// Links to pages of modules that may not be there.
bool is_there(const Visit& visit, std::string_view path) {
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes)
            if (route.pattern == path && route.method == http::Method::get) return true;
    return false;
}

void fill_districts(Visit& visit, html::Values& page, const Words& words, const std::vector<core::Teaser>& running) {
    namespace t = tpl::home;
    const auto count = [&](core::TermId id) {
        return std::count_if(running.begin(), running.end(), [&](const auto& teaser) {
            return std::find(teaser.terms.begin(), teaser.terms.end(), id) != teaser.terms.end();
        });
    };
    std::vector<const core::Term*> sorted;
    for (const auto& district : words.districts)
        if (!district.retired) sorted.push_back(&district);
    if (sorted.empty()) return;
    std::sort(sorted.begin(), sorted.end(),
              [&](auto* a, auto* b) { return visit.language.compare(a->name, b->name) < 0; });
    auto box = page.add(t::DISTRICTS);
    box.set(t::HINT, visit.language.plural("{n} district – choose yours.", "{n} districts – choose yours.",
                                           std::int64_t(sorted.size())));
    box.set(t::MAP_URL, visit.url("/angebote") + "?ansicht=karte");
    const auto how_many = [&](std::int64_t n) { return visit.language.plural("{n} offer", "{n} offers", n); };
    for (const auto* district : sorted) {
        const std::int64_t n = count(district->id);
        auto link = box.add(t::DISTRICT)
                        .set(t::URL, visit.url("/bezirke/" + district->key))
                        .set(t::LABEL, district->name_in(visit.language.code()));
        link.set(t::NUMBER, n).set(t::WORD, n == 1 ? visit.tr("offer") : visit.tr("offers"));
    }
    const DistrictMap map = draw_districts(words.districts);
    if (map.areas.empty()) return;
    auto drawing = box.add(t::DISTRICT_MAP)
                       .set(t::MAP_WIDTH, std::int64_t(map_width))
                       .set(t::MAP_HEIGHT, std::int64_t(map.height));
    for (const auto& area : map.areas) {
        const std::int64_t n = count(area.district->id);
        const std::string name = area.district->name_in(visit.language.code());
        auto link =
            drawing.add(t::AREA).set(t::URL, visit.url("/bezirke/" + area.district->key)).set(t::OUTLINE, area.path);
        link.set(t::NAME, name).set(t::SPOKEN, name + ": " + how_many(n));
        link.set(t::X, std::int64_t(area.x)).set(t::Y, std::int64_t(area.y));
        if (n > 0) link.add(t::AREA_COUNT).set(t::TEXT, how_many(n));
    }
}

void fill_more(Visit& visit, html::Values& page, const Words& words) {
    namespace t = tpl::home;
    const auto coming = collect(visit, {"coming", {}, 5}), decided = collect(visit, {"decided", {}, 3}),
               news = collect(visit, {"news", {}, 3});
    if (!coming.empty() || !decided.empty()) {
        auto both = page.add(t::BOTH);
        both.show_if(coming.empty(), t::NOTHING_COMING);
        for (const auto& teaser : coming) fill_event(visit, both.add(t::COMING), teaser, words);
        for (const auto& teaser : decided)
            both.add(t::DECIDED)
                .show_if(visit.in_german(teaser.has_english), t::GERMAN)
                .set(t::TITLE, teaser.title)
                .set(t::SUMMARY, teaser.summary)
                .set(t::URL, visit.url(teaser.url))
                .set(t::WHEN_WORDS, teaser.when);
        if (is_there(visit, "/ergebnisse")) both.add(t::ALL_RESULTS).set(t::URL, visit.url("/ergebnisse"));
    }
    if (!news.empty()) {
        auto box = page.add(t::NEWS_BOX);
        for (const auto& teaser : news) fill_news(visit, box.add(t::NEWS), teaser);
        if (is_there(visit, "/neuigkeiten")) box.add(t::ALL_NEWS).set(t::URL, visit.url("/neuigkeiten"));
    }
    if (is_there(visit, "/instrumente")) page.add(t::TOOLBOX).set(t::URL, visit.url("/instrumente"));
    if (is_there(visit, "/termine")) page.add(t::DATES).set(t::URL, visit.url("/termine"));
}

void fill_others(Visit& visit, html::Values& page, const std::vector<core::Term>& all, const core::Term& here) {
    namespace t = tpl::term;
    page.set(t::OTHERS, here.tree == "district" ? visit.tr("All districts") : visit.tr("All topics"));
    for (const auto& term : all)
        if (!term.retired)
            page.add(t::OTHER)
                .set(t::URL, visit.url((here.tree == "district" ? "/bezirke/" : "/themen/") + term.key))
                .set(t::LABEL, term.name_in(visit.language.code()))
                .show_if(term.id == here.id, t::CURRENT);
}

// Feeds and calendars that can be had for one term alone: those whose pages take the same filter.
void fill_subscriptions(Visit& visit, html::Values& values, core::PageHead& head, const std::string& name,
                        const std::string& filter) {
    namespace t = tpl::term;
    static const std::pair<const char*, const char*> kinds[] = {{".ics", "text/calendar"},
                                                                {".rss", "application/rss+xml"}};
    for (const auto& [ending, type] : kinds)
        for (const char* path : {"/termine", "/angebote", "/neuigkeiten"}) {
            const std::string address = std::string(path) + ending;
            for (const auto& module : visit.house.modules)
                for (const auto& route : module.routes) {
                    if (route.pattern != address) continue;
                    const std::string label = visit.tr(module.title) + ": " + name;
                    head.feeds.push_back({label, type, address + filter});
                    values.add(t::SUBSCRIPTION)
                        .set(t::URL, visit.absolute(address) + filter)
                        .set(t::ICON, std::string(ending) == ".ics" ? "calendar-add" : "rss")
                        .set(t::LABEL, visit.tr(module.title) + (std::string(ending) == ".ics" ? " (iCal)" : " (RSS)"));
                }
        }
}

// Everything of one term, from every module.
http::Response of_term(Visit& visit, const std::string& tree) {
    namespace t = tpl::term;
    const auto term = core::find_term(visit.tx, visit.tenant.id, tree, visit.parameter("key"));
    if (!term) throw NotFound();
    const std::string name = term->name_in(visit.language.code());
    const bool district = tree == "district";
    const std::string lead =
        district ? visit.tr("Everything that concerns this district.") : visit.tr("Everything on this topic.");
    html::Values page;
    page.set(t::HEAD,
             core::page_head(
                 visit, {.title = name, .lead = lead, .eyebrow = district ? visit.tr("District") : visit.tr("Topic")}));
    const Words words(visit);
    const std::string filter = visit.url("/angebote") + "?" + (district ? "bezirk=" : "thema=") + escape_url(term->key);
    bool any = false;
    const auto cards = [&](const char* section, const char* id, const std::string& title) {
        const auto teasers = collect(visit, {section, {term->id}, 12});
        if (teasers.empty()) return;
        any = true;
        auto box = page.add(t::CARDS).set(t::ID, id).set(t::TITLE, title);
        if (std::string_view(section) == "running")
            box.add(t::MORE).set(t::URL, filter).set(t::TEXT, visit.tr("All of them, with filters"));
        for (const auto& teaser : teasers) fill_card(visit, box.add(t::CARD), teaser, words);
    };
    cards("running", "h-running", visit.tr("Running now"));
    if (const auto coming = collect(visit, {"coming", {term->id}, 12}); !coming.empty()) {
        any = true;
        auto box = page.add(t::EVENTS).set(t::ID, "h-coming").set(t::TITLE, visit.tr("What comes"));
        for (const auto& teaser : coming) fill_event(visit, box.add(t::EVENT), teaser, words);
    }
    cards("decided", "h-decided", visit.tr("What became of it"));
    cards("downloads", "h-downloads", visit.tr("Downloads"));
    if (const auto news = collect(visit, {"news", {term->id}, 6}); !news.empty()) {
        any = true;
        auto box = page.add(t::NEWS_BOX).set(t::ID, "h-news").set(t::TITLE, visit.tr("News"));
        for (const auto& teaser : news) fill_news(visit, box.add(t::NEWS), teaser);
    }
    page.show_if(!any, t::NOTHING).set(t::OFFERS_URL, visit.url("/angebote"));
    fill_others(visit, page, district ? words.districts : words.topics, *term);
    core::PageHead head{.title = name, .description = lead, .navigation = "/angebote", .kind = "list"};
    fill_subscriptions(visit, page, head, name, (district ? "?bezirk=" : "?thema=") + escape_url(term->key));
    if (const auto address = core::follow_address(visit, district ? "bezirk" : "thema", term->key); !address.empty())
        page.add(t::FOLLOW).set(t::URL, address);
    for (auto& feed : core::follow_feeds(visit, (district ? "bezirke/" : "themen/") + term->key, name))
        head.feeds.push_back(std::move(feed));
    return visit.page(head, t::file, page);
}

}  // namespace

http::Response home(Visit& visit) {
    namespace t = tpl::home;
    html::Values page;
    const Words words(visit);
    const std::string slogan = visit.setting("site.slogan");
    page.set(t::SLOGAN, slogan.empty() || visit.language.code() != visit.tenant.languages.front()
                            ? visit.tr("Shape the city. Together.")
                            : slogan);
    page.show(visit.setting_on("site.dortmund") ? t::DORTMUND : t::TOWN);
    page.set(t::OFFERS_URL, visit.url("/angebote"));
    // Enough to count by district; a town with more shows "200" where it means "200 and more".
    const auto running = collect(visit, {"running", {}, 200});
    for (std::size_t i = 0; i < running.size() && i < 6; ++i) fill_card(visit, page.add(t::RUNNING), running[i], words);
    page.show_if(running.empty(), t::NOTHING_NOW);
    fill_districts(visit, page, words, running);
    fill_more(visit, page, words);
    return visit.page({.title = "", .description = visit.setting("site.about"), .kind = "home"}, t::file, page);
}

http::Response district(Visit& visit) { return of_term(visit, "district"); }
http::Response topic(Visit& visit) { return of_term(visit, "topic"); }

}  // namespace mitwirken::site
