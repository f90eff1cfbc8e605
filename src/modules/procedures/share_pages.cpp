// Passing a procedure on: its link, a code to scan, and a poster – as a page to print and as PDF.
#include "core/forms/forms.h"
#include "core/paper/paper.h"
#include "core/people/people.h"
#include "core/procedures/words.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/public_words.h"
#include "platform/pdf/pdf.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
constexpr std::size_t most_kept = 3;

core::Place place_of(Visit& visit) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter("procedure"));
    if (!record) throw NotFound();
    visit.reads(record->scope());
    return core::open_place(visit, std::move(*record));
}

std::string address(const Visit& visit, const core::ProcedureRecord& p) {
    return visit.absolute("/verfahren/" + escape_url(p.key));
}

std::vector<core::Crumb> crumbs(const Visit& visit, const core::ProcedureRecord& p) {
    return {{visit.tr("Procedures"), "/verfahren"}, {p.title, "/verfahren/" + p.key}};
}

// "Bis 31. Januar" for what is open, "Ab 6. April" for what will be; else the situation.
std::string when_words(const Visit& visit, const core::Place& place) {
    std::optional<Timestamp> until, from;
    bool open = false, endless = false;
    for (const auto& one : openings(visit, place)) {
        open = open || one.open;
        endless = endless || (one.open && !one.until);
        if (one.open && one.until && (!until || *one.until > *until)) until = one.until;
        if (!one.open && one.opens_next && (!from || *one.opens_next < *from)) from = one.opens_next;
    }
    if (open && until && !endless)
        return visit.tr(tr_noop("Until {date}", {{"date", core::end_in_words(visit.language, *until, visit.now)}}));
    if (!open && from)
        return visit.tr(tr_noop("From {date}", {{"date", core::beginning_in_words(visit.language, *from, visit.now)}}));
    return words_of(visit, situation(place));
}

html::SafeHtml poster(Visit& visit, const core::Place& place) {
    namespace t = tpl::poster;
    const auto& p = place.procedure;
    const std::string url = address(visit, p);
    html::Values page;
    page.set(t::SENDER, visit.tenant.name).set(t::SITE, visit.tenant.site_name).set(t::TITLE, p.title);
    page.set(t::SUMMARY, p.summary).set(t::WHEN, when_words(visit, place)).set(t::URL, url);
    page.set(t::CODE, html::svg_image(pdf::qr_svg(url, 300), visit.tr("Code that leads to the page")));
    for (const auto& one : openings(visit, place)) page.add(t::WAY).set(t::LABEL, one.activity->title);
    if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, p.organisation))
        page.add(t::OFFICE).set(t::NAME, office->name);
    return html::render_part(t::file, page, visit.language);
}

}  // namespace

http::Response share_page(Visit& visit) {
    namespace t = tpl::share;
    const auto place = place_of(visit);
    const auto& p = place.procedure;
    const std::string url = address(visit, p);
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("Pass it on"), .lead = p.title, .crumbs = crumbs(visit, p)}));
    page.set(t::URL, url).set(t::POSTER_URL, visit.url("/verfahren/" + p.key + "/plakat"));
    page.set(t::CODE, html::svg_image(pdf::qr_svg(url, 300), visit.tr("Code that leads to the page")));
    return visit.page({.title = visit.tr("Pass it on") + " – " + p.title, .navigation = "/verfahren", .index = false},
                      t::file, page);
}

http::Response poster_page(Visit& visit) {
    namespace t = tpl::poster_page;
    const auto place = place_of(visit);
    const auto& p = place.procedure;
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Poster"),
                                              .lead = visit.tr("To print, to put up, to lay out."),
                                              .crumbs = crumbs(visit, p)}));
    if (pdf::available())
        page.add(t::PDF).set(t::URL, visit.url("/verfahren/" + p.key + "/plakat/pdf"));
    else
        page.show(t::NO_PDF);
    page.set(t::BACK_URL, visit.url("/verfahren/" + p.key)).set(t::CONTENT, poster(visit, place));
    return visit.page(
        {.title = visit.tr("Poster") + " – " + p.title, .navigation = "/verfahren", .kind = "poster", .index = false},
        t::file, page);
}

// Without WeasyPrint the page says why.
http::Response poster_pdf(Visit& visit) {
    const auto place = place_of(visit);
    const auto& p = place.procedure;
    if (!pdf::available()) return http::Response::redirect(visit.url("/verfahren/" + p.key + "/plakat"));
    namespace t = tpl::poster_paper;
    html::Values page;
    page.set(t::LANG, visit.language.html_lang()).set(t::TITLE, p.title).set(t::CONTENT, poster(visit, place));
    return core::paper(visit, html::render(t::file, page, visit.language),
                       "plakat-" + std::to_string(p.id.value) + "-" + visit.language.code() + "-",
                       "plakat-" + slug(p.key) + ".pdf", most_kept);
}

}  // namespace mitwirken::procedures
