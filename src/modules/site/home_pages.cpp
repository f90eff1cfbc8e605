// Home page, districts and topics: what every module has to tell, put together.
#include "core/forms/forms.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/site/pages.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

using core::Visit;

std::vector<core::Teaser> collect(Visit& visit, const core::TeaserQuery& query) {
    std::vector<core::Teaser> list;
    for (const auto& module : visit.house.modules) {
        if (!module.teasers) continue;
        for (auto& teaser : module.teasers(visit, query)) list.push_back(std::move(teaser));
    }
    if (query.section == "coming")
        std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
            return a.day && (!b.day || std::chrono::sys_days{*a.day} < std::chrono::sys_days{*b.day});
        });
    if (int(list.size()) > query.count) list.resize(std::size_t(query.count));
    return list;
}

struct Words {
    std::vector<core::Term> terms;
    const core::Term* find(core::TermId id) const {
        for (const auto& term : terms)
            if (term.id == id) return &term;
        return nullptr;
    }
};

void fill(Visit& visit, html::Values box, html::Section section, const std::vector<core::Teaser>& teasers,
          const Words& words) {
    namespace t = tpl::home;
    for (const auto& teaser : teasers) {
        auto card = box.add(section)
                        .set(t::TITLE, teaser.title)
                        .set(t::SUMMARY, teaser.summary)
                        .set(t::URL, visit.url(teaser.url))
                        .set(t::WHEN, teaser.when);
        if (!teaser.state.empty()) card.add(t::STATE).set(t::TEXT, teaser.state);
        if (teaser.day)
            card.add(t::DATE)
                .set(t::DAY, unsigned(teaser.day->day()) + std::int64_t{0})
                .set(t::MONTH, visit.language.month_short(*teaser.day));
        std::vector<std::string> districts;
        for (const auto id : teaser.terms) {
            const auto* term = words.find(id);
            if (!term) continue;
            if (term->tree == "district")
                districts.push_back(term->name);
            else
                card.add(t::TOPIC)
                    .set(t::ICON, term->icon)
                    .set(t::COLOUR, term->colour)
                    .set(t::LABEL, term->name_in(visit.language.code()));
        }
        if (!districts.empty())
            card.add(t::PLACE).set(t::TEXT,
                                   districts.size() > 3 ? visit.tr("several districts") : join(districts, ", "));
    }
}

http::Response of_term(Visit& visit, const char* tree) {
    namespace t = tpl::term;
    const auto term = core::find_term(visit.tx, visit.tenant.id, tree, visit.parameter("key"));
    if (!term) throw NotFound();
    const std::string name = term->name_in(visit.language.code());
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = name,
                                                .lead = visit.tr(std::string_view(tree) == "district"
                                                                     ? "Everything that concerns this district."
                                                                     : "Everything on this topic.")}));
    bool any = false;
    static const std::pair<const char*, Message> sections[] = {{"running", tr_noop("Running now")},
                                                               {"coming", tr_noop("What comes")},
                                                               {"decided", tr_noop("What became of it")},
                                                               {"news", tr_noop("News")}};
    for (const auto& [section, title] : sections) {
        const auto teasers = collect(visit, {section, {term->id}, 24});
        if (teasers.empty()) continue;
        any = true;
        auto box = values.add(t::SECTION).set(t::TITLE, visit.tr(title));
        for (const auto& teaser : teasers)
            box.add(t::ITEM)
                .set(t::URL, visit.url(teaser.url))
                .set(t::TITLE, teaser.title)
                .set(t::SUMMARY, teaser.summary);
    }
    values.show_if(!any, t::NOTHING);
    return visit.page({.title = name, .kind = "list"}, t::file, values);
}

}  // namespace

http::Response home(Visit& visit) {
    namespace t = tpl::home;
    html::Values values;
    Words words;
    for (const char* tree : {"topic", "district"})
        for (auto& term : core::terms(visit.tx, visit.tenant.id, tree)) words.terms.push_back(std::move(term));
    values.set(t::OFFERS_URL, visit.url("/angebote")).set(t::TOOLBOX_URL, visit.url("/instrumente"));
    fill(visit, values, t::RUNNING, collect(visit, {"running", {}, 6}), words);
    const auto coming = collect(visit, {"coming", {}, 5}), decided = collect(visit, {"decided", {}, 4}),
               news = collect(visit, {"news", {}, 4}), formats = collect(visit, {"formats", {}, 4});
    if (!coming.empty()) fill(visit, values.add(t::COMING_BOX), t::COMING, coming, words);
    if (!decided.empty()) fill(visit, values.add(t::DECIDED_BOX), t::DECIDED, decided, words);
    if (!news.empty()) fill(visit, values.add(t::NEWS_BOX), t::NEWS, news, words);
    if (!formats.empty()) fill(visit, values.add(t::FORMATS_BOX), t::FORMAT, formats, words);
    for (const auto& term : words.terms)
        if (term.tree == "district")
            values.add(t::DISTRICT).set(t::URL, visit.url("/bezirke/" + term.key)).set(t::LABEL, term.name);
    return visit.page({.title = "", .description = visit.setting("site.about"), .kind = "home"}, t::file, values);
}

http::Response district(Visit& visit) { return of_term(visit, "district"); }
http::Response topic(Visit& visit) { return of_term(visit, "topic"); }

}  // namespace mitwirken::site
