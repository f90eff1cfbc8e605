// The detail of a format as it stands on its page, in the preview and on paper.
#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::detail;

void add_facts(const Visit& visit, const Format& f, html::Values& values) {
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) values.add(t::FACT).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
    };
    const auto days = [&](const std::optional<std::int64_t>& n) {
        return n ? visit.language.plural("one day", "{n} days", *n) : std::string();
    };
    fact(tr_noop("Purpose"), labels(visit, purposes(), f.purposes));
    fact(tr_noop("Format/method"), f.title);
    fact(tr_noop("Form"), labels(visit, forms(), f.forms));
    fact(tr_noop("Group of participants"), labels(visit, group_sizes(), f.group_sizes));
    fact(tr_noop("Possible at a distance"), visit.tr(f.distance ? "Yes" : "No"));
    fact(tr_noop("Published on the web"), visit.tr(f.publish ? "Yes" : "No"));
    fact(tr_noop("Lead time"), days(f.lead_days));
    fact(tr_noop("Work of staff"), days(f.staff_days));
    if (f.cost != Cost::unknown) fact(tr_noop("Cost"), visit.tr(name_of(f.cost)));
    fact(tr_noop("Duration"), f.duration);
}

void add_links(html::Values& values, html::Section section, const std::vector<Link>& links) {
    for (const auto& link : links) {
        auto item = values.add(section).set(t::TITLE, link.title);
        if (link.url.empty())
            item.show(t::WITHOUT);
        else
            item.add(t::WITH).set(t::URL, link.url).set(t::TITLE, link.title);
        if (!link.note.empty()) item.add(t::NOTE).set(t::TEXT, link.note);
    }
}

void add_reports(Visit& visit, const Format& f, html::Values& values) {
    const auto reports = reports_of(visit.tx, f.id, 20);
    if (!reports.empty()) values.show(t::HAS_REPORTS);
    for (const auto& report : reports) {
        auto item = values.add(t::REPORT).set(t::TITLE, report.title);
        const auto part = [&](const Message& label, const std::string& text) {
            if (!text.empty()) item.add(t::PART).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
        };
        part(tr_noop("What for"), report.occasion);
        part(tr_noop("When"), report.date_text);
        if (report.participants) part(tr_noop("Participants"), visit.language.number(*report.participants));
        part(tr_noop("What went well"), report.went_well);
        part(tr_noop("What did not"), report.went_badly);
        part(tr_noop("Advice"), report.advice);
        part(tr_noop("By"), report.organisation);
    }
}

}  // namespace

std::string title_in(const Visit& visit, const std::string& title, const std::string& title_en) {
    return visit.language.code() == "en" && !title_en.empty() ? title_en : title;
}

std::string labels(const Visit& visit, const Facet& facet, int mask) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (mask & (1 << i)) words.push_back(visit.tr(facet.choices[i].label));
    return join(words, ", ");
}

html::SafeHtml detail_content(Visit& visit, const Format& f, bool print) {
    html::Values values;
    const auto parts = parts_of(visit.tx, f.id);
    const std::string path = "/instrumente/" + f.key;
    core::Heading heading{.title = title_in(visit, f.title, f.title_en),
                          .lead = title_in(visit, f.summary, f.summary_en),
                          .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}};
    if (!print)
        heading.links = {{path + "/pdf", visit.tr("As PDF"), "download", true},
                         {path + "/drucken", visit.tr("Print"), "print"},
                         {"/instrumente/vergleich?f=" + f.key, visit.tr("Compare"), "compare"}};
    values.set(t::HEAD, core::page_head(visit, heading));
    add_facts(visit, f, values);
    values.set(t::DESCRIPTION, html::markdown(f.description)).set(t::TIPS, html::markdown(f.tips));
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(f.id))) {
        auto item =
            values.add(t::FILE).set(t::URL, file.url()).set(t::TITLE, file.title.empty() ? file.name : file.title);
        item.set(t::META, file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)));
    }
    add_links(values, t::MATERIAL, parts.materials);
    if (!parts.tools.empty()) values.show(t::HAS_TOOLS);
    add_links(values, t::TOOL, parts.tools);
    add_reports(visit, f, values);
    const auto related = listed(visit.tx, visit.tenant.id, parts.related);
    if (!related.empty() && !print) {
        auto box = values.add(t::RELATED_BOX);
        for (const auto& other : related)
            box.add(t::RELATED)
                .set(t::URL, visit.url("/instrumente/" + other.key))
                .set(t::TITLE, title_in(visit, other.title, other.title_en));
    }
    if (!f.source.empty()) values.add(t::SOURCE).set(t::TEXT, f.source);
    values.set(t::CHANGED, visit.language.date(berlin_day(f.changed_at)));
    if (!print && visit.may(edit_action, f.owner))
        values.add(t::EDIT).set(t::URL, visit.url("/verwaltung/instrumente/" + f.key));
    if (!print && visit.signed_in())
        values.add(t::REPORT_LINK).set(t::URL, visit.url("/verwaltung/erfahrungen/neu?format=" + f.key));
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::toolbox
