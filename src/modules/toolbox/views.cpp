// One format as it stands on its page, in the preview, on paper and in the PDF.
#include <map>

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
using Facts = std::vector<Fact>;

Facts facts_of(const Visit& visit, const Report& report) {
    Facts facts;
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) facts.push_back({visit.tr(label), {text, !is_german(visit)}});
    };
    fact(tr_noop("What for"), report.occasion);
    fact(tr_noop("When"), report.date_text);
    if (report.participants)
        facts.push_back({visit.tr("Participants"), {visit.language.number(*report.participants), false}});
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
    const Text tips = text_in(visit, f.tips, f.tips_en);
    auto box = values.add(t::TIPS_BOX).set(t::TIPS, html::markdown(tips.text)).show_if(tips.german, t::TIPS_DE);
    if (!files.empty()) {
        auto list = box.add(t::FILES);
        for (const auto& file : files) add_file(visit, file, list);
    }
    if (parts.materials.empty()) return;
    auto list = box.add(t::MATERIALS);
    for (const auto& link : parts.materials) {
        const Text title = text_in(visit, link.title, link.title_en), note = text_in(visit, link.note, link.note_en);
        auto item = list.add(t::MATERIAL).set(t::TITLE, title.text).show_if(title.german, t::LINK_DE);
        if (link.url.empty())
            item.show(t::WITHOUT);
        else
            item.add(t::WITH).set(t::URL, visit.url(link.url));
        if (!note.text.empty()) item.add(t::NOTE).set(t::TEXT, note.text).show_if(note.german, t::NOTE_DE);
    }
}

void add_tools(const Visit& visit, const Parts& parts, html::Values& values) {
    if (parts.tools.empty()) return;
    auto list = values.add(t::TOOLS);
    for (const auto& link : parts.tools) {
        const Text title = text_in(visit, link.title, link.title_en), note = text_in(visit, link.note, link.note_en);
        auto item = list.add(t::TOOL).set(t::TITLE, title.text).show_if(title.german, t::LINK_DE);
        if (!link.url.empty()) item.add(t::WITH).set(t::URL, link.url).set(t::SHORT, host_of(link.url));
        if (!note.text.empty())
            item.add(t::NOTE)
                .set(t::TEXT, note.text)
                .show_if(!link.url.empty(), t::WITH)
                .show_if(note.german, t::NOTE_DE);
        item.show_if(link.url.empty() && link.note.empty(), t::BARE);
    }
}

void add_reports(Visit& visit, const Format& f, html::Values& values) {
    const auto reports = reports_of(visit.tx, f.id, 20);
    values.show_if(reports.empty(), t::NO_REPORT);
    for (const auto& report : reports) {
        auto item = values.add(t::REPORT).set(t::TITLE, report.title);
        if (!is_german(visit)) item.show(t::REPORT_DE).add(t::PAGE_LANG).set(t::LANG_CODE, visit.language.html_lang());
        for (const auto& [label, text] : facts_of(visit, report))
            item.add(t::PART).set(t::LABEL, label).set(t::TEXT, text.text);
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
    const Text source = text_in(visit, f.source, f.source_en);
    if (!source.text.empty()) aside.add(t::SOURCE).set(t::TEXT, source.text).show_if(source.german, t::SOURCE_DE);
}

}  // namespace

