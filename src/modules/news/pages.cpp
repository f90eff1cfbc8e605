// Public pages: list with filters, one article, the widget, teasers for the home page.
#include "modules/news/pages.h"
#include "core/desk/procedure_field.h"
#include "core/forms/forms.h"
#include "core/taxonomy/taxonomy.h"
#include "core/widgets/widgets.h"
#include "news/templates.h"

namespace mitwirken::news {

namespace {

using core::Visit;

// A select box with all terms of a tree; returns the term that the address names.
std::optional<core::TermId> fill_choice(Visit& visit, html::Values& values, const char* tree, const char* name,
                                        const std::string& label, const std::string& all) {
    namespace t = tpl::list;
    std::optional<core::TermId> chosen;
    auto box = values.add(t::GROUP).set(t::NAME, name).set(t::LABEL, label).set(t::ALL, all);
    const auto terms = core::terms(visit, tree);
    for (const auto& term : *terms) {
        const bool on = visit.query[name] == term.key;
        if (on) chosen = term.id;
        box.add(t::CHOICE)
            .set(t::VALUE, term.key)
            .set(t::LABEL, term.name_in(visit.language.code()))
            .show_if(on, t::CHOSEN);
    }
    return chosen;
}

}  // namespace

std::vector<Article> listed(Visit& visit, const Filter& filter, int count) {
    if (const auto at = next_list_change(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*at);
    return public_list(visit.tx, visit.tenant.id, filter, visit.now, count);
}

http::Response list_page(Visit& visit) {
    namespace t = tpl::list;
    html::Values values;
    Filter filter;
    const auto topic = fill_choice(visit, values, "topic", "thema", visit.tr("Topic"), visit.tr("All topics"));
    const auto district =
        fill_choice(visit, values, "district", "bezirk", visit.tr("District"), visit.tr("All districts"));
    for (const auto& term : {topic, district})
        if (term) filter.terms.push_back(*term);
    filter.after = ArticleId{to_int(visit.query["nach"]).value_or(0)};
    auto list = listed(visit, filter, page_size + 1);
    const bool more = list.size() > page_size;
    if (more) list.pop_back();
    const std::string lead = visit.tr("What is new about taking part.");
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("News"),
                                                .lead = lead,
                                                .links = {{"/neuigkeiten.rss", visit.tr("As RSS"), "rss"}}}));
    values.set(t::ACTION, visit.url("/neuigkeiten")).show_if(list.empty(), t::EMPTY);
    for (const auto& a : list)
        values.add(t::ITEM)
            .set(t::DAY, to_iso(a.day))
            .set(t::DAY_WORDS, visit.language.date(a.day))
            .set(t::URL, visit.url("/neuigkeiten/" + a.key))
            .show_if(visit.in_german(), t::GERMAN)
            .set(t::TITLE, a.title)
            .set(t::TEXT, a.lead);
    values.set(t::PAGER, core::pager(visit, filter.after ? visit.with("nach", "") : "",
                                     more ? visit.with("nach", std::to_string(list.back().id.value)) : "", ""));
    return visit.page({.title = visit.tr("News"),
                       .description = lead,
                       .navigation = "/neuigkeiten",
                       .feeds = {{visit.tr("News"), "application/rss+xml", "/neuigkeiten.rss"},
                                 {visit.tr("News"), "application/atom+xml", "/neuigkeiten.atom"}},
                       .kind = "list"},
                      t::file, values);
}

