// Everything that can be followed, for programs: what happened as RSS and Atom, the steps of procedures as iCal.
// What must stay true: only what the public may read; every entry has an address of its own that never changes.
#include <algorithm>

#include "core/feeds/feeds.h"
#include "core/procedures/place.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/calendar/ical.h"

namespace mitwirken::following {

namespace {

using core::Visit;

constexpr int entries = 40;
// Of circles and searches the newest are looked through for what belongs to them.
constexpr int looked_through = 300;
constexpr int most_procedures = 200;

// "/folgen/verfahren/smart-rhino/…"
Follow thing_of_path(Visit& visit) {
    static const std::pair<const char*, const char*> kinds[] = {
        {"verfahren", "verfahren"}, {"vorhaben", "vorhaben"}, {"themen", "thema"}, {"bezirke", "bezirk"}};
    for (const auto& [word, field] : kinds) {
        if (visit.parameter("kind") != word) continue;
        Form form;
        form.set(field, visit.parameter("key"));
        if (auto thing = thing_in(visit, form)) return std::move(*thing);
    }
    throw NotFound();
}

bool belongs(db::Tx& tx, const Follow& thing, const Happening& h) {
    if (thing.kind == Kind::radius) {
        const auto spot = spot_of(tx, h);
        return spot && reaches(thing, *spot);
    }
    if (thing.kind != Kind::search) return true;
    return finds(thing, search::ReadText(text_of(tx, h)), facet_of(tx, h), terms_of(tx, h.id));
}

http::Response news_of(Visit& visit, const std::optional<Follow>& thing) {
    const bool sought = thing && (thing->kind == Kind::radius || thing->kind == Kind::search);
    const std::string name = thing ? name_of(visit, *thing).name : visit.tenant.site_name;
    core::Feed feed{.title = visit.tr(tr_noop("What happens: {name}", {{"name", name}})),
                    .words = visit.tr("New contributions, answers, results and steps."),
                    .page = base};
    if (thing && !sought) feed.page = name_of(visit, *thing).url;
    const auto list = thing ? happenings(visit.tx, visit.tenant.id, *thing, sought ? looked_through : entries * 2)
                            : all_happenings(visit.tx, visit.tenant.id, entries * 2);
    for (const auto& h : list) {
        if (int(feed.items.size()) == entries) break;
        if (sought && !belongs(visit.tx, *thing, h)) continue;
        auto said = say(visit.tx, visit.language, h);
        if (!said) continue;
        if (said->url.find('#') == std::string::npos) said->url += "#ereignis-" + std::to_string(h.id.value);
        feed.items.push_back({said->url, said->title, said->text, h.at, {said->group}});
    }
    return core::feed_answer(visit, feed);
}

bool bears(Visit& visit, const core::ProcedureRecord& procedure, const Follow& thing) {
    switch (thing.kind) {
        case Kind::procedure:
            return procedure.id.value == thing.item;
        case Kind::dossier:
            return procedure.dossier.value == thing.item;
        case Kind::topic:
        case Kind::district: {
            const auto terms = core::terms_of(visit.tx, visit.tenant.id, procedure.ref());
            return std::any_of(terms.begin(), terms.end(), [&](const auto& t) { return t.id.value == thing.item; });
        }
        case Kind::radius: {
            Happening h{.tenant = visit.tenant.id};
            h.procedure = procedure.id;
            const auto spot = spot_of(visit.tx, h);
            return spot && reaches(thing, *spot);
        }
        case Kind::search:
            if (thing.item) return procedure.id.value == thing.item;
            return search::ReadText(procedure.title + "\n" + procedure.summary + "\n" + procedure.body)
                .found_by(thing.words);
    }
    return false;
}

std::vector<core::ProcedureRecord> procedures_of(Visit& visit, const std::optional<Follow>& thing) {
    if (thing && thing->kind == Kind::procedure)
        return {*core::find_procedure(visit.tx, visit.tenant.id, core::ProcedureId{thing->item})};
    std::vector<core::ProcedureRecord> list;
    for (auto& procedure : core::procedures(visit.tx, visit.tenant.id, {}, most_procedures)) {
        if (procedure.state == core::ProcedureState::draft || !procedure.listed) continue;
        if (!thing || bears(visit, procedure, *thing)) list.push_back(std::move(procedure));
    }
    return list;
}

void add_steps(Visit& visit, const core::Place& place, bool several, std::vector<calendar::IcalEvent>& events) {
    const std::string host = visit.tenant.hosts.empty() ? visit.tenant.key : visit.tenant.hosts.front();
    for (std::size_t t = 0; t < place.plan.tracks.size(); ++t) {
        if (!place.audience.has(t)) continue;
        for (std::size_t s = 0; s < place.plan.tracks[t].steps.size(); ++s) {
            const auto& step = place.plan.tracks[t].steps[s];
            const auto& period = place.grid.period({t, s});
            if (step.silent || !period.from) continue;
            calendar::IcalEvent event;
            event.uid = "step-" + std::to_string(step.id.value) + "@" + host;
            event.summary = several ? step.label + " – " + place.procedure.title : step.label;
            event.description = step.text;
            event.url = visit.absolute("/verfahren/" + place.procedure.key);
            event.starts = *period.from;
            event.ends = period.until;
            event.all_day = std::holds_alternative<core::ByDays>(step.dates);
            event.cancelled = place.procedure.state == core::ProcedureState::paused;
            event.changed = place.procedure.changed_at;
            events.push_back(std::move(event));
        }
    }
}

http::Response calendar_of(Visit& visit, const std::optional<Follow>& thing) {
    std::vector<calendar::IcalEvent> events;
    const auto procedures = procedures_of(visit, thing);
    const bool several = !thing || thing->kind != Kind::procedure;
    for (const auto& procedure : procedures) add_steps(visit, core::open_place(visit, procedure), several, events);
    const std::string name = thing ? name_of(visit, *thing).name : visit.tr("Steps of all procedures");
    auto response = http::Response::text(200, calendar::write_ical(name + " – " + visit.tenant.site_name, events));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace

http::Response thing_news(Visit& visit) { return news_of(visit, thing_of_path(visit)); }
http::Response thing_calendar(Visit& visit) { return calendar_of(visit, thing_of_path(visit)); }
http::Response open_news(Visit& visit) { return news_of(visit, thing_in(visit, visit.query)); }
http::Response open_calendar(Visit& visit) { return calendar_of(visit, thing_in(visit, visit.query)); }

}  // namespace mitwirken::following
