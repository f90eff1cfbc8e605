// What everybody reads: what came of a procedure, its measures, and every answer, outcome and measure on its own page.
#include "answers/templates.h"
#include "core/attachments/attachments.h"
#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Visit;
constexpr int most_listed = 200;
constexpr int linked_on_a_page = 50;

core::Place place_of(Visit& visit) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter("procedure"));
    if (!record) throw NotFound();
    return core::open_place(visit, std::move(*record));
}

// Those who write it see it before it is public.
bool sees_drafts(const Visit& visit, const core::ProcedureRecord& procedure) {
    return visit.may(write_action, procedure.organisation).allowed;
}

void add_card(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const Item& item,
              std::int64_t links) {
    namespace t = tpl::outcome;
    const auto* word = find_word(verdicts(), item.word);
    page.add(t::OUTCOME)
        .set(t::ID, item.id.value)
        .set(t::URL, visit.url(public_path(procedure, item)))
        .set(t::TITLE, item.title)
        .set(t::TEXT, first_letters(html::markdown_to_text(item.body), 280))
        .set(t::WORD, word ? visit.tr(word->name) : "")
        .set(t::PILL, word ? word->pill : "plain")
        .set(t::COUNT, visit.language.plural("{n} contribution", "{n} contributions", links));
}

void add_measure(Visit& visit, html::Values& list, html::Section section, const core::ProcedureRecord& procedure,
                 const Item& item) {
    namespace t = tpl::measures;
    const auto* word = find_word(measure_states(), item.word);
    const auto whole = whole_of(visit.tx, item);
    std::int64_t reached = 0;
    for (const auto& m : whole.milestones) reached += m.done_on.has_value();
    auto card = list.add(section)
                    .set(t::ID, item.id.value)
                    .set(t::URL, visit.url(public_path(procedure, item)))
                    .set(t::TITLE, item.title)
                    .set(t::TEXT, first_letters(html::markdown_to_text(item.body), 280))
                    .set(t::WORD, word ? visit.tr(word->name) : "")
                    .set(t::PILL, word ? word->pill : "plain");
    if (whole.milestones.empty()) return;
    card.add(t::PROGRESS)
        .set(t::DONE, reached)
        .set(t::OF, std::int64_t(whole.milestones.size()))
        .set(t::WORDS, visit.tr(tr_noop("{done} of {all} milestones reached",
                                        {{"done", visit.language.number(reached)},
                                         {"all", visit.language.number(std::int64_t(whole.milestones.size()))}})));
}

html::SafeHtml measure_cards(Visit& visit, const core::ProcedureRecord& procedure) {
    html::Values values;
    for (const auto& item : items(visit.tx, visit.tenant.id, {procedure.id, Kind::measure}, most_listed))
        add_measure(visit, values, tpl::measures::MEASURE, procedure, item);
    return html::render_part(tpl::measures::file, values, visit.language);
}

void add_linked(Visit& visit, html::Values& page, const core::Place& place, const Item& item) {
    namespace t = tpl::shown;
    const ContributionId after{std::max<std::int64_t>(0, to_int(visit.query["nach"]).value_or(0))};
    auto list = linked(visit.tx, item.id, after, linked_on_a_page + 1);
    if (list.empty()) return;
    auto box = page.add(t::ABOUT);
    std::string next;
    if (int(list.size()) > linked_on_a_page) {
        list.pop_back();
        next = visit.with("nach", std::to_string(list.back().id.value));
    }
    for (const auto& one : list) {
        core::Contribution c;
        c.id = one.id, c.activity = one.activity;
        const auto path = core::path_of(visit, place.procedure, place.plan, c);
        auto line = box.add(t::CONTRIBUTION).set(t::TITLE, one.title.empty() ? visit.tr("Comment") : one.title);
        line.set(t::URL, visit.url(path.empty() ? "/verfahren/" + place.procedure.key : path));
        if (!one.status.empty())
            line.add(t::DECIDED)
                .set(t::STATUS, visit.tr(status_of(one.status).name))
                .set(t::PILL, status_of(one.status).pill);
    }
    box.set(t::PAGER, core::pager(visit, after ? visit.with("nach", "") : "", next, ""));
}

