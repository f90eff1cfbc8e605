// The dates of a procedure on its page: what comes, and folded away, what is over.
#include "calendar/templates.h"
#include "core/procedures/place.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
namespace t = tpl::of_procedure;
constexpr int most_coming = 12, most_past = 20;

std::string meta_of(const Visit& visit, const Event& event) {
    const std::string place = place_words(visit, event);
    return place.empty() ? when_words(visit, event) : when_words(visit, event) + " · " + place;
}

html::Values line_of(Visit& visit, html::Values& box, html::Section section, const Event& event) {
    note_changes(visit, event);
    return box.add(section)
        .set(t::URL, visit.url("/termine/" + event.key))
        .set(t::TITLE, event.title)
        .set(t::META, meta_of(visit, event));
}

}  // namespace

std::vector<core::ProcedureSection> procedure_sections(Visit& visit, const core::Place& place) {
    const auto& key = place.procedure.key;
    const auto coming = of_procedure(visit.tx, visit.tenant.id, key, false, visit.now, most_coming);
    const auto past = of_procedure(visit.tx, visit.tenant.id, key, true, visit.now, most_past);
    if (coming.empty() && past.empty()) return {};
    html::Values page;
    if (!coming.empty()) {
        auto box = page.add(t::COMING);
        for (const auto& event : coming) {
            auto line = line_of(visit, box, t::LINE, event);
            line.show_if(visit.in_german(), t::GERMAN).show_if(event.cancelled, t::CANCELLED);
            if (const auto day = first_day(event))
                line.add(t::TILE)
                    .set(t::NUMBER, int(unsigned(day->day())))
                    .set(t::LABEL, visit.language.month_short(*day));
        }
    }
    if (!past.empty()) {
        auto box = page.add(t::PAST);
        for (const auto& event : past) line_of(visit, box, t::OVER, event);
    }
    return {{core::ProcedureSection::Where::main, 30, html::render_part(t::file, page, visit.language)}};
}

}  // namespace mitwirken::calendar
