// One format as it stands on its page, in the preview, on paper and in the PDF.
#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "core/procedures/place.h"
#include "core/widgets/widgets.h"
#include "modules/toolbox/pages.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts_of(const Visit& visit, const Report& report) {
    Facts facts;
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) facts.emplace_back(visit.tr(label), text);
    };
    fact(tr_noop("What for"), report.occasion);
    fact(tr_noop("When"), report.date_text);
    if (report.participants) fact(tr_noop("Participants"), visit.language.number(*report.participants));
    fact(tr_noop("What went well"), report.went_well);
    fact(tr_noop("What did not"), report.went_badly);
    fact(tr_noop("Advice"), report.advice);
    fact(tr_noop("By"), report.organisation);
    return facts;
}

// "https://www.example.org/a/b" -> "example.org"
std::string host_of(const std::string& url) {
    const auto begin = url.find("://");
    std::string host = begin == std::string::npos ? url : url.substr(begin + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    return starts_with(host, "www.") ? host.substr(4) : host;
}

namespace t = tpl::detail;

void add_file(const Visit& visit, const core::Attachment& file, html::Values list) {
    list.add(t::FILE)
        .set(t::URL, file.url())
        .set(t::TITLE, file.title.empty() ? file.name : file.title)
        .set(t::META, file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)));
}

void add_tips(Visit& visit, const Format& f, const Parts& parts, html::Values& values) {
    const auto files = core::attachments(visit.tx, visit.tenant.id, ref_of(f.id));
    if (f.tips.empty() && files.empty() && parts.materials.empty()) return;
    auto box = values.add(t::TIPS_BOX).set(t::TIPS, html::markdown(f.tips));
    if (!files.empty()) {
        auto list = box.add(t::FILES);
        for (const auto& file : files) add_file(visit, file, list);
    }
    if (parts.materials.empty()) return;
    auto list = box.add(t::MATERIALS);
    for (const auto& link : parts.materials) {
        auto item = list.add(t::MATERIAL).set(t::TITLE, link.title);
        if (link.url.empty())
            item.add(t::WITHOUT).set(t::TITLE, link.title);
        else
            item.add(t::WITH).set(t::URL, visit.url(link.url)).set(t::TITLE, link.title);
        if (!link.note.empty()) item.add(t::NOTE).set(t::TEXT, link.note);
    }
}

void add_tools(const Parts& parts, html::Values& values) {
    if (parts.tools.empty()) return;
    auto list = values.add(t::TOOLS);
    for (const auto& link : parts.tools) {
        auto item = list.add(t::TOOL).set(t::TITLE, link.title);
        if (!link.url.empty()) item.add(t::WITH).set(t::URL, link.url).set(t::SHORT, host_of(link.url));
        if (!link.note.empty()) item.add(t::NOTE).set(t::TEXT, link.note).show_if(!link.url.empty(), t::WITH);
        item.show_if(link.url.empty() && link.note.empty(), t::BARE);
    }
}

void add_reports(Visit& visit, const Format& f, html::Values& values) {
    const auto reports = reports_of(visit.tx, f.id, 20);
    values.show_if(reports.empty(), t::NO_REPORT);
    for (const auto& report : reports) {
        auto item = values.add(t::REPORT).set(t::TITLE, report.title);
        for (const auto& [label, text] : facts_of(visit, report))
            item.add(t::PART).set(t::LABEL, label).set(t::TEXT, text);
        const auto files = core::attachments(visit.tx, visit.tenant.id, ref_of(report.id));
        if (files.empty()) continue;
        auto list = item.add(t::REPORT_FILES);
        for (const auto& file : files) add_file(visit, file, list);
    }
}

