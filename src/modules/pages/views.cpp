// A standing page as visitors see it; the preview shows the very same.
#include "core/forms/forms.h"
#include "core/house.h"
#include "modules/pages/pages.h"
#include "pages/templates.h"
#include "platform/base/text.h"

namespace mitwirken::pages {

namespace {

using core::Visit;
namespace t = tpl::page;

bool is_there(const Visit& visit, std::string_view path) {
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes)
            if (route.pattern == path && route.method == http::Method::get) return true;
    return false;
}

// The accessibility statement says how to report a barrier and who helps when the answer does not.
void fill_accessibility(Visit& visit, html::Values& values) {
    const bool form = is_there(visit, "/barriere-melden");
    const std::string office = visit.setting("accessibility.office"), url = visit.setting("accessibility.office_url");
    if (!form && office.empty()) return;
    values.show(t::HAS_ASIDE);
    auto aside = values.add(t::ASIDE);
    if (form) aside.add(t::REPORT).set(t::URL, visit.url("/barriere-melden"));
    if (office.empty()) return;
    auto box = aside.add(t::OFFICE);
    if (url.empty())
        box.add(t::OFFICE_NAME).set(t::NAME, office);
    else
        box.add(t::OFFICE_LINK).set(t::NAME, office).set(t::URL, url);
}

}  // namespace

html::SafeHtml content(Visit& visit, const Page& p, const html::SafeHtml& notice) {
    const bool english = is_english(p, visit.language.code());
    html::Values values;
    core::Heading heading{.title = title_in(p, visit.language.code())};
    if (p.id && visit.may(edit_action))
        heading.links = {{"/verwaltung/seiten/" + std::to_string(p.id.value), visit.tr("Edit"), "edit"}};
    values.set(t::HEAD, core::page_head(visit, heading))
        .set(t::NOTICE, notice)
        .set(t::LANG, english ? "en" : visit.tenant.languages.front())
        .set(t::BODY, html::markdown(english ? p.body_en : p.body, {.first_heading = 2}));
    if (p.key == "accessibility") fill_accessibility(visit, values);
    return html::render_part(t::file, values, visit.language);
}

http::Response show(Visit& visit, const std::string& key) {
    const auto p = find(visit.tx, visit.tenant.id, key);
    if (!p || !core::is_public(p->schedule(), visit.now)) throw NotFound();
    if (const auto at = core::next_change(p->schedule(), visit.now)) visit.right_until(*at);
    const bool english = is_english(*p, visit.language.code());
    return visit.page({.title = title_in(*p, visit.language.code()),
                       .description = html::markdown_to_text(english ? p->body_en : p->body)},
                      content(visit, *p, {}));
}

}  // namespace mitwirken::pages
