// The dates of a procedure, on its page: what is still to come first, then what was.
#include <algorithm>

#include "calendar/templates.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

namespace t = tpl::procedure_section;

void fill(core::Visit& visit, html::Values line, const Event& event) {
    std::string meta = when_words(visit, event);
    if (const auto place = place_words(visit, event); !place.empty()) meta += " · " + place;
    line.set(t::URL, visit.url("/termine/" + event.key)).set(t::TITLE, event.title).set(t::META, meta);
    line.show_if(event.cancelled, t::CANCELLED).show_if(visit.in_german(), t::GERMAN);
    if (const auto day = first_day(event))
        line.add(t::TILE).set(t::NUMBER, int(unsigned(day->day()))).set(t::LABEL, visit.language.month_short(*day));
}

}  // namespace

std::vector<core::ProcedureSection> procedure_sections(core::Visit& visit, const core::Place& place) {
    constexpr int read = 40;
    constexpr std::size_t most_coming = 10, most_past = 5;
    visit.reads("calendar");
    std::vector<Event> coming, past;
    for (auto& event : of_procedure(visit.tx, visit.tenant.id, place.procedure.id, read)) {
        note_changes(visit, event);
        if (!is_visible(event, visit.now)) continue;
        auto& list = over_at(event) > visit.now ? coming : past;
        list.push_back(std::move(event));
    }
    std::reverse(coming.begin(), coming.end());  // the next one first
    if (coming.size() > most_coming) coming.resize(most_coming);
    if (past.size() > most_past) past.resize(most_past);
    if (coming.empty() && past.empty()) return {};
    html::Values values;
    if (!coming.empty()) {
        auto list = values.add(t::COMING);
        for (const auto& event : coming) fill(visit, list.add(t::LINE), event);
    }
    if (!past.empty()) {
        auto list = values.add(t::PAST);
        for (const auto& event : past) fill(visit, list.add(t::LINE), event);
    }
    return {{.position = 40, .content = html::render_part(t::file, values, visit.language)}};
}

}  // namespace mitwirken::calendar