// A template carries this format out: said to everybody, and begun by those who set procedures up.
void add_recipe(Visit& visit, const Format& f, html::Values& aside) {
    const auto types = core::procedure_types(visit.tx, visit.tenant.id, f.key);
    if (types.empty()) return;
    auto box = aside.add(t::RECIPE);
    if (visit.signed_in() && visit.may(core::edit_procedures_action))
        box.add(t::BEGIN).set(t::URL,
                              visit.url(types.size() == 1 ? "/verwaltung/verfahren-neu?vorlage=" + types.front().key
                                                          : "/verwaltung/verfahren-neu?format=" + f.key));
}

void add_aside(Visit& visit, const Format& f, const Parts& parts, Showing showing, html::Values& values) {
    auto aside = values.add(t::WIDE);
    if (showing == Showing::page && visit.may(edit_action, f.owner))
        aside.add(t::EDIT).set(t::URL, visit.url("/verwaltung/instrumente/" + f.key));
    add_recipe(visit, f, aside);
    const auto related = listed(visit.tx, visit.tenant.id, parts.related);
    if (!related.empty()) {
        auto box = aside.add(t::RELATED_BOX);
        for (const auto& other : related)
            box.add(t::RELATED)
                .set(t::URL, visit.url("/instrumente/" + other.key))
                .set(t::TITLE, title_in(visit, other.title, other.title_en));
    }
    aside.set(t::FINDER_URL, visit.url("/instrumente/finden")).set(t::API_URL, "/api/v1/toolbox/formats/" + f.key);
    aside.set(t::CHANGED, visit.language.date(berlin_day(f.changed_at)));
    if (!f.source.empty()) aside.add(t::SOURCE).set(t::TEXT, f.source);
}

}  // namespace

// The fields of AP1 that are not text of their own, then effort and duration.
std::vector<std::pair<std::string, std::string>> facts_of(const Visit& visit, const Format& f) {
    Facts facts;
    const auto fact = [&](const Message& label, std::string text) {
        if (!text.empty()) facts.emplace_back(visit.tr(label), std::move(text));
    };
    fact(tr_noop("Purpose"), labels(visit, purposes(), f.purposes));
    fact(tr_noop("Format/method"), title_in(visit, f.title, f.title_en));
    fact(tr_noop("Form"), labels(visit, forms(), f.forms));
    fact(tr_noop("Group of participants"), labels(visit, group_sizes(), f.group_sizes));
    fact(tr_noop("Possible at a distance"), visit.tr(f.distance ? "Yes" : "No"));
    fact(tr_noop("Publish on the web"), visit.tr(f.publish ? "Yes" : "No"));
    fact(tr_noop("Lead time"), days_in(visit, f.lead_days));
    fact(tr_noop("Work of staff"), days_in(visit, f.staff_days));
    if (f.cost != Cost::unknown) fact(tr_noop("Cost"), visit.tr(name_of(f.cost)));
    fact(tr_noop("Duration"), f.duration);
    return facts;
}

std::string title_in(const Visit& visit, const std::string& title, const std::string& title_en) {
    return visit.language.code() == "en" && !title_en.empty() ? title_en : title;
}

std::string labels(const Visit& visit, const Facet& facet, int mask) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (mask & (1 << i)) words.push_back(visit.tr(facet.choices[i].label));
    return join(words, ", ");
}

std::pair<std::string, std::string> breakable(const std::string& label) {
    const auto slash = label.find('/');
    if (slash == std::string::npos) return {label, ""};
    return {label.substr(0, slash), label.substr(slash + 1)};
}

std::string days_in(const Visit& visit, const std::optional<std::int64_t>& days) {
    return days ? visit.language.plural("one day", "{n} days", *days) : std::string();
}

