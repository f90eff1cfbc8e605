// The brochure's page: chosen formats as one printable page, with cover, contents and codes that lead to the pages; the
// PDF (brochure_orders.cpp) is made of the same content. Chosen are the ticked ones (f=…), or with alle=1 all that
// match the filters of the list. What must stay true: only what stands in the public list gets in, whoever asks.
#include "core/forms/forms.h"
#include "modules/toolbox/brochure.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::brochure;
const std::string base = "/instrumente/broschuere";
constexpr int code_size = 100;

std::string filter_words(const Visit& visit, const Selection& filter) {
    std::vector<std::string> words;
    if (!filter.text.empty()) words.push_back("„" + filter.text + "“");
    for (const auto* facet : all_facets()) {
        const int mask = (filter.chosen & facet->mask()) >> facet->first_bit;
        if (mask != 0) words.push_back(visit.tr(facet->label) + ": " + labels(visit, *facet, mask));
    }
    return join(words, " · ");
}

html::SafeHtml code(const std::string& url) { return html::svg_image(pdf::qr_svg(url, code_size), ""); }

void add_links(const Visit& visit, const std::vector<Link>& links, html::Values box) {
    for (const auto& link : links) {
        const Text title = text_in(visit, link.title, link.title_en), note = text_in(visit, link.note, link.note_en);
        auto item = box.add(t::LINK)
                        .set(t::TEXT, note.text.empty() ? title.text : title.text + " – " + note.text)
                        .show_if(title.german, t::LINK_DE);
        if (!link.url.empty()) item.add(t::WITH).set(t::URL, link.url);
    }
}

void add_entry(Visit& visit, const Whole& whole, html::Values entry) {
    const Format& f = whole.format;
    const std::string url = visit.absolute("/instrumente/" + f.key);
    entry.set(t::ID, "format-" + f.key)
        .set(t::TITLE, title_in(visit, f.title, f.title_en))
        .set(t::SUMMARY, title_in(visit, f.summary, f.summary_en))
        .set(t::URL, url)
        .set(t::CODE, code(url));
    for (const auto& [label, text] : facts_of(visit, f))
        if (label != visit.tr("Format/method") && label != visit.tr("Publish on the web"))
            entry.add(t::FACT).set(t::LABEL, label).set(t::TEXT, text.text).show_if(text.german, t::FACT_DE);
    const Text description = text_in(visit, f.description, f.description_en), tips = text_in(visit, f.tips, f.tips_en);
    entry.set(t::DESCRIPTION, html::markdown(description.text, {.first_heading = 4}));
    entry.show_if(description.german, t::TEXT_DE);
    if (!tips.text.empty())
        entry.add(t::TIPS_BOX)
            .set(t::TIPS, html::markdown(tips.text, {.first_heading = 4}))
            .show_if(tips.german, t::TIPS_DE);
    if (!whole.parts.materials.empty()) add_links(visit, whole.parts.materials, entry.add(t::MATERIALS));
    if (!whole.parts.tools.empty()) add_links(visit, whole.parts.tools, entry.add(t::TOOLS));
    for (const auto& report : reports_of(visit.tx, f.id, 3)) {
        auto item = entry.add(t::REPORT).set(t::TITLE, report.title).set(t::NAME, report.organisation);
        if (!is_german(visit)) item.show(t::REPORT_DE).add(t::PAGE_LANG).set(t::LANG_CODE, visit.language.html_lang());
        for (const auto& [label, text] :
             {std::pair{tr_noop("What went well"), report.went_well},
              std::pair{tr_noop("What did not"), report.went_badly}, std::pair{tr_noop("Advice"), report.advice}})
            if (!text.empty()) item.add(t::PART).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
    }
    const Text source = text_in(visit, f.source, f.source_en);
    if (!source.text.empty()) entry.add(t::SOURCE).set(t::TEXT, source.text).show_if(source.german, t::SOURCE_DE);
}

// The day stands on the cover.
void until_midnight(Visit& visit) { visit.right_until(start_of(add_days(berlin_day(visit.now), 1))); }

}  // namespace

