// The public pages of matters: a list, and one with everything that belongs to it on a single time line – procedures
// with their state and what came of them, council papers, decisions, dates.
#include <algorithm>

#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/procedures/dossiers.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/public_words.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::DossierState;
using core::Visit;
constexpr int per_page = 24;

// One point of the time line.
struct Point {
    std::optional<Date> day;  // none: only planned in words, stands at the end
    std::string day_words, icon, kind, title, url, text, pill, state, outcome;
    bool external = false, now = false;
};

std::optional<Date> beginning_of(const core::Place& place) {
    std::optional<Date> first;
    for (std::size_t i = 0; i < place.plan.tracks.size(); ++i)
        for (std::size_t s = 0; s < place.plan.tracks[i].steps.size(); ++s) {
            const auto& from = place.grid.period({i, s}).from;
            if (from && (!first || berlin_day(*from) < *first)) first = berlin_day(*from);
        }
    return first;
}

std::string outcome_of(const Visit& visit, const core::Place& place, Situation now) {
    std::int64_t count = 0;
    for (const auto& activity : place.plan.activities) count += activity.contributions;
    std::string words = count ? visit.language.plural("{n} contribution", "{n} contributions", count) : "";
    if (now != Situation::over || place.procedure.next_steps.empty()) return words;
    const std::string text = html::markdown_to_text(place.procedure.next_steps);
    std::string next = first_letters(text, 240);
    if (letters(text) > 240) next = next.substr(0, next.rfind(' ')) + " …";
    return words.empty() ? next : words + " – " + next;
}

Point procedure_point(Visit& visit, core::ProcedureRecord record) {
    const bool draft = record.state == core::ProcedureState::draft;
    const auto place = core::open_place(visit, std::move(record));
    const auto now = situation(place);
    Point point;
    point.day = beginning_of(place);
    point.icon = "dialogue";
    point.kind = visit.tr("Participation");
    point.title = place.procedure.title;
    point.url = visit.url("/verfahren/" + place.procedure.key);
    point.text = place.procedure.summary;
    point.pill = draft ? "pill--draft" : pill_of(now);
    point.state = draft ? visit.tr("Draft") : words_of(visit, now);
    point.outcome = outcome_of(visit, place, now);
    point.now = !draft && now == Situation::running;
    if (const auto change = place.grid.next_change(visit.now)) visit.right_until(*change);
    return point;
}

std::vector<Point> points_of(Visit& visit, const core::Dossier& dossier) {
    std::vector<Point> points;
    for (auto& record : core::procedures_of(visit.tx, visit.tenant.id, dossier.id)) {
        const bool hidden = record.state == core::ProcedureState::draft || !record.listed;
        if (hidden && !visit.may(core::edit_procedures_action, record.organisation)) continue;
        visit.reads(record.scope());
        points.push_back(procedure_point(visit, std::move(record)));
    }
    for (const auto& entry : core::dossier_entries(visit.tx, dossier.id)) {
        Point point;
        point.day = entry.day;
        point.icon = entry_icon(entry.kind);
        point.kind = visit.tr(entry_kind_name(entry.kind));
        point.title = entry.title;
        point.url = entry.url;
        point.external = !entry.url.empty();
        point.text = entry.text;
        points.push_back(std::move(point));
    }
    for (auto& point : points)
        point.day_words = point.day ? visit.language.date(*point.day) : visit.tr("not dated yet");
    std::stable_sort(points.begin(), points.end(), [](const Point& a, const Point& b) {
        if (a.day.has_value() != b.day.has_value()) return a.day.has_value();
        return a.day && *a.day < *b.day;
    });
    return points;
}

void add_point(html::Values& page, const Point& point, Date today) {
    namespace t = tpl::dossier;
    auto line = page.add(t::POINT).set(t::KIND, point.kind).set(t::DAY_WORDS, point.day_words);
    if (point.day) line.add(t::DATED).set(t::DAY, to_iso(*point.day));
    line.show_if(!point.day, t::UNDATED);
    line.show_if(point.now, t::NOW);
    line.show_if(!point.day || *point.day > today, t::LATER);
    line.add(t::ICON_BOX).set(t::ICON, point.icon);
    if (point.url.empty())
        line.add(t::PLAIN).set(t::TITLE, point.title);
    else
        line.add(t::LINKED).set(t::URL, point.url).set(t::TITLE, point.title).show_if(point.external, t::EXTERNAL);
    if (!point.state.empty()) line.add(t::STATE_BOX).set(t::PILL, point.pill).set(t::STATE, point.state);
    if (!point.text.empty()) line.add(t::TEXT_BOX).set(t::TEXT, point.text);
    if (!point.outcome.empty()) line.add(t::OUTCOME).set(t::TEXT, point.outcome);
}

}  // namespace