html::SafeHtml detail_content(Visit& visit, const Format& f, Showing showing) {
    html::Values values;
    const bool print = showing == Showing::print, preview = showing == Showing::preview;
    const auto parts = parts_of(visit.tx, f.id);
    const std::string path = "/instrumente/" + f.key;
    core::Heading heading{.title = title_in(visit, f.title, f.title_en),
                          .lead = title_in(visit, f.summary, f.summary_en),
                          .eyebrow = labels(visit, purposes(), f.purposes),
                          .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}};
    if (!print)
        heading.links = {{path + "/pdf", visit.tr("As PDF"), "download", true},
                         {path + "/drucken", visit.tr("Print"), "print"},
                         {"/instrumente/vergleich?f=" + f.key, visit.tr("Compare"), "compare"}};
    if (!print && is_public(f))
        heading.links.push_back(
            {core::embedding_address("/einbetten/instrumente/" + f.key), visit.tr("Embed"), "puzzle"});
    values.set(t::HEAD, core::page_head(visit, heading));
    if (!is_public(f) && !preview) {
        const Message who = f.state == State::published
                                ? tr_noop("Released for colleagues; the public does not see it.")
                                : tr_noop("Only those who may edit this entry see it.");
        values.add(t::INTERNAL).set(t::TEXT, visit.tr(who));
    }
    if (print) values.add(t::PAPER).set(t::URL, visit.url(path)).set(t::ADDRESS, visit.absolute(path));
    for (const auto& [label, text] : facts_of(visit, f)) values.add(t::FACT).set(t::LABEL, label).set(t::TEXT, text);
    values.set(t::DESCRIPTION, html::markdown(f.description));
    add_tips(visit, f, parts, values);
    add_tools(parts, values);
    add_reports(visit, f, values);
    if (showing == Showing::page && visit.signed_in())
        values.add(t::REPORT_LINK).set(t::URL, visit.url("/verwaltung/erfahrungen/neu?format=" + f.key));
    else if (!print && visit.setting_on(associations_setting))
        values.add(t::REPORT_LINK).set(t::URL, visit.url("/instrumente/erfahrung?format=" + f.key));
    if (!print) add_aside(visit, f, parts, showing, values);
    return html::render_part(t::file, values, visit.language);
}

// Few rules, those that WeasyPrint 57 understands; no page frame.
std::string sheet(Visit& visit, const Format& f) {
    namespace s = tpl::sheet;
    html::Values values;
    const auto parts = parts_of(visit.tx, f.id);
    values.set(s::LANG, visit.language.html_lang())
        .set(s::TITLE, title_in(visit, f.title, f.title_en))
        .set(s::SITE, visit.tenant.site_name)
        .set(s::SUMMARY, title_in(visit, f.summary, f.summary_en));
    for (const auto& [label, text] : facts_of(visit, f)) values.add(s::FACT).set(s::LABEL, label).set(s::TEXT, text);
    values.set(s::DESCRIPTION, html::markdown(f.description));
    if (!f.tips.empty()) values.add(s::TIPS_BOX).set(s::TIPS, html::markdown(f.tips));
    std::vector<std::string> lines;
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(f.id)))
        lines.push_back((file.title.empty() ? file.name : file.title) + " – " + visit.absolute(file.url()));
    for (const auto* links : {&parts.materials, &parts.tools})
        for (const auto& link : *links) lines.push_back(link.url.empty() ? link.title : link.title + " – " + link.url);
    if (!lines.empty()) {
        auto box = values.add(s::TOOLS);
        for (const auto& line : lines) box.add(s::TOOL).set(s::TEXT, line);
    }
    for (const auto& report : reports_of(visit.tx, f.id, 3)) {
        auto item = values.add(s::REPORT).set(s::TITLE, report.title);
        for (const auto& [label, text] : facts_of(visit, report))
            item.add(s::PART).set(s::LABEL, label).set(s::TEXT, text);
    }
    const std::string url = visit.absolute("/instrumente/" + f.key);
    values.set(s::URL, url).set(s::QR, html::svg_image(pdf::qr_svg(url, 120), ""));
    values.set(s::CHANGED, visit.language.date(berlin_day(f.changed_at)));
    return html::render(s::file, values, visit.language);
}

}  // namespace mitwirken::toolbox
