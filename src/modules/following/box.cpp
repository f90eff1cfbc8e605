// The box on a procedure's page.
#include "following/templates.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"

namespace mitwirken::following {

std::vector<core::ProcedureSection> sections(core::Visit& visit, const core::Place& place) {
    if (place.procedure.state == core::ProcedureState::draft) return {};
    namespace t = tpl::box;
    const Follow thing{.kind = Kind::procedure, .item = place.procedure.id.value};
    html::Values box;
    bool followed = false;
    if (const auto reader = reader_here(visit))
        for (const auto& follow : follows_of(visit.tx, reader->id))
            followed = followed || (follow.confirmed_at && same_thing(follow, thing));
    if (followed)
        box.add(t::FOLLOWED).set(t::URL, visit.url(own_base));
    else
        box.add(t::OFFER).set(t::URL, visit.url(base) + "?verfahren=" + escape_url(place.procedure.key));
    const auto feeds = feeds_of(visit, thing);
    box.add(t::FEED).set(t::URL, feeds.news + ".rss").set(t::ICON, "rss").set(t::LABEL, visit.tr("As a feed (RSS)"));
    box.add(t::FEED)
        .set(t::URL, feeds.calendar)
        .set(t::ICON, "calendar-add")
        .set(t::LABEL, visit.tr("Steps as a calendar (iCal)"));
    core::ProcedureSection section;
    section.where = core::ProcedureSection::Where::aside;
    section.position = 20;
    section.content = html::render_part(t::file, box, visit.language);
    return {std::move(section)};
}

}  // namespace mitwirken::following
