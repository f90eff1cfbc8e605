// The paper form of ideas: the same questions as online, with lines to write on.
#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"

namespace mitwirken::ideas {

html::SafeHtml paper_form(core::Visit& visit, const core::Place& place, const core::Activity& activity) {
    namespace t = tpl::paper;
    const Settings settings = settings_of(activity.settings);
    constexpr int lines = 9;
    int number = 2;
    html::Values page;
    for (int i = 0; i < lines; ++i) page.add(t::LINE);
    if (settings.topics) {
        auto topics = page.add(t::TOPICS).set(t::NUMBER, ++number);
        const auto known = core::terms(visit, "topic");
        for (const auto& term : *known)
            if (term.retired == 0) topics.add(t::TOPIC).set(t::LABEL, term.name_in(visit.language.code()));
    }
    if (core::place_rules(activity.settings, place.procedure).wanted()) page.add(t::PLACE).set(t::NUMBER, ++number);
    for (const auto& field : settings.fields) {
        auto box = page.add(t::FIELD).set(t::NUMBER, ++number).set(t::LABEL, field.label);
        if (field.kind == OwnField::Kind::choice) {
            auto options = box.add(t::OPTIONS);
            for (const auto& option : field.options) options.add(t::OPTION).set(t::LABEL, option);
        }
        const int wanted = field.kind == OwnField::Kind::long_text ? 4 : field.kind == OwnField::Kind::text ? 1 : 0;
        for (int i = 0; i < wanted; ++i) box.add(t::FIELD_LINE);
    }
    page.set(t::NUMBER, ++number);
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::ideas
