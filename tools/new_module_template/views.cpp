// Structs into template values, nothing else.
#include "core/visit.h"
#include "modules/@name@/@name@.h"

#include "@name@/templates.h"

namespace mitwirken::@name@ {

html::SafeHtml list_view(const core::Visit& visit, const std::vector<Item>& items, const std::string& older) {
    namespace t = tpl::list;
    html::Values page;
    page.show_if(items.empty(), t::NONE);
    for (const auto& item : items) {
        auto row = page.add(t::ITEM);
        row.set(t::TITLE, item.title);
        row.set(t::WHEN, visit.language.date(berlin_day(item.created_at)));
        row.set(t::BODY, html::markdown(item.body));
    }
    if (visit.may("@name@.write")) page.add(t::MAY_WRITE).set(t::NEW_URL, visit.url("/@path@/neu"));
    if (!older.empty()) page.add(t::OLDER).set(t::OLDER_URL, older);
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml form_view(const core::Visit& visit, const Form& form, const Problems& problems) {
    namespace t = tpl::form;
    html::Values page;
    page.set(t::ACTION, visit.url("/@path@"));
    page.set(t::TITLE, form["title"]);
    page.set(t::BODY, form["body"]);
    if (problems.any()) {
        auto summary = page.add(t::PROBLEMS);
        for (const auto& problem : problems.list())
            summary.add(t::PROBLEM).set(t::FIELD, problem.field).set(t::WORDS, visit.tr(problem.message));
    }
    if (const auto* wrong = problems.of("title"))
        page.add(t::TITLE_WRONG).set(t::TITLE_WORDS, visit.tr(wrong->message));
    if (const auto* wrong = problems.of("body")) page.add(t::BODY_WRONG).set(t::BODY_WORDS, visit.tr(wrong->message));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::@name@
