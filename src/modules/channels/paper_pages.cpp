// Paper forms: head and foot are the same for every building block, what stands between is the block's own. And the
// short number that leads from paper to the page.
#include "channels/templates.h"
#include "core/forms/forms.h"
#include "core/paper/paper.h"
#include "core/people/people.h"
#include "core/procedures/words.h"
#include "modules/channels/pages.h"
#include "platform/base/text.h"
#include "platform/pdf/pdf.h"

namespace mitwirken::channels {

namespace {

using core::Visit;
constexpr std::size_t most_kept = 3;

std::string paper_path(const core::ProcedureRecord& procedure, const core::Activity& activity) {
    return "/verfahren/" + procedure.key + "/papier/" + escape_url(activity.key);
}

const core::ActivityKind* block_with_form(const Visit& visit, const core::Activity& activity) {
    const auto& block = visit.house.module(activity.module).activity;
    return block && block->paper_form ? &*block : nullptr;
}

// "Until 31 January", or why not (now).
std::string when_words(Visit& visit, const core::Place& place) {
    const auto answer = place.ask("contribute");
    if (answer.allowed() && answer.period.until)
        return visit.tr(
            tr_noop("Until {date}", {{"date", core::end_in_words(visit.language, *answer.period.until, visit.now)}}));
    if (answer.allowed()) return "";
    return core::reason_in_words(visit.language, place.plan, answer, place.activity->key, "contribute", visit.now);
}

html::SafeHtml sheet(Visit& visit, const core::ActivityKind& block) {
    namespace t = tpl::paper_sheet;
    const auto& place = visit.place();
    const auto& activity = *place.activity;
    const std::string number = short_number(activity.id), url = visit.absolute("/p/" + number);
    html::Values page;
    page.set(t::SENDER, visit.tenant.name).set(t::PROCEDURE, place.procedure.title).set(t::TITLE, activity.title);
    page.set(t::URL, url).set(t::NUMBER, number);
    page.set(t::CODE, html::svg_image(pdf::qr_svg(url, 160), visit.tr("Code that leads to the page")));
    if (const std::string when = when_words(visit, place); !when.empty()) page.add(t::WHEN).set(t::TEXT, when);
    if (!activity.intro.empty()) page.add(t::INTRO).set(t::PROSE, html::markdown(activity.intro));
    page.set(t::FORM, block.paper_form(visit, place, activity));
    if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, place.procedure.organisation))
        page.add(t::OFFICE).set(t::NAME, office->name);
    if (!place.procedure.contact.empty()) page.add(t::CONTACT).set(t::PROSE, html::markdown(place.procedure.contact));
    page.set(t::PRIVACY_URL, visit.absolute("/datenschutz"));
    return html::render_part(t::file, page, visit.language);
}

const core::ActivityKind& need_block(Visit& visit) {
    const auto* block = block_with_form(visit, *visit.place().activity);
    if (!block) throw NotFound();
    return *block;
}

}  // namespace

http::Response paper_page(Visit& visit) {
    namespace t = tpl::paper_page;
    const auto& block = need_block(visit);
    const auto& place = visit.place();
    const std::string path = paper_path(place.procedure, *place.activity);
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("Take part on paper"),
                                     .lead = place.activity->title,
                                     .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                {place.procedure.title, "/verfahren/" + place.procedure.key}}}));
    if (pdf::available())
        page.add(t::PDF).set(t::URL, visit.url(path + "/pdf"));
    else
        page.show(t::NO_PDF);
    page.set(t::BACK_URL, visit.url(core::path_of(visit, place.procedure, *place.activity)));
    page.set(t::CONTENT, sheet(visit, block));
    return visit.page({.title = visit.tr("Take part on paper") + " – " + place.activity->title,
                       .navigation = "/verfahren",
                       .index = false},
                      t::file, page);
}

// Without WeasyPrint the page says why.
http::Response paper_pdf(Visit& visit) {
    const auto& block = need_block(visit);
    const auto& place = visit.place();
    const auto& activity = *place.activity;
    if (!pdf::available()) return http::Response::redirect(visit.url(paper_path(place.procedure, activity)));
    namespace t = tpl::paper_document;
    html::Values page;
    page.set(t::LANG, visit.language.html_lang()).set(t::TITLE, activity.title).set(t::CONTENT, sheet(visit, block));
    return core::paper(visit, html::render(t::file, page, visit.language),
                       "papier-" + std::to_string(activity.id.value) + "-" + visit.language.code() + "-",
                       "papier-" + slug(place.procedure.key) + "-" + slug(activity.key) + ".pdf", most_kept);
}

http::Response by_number(Visit& visit) {
    const auto unknown = tr_noop(
        "There is nothing under this number. Please compare it with the sheet once more; a "
        "procedure that is over may have been taken away, too.");
    const auto id = activity_of_number(visit.parameter("number"));
    const auto found = id ? find_activity(visit.tx, visit.tenant.id, *id) : std::nullopt;
    auto record = found ? core::find_procedure(visit.tx, visit.tenant.id, found->procedure) : std::nullopt;
    if (!record) throw NotFound(unknown);
    const auto place = core::open_place(visit, std::move(*record), found->activity);
    if (!place.visible(*place.activity)) throw NotFound(unknown);
    return http::Response::redirect(visit.url(core::path_of(visit, place.procedure, *place.activity)));
}

std::vector<core::ProcedureSection> procedure_sections(Visit& visit, const core::Place& place) {
    namespace t = tpl::box;
    html::Values box;
    bool paper = false;
    for (const auto& activity : place.plan.activities) {
        if (!block_with_form(visit, activity) || !place.visible(activity)) continue;
        if (!place.ask(activity, "contribute").allowed()) continue;
        paper = true;
        box.add(t::PAPER).set(t::URL, visit.url(paper_path(place.procedure, activity))).set(t::TITLE, activity.title);
    }
    box.show_if(paper, t::ANY_PAPER);
    box.set(t::FIGURES_URL, visit.url("/verfahren/" + place.procedure.key + "/zahlen"));
    return {{core::ProcedureSection::Where::aside, 60, html::render_part(t::file, box, visit.language)}};
}

}  // namespace mitwirken::channels