void add_relations(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const Whole& whole) {
    namespace t = tpl::shown;
    for (const auto id : whole.outcomes)
        if (const auto outcome = find(visit.tx, visit.tenant.id, id); outcome && outcome->is_public())
            page.add(t::OUTCOME).set(t::URL, visit.url(public_path(procedure, *outcome))).set(t::TITLE, outcome->title);
    if (whole.item.kind == Kind::outcome)
        for (const auto& measure : measures_of(visit.tx, whole.item.id))
            page.add(t::MEASURE).set(t::URL, visit.url(public_path(procedure, measure))).set(t::TITLE, measure.title);
    for (const auto& [title, url] : links_of(whole.item)) {
        auto link = page.add(t::LINK);
        if (url.empty())
            link.add(t::NAMED).set(t::TITLE, title);
        else
            link.add(t::LINKED).set(t::TITLE, title).set(t::URL, is_own_path(url) ? visit.url(url) : url);
    }
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(whole.item.id)))
        page.add(t::FILE)
            .set(t::URL, file.url())
            .set(t::TITLE, file.title.empty() ? file.name : file.title)
            .set(t::WORDS, file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)));
}

void add_milestones(Visit& visit, html::Values& page, const Whole& whole) {
    namespace t = tpl::shown;
    if (whole.milestones.empty()) return;
    auto list = page.add(t::MILESTONES);
    const Date today = berlin_day(visit.now);
    bool found_next = false;
    for (const auto& m : whole.milestones) {
        auto line = list.add(t::MILESTONE).set(t::TITLE, m.title);
        std::string words;
        if (m.done_on)
            words = visit.tr(tr_noop("reached on {day}", {{"day", visit.language.date(*m.done_on)}}));
        else if (m.day && *m.day < today)
            words = visit.tr(tr_noop("was planned for {day}, not reached yet", {{"day", visit.language.date(*m.day)}}));
        else if (m.day)
            words = visit.tr(tr_noop("planned for {day}", {{"day", visit.language.date(*m.day)}}));
        else
            words = visit.tr("not reached yet");
        line.set(t::WORDS, words).show_if(m.done_on.has_value(), t::REACHED);
        if (!m.done_on && !found_next) line.show(t::NEXT_ONE), found_next = true;
        if (m.day && !m.done_on) visit.right_until(start_of(add_days(std::max(*m.day, today), 1)));
    }
}

struct Named {
    Message list_name;
    std::string list_url;
};
Named list_of(const core::ProcedureRecord& procedure, Kind kind) {
    const std::string base = "/verfahren/" + procedure.key;
    if (kind == Kind::measure) return {tr_noop("Measures"), base + "/massnahmen"};
    return {tr_noop("What came of it"), base + "/ergebnis"};
}

}  // namespace

http::Response outcome_page(Visit& visit) {
    const auto place = place_of(visit);
    const auto& procedure = place.procedure;
    namespace t = tpl::outcome;
    html::Values page;
    const std::string title = visit.tr("What came of it");
    page.set(t::HEAD, core::page_head(visit, {.title = title,
                                              .lead = procedure.title,
                                              .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                         {procedure.title, "/verfahren/" + procedure.key}}}));
    const auto summary = summary_of(visit.tx, visit.tenant.id, procedure.id);
    const bool drafts = sees_drafts(visit, procedure);
    if (summary && (summary->is_public() || drafts)) {
        auto box = page.add(t::SUMMARY).set(t::BODY, html::markdown(summary->body, {.first_heading = 3}));
        box.show_if(!summary->is_public(), t::DRAFT);
    }
    if (procedure.promise_days) page.add(t::PROMISED).set(t::PROMISE, promise_part(visit, procedure));
    const auto list = items(visit.tx, visit.tenant.id, {procedure.id, Kind::outcome}, most_listed);
    const auto counts = link_counts(visit.tx, procedure.id);
    if (list.empty()) page.show(t::NONE);
    for (const auto& verdict : verdicts())
        for (const auto& item : list)
            if (item.word == verdict.word)
                add_card(visit, page, procedure, item, counts.count(item.id) ? counts.at(item.id) : 0);
    if (!items(visit.tx, visit.tenant.id, {procedure.id, Kind::measure}, 1).empty())
        page.add(t::MEASURES)
            .set(t::CARDS, measure_cards(visit, procedure))
            .set(t::URL, visit.url("/verfahren/" + procedure.key + "/massnahmen"));
    return visit.page({.title = title + ": " + procedure.title,
                       .description = procedure.summary,
                       .navigation = "/verfahren",
                       .kind = "procedure"},
                      t::file, page);
}