Chosen chosen_by(Visit& visit, const Form& query) {
    Chosen chosen;
    chosen.all = query["alle"] == "1";
    if (chosen.all) {
        chosen.filter = selection_from(query);
        chosen.filter.after.clear(), chosen.filter.before.clear(), chosen.filter.ticked.clear();
        auto page = list(visit.tx, visit.tenant.id, chosen.filter, most_in_brochure);
        chosen.count = page.count;
        chosen.lines = std::move(page.lines);
        return chosen;
    }
    std::vector<std::string> keys;
    for (const auto& key : query.all("f"))
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    chosen.count = std::int64_t(keys.size());
    if (chosen.count > most_in_brochure) keys.resize(most_in_brochure);
    chosen.lines = listed(visit.tx, visit.tenant.id, keys);
    if (chosen.count <= most_in_brochure) chosen.count = std::int64_t(chosen.lines.size());
    std::sort(chosen.lines.begin(), chosen.lines.end(), [](const Listed& a, const Listed& b) {
        return std::pair(title_key(a.title), a.id) < std::pair(title_key(b.title), b.id);
    });
    return chosen;
}

std::string query_of(const Chosen& chosen) {
    Form query;
    if (chosen.all) {
        query = to_form(chosen.filter);
        query.add("alle", "1");
    } else {
        for (const auto& line : chosen.lines) query.add("f", line.key);
    }
    return to_query(query);
}

html::SafeHtml brochure_content(Visit& visit, const Chosen& chosen) {
    html::Values values;
    const std::string list_url = visit.absolute("/instrumente");
    values.set(t::SITE, visit.tenant.site_name).set(t::NAME, visit.tenant.name);
    values.set(t::COUNT_WORDS, visit.language.plural("one format", "{n} formats", std::int64_t(chosen.lines.size())));
    values.set(t::DAY, visit.language.date(berlin_day(visit.now))).set(t::URL, list_url).set(t::CODE, code(list_url));
    const std::string filter = chosen.all ? filter_words(visit, chosen.filter) : "";
    if (!filter.empty()) values.add(t::FILTER).set(t::TEXT, filter);
    bool german = false;
    for (const auto& line : chosen.lines) {
        const auto whole = public_format(visit.tx, visit.tenant.id, line.key);
        if (!whole) continue;
        german = german || not_all_translated(visit, whole->format, whole->parts);
        values.add(t::CONTENT)
            .set(t::ID, "format-" + line.key)
            .set(t::TITLE, title_in(visit, line.title, line.title_en));
        add_entry(visit, *whole, values.add(t::ENTRY));
    }
    values.show_if(german, t::NOT_ENGLISH);
    return html::render_part(t::file, values, visit.language);
}

http::Response brochure_page_of(Visit& visit, const Form& query, int status) {
    namespace b = tpl::brochure_page;
    const Chosen chosen = chosen_by(visit, query);
    // Back to the list with what is ticked, to add or take out.
    Form ticks;
    if (!chosen.all)
        for (const auto& line : chosen.lines) ticks.add("f", line.key);
    const std::string list_url = visit.url("/instrumente") + (ticks.empty() ? "" : "?" + to_query(ticks));
    html::Values values;
    core::Heading heading{.title = visit.tr("Brochure"),
                          .lead = visit.tr("Chosen formats to take along: to print, to lay out, to pass on."),
                          .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}};
    values.set(b::HEAD, core::page_head(visit, heading)).set(b::LIST_URL, list_url);
    if (chosen.count > most_in_brochure)
        values.add(b::TOO_MANY)
            .set(b::TEXT, visit.tr(tr_noop("A brochure holds at most {limit} formats; you have chosen {n}.",
                                           {{"limit", visit.language.number(most_in_brochure)},
                                            {"n", visit.language.number(chosen.count)}})));
    else if (chosen.lines.empty())
        values.show(b::NONE);
    if (chosen.fits()) {
        auto box = values.add(b::BROCHURE).set(b::CONTENT, brochure_content(visit, chosen));
        if (pdf::available())
            box.add(b::PDF).set(b::ACTION, visit.url(base)).set(b::CHOICE, query_of(chosen));
        else
            box.show(b::NO_PDF);
        until_midnight(visit);
    }
    return visit.page({.title = visit.tr("Brochure"),
                       .navigation = "/instrumente",
                       .kind = "brochure",
                       .status = status,
                       .index = false},
                      b::file, values);
}

http::Response brochure_page(Visit& visit) { return brochure_page_of(visit, visit.query, 200); }

}  // namespace mitwirken::toolbox
