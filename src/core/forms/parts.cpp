// The small parts that stand on every page: error summary, pager, heads of pages.
#include "core/forms/forms.h"

#include <algorithm>

#include "core/templates.h"

namespace mitwirken::core {

std::string field_id(std::string name) {
    std::replace(name.begin(), name.end(), '.', '-');
    return name;
}

html::SafeHtml error_summary(const Visit& visit, const Problems& problems) {
    if (!problems.any()) return {};
    namespace t = tpl::error_summary;
    html::Values values;
    values.set(t::HEADING, visit.language.plural("Please check one entry", "Please check {n} entries",
                                                 std::int64_t(problems.list().size())));
    for (const auto& problem : problems.list()) {
        auto line =
            values.add(t::PROBLEM).set(t::TEXT, visit.tr(problem.message)).set(t::FIELD, field_id(problem.field));
        line.show(problem.field.empty() ? t::PLAIN : t::LINK);
    }
    return html::render_part(t::file, values, visit.language);
}

void need_short(Problems& problems, const std::string& field, std::string_view text, std::size_t limit) {
    if (letters(trimmed(text)) > limit)
        problems.add(field, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
}

void need_short_titles(Problems& problems, const Form& form) {
    for (const auto& [name, value] : form.fields())
        if (starts_with(name, "file-") && name.ends_with("-title")) need_short(problems, name, value, 200);
}

http::Response show_again(Visit& visit, PageHead head, const html::SafeHtml& content) {
    head.status = 422;
    head.has_errors = true;
    return visit.page(head, content);
}

html::SafeHtml pager(const Visit& visit, const std::string& back, const std::string& next, const std::string& words) {
    if (back.empty() && next.empty()) return {};
    namespace t = tpl::pager;
    html::Values values;
    values.set(t::WORDS, words);
    if (!back.empty()) values.add(t::BACK).set(t::URL, back);
    if (!next.empty()) values.add(t::NEXT).set(t::URL, next);
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml page_head(const Visit& visit, const Heading& heading) {
    namespace t = tpl::page_head;
    html::Values values;
    values.set(t::TITLE, heading.title).set(t::HOME_URL, visit.url("/")).show_if(heading.german, t::GERMAN);
    for (const auto& crumb : heading.crumbs)
        values.add(t::CRUMB).set(t::URL, visit.url(crumb.url)).set(t::LABEL, crumb.label);
    if (!heading.eyebrow.empty()) values.add(t::EYEBROW).set(t::TEXT, heading.eyebrow);
    if (!heading.lead.empty()) values.add(t::LEAD).set(t::TEXT, heading.lead).show_if(heading.german, t::GERMAN);
    if (heading.links.empty()) return html::render_part(t::file, values, visit.language);
    auto links = values.add(t::LINKS);
    for (const auto& link : heading.links) {
        auto item =
            links.add(t::LINK).set(t::URL, visit.url(link.url)).set(t::LABEL, link.label).set(t::ICON, link.icon);
        item.show(link.primary ? t::PRIMARY : t::SECONDARY);
    }
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml admin_head(const Visit& visit, const Heading& heading) {
    namespace t = tpl::admin_head;
    html::Values values;
    values.set(t::TITLE, heading.title);
    if (!heading.crumbs.empty()) {
        auto crumbs = values.add(t::CRUMBS).set(t::HOME_URL, visit.url("/verwaltung"));
        for (const auto& crumb : heading.crumbs)
            crumbs.add(t::CRUMB).set(t::URL, visit.url(crumb.url)).set(t::LABEL, crumb.label);
    }
    if (!heading.eyebrow.empty()) values.add(t::EYEBROW).set(t::TEXT, heading.eyebrow);
    if (!heading.lead.empty()) values.add(t::LEAD).set(t::TEXT, heading.lead);
    if (heading.links.empty()) return html::render_part(t::file, values, visit.language);
    auto links = values.add(t::LINKS);
    for (const auto& link : heading.links) {
        auto item =
            links.add(t::LINK).set(t::URL, visit.url(link.url)).set(t::LABEL, link.label).set(t::ICON, link.icon);
        item.show(link.primary ? t::PRIMARY : t::SECONDARY);
    }
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::core
