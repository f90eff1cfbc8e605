// The public pages of results: the list, one documentation, its print view, and the same as data.
#include "modules/documentation/pages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/forms/forms.h"
#include "core/house.h"
#include "core/taxonomy/taxonomy.h"
#include "documentation/templates.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using core::Visit;

void note_change(Visit& visit, const Document& document) {
    if (const auto change = core::next_change(document.schedule(), visit.now)) visit.right_until(*change);
}

Document public_document(Visit& visit) {
    const auto document = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!document || !core::is_public(document->schedule(), visit.now)) throw NotFound();
    note_change(visit, *document);
    return *document;
}

// What becomes visible by the clock alone is not in the list yet; nothing else would end the cached page's life.
void until_next_publication(Visit& visit) {
    if (const auto next = next_publication(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*next);
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
         .kind = "list"},
        t::file, page);
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

http::Response api_list(Visit& visit) {
    const DocumentId after{to_int(visit.query["after"]).value_or(0)};
    auto documents = public_list(visit.tx, visit.tenant.id, after, visit.now, 51);
    until_next_publication(visit);
    nlohmann::json items = nlohmann::json::array(), next = nullptr;
    if (documents.size() > 50) {
        documents.pop_back();
        next = visit.absolute("/api/v1/documentations") + "?after=" + std::to_string(documents.back().id.value);
    }
    for (const auto& d : documents)
        items.push_back({{"key", d.key},
                         {"title", d.title},
                         {"lead", d.lead},
                         {"day", d.day ? nlohmann::json(to_iso(*d.day)) : nlohmann::json(nullptr)},
                         {"when", d.when_text},
                         {"url", visit.absolute("/ergebnisse/" + d.key)},
                         {"data", visit.absolute("/api/v1/documentations/" + d.key)}});
    return http::Response::json(200, nlohmann::json{{"items", items}, {"next", next}}.dump());
}

http::Response api_one(Visit& visit) {
    auto value = to_json(load(visit.tx, public_document(visit)));
    value["url"] = visit.absolute("/ergebnisse/" + visit.parameter("key"));
    return http::Response::json(200, value.dump());
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
