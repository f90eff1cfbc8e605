// Parts of other pages: what the office says, under a contribution; results and the promise, on the procedure's page.
#include "answers/templates.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::Visit;
namespace t = tpl::section;

// Whether anything was said at all.
bool add_status(Visit& visit, html::Values& page, const Contribution& c, const std::vector<StatusChange>& changes) {
    if (c.status.empty() && changes.empty()) return false;
    const auto& status = status_of(c.status);
    auto box = page.add(t::NOW)
                   .set(t::STATUS, visit.tr(status.name))
                   .set(t::PILL, status.pill)
                   .set(t::MEANING, visit.tr(status.meaning));
    if (!changes.empty() && changes.back().status == c.status)
        box.add(t::SINCE).set(t::DAY, visit.language.date(berlin_day(changes.back().at)));
    if (!c.status_reason.empty()) box.add(t::WHY).set(t::REASON, c.status_reason);
    if (changes.size() < 2) return true;
    auto past = page.add(t::HISTORY);
    for (const auto& change : changes) {
        auto line = past.add(t::CHANGE)
                        .set(t::STATUS, visit.tr(status_of(change.status).name))
                        .set(t::DAY, visit.language.date(berlin_day(change.at)));
        if (!change.reason.empty()) line.add(t::CHANGE_WHY).set(t::REASON, change.reason);
    }
    return true;
}

void add_answer(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const Item& item) {
    auto box = page.add(t::ANSWER).set(t::BODY, html::markdown(item.body, {.first_heading = 4}));
    const auto office = core::find_organisation(visit.tx, visit.tenant.id, item.organisation);
    box.set(t::OFFICE, office ? office->name : visit.tenant.name).set(t::ID, item.id.value);
    box.set(t::DAY, visit.language.date(berlin_day(item.published_at.value_or(item.changed_at))));
    if (!item.title.empty()) box.add(t::TITLED).set(t::TITLE, item.title);
    // Saving it the first time and publishing it may be two instants of one act.
    if (item.published_at && item.changed_at > *item.published_at + std::chrono::minutes{1})
        box.add(t::CHANGED).set(t::DAY, visit.language.date(berlin_day(item.changed_at)));
    const auto many = count_links(visit.tx, item.id);
    if (many > 1)
        box.add(t::MANY)
            .set(t::URL, visit.url(public_path(procedure, item)))
            .set(t::COUNT, visit.language.plural("{n} contribution", "{n} contributions", many));
}

bool add_joined(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const core::Procedure& plan,
                const Contribution& c) {
    const auto name = [&](html::Values line, ContributionId id, core::ActivityId activity, const std::string& title) {
        Contribution other;
        other.id = id, other.activity = activity;
        const auto path = core::path_of(visit, procedure, plan, other);
        line.set(t::URL, visit.url(path.empty() ? "/verfahren/" + procedure.key : path)).set(t::TITLE, title);
    };
    if (c.merged_into) {
        const auto stays = core::find_contribution(visit.tx, visit.tenant.id, c.merged_into);
        if (stays && stays->is_public()) name(page.add(t::JOINED), stays->id, stays->activity, stays->title);
    }
    const auto others = joined_into(visit.tx, c.id);
    for (const auto& other : others) name(page.add(t::DUPLICATE), other.id, other.activity, other.title);
    return c.merged_into || !others.empty();
}

bool add_promise(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const Contribution& c) {
    const auto due = due_day(procedure, c);
    if (!due || !c.is_public() || c.target || core::reaction(visit.tx, c.id)) return false;
    const bool late = *due < berlin_day(visit.now);
    if (!late) visit.right_until(start_of(add_days(*due, 1)));
    page.add(late ? t::LATE : t::DUE).set(t::DAY, visit.language.date(*due));
    return true;
}

}  // namespace