// The fields of AP1 that are not text of their own, then effort and duration.
std::vector<Fact> facts_of(const Visit& visit, const Format& f) {
    Facts facts;
    const auto fact = [&](const Message& label, std::string text) {
        if (!text.empty()) facts.push_back({visit.tr(label), {std::move(text), false}});
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
    if (!f.duration.empty()) facts.push_back({visit.tr("Duration"), text_in(visit, f.duration, f.duration_en)});
    return facts;
}

std::string title_in(const Visit& visit, const std::string& title, const std::string& title_en) {
    return visit.language.code() == "en" && !title_en.empty() ? title_en : title;
}

bool is_german(const Visit& visit) { return starts_with(visit.language.html_lang(), "de"); }

Text text_in(const Visit& visit, const std::string& text, const std::string& english) {
    if (visit.language.code() == "en" && !english.empty()) return {english, false};
    return {text, !text.empty() && !is_german(visit)};
}

bool not_all_translated(const Visit& visit, const Format& f, const Parts& parts) {
    bool german = text_in(visit, f.description, f.description_en).german || text_in(visit, f.tips, f.tips_en).german;
    for (const auto* links : {&parts.materials, &parts.tools})
        for (const auto& link : *links) german = german || text_in(visit, link.title, link.title_en).german;
    return german;
}

namespace {

// The labels of every set of values of a facet, in one language: forty short texts that each line of a list needs.
using LabelTable = std::map<const Facet*, std::vector<std::string>>;

LabelTable label_table(const i18n::Language& language) {
    LabelTable table;
    for (const auto* facet : all_facets())
        for (int mask = 0; mask < 1 << facet->choices.size(); ++mask) {
            std::vector<std::string> words;
            for (std::size_t i = 0; i < facet->choices.size(); ++i)
                if (mask & (1 << i)) words.push_back(language.tr(facet->choices[i].label));
            table[facet].push_back(join(words, ", "));
        }
    return table;
}

}  // namespace

std::string labels(const Visit& visit, const Facet& facet, int mask) {
    static const auto tables = [] {
        std::map<const i18n::Language*, LabelTable> all;
        for (const auto* language : i18n::languages()) all.emplace(language, label_table(*language));
        return all;
    }();
    return tables.at(&visit.language).at(&facet).at(std::size_t(mask));
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
    for (const auto& [label, text] : facts_of(visit, f))
        values.add(t::FACT).set(t::LABEL, label).set(t::TEXT, text.text).show_if(text.german, t::FACT_DE);
    const Text description = text_in(visit, f.description, f.description_en);
    values.set(t::DESCRIPTION, html::markdown(description.text)).show_if(description.german, t::TEXT_DE);
    values.show_if(not_all_translated(visit, f, parts), t::NOT_ENGLISH);
    add_tips(visit, f, parts, values);
    add_tools(visit, parts, values);
    add_reports(visit, f, values);
    if (showing == Showing::page && visit.actor.staff())
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
    for (const auto& [label, text] : facts_of(visit, f))
        values.add(s::FACT).set(s::LABEL, label).set(s::TEXT, text.text).show_if(text.german, s::FACT_DE);
    const Text description = text_in(visit, f.description, f.description_en), tips = text_in(visit, f.tips, f.tips_en);
    values.set(s::DESCRIPTION, html::markdown(description.text)).show_if(description.german, s::TEXT_DE);
    values.show_if(not_all_translated(visit, f, parts), s::NOT_ENGLISH);
    if (!tips.text.empty())
        values.add(s::TIPS_BOX).set(s::TIPS, html::markdown(tips.text)).show_if(tips.german, s::TIPS_DE);
    std::vector<Text> lines;
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(f.id)))
        lines.push_back({(file.title.empty() ? file.name : file.title) + " – " + visit.absolute(file.url()), false});
    for (const auto* links : {&parts.materials, &parts.tools})
        for (const auto& link : *links) {
            lines.push_back(text_in(visit, link.title, link.title_en));
            if (!link.url.empty()) lines.back().text += " – " + link.url;
        }
    if (!lines.empty()) {
        auto box = values.add(s::TOOLS);
        for (const auto& line : lines) box.add(s::TOOL).set(s::TEXT, line.text).show_if(line.german, s::LINK_DE);
    }
    for (const auto& report : reports_of(visit.tx, f.id, 3)) {
        auto item = values.add(s::REPORT).set(s::TITLE, report.title).show_if(!is_german(visit), s::REPORT_DE);
        for (const auto& [label, text] : facts_of(visit, report))
            item.add(s::PART).set(s::LABEL, label).set(s::TEXT, text.text);
    }
    const std::string url = visit.absolute("/instrumente/" + f.key);
    values.set(s::URL, url).set(s::QR, html::svg_image(pdf::qr_svg(url, 120), ""));
    values.set(s::CHANGED, visit.language.date(berlin_day(f.changed_at)));
    return html::render(s::file, values, visit.language);
}

}  // namespace mitwirken::toolbox
