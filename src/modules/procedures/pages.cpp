// The public pages: overview and one procedure – what is open now comes first.
#include "modules/procedures/pages.h"

#include "core/desk/desk.h"
#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "core/procedures/parts.h"
#include "core/procedures/words.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/procedures/documents.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/public_words.h"
#include "platform/base/text.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;

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
        // With one audience its name says nothing.
        auto box = page.add(t::TRACK)
                       .set(t::TRACK_LABEL, place.plan.tracks.size() > 1 ? track.label : visit.tr("How it goes"))
                       .set(t::TRACK_KEY, track.key);
        box.show_if(!place.procedure.next_steps.empty(), t::NEXT_LINK);
        int number = 0;
        for (std::size_t s = 0; s < track.steps.size(); ++s)
            if (!track.steps[s].silent) add_step(visit, box, place, {i, s}, ++number);
    }
}

// The cards of what is open come first; what can be read or comes later stands below.
void add_activities(Visit& visit, html::Values& page, const core::Place& place) {
    namespace t = tpl::procedure;
    const auto list = openings(visit, place);
    const bool any = !list.empty() && list.front().open;
    const bool over = !any && situation(place) == Situation::over;
    page.show_if(any, t::ANY_OPEN)
        .show_if(!any && !over, t::NONE_OPEN)
        .show_if(over, t::ALL_OVER)
        .show_if(list.empty(), t::NO_ACTIVITY);
    std::optional<html::Values> later;
    std::optional<Timestamp> until, from;
    bool endless = false;
    for (const auto& one : list) {
        const auto* kind = kind_of(visit, one.activity->module);
        if (!kind || !kind->card) continue;
        if (one.open) {
            endless = endless || !one.until;
            if (one.until && (!until || *one.until > *until)) until = one.until;
        } else if (one.opens_next && (!from || *one.opens_next < *from)) {
            from = one.opens_next;
        }
        const auto card = kind->card(visit, place, *one.activity);
        if (one.open || !any) {
            page.add(t::ACTIVITY).set(t::CARD, card);
        } else {
            if (!later) later = page.add(t::LATER_BOX);
            later->add(t::LATER).set(t::CARD, card);
        }
    }
    if (any)
        page.add(t::JOIN)
            .set(t::URL, visit.url(core::path_of(visit, place.procedure, *list.front().activity)))
            .set(t::LABEL, list.front().activity->title);
    if (until && !endless) page.add(t::OPEN_UNTIL).set(t::TEXT, core::end_in_words(visit.language, *until, visit.now));
    if (!any && from) page.add(t::OPEN_FROM).set(t::TEXT, core::beginning_in_words(visit.language, *from, visit.now));
    std::int64_t count = 0;
    for (const auto& activity : place.plan.activities)
        if (place.visible(activity)) count += activity.contributions;
    if (count) page.add(t::COUNT_BOX).set(t::TEXT, visit.language.number(count));
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

std::string version_words(const Visit& visit, const DocumentWithFiles::Entry& entry) {
    const auto words =
        visit.tr(tr_noop("Version {n}, {date}", {{"n", std::to_string(entry.version.number)},
                                                 {"date", visit.language.date(berlin_day(entry.version.at))}}));
    return entry.version.note.empty() ? words : words + ": " + entry.version.note;
}

void add_documents(Visit& visit, html::Values& page, const std::vector<DocumentWithFiles>& list) {
    namespace t = tpl::procedure;
    if (list.empty()) return;
    auto box = page.add(t::DOCUMENTS);
    for (const auto& [document, versions] : list) {
        const auto& shown = versions.front();
        auto line = box.add(t::DOCUMENT)
                        .set(t::TITLE, document.title)
                        .set(t::URL, visit.url(shown.file.url()))
                        .set(t::META, shown.file.words() + ", " + visit.language.bytes(std::uint64_t(shown.file.size)) +
                                          " · " + version_words(visit, shown));
        if (versions.size() < 2) continue;
        auto older = line.add(t::OLDER_BOX);
        for (std::size_t i = 1; i < versions.size(); ++i)
            older.add(t::OLDER)
                .set(t::URL, visit.url(versions[i].file.url()))
                .set(t::WORDS, version_words(visit, versions[i]));
    }
}

void add_faq(html::Values& page, const std::vector<core::Faq>& faq) {
    namespace t = tpl::procedure;
    if (faq.empty()) return;
    auto box = page.add(t::FAQ_BOX);
    for (const auto& one : faq)
        box.add(t::FAQ).set(t::QUESTION, one.question).set(t::ANSWER, html::markdown(one.answer, {.first_heading = 3}));
}

void add_tabs(Visit& visit, html::Values& page, const core::ProcedureRecord& p, bool over, std::size_t documents,
              std::size_t questions) {
    namespace t = tpl::procedure;
    const auto tab = [&](const char* id, const Message& label, std::size_t count = 0) {
        auto line = page.add(t::TAB).set(t::ID, id).set(t::LABEL, visit.tr(label));
        if (count) line.add(t::TAB_COUNT).set(t::COUNT, std::int64_t(count));
    };
    tab("join", over ? tr_noop("What people said") : tr_noop("Take part"));
    tab("plan", tr_noop("How it goes"));
    if (!p.body.empty()) tab("about", tr_noop("What it is about"));
    if (!p.influence.empty()) tab("influence", tr_noop("What you can change"));
    if (documents) tab("documents", tr_noop("Documents"), documents);
    if (questions) tab("faq", tr_noop("Questions and answers"), questions);
    if (!p.next_steps.empty()) tab("next", tr_noop("What happens next"));
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
        if (dossier->state != core::DossierState::draft || place.preview)
            for (const auto section : {t::DOSSIER, t::HISTORY})
                page.add(section).set(t::URL, visit.url("/vorhaben/" + dossier->key)).set(t::NAME, dossier->title);
    if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, p.organisation))
        page.add(t::OFFICE).set(t::NAME, office->name);
    const std::string path = "/verfahren/" + escape_url(p.key);
    page.set(t::SHARE_URL, visit.url(path + "/teilen")).set(t::POSTER_URL, visit.url(path + "/plakat"));
    if (visit.may(core::edit_procedures_action, p.organisation))
        page.add(t::EDIT).set(t::URL, visit.url(core::desk_path(p)));
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, p.ref()))
        page.add(t::TERM).set(t::NAME, term.name_in(visit.language.code()));
    const auto documents = documents_of(visit.tx, visit.tenant.id, p, false);
    const auto faq = core::faq_of(visit.tx, visit.tenant.id, p.id);
    add_tabs(visit, page, p, now == Situation::over, documents.size(), faq.size());
    add_time_line(visit, page, place);
    add_activities(visit, page, place);
    add_texts(visit, page, p);
    add_documents(visit, page, documents);
    add_faq(page, faq);
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
                                                               "comes, and what became of it."),
                                              .links = {{"/vorhaben", visit.tr("All matters"), "folder"}}}));
    int shown = 0;
    std::string next;
    std::vector<std::pair<Situation, core::Place>> list;
    for (auto& record : core::procedures(visit.tx, visit.tenant.id, filter, per_page + 1)) {
        if (shown == per_page) break;
        if (++shown == per_page) next = visit.with("vor", std::to_string(record.id.value));
        if (record.state == core::ProcedureState::draft || !record.listed) continue;
        auto place = core::open_place(visit, std::move(record));
        const auto now = situation(place);
        list.emplace_back(now, std::move(place));
    }
    // On a page, what runs stands before what is over.
    std::stable_partition(list.begin(), list.end(), [](const auto& one) { return one.first != Situation::over; });
    std::stable_partition(list.begin(), list.end(), [](const auto& one) { return one.first == Situation::running; });
    for (const auto& [now, place] : list)
        page.add(t::ITEM)
            .set(t::URL, visit.url("/verfahren/" + place.procedure.key))
            .show_if(visit.in_german(), t::GERMAN)
            .set(t::TITLE, place.procedure.title)
            .set(t::SUMMARY, place.procedure.summary)
            .set(t::SITUATION, words_of(visit, now))
            .set(t::PILL, pill_of(now));
    if (shown == 0) page.show(t::NONE);
    page.set(t::PAGER, core::pager(visit, "", next, ""));
    return visit.page({.title = visit.tr("Procedures"), .navigation = "/verfahren", .kind = "list"}, t::file, page);
}

}  // namespace mitwirken::procedures
