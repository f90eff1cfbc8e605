// The brochure: chosen formats as one printable page and as a PDF made of the same content, with cover, contents and
// codes that lead to the pages. Chosen are the ticked ones (f=…), or with alle=1 all that match the filters of the
// list. What must stay true: only what stands in the public list gets in, whoever asks.
#include "core/forms/forms.h"
#include "core/paper/paper.h"
#include "modules/toolbox/pages.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::brochure;
const std::string base = "/instrumente/broschuere";
constexpr std::size_t most_kept = 40;
constexpr int code_size = 100;

struct Chosen {
    std::vector<Listed> lines;
    std::int64_t count = 0;  // how many were asked for
    bool all = false;
    Selection filter;  // with all
    bool fits() const { return !lines.empty() && count <= most_in_brochure; }
};

Chosen chosen_by(Visit& visit) {
    Chosen chosen;
    chosen.all = visit.query["alle"] == "1";
    if (chosen.all) {
        chosen.filter = selection_from(visit.query);
        chosen.filter.after.clear(), chosen.filter.before.clear();
        auto page = list(visit.tx, visit.tenant.id, chosen.filter, most_in_brochure);
        chosen.count = page.count;
        chosen.lines = std::move(page.lines);
        return chosen;
    }
    std::vector<std::string> keys;
    for (const auto& key : visit.query.all("f"))
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

// The same brochure, at another path.
std::string address(const Visit& visit, const Chosen& chosen, const std::string& path) {
    Form query;
    if (chosen.all) {
        query = to_form(chosen.filter);
        query.add("alle", "1");
    } else {
        for (const auto& line : chosen.lines) query.add("f", line.key);
    }
    return visit.url(path) + "?" + to_query(query);
}

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

void add_links(const std::vector<Link>& links, html::Values box) {
    for (const auto& link : links) {
        auto item = box.add(t::LINK).set(t::TEXT, link.note.empty() ? link.title : link.title + " – " + link.note);
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
            entry.add(t::FACT).set(t::LABEL, label).set(t::TEXT, text);
    entry.set(t::DESCRIPTION, html::markdown(f.description, {.first_heading = 4}));
    if (!f.tips.empty()) entry.add(t::TIPS_BOX).set(t::TIPS, html::markdown(f.tips, {.first_heading = 4}));
    if (!whole.parts.materials.empty()) add_links(whole.parts.materials, entry.add(t::MATERIALS));
    if (!whole.parts.tools.empty()) add_links(whole.parts.tools, entry.add(t::TOOLS));
    for (const auto& report : reports_of(visit.tx, f.id, 3)) {
        auto item = entry.add(t::REPORT).set(t::TITLE, report.title).set(t::NAME, report.organisation);
        for (const auto& [label, text] :
             {std::pair{tr_noop("What went well"), report.went_well},
              std::pair{tr_noop("What did not"), report.went_badly}, std::pair{tr_noop("Advice"), report.advice}})
            if (!text.empty()) item.add(t::PART).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
    }
    if (!f.source.empty()) entry.add(t::SOURCE).set(t::TEXT, f.source);
}

html::SafeHtml brochure(Visit& visit, const Chosen& chosen) {
    html::Values values;
    const std::string list_url = visit.absolute("/instrumente");
    values.set(t::SITE, visit.tenant.site_name).set(t::NAME, visit.tenant.name);
    values.set(t::COUNT_WORDS, visit.language.plural("one format", "{n} formats", std::int64_t(chosen.lines.size())));
    values.set(t::DAY, visit.language.date(berlin_day(visit.now))).set(t::URL, list_url).set(t::CODE, code(list_url));
    const std::string filter = chosen.all ? filter_words(visit, chosen.filter) : "";
    if (!filter.empty()) values.add(t::FILTER).set(t::TEXT, filter);
    for (const auto& line : chosen.lines) {
        const auto whole = public_format(visit.tx, visit.tenant.id, line.key);
        if (!whole) continue;
        values.add(t::CONTENT)
            .set(t::ID, "format-" + line.key)
            .set(t::TITLE, title_in(visit, line.title, line.title_en));
        add_entry(visit, *whole, values.add(t::ENTRY));
    }
    return html::render_part(t::file, values, visit.language);
}

// The day stands on the cover.
void until_midnight(Visit& visit) { visit.right_until(start_of(add_days(berlin_day(visit.now), 1))); }

}  // namespace

http::Response brochure_page(Visit& visit) {
    namespace b = tpl::brochure_page;
    const Chosen chosen = chosen_by(visit);
    html::Values values;
    core::Heading heading{.title = visit.tr("Brochure"),
                          .lead = visit.tr("Chosen formats to take along: to print, to lay out, to pass on."),
                          .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}};
    values.set(b::HEAD, core::page_head(visit, heading)).set(b::LIST_URL, visit.url("/instrumente"));
    if (chosen.count > most_in_brochure)
        values.add(b::TOO_MANY)
            .set(b::TEXT, visit.tr(tr_noop("A brochure holds at most {limit} formats; you have chosen {n}.",
                                           {{"limit", visit.language.number(most_in_brochure)},
                                            {"n", visit.language.number(chosen.count)}})));
    else if (chosen.lines.empty())
        values.show(b::NONE);
    if (chosen.fits()) {
        auto box = values.add(b::BROCHURE).set(b::CONTENT, brochure(visit, chosen));
        if (pdf::available())
            box.add(b::PDF).set(b::URL, address(visit, chosen, base + "/pdf"));
        else
            box.show(b::NO_PDF);
        until_midnight(visit);
    }
    return visit.page({.title = visit.tr("Brochure"), .navigation = "/instrumente", .kind = "brochure", .index = false},
                      b::file, values);
}

// Without WeasyPrint, and when nothing can be made, the page says why.
http::Response brochure_pdf(Visit& visit) {
    const Chosen chosen = chosen_by(visit);
    if (!chosen.fits() || !pdf::available()) {
        const std::string query = to_query(visit.query);
        return http::Response::redirect(visit.url(base) + (query.empty() ? "" : "?" + query));
    }
    namespace p = tpl::brochure_paper;
    html::Values values;
    values.set(p::LANG, visit.language.html_lang())
        .set(p::TITLE, visit.tr("Toolbox") + " – " + visit.tenant.site_name)
        .set(p::CONTENT, brochure(visit, chosen));
    until_midnight(visit);
    return core::paper(visit, html::render(p::file, values, visit.language),
                       "broschuere-" + std::to_string(visit.tenant.id.value) + "-", "instrumentenkoffer.pdf",
                       most_kept);
}

}  // namespace mitwirken::toolbox
