// The public pages: overview, one procedure, one dossier.
#include "modules/procedures/pages.h"

#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/people/people.h"
#include "core/procedures/words.h"
#include "platform/base/text.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;

std::string words_of(const Visit& visit, Situation situation) {
    switch (situation) {
        case Situation::planned:
            return visit.tr("Planned");
        case Situation::running:
            return visit.tr("Running");
        case Situation::over:
            return visit.tr("Being evaluated");
        case Situation::paused:
            return visit.tr("Interrupted");
    }
    return "";
}

std::string pill_of(Situation situation) {
    switch (situation) {
        case Situation::planned:
            return "pill--soon";
        case Situation::running:
            return "pill--ok";
        case Situation::over:
            return "pill--past";
        case Situation::paused:
            return "pill--review";
    }
    return "";
}

// "6. April bis 30. Mai", "ab 6. April", "Herbst 2027".
std::string dates_of(const Visit& visit, const core::Place& place, const core::Step& step, core::Spot spot) {
    if (const auto* rough = std::get_if<core::Roughly>(&step.dates)) return rough->words;
    const auto& period = place.grid.period(spot);
    const std::string from = core::beginning_in_words(visit.language, *period.from, visit.now);
    if (!period.until) return visit.tr(tr_noop("from {date}", {{"date", from}}));
    // Of whole days the last one is said, not the midnight after it.
    const auto* days = std::get_if<core::ByDays>(&step.dates);
    const std::string until = days ? core::beginning_in_words(visit.language, start_of(*days->last), visit.now)
                                   : core::end_in_words(visit.language, *period.until, visit.now);
    return visit.tr(tr_noop("{from} to {until}", {{"from", from}, {"until", until}}));
}

void add_step(Visit& visit, html::Values& track, const core::Place& place, core::Spot spot, int number) {
    namespace t = tpl::procedure;
    const auto& step = place.plan.tracks[spot.track].steps[spot.step];
    const auto& period = place.grid.period(spot);
    const bool begun = period.from && *period.from <= place.at;
    const bool over = period.until && *period.until <= place.at;
    auto line = track.add(t::STEP)
                    .set(t::NUMBER, number)
                    .set(t::LABEL, step.label)
                    .set(t::DATES, dates_of(visit, place, step, spot));
    if (!step.text.empty()) line.add(t::STEP_TEXT).set(t::TEXT, step.text);
    line.show_if(begun && over, t::DONE);
    line.show_if(begun && !over, t::NOW);
    if (begun && !over && period.until) line.add(t::LEFT).set(t::TEXT, visit.language.ago(*period.until, place.at));
}

void add_time_line(Visit& visit, html::Values& page, const core::Place& place) {
    namespace t = tpl::procedure;
    for (std::size_t i = 0; i < place.plan.tracks.size(); ++i) {
        const auto& track = place.plan.tracks[i];
        if (!place.audience.has(i) || track.steps.empty()) continue;
        auto box = page.add(t::TRACK).set(t::TRACK_LABEL, track.label).set(t::TRACK_KEY, track.key);
        int number = 0;
        for (std::size_t s = 0; s < track.steps.size(); ++s)
            if (!track.steps[s].silent) add_step(visit, box, place, {i, s}, ++number);
    }
}

void add_activities(Visit& visit, html::Values& page, const core::Place& place) {
    namespace t = tpl::procedure;
    for (const auto& activity : place.plan.activities) {
        if (!place.visible(activity)) continue;
        const auto& kind = visit.house.module(activity.module).activity;
        if (kind && kind->card) page.add(t::ACTIVITY).set(t::CARD, kind->card(visit, place, activity));
    }
}

void add_texts(Visit& visit, html::Values& page, const core::ProcedureRecord& p) {
    namespace t = tpl::procedure;
    const auto prose = [&](html::Section section, const std::string& text) {
        if (!text.empty()) page.add(section).set(t::PROSE, html::markdown(text, {.first_heading = 3}));
    };
    prose(t::BODY, p.body);
    prose(t::INFLUENCE, p.influence);
    prose(t::NEXT_STEPS, p.next_steps);
    prose(t::CONTACT, p.contact);
    if (p.promise_days)
        page.add(t::PROMISE)
            .set(t::TEXT,
                 visit.language.plural("We answer within one day.", "We answer within {n} days.", p.promise_days));
}

// What the other modules have to say of it.
void add_sections(Visit& visit, html::Values& page, const core::Place& place) {
    namespace t = tpl::procedure;
    std::vector<core::ProcedureSection> sections;
    for (const auto& manifest : visit.house.modules)
        if (manifest.procedure_sections)
            for (auto& section : manifest.procedure_sections(visit, place)) sections.push_back(std::move(section));
    std::stable_sort(sections.begin(), sections.end(),
                     [](const auto& a, const auto& b) { return a.position < b.position; });
    for (const auto& section : sections)
        if (section.where == core::ProcedureSection::Where::aside)
            page.add(t::BOX).set(t::CONTENT, section.content);
        else
            page.add(t::SECTION).set(t::CONTENT, section.content);
}

}  // namespace