http::Response measures_page(Visit& visit) {
    const auto place = place_of(visit);
    const auto& procedure = place.procedure;
    namespace t = tpl::measures_page;
    html::Values page;
    const std::string title = visit.tr("Measures");
    page.set(t::HEAD,
             core::page_head(visit,
                             {.title = title,
                              .lead = visit.tr("What the municipality does now, and how far it has come."),
                              .crumbs = {{procedure.title, "/verfahren/" + procedure.key},
                                         {visit.tr("What came of it"), "/verfahren/" + procedure.key + "/ergebnis"}}}));
    const bool none = items(visit.tx, visit.tenant.id, {procedure.id, Kind::measure}, 1).empty();
    page.show_if(none, t::NONE);
    if (!none) page.add(t::SOME).set(t::CARDS, measure_cards(visit, procedure));
    return visit.page({.title = title + ": " + procedure.title, .navigation = "/verfahren", .kind = "list"}, t::file,
                      page);
}

template <Kind K>
http::Response public_item(Visit& visit) {
    const auto place = place_of(visit);
    const auto& procedure = place.procedure;
    const auto item = find(visit.tx, visit.tenant.id, visit.id_parameter<ItemId>("id"));
    if (!item || item->kind != K || item->procedure != procedure.id) throw NotFound();
    const bool own = item->kind == Kind::answer && visit.may(write_action, item->organisation);
    if (!item->is_public() && !sees_drafts(visit, procedure) && !own) throw NotFound();
    namespace t = tpl::shown;
    html::Values page;
    const std::string title = item->title.empty() ? visit.tr("Answer") : item->title;
    const auto up = list_of(procedure, K);
    page.set(t::HEAD, core::page_head(visit, {.title = title,
                                              .crumbs = {{procedure.title, "/verfahren/" + procedure.key},
                                                         {visit.tr(up.list_name), up.list_url}}}));
    page.show_if(!item->is_public(), t::DRAFT);
    page.set(t::BODY, html::markdown(item->body, {.first_heading = 2}));
    if (const auto* word = find_word(K == Kind::outcome ? verdicts() : measure_states(), item->word)) {
        auto pill = page.add(t::WORD).set(t::STATUS, visit.tr(word->name)).set(t::PILL, word->pill);
        if (!word->meaning.empty()) pill.add(t::MEANING).set(t::TEXT, visit.tr(word->meaning));
    }
    if (const auto office = core::find_organisation(visit.tx, visit.tenant.id, item->organisation))
        page.add(t::OFFICE).set(t::NAME, office->name);
    if (!item->budget.empty()) page.add(t::BUDGET).set(t::TEXT, item->budget);
    if (item->published_at) page.add(t::SINCE).set(t::DAY, visit.language.date(berlin_day(*item->published_at)));
    const auto whole = whole_of(visit.tx, *item);
    add_milestones(visit, page, whole);
    add_relations(visit, page, procedure, whole);
    add_linked(visit, page, place, *item);
    return visit.page({.title = title,
                       .description = first_letters(html::markdown_to_text(item->body), 160),
                       .navigation = "/verfahren",
                       .index = item->is_public()},
                      t::file, page);
}
template http::Response public_item<Kind::answer>(Visit& visit);
template http::Response public_item<Kind::outcome>(Visit& visit);
template http::Response public_item<Kind::measure>(Visit& visit);

std::vector<std::string> public_paths(Visit& visit) {
    std::vector<std::string> paths;
    for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000)) {
        if (record.state == core::ProcedureState::draft || !record.listed) continue;
        bool any = false;
        for (const Kind kind : {Kind::outcome, Kind::measure})
            for (const auto& item : items(visit.tx, visit.tenant.id, {record.id, kind}, most_listed))
                paths.push_back(public_path(record, item)), any = true;
        if (any) paths.push_back("/verfahren/" + record.key + "/ergebnis");
    }
    return paths;
}

bool visible(Visit& visit, std::int64_t id) {
    const auto item = find(visit.tx, visit.tenant.id, ItemId{id});
    if (!item || item->kind == Kind::block) return false;
    const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, item->procedure);
    if (!procedure) return false;
    const bool open = item->is_public() && procedure->state != core::ProcedureState::draft;
    return open || visit.may(write_action, procedure->organisation);
}

}  // namespace mitwirken::answers
