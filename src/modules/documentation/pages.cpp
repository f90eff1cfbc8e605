// The public pages of results: the list, one documentation, its print view, and the same as data.
#include "modules/documentation/pages.h"

#include <algorithm>

#include "core/feeds/feeds.h"
#include "core/forms/forms.h"
#include "core/house.h"
#include "core/taxonomy/taxonomy.h"
#include "core/widgets/widgets.h"
#include "documentation/templates.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using core::Visit;

void note_change(Visit& visit, const Document& document) {
    if (const auto change = core::next_change(document.schedule(), visit.now)) visit.right_until(*change);
}

// Results of other modules: what their teasers call decided.
std::vector<core::Teaser> others(Visit& visit) {
    std::vector<core::Teaser> list;
    for (const auto& module : visit.house.modules) {
        if (!module.teasers || module.name == "documentation") continue;
        visit.reads(module.name);
        for (auto& teaser : module.teasers(visit, {"decided", {}, 24})) list.push_back(std::move(teaser));
    }
    return list;
}

bool has_all(Visit& visit, const Document& document, const std::vector<core::TermId>& wanted) {
    if (wanted.size() < 2) return true;
    const auto own = core::terms_of(visit.tx, visit.tenant.id, ref(document.id));
    return std::all_of(wanted.begin(), wanted.end(), [&](core::TermId id) {
        return std::any_of(own.begin(), own.end(), [&](const core::Term& term) { return term.id == id; });
    });
}

}  // namespace

Document public_document(Visit& visit) {
    const auto document = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!document || !core::is_public(document->schedule(), visit.now)) throw NotFound();
    note_change(visit, *document);
    return *document;
}

void until_next_publication(Visit& visit) {
    if (const auto next = next_publication(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*next);
}

http::Response list_page(Visit& visit) {
    namespace t = tpl::list;
    const DocumentId after{to_int(visit.query["nach"]).value_or(0)};
    auto documents = public_list(visit.tx, visit.tenant.id, after, visit.now, page_size + 1);
    const bool more = documents.size() > std::size_t(page_size);
    if (more) documents.pop_back();
    until_next_publication(visit);
    html::Values page;
    page.set(
        t::HEAD,
        core::page_head(
            visit,
            {.title = visit.tr("What became of it"),
             .lead = visit.tr(
                 "Finished offers with their results: what people said, what was adopted, what was not, and why.")}));
    if (!documents.empty()) {
        auto box = page.add(t::DOCUMENTS);
        for (const auto& document : documents) {
            note_change(visit, document);
            box.add(t::CARD)
                .set(t::URL, visit.url("/ergebnisse/" + document.key))
                .set(t::TITLE, document.title)
                .set(t::TEXT, document.lead)
                .set(t::WHEN, when_in(visit, document))
                .set(t::FIGURES, figures_in(visit, load(visit.tx, document)));
        }
        box.set(t::PAGER, core::pager(visit, after ? visit.url("/ergebnisse") : "",
                                      more ? visit.with("nach", std::to_string(documents.back().id.value)) : "", ""));
    }
    const auto rest = after ? std::vector<core::Teaser>{} : others(visit);
    if (!rest.empty()) {
        auto box = page.add(t::OTHERS);
        for (const auto& teaser : rest) {
            auto card = box.add(t::OTHER)
                            .set(t::URL, visit.url(teaser.url))
                            .set(t::TITLE, teaser.title)
                            .set(t::TEXT, teaser.summary)
                            .set(t::WHEN, teaser.when);
            if (!teaser.image.empty())
                card.add(t::MEDIA).set(t::IMAGE, teaser.image).set(t::IMAGE_ALT, teaser.image_alt);
        }
    }
    page.show_if(documents.empty() && rest.empty(), t::NOTHING);
    return visit.page(
        {.title = visit.tr("What became of it"),
         .description =
             visit.tr("Finished offers with their results: what people said, what was adopted, what was not, and why."),
         .navigation = "/ergebnisse",
         .feeds = {{visit.tr("Results"), "application/rss+xml", "/ergebnisse.rss"},
                   {visit.tr("Results"), "application/atom+xml", "/ergebnisse.atom"}},
         .kind = "list"},
        t::file, page);
}

http::Response feed(Visit& visit) {
    until_next_publication(visit);
    core::Feed answer{.title = visit.tr("Results"), .words = visit.tr("What became of it"), .page = "/ergebnisse"};
    for (const auto& d : public_list(visit.tx, visit.tenant.id, {}, visit.now, 30)) {
        note_change(visit, d);
        answer.items.push_back({"/ergebnisse/" + d.key, d.title, d.lead, d.sort_at});
    }
    return core::feed_answer(visit, answer);
}

http::Response document_page(Visit& visit) {
    const Document document = public_document(visit);
    core::PageHead head{.title = document.title,
                        .description = document.lead,
                        .crumbs = {{visit.tr("Results"), "/ergebnisse"}},
                        .navigation = "/ergebnisse"};
    return visit.page(head, document_view(visit, load(visit.tx, document), false));
}

http::Response print_page(Visit& visit) {
    namespace t = tpl::print;
    const Document document = public_document(visit);
    html::Values page;
    page.set(t::CONTENT, document_view(visit, load(visit.tx, document), false))
        .set(t::URL, visit.url("/ergebnisse/" + document.key));
    page.set(t::SITE_NAME, visit.tenant.site_name).set(t::ADDRESS, visit.absolute("/ergebnisse/" + document.key));
    core::PageHead head{
        .title = document.title + " – " + visit.tr("Print view"), .kind = "print", .bare = true, .index = false};
    return visit.page(head, t::file, page);
}

namespace {

core::WidgetItem widget_item(Visit& visit, const Document& d) {
    note_change(visit, d);
    return {.url = "/ergebnisse/" + d.key, .title = d.title, .meta = when_in(visit, d), .text = d.lead};
}

}  // namespace

http::Response widget_page(Visit& visit) {
    const auto terms = core::terms_in_address(visit);
    until_next_publication(visit);
    core::Widget widget{.title = visit.tr("Results"), .all_url = "/ergebnisse", .all_label = visit.tr("All results")};
    for (const auto& d : public_list_of(visit.tx, visit.tenant.id, terms, visit.now, core::widget_count(visit)))
        if (has_all(visit, d, terms)) widget.items.push_back(widget_item(visit, d));
    return core::widget_list(visit, widget);
}

http::Response widget_card(Visit& visit) {
    return core::widget_card(visit, widget_item(visit, public_document(visit)));
}

std::vector<core::Teaser> teasers(Visit& visit, const core::TeaserQuery& query) {
    if (query.section != "decided") return {};
    until_next_publication(visit);
    std::vector<core::Teaser> list;
    for (const auto& document : public_list_of(visit.tx, visit.tenant.id, query.terms, visit.now, query.count)) {
        if (!has_all(visit, document, query.terms)) continue;
        note_change(visit, document);
        core::Teaser teaser{.kind = "result",
                            .title = document.title,
                            .summary = document.lead,
                            .url = "/ergebnisse/" + document.key,
                            .state = visit.tr("Documentation"),
                            .day = document.day,
                            .when = when_in(visit, document)};
        if (!teaser.day) teaser.day = berlin_day(document.sort_at);
        for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref(document.id)))
            teaser.terms.push_back(term.id);
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::documentation