Situation situation(const core::Place& place) {
    if (place.procedure.state == core::ProcedureState::paused) return Situation::paused;
    bool begun = false, dated_later = false;
    for (std::size_t i = 0; i < place.plan.tracks.size(); ++i) {
        if (!place.audience.has(i)) continue;
        const auto current = place.grid.current(i, place.at);
        if (current && current->running) return Situation::running;
        begun = begun || current;
        for (std::size_t s = 0; s < place.plan.tracks[i].steps.size(); ++s) {
            const auto& period = place.grid.period({i, s});
            dated_later = dated_later || !period.from || *period.from > place.at;
        }
    }
    return begun && !dated_later ? Situation::over : Situation::planned;
}

http::Response procedure_page(Visit& visit) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter("procedure"));
    if (!record) throw NotFound();
    const auto place = core::open_place(visit, std::move(*record));
    const auto& p = place.procedure;
    namespace t = tpl::procedure;
    html::Values page;
    const auto now = situation(place);
    page.set(t::HOME_URL, visit.url("/")).set(t::LIST_URL, visit.url("/verfahren")).set(t::TITLE, p.title);
    page.set(t::SUMMARY, p.summary).set(t::SITUATION, words_of(visit, now)).set(t::PILL, pill_of(now));
    page.show_if(place.preview, t::PREVIEW);
    if (const auto dossier = core::find_dossier(visit.tx, visit.tenant.id, p.dossier))
        page.add(t::DOSSIER).set(t::URL, visit.url("/vorhaben/" + dossier->key)).set(t::NAME, dossier->title);
    if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, p.organisation))
        page.add(t::OFFICE).set(t::NAME, office->name);
    add_time_line(visit, page, place);
    add_activities(visit, page, place);
    add_texts(visit, page, p);
    add_sections(visit, page, place);
    return visit.page({.title = p.title,
                       .description = p.summary,
                       .navigation = "/verfahren",
                       .feeds = core::follow_feeds(visit, "verfahren/" + p.key, p.title),
                       .kind = "procedure"},
                      t::file, page);
}

http::Response list_page(Visit& visit) {
    constexpr int per_page = 24;
    core::ProcedureFilter filter;
    filter.before = core::ProcedureId{to_int(visit.query["vor"]).value_or(0)};
    namespace t = tpl::list;
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Procedures"),
                                              .lead = visit.tr("What the municipality plans with you: what runs, what "
                                                               "comes, and what became of it.")}));
    int shown = 0;
    std::string next;
    for (auto& record : core::procedures(visit.tx, visit.tenant.id, filter, per_page + 1)) {
        if (shown == per_page) break;
        if (++shown == per_page) next = visit.with("vor", std::to_string(record.id.value));
        if (record.state == core::ProcedureState::draft || !record.listed) continue;
        const auto place = core::open_place(visit, std::move(record));
        const auto now = situation(place);
        page.add(t::ITEM)
            .set(t::URL, visit.url("/verfahren/" + place.procedure.key))
            .show_if(visit.in_german(), t::GERMAN)
            .set(t::TITLE, place.procedure.title)
            .set(t::SUMMARY, place.procedure.summary)
            .set(t::SITUATION, words_of(visit, now))
            .set(t::PILL, pill_of(now));
    }
    if (shown == 0) page.show(t::NONE);
    page.set(t::PAGER, core::pager(visit, "", next, ""));
    return visit.page({.title = visit.tr("Procedures"), .navigation = "/verfahren", .kind = "list"}, t::file, page);
}

http::Response dossier_page(Visit& visit) {
    const auto dossier = core::find_dossier(visit.tx, visit.tenant.id, visit.parameter("dossier"));
    const bool shown = dossier && (dossier->state == core::DossierState::published ||
                                   visit.may(core::edit_procedures_action, dossier->organisation));
    if (!shown) throw NotFound();
    namespace t = tpl::dossier;
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = dossier->title,
                                              .lead = dossier->summary,
                                              .crumbs = {{visit.tr("Procedures"), "/verfahren"}}}));
    if (!dossier->body.empty()) page.add(t::BODY).set(t::PROSE, html::markdown(dossier->body, {.first_heading = 2}));
    for (const auto& record : core::procedures_of(visit.tx, visit.tenant.id, dossier->id))
        if (record.state != core::ProcedureState::draft || visit.may(core::edit_procedures_action, record.organisation))
            page.add(t::PROCEDURE)
                .set(t::URL, visit.url("/verfahren/" + record.key))
                .set(t::TITLE, record.title)
                .set(t::SUMMARY, record.summary);
    for (const auto& entry : core::dossier_entries(visit.tx, dossier->id)) {
        auto line = page.add(t::ENTRY)
                        .set(t::DAY, to_iso(entry.day))
                        .set(t::DAY_WORDS, visit.language.date(entry.day))
                        .set(t::TITLE, entry.title)
                        .set(t::TEXT, entry.text);
        if (!entry.url.empty()) line.add(t::LINK).set(t::URL, entry.url);
    }
    if (const auto address = core::follow_address(visit, "vorhaben", dossier->key); !address.empty())
        page.add(t::FOLLOW).set(t::URL, address);
    return visit.page({.title = dossier->title,
                       .description = dossier->summary,
                       .navigation = "/verfahren",
                       .feeds = core::follow_feeds(visit, "vorhaben/" + dossier->key, dossier->title)},
                      t::file, page);
}

}  // namespace mitwirken::procedures