html::SafeHtml contribution_section(Visit& visit, const Contribution& c) {
    const auto* place = visit.place_or_none();
    if (!place || place->procedure.id != c.procedure) return {};
    const auto& procedure = place->procedure;
    html::Values page;
    bool something = add_status(visit, page, c, history(visit.tx, c.id));
    something = add_joined(visit, page, procedure, place->plan, c) || something;
    for (const auto& item : items_about(visit.tx, c.id)) {
        if (!item.is_public()) continue;
        something = true;
        if (item.kind == Kind::answer) {
            add_answer(visit, page, procedure, item);
            continue;
        }
        const auto* word = find_word(item.kind == Kind::outcome ? verdicts() : measure_states(), item.word);
        page.add(item.kind == Kind::outcome ? t::OUTCOME : t::MEASURE)
            .set(t::URL, visit.url(public_path(procedure, item)))
            .set(t::TITLE, item.title)
            .set(t::STATUS, word ? visit.tr(word->name) : "");
    }
    something = add_promise(visit, page, procedure, c) || something;
    return something ? html::render_part(t::file, page, visit.language) : html::SafeHtml{};
}

std::shared_ptr<const PromiseFigures> figures_of(Visit& visit, const core::ProcedureRecord& procedure) {
    // Days are counted: at midnight what was open may be late.
    const Timestamp midnight = start_of(add_days(berlin_day(visit.now), 1));
    visit.right_until(midnight);
    return visit.remembered<PromiseFigures>(procedure.scope(), "answers.promise", midnight, [&] {
        return promise_until(visit.tx, procedure.id, procedure.promise_days, visit.now);
    });
}

html::SafeHtml promise_part(Visit& visit, const core::ProcedureRecord& procedure) {
    if (procedure.promise_days == 0) return {};
    const auto f = figures_of(visit, procedure);
    namespace p = tpl::promise;
    html::Values values;
    values.set(p::PROMISE, visit.language.plural("We answer within one day.", "We answer within {n} days.",
                                                 procedure.promise_days));
    const auto number = [&](std::int64_t n) { return visit.language.number(n); };
    values.set(p::ALL, number(f->all)).set(p::IN_TIME, number(f->in_time)).set(p::LATE, number(f->late));
    values.set(p::OVERDUE, number(f->overdue)).set(p::OPEN, number(f->open()));
    const auto answered = f->in_time + f->late;
    if (f->all > 0)
        values.add(p::PROGRESS)
            .set(p::DONE, answered)
            .set(p::OF, f->all)
            .set(p::WORDS, visit.tr(tr_noop("{done} of {all} contributions answered",
                                            {{"done", number(answered)}, {"all", number(f->all)}})));
    return html::render_part(p::file, values, visit.language);
}

std::vector<core::ProcedureSection> procedure_sections(Visit& visit, const core::Place& place) {
    using Where = core::ProcedureSection::Where;
    std::vector<core::ProcedureSection> sections;
    const auto& procedure = place.procedure;
    if (procedure.promise_days) {
        html::Values box;
        box.set(tpl::promise_box::CONTENT, promise_part(visit, procedure));
        box.set(tpl::promise_box::URL, visit.url("/verfahren/" + procedure.key + "/ergebnis"));
        sections.push_back({Where::aside, 30, html::render_part(tpl::promise_box::file, box, visit.language)});
    }
    namespace r = tpl::results;
    html::Values page;
    const auto summary = summary_of(visit.tx, visit.tenant.id, procedure.id);
    const auto outcomes = items(visit.tx, visit.tenant.id, {procedure.id, Kind::outcome}, 5);
    const auto measures = items(visit.tx, visit.tenant.id, {procedure.id, Kind::measure}, 5);
    if ((!summary || !summary->is_public()) && outcomes.empty() && measures.empty()) return sections;
    if (summary && summary->is_public())
        page.add(r::SUMMARY).set(r::BODY, html::markdown(summary->body, {.first_heading = 3}));
    const auto add = [&](html::Section section, const Item& item, const std::vector<Word>& words) {
        const auto* word = find_word(words, item.word);
        page.add(section)
            .set(r::URL, visit.url(public_path(procedure, item)))
            .set(r::TITLE, item.title)
            .set(r::STATUS, word ? visit.tr(word->name) : "")
            .set(r::PILL, word ? word->pill : "plain");
    };
    for (const auto& item : outcomes) add(r::OUTCOME, item, verdicts());
    for (const auto& item : measures) add(r::MEASURE, item, measure_states());
    page.set(r::URL, visit.url("/verfahren/" + procedure.key + "/ergebnis"));
    sections.push_back({Where::main, 20, html::render_part(r::file, page, visit.language)});
    return sections;
}

}  // namespace mitwirken::answers