http::Response detail_page(Visit& visit) {
    namespace t = tpl::detail;
    const auto a = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!a) throw NotFound();
    const bool open = is_visible(*a, visit.now), editor = bool(visit.may(edit_action, a->organisation));
    if (!open && !editor) throw NotFound();
    if (const auto at = core::next_change(a->schedule(), visit.now)) visit.right_until(*at);
    core::Heading heading{.title = a->title,
                          .eyebrow = a->kicker,
                          .crumbs = {{visit.tr("News"), "/neuigkeiten"}},
                          .german = visit.in_german()};
    if (open)
        heading.links.push_back(
            {core::embedding_address("/einbetten/neuigkeiten/" + a->key), visit.tr("Embed"), "puzzle"});
    if (editor)
        heading.links.push_back({"/verwaltung/neuigkeiten/" + std::to_string(a->id.value), visit.tr("Edit"), "edit"});
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, heading))
        .show_if(visit.in_german(), t::GERMAN)
        .set(t::DAY, to_iso(a->day))
        .set(t::DAY_WORDS, visit.language.date(a->day))
        .set(t::LEAD, a->lead)
        .set(t::BODY, html::markdown(a->body, {.first_heading = 2}))
        .show_if(!open, t::NOT_PUBLIC);
    if (const auto procedure = core::procedure_link(visit, a->procedure))
        values.add(t::PROCEDURE).set(t::URL, visit.url(procedure->url)).set(t::LABEL, procedure->title);
    if (!a->source.empty()) values.add(t::SOURCE).set(t::TEXT, a->source);
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(a->id)))
        values.add(t::TERM)
            .set(t::URL, visit.url("/neuigkeiten") + (term.tree == "district" ? "?bezirk=" : "?thema=") + term.key)
            .set(t::LABEL, term.name_in(visit.language.code()));
    return visit.page({.title = a->title, .description = a->lead, .navigation = "/neuigkeiten", .index = open}, t::file,
                      values);
}

namespace {

core::WidgetItem widget_item(const Visit& visit, const Article& a) {
    return {.url = "/neuigkeiten/" + a.key, .title = a.title, .meta = visit.language.date(a.day), .text = a.lead};
}

}  // namespace

http::Response widget_page(Visit& visit) {
    core::Widget widget{.title = visit.tr("News"), .all_url = "/neuigkeiten", .all_label = visit.tr("All news")};
    for (const auto& a : listed(visit, {core::terms_in_address(visit), {}}, core::widget_count(visit)))
        widget.items.push_back(widget_item(visit, a));
    return core::widget_list(visit, widget);
}

http::Response widget_card(Visit& visit) {
    const auto a = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!a || !is_visible(*a, visit.now)) throw NotFound();
    if (const auto at = core::next_change(a->schedule(), visit.now)) visit.right_until(*at);
    return core::widget_card(visit, widget_item(visit, *a));
}

std::vector<core::ProcedureSection> procedure_sections(Visit& visit, const core::Place& place) {
    namespace t = tpl::procedure_section;
    constexpr int most = 6;
    visit.reads("news");
    if (const auto at = next_list_change(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*at);
    const auto list = of_procedure(visit.tx, visit.tenant.id, place.procedure.id, visit.now, most);
    if (list.empty()) return {};
    html::Values values;
    for (const auto& a : list)
        values.add(t::ITEM)
            .set(t::DAY, to_iso(a.day))
            .set(t::DAY_WORDS, visit.language.date(a.day))
            .set(t::URL, visit.url("/neuigkeiten/" + a.key))
            .set(t::TITLE, a.title)
            .set(t::TEXT, a.lead)
            .show_if(visit.in_german(), t::GERMAN);
    return {{.position = 45, .content = html::render_part(t::file, values, visit.language)}};
}

std::vector<core::Teaser> teasers(Visit& visit, const core::TeaserQuery& query) {
    std::vector<core::Teaser> list;
    if (query.section != "news") return list;
    Filter filter;
    filter.terms = query.terms;
    for (const auto& a : listed(visit, filter, query.count)) {
        core::Teaser teaser{.kind = "news",
                            .title = a.title,
                            .summary = a.lead,
                            .url = "/neuigkeiten/" + a.key,
                            .state = a.kicker,
                            .day = a.day,
                            .when = visit.language.date(a.day)};
        for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(a.id)))
            teaser.terms.push_back(term.id);
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::news