http::Response dossier_page(Visit& visit) {
    const auto dossier = core::find_dossier(visit.tx, visit.tenant.id, visit.parameter("dossier"));
    const bool may = dossier && visit.may(core::edit_procedures_action, dossier->organisation);
    if (!dossier || (dossier->state == DossierState::draft && !may)) throw NotFound();
    namespace t = tpl::dossier;
    html::Values page;
    core::Heading heading{.title = dossier->title,
                          .lead = dossier->summary,
                          .eyebrow = visit.tr("Matter"),
                          .crumbs = {{visit.tr("Matters"), "/vorhaben"}}};
    if (may) heading.links = {{dossiers_base + "/" + escape_url(dossier->key), visit.tr("Edit"), "edit"}};
    page.set(t::HEAD, core::page_head(visit, heading));
    page.show_if(dossier->state == DossierState::archived, t::ARCHIVED);
    page.show_if(dossier->state == DossierState::draft, t::DRAFT);
    if (!dossier->body.empty()) page.add(t::BODY).set(t::PROSE, html::markdown(dossier->body, {.first_heading = 3}));
    const auto points = points_of(visit, *dossier);
    const Date today = berlin_day(visit.now);
    for (const auto& point : points) add_point(page, point, today);
    page.show_if(points.empty(), t::NONE);
    visit.right_until(start_of(add_days(today, 1)));
    for (const auto& point : points)
        if (point.now) page.add(t::RUNNING).set(t::URL, point.url).set(t::TITLE, point.title);
    const auto office = core::find_organisation(visit.tx, visit.tenant.id, dossier->organisation);
    const auto terms = core::terms_of(visit.tx, visit.tenant.id, dossier->ref());
    if (office || !terms.empty()) {
        auto facts = page.add(t::FACTS);
        if (office) facts.add(t::OFFICE).set(t::NAME, office->name);
        if (!terms.empty()) {
            auto list = facts.add(t::TERMS);
            for (const auto& term : terms) list.add(t::TERM).set(t::NAME, term.name_in(visit.language.code()));
        }
    }
    if (const auto address = core::follow_address(visit, "vorhaben", dossier->key); !address.empty())
        page.add(t::FOLLOW).set(t::URL, address);
    return visit.page({.title = dossier->title,
                       .description = dossier->summary,
                       .navigation = "/verfahren",
                       .feeds = core::follow_feeds(visit, "vorhaben/" + dossier->key, dossier->title),
                       .index = dossier->state != DossierState::draft},
                      t::file, page);
}

http::Response dossier_list(Visit& visit) {
    namespace t = tpl::dossiers;
    const core::DossierId before{to_int(visit.query["vor"]).value_or(0)};
    auto list = core::dossiers(visit.tx, visit.tenant.id, false, before, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    html::Values page;
    page.set(
        t::HEAD,
        core::page_head(visit, {.title = visit.tr("Matters"),
                                .lead = visit.tr("Plans, parks, policies: everything of one matter at one place, from "
                                                 "the first paper to the decision."),
                                .crumbs = {{visit.tr("Procedures"), "/verfahren"}}}));
    for (const auto& dossier : list)
        page.add(t::ITEM)
            .set(t::URL, visit.url("/vorhaben/" + dossier.key))
            .set(t::TITLE, dossier.title)
            .set(t::SUMMARY, dossier.summary);
    page.show_if(list.empty(), t::NONE);
    page.set(t::PAGER, core::pager(visit, before ? visit.with("vor", "") : "", next, ""));
    return visit.page({.title = visit.tr("Matters"), .navigation = "/verfahren", .kind = "list"}, t::file, page);
}

Message dossier_state_name(DossierState state) {
    switch (state) {
        case DossierState::draft:
            return tr_noop("Draft");
        case DossierState::published:
            return tr_noop("Published");
        case DossierState::archived:
            return tr_noop("Archived");
    }
    return {};
}

std::string dossier_state_class(DossierState state) {
    return state == DossierState::draft ? "draft" : state == DossierState::archived ? "plain" : "ok";
}

Message entry_kind_name(const std::string& kind) {
    if (kind == "council_paper") return tr_noop("Council paper");
    if (kind == "decision") return tr_noop("Decision");
    if (kind == "plan") return tr_noop("Plan");
    if (kind == "event") return tr_noop("Date");
    return tr_noop("Note");
}

std::string entry_icon(const std::string& kind) {
    if (kind == "council_paper") return "file";
    if (kind == "decision") return "decide";
    if (kind == "plan") return "plan";
    if (kind == "event") return "calendar";
    return "info";
}

}  // namespace mitwirken::procedures
