// Lists for staff: outcomes, measures and answers of a procedure; text blocks of the municipality.
#include "answers/templates.h"
#include "core/forms/table.h"
#include "core/people/people.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Visit;

core::TableView table_of(Visit& visit, const Desk& desk, Kind kind, const std::string& id, const std::string& caption,
                         const std::string& empty) {
    const char* below = kind == Kind::answer ? "/antworten/" : kind == Kind::outcome ? "/ergebnisse/" : "/massnahmen/";
    core::TableView view{.id = id, .caption = caption, .empty = empty};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Contributions"), visit.tr("Last changed")};
    if (kind != Kind::answer) view.columns.insert(view.columns.begin() + 1, visit.tr("What became of it"));
    const auto counts = link_counts(visit.tx, desk.procedure.id);
    for (const auto& item : items(visit.tx, visit.tenant.id, {desk.procedure.id, kind, false, {}}, 100)) {
        auto& row = view.rows.emplace_back();
        const std::string title =
            item.title.empty() ? first_letters(html::markdown_to_text(item.body), 80) : item.title;
        row.push_back(core::link_cell(title, desk.path(below + std::to_string(item.id.value))));
        const auto* word = find_word(kind == Kind::outcome ? verdicts() : measure_states(), item.word);
        if (kind != Kind::answer) row.push_back(core::text_cell(word ? visit.tr(word->name) : ""));
        row.push_back(core::pill_cell(visit.tr(core::state_name(item.state)), core::state_class(item.state)));
        row.push_back(core::number_cell(visit.language.number(counts.count(item.id) ? counts.at(item.id) : 0)));
        row.push_back(core::text_cell(visit.language.ago(item.changed_at, visit.now)));
    }
    return view;
}

}  // namespace

http::Response outcomes_screen(Visit& visit) {
    const Desk desk = whole_desk_at(visit);
    namespace t = tpl::outcomes;
    html::Values page;
    const auto summary = summary_of(visit.tx, visit.tenant.id, desk.procedure.id);
    page.set(t::SUMMARY_URL, visit.url(desk.path("/quintessenz")));
    page.set(t::STATE, visit.tr(summary ? core::state_name(summary->state) : tr_noop("Not written yet")));
    page.set(t::STATE_PILL, summary ? core::state_class(summary->state) : "draft");
    page.set(t::NEW_OUTCOME, visit.url(desk.path("/ergebnisse/neu")));
    page.set(t::NEW_MEASURE, visit.url(desk.path("/massnahmen/neu")));
    page.set(t::PUBLIC_URL, visit.url("/verfahren/" + desk.procedure.key + "/ergebnis"));
    page.set(t::OUTCOMES, core::table(visit, table_of(visit, desk, Kind::outcome, "outcomes", visit.tr("Outcomes"),
                                                      visit.tr("No outcome yet."))));
    page.set(t::MEASURES, core::table(visit, table_of(visit, desk, Kind::measure, "measures", visit.tr("Measures"),
                                                      visit.tr("No measure yet."))));
    page.set(t::ANSWERS,
             core::table(visit, table_of(visit, desk, Kind::answer, "answers", visit.tr("Answers"),
                                         visit.tr("No answer yet. They are written at the contributions."))));
    return core::desk_page(visit, desk.procedure, "/ergebnisse", html::render_part(t::file, page, visit.language));
}

http::Response blocks_page(Visit& visit) {
    namespace t = tpl::blocks;
    const bool all = visit.actor.role != core::Role::editor;
    core::TableView view{.id = "blocks",
                         .caption = visit.tr("Text blocks"),
                         .empty = visit.tr("No text block yet. “New text block” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("Department"), visit.tr("Last changed")};
    std::map<core::OrganisationId, std::string> offices;
    for (const auto& office : core::organisations(visit.tx, visit.tenant.id)) offices[office.id] = office.name;
    for (const auto& block : blocks(visit.tx, visit.tenant.id, visit.actor.organisation, all)) {
        const auto office = offices.find(block.organisation);
        const bool own = bool(visit.may(write_action, block.organisation));
        const std::string path = "/verwaltung/textbausteine/" + std::to_string(block.id.value);
        view.rows.push_back({own ? core::link_cell(block.title, path) : core::text_cell(block.title),
                             core::text_cell(office == offices.end() ? visit.tr("All") : office->second),
                             core::text_cell(visit.language.ago(block.changed_at, visit.now))});
    }
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(
                 visit, {.title = visit.tr("Text blocks"),
                         .lead = visit.tr("Pieces of answers for all or for one department."),
                         .links = {{"/verwaltung/textbausteine/neu", visit.tr("New text block"), "plus", true}}}));
    page.set(t::CONTENT, core::table(visit, view));
    return visit.page(
        {.title = visit.tr("Text blocks"), .navigation = "/verwaltung/textbausteine", .kind = "admin", .admin = true},
        t::file, page);
}

http::Response waiting_page(Visit& visit) {
    core::TableView view{
        .id = "waiting", .caption = visit.tr("Waiting for release"), .empty = visit.tr("Nothing waits for release.")};
    view.columns = {visit.tr("Title"), visit.tr("Procedure"), visit.tr("Handed in")};
    std::map<core::ProcedureId, core::ProcedureRecord> procedures;
    for (const auto& item : handed_in(visit.tx, visit.tenant.id, 200)) {
        auto at = procedures.find(item.procedure);
        if (at == procedures.end()) {
            auto record = core::find_procedure(visit.tx, visit.tenant.id, item.procedure);
            if (!record) continue;
            at = procedures.emplace(item.procedure, std::move(*record)).first;
        }
        std::string below = "/quintessenz";
        if (item.kind == Kind::answer) below = "/antworten/" + std::to_string(item.id.value);
        if (item.kind == Kind::outcome) below = "/ergebnisse/" + std::to_string(item.id.value);
        if (item.kind == Kind::measure) below = "/massnahmen/" + std::to_string(item.id.value);
        const std::string title =
            item.title.empty() ? first_letters(html::markdown_to_text(item.body), 80) : item.title;
        view.rows.push_back({core::link_cell(title, core::desk_path(at->second, below)),
                             core::text_cell(at->second.title),
                             core::text_cell(visit.language.ago(item.changed_at, visit.now))});
    }
    html::Values page;
    page.set(tpl::blocks::HEAD,
             core::admin_head(visit, {.title = visit.tr("Waiting for release"),
                                      .lead = visit.tr("Answers, outcomes and measures that others have written.")}));
    page.set(tpl::blocks::CONTENT, core::table(visit, view));
    return visit.page(core::desk_head(visit.tr("Waiting for release")), tpl::blocks::file, page);
}

}  // namespace mitwirken::answers
