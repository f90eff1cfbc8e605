// The list of cases: who waits longest is first; decided ones newest first.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/procedures/records.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

using core::CaseReason;
using core::Visit;

constexpr std::size_t per_page = 50;

std::string_view word(CaseReason reason) { return db::Names<CaseReason>::words[std::size_t(reason)]; }

core::CaseFilter filter_of(const Visit& visit) {
    core::CaseFilter filter{.decided = visit.query["stand"] == "entschieden",
                            .procedure = core::ProcedureId{to_int(visit.query["verfahren"]).value_or(0)},
                            .after = core::CaseId{to_int(visit.query["nach"]).value_or(0)}};
    for (std::size_t i = 0; i < std::size(db::Names<CaseReason>::words); ++i)
        if (visit.query["grund"] == db::Names<CaseReason>::words[i]) filter.reason = CaseReason(i);
    return filter;
}

std::string state_pill(core::CaseState state) {
    return state == core::CaseState::open ? "review" : state == core::CaseState::decided ? "ok" : "planned";
}

std::string state_name(const Visit& visit, core::CaseState state) {
    return visit.tr(state == core::CaseState::open      ? tr_noop("Open")
                    : state == core::CaseState::decided ? tr_noop("Decided")
                                                        : tr_noop("Second opinion"));
}

std::vector<core::Cell> row_of(Visit& visit, const core::Case& which) {
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, which.contribution);
    const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, which.procedure);
    std::string title = c ? first_letters(title_of(*c), 80) : "";
    if (title.empty()) title = visit.tr("(text deleted)");
    return {core::link_cell(title, case_path(which.id)),
            core::text_cell(c ? kind_name(visit, c->module, c->kind) : ""),
            core::text_cell(visit.tr(reason_name(which.reason))),
            core::pill_cell(state_name(visit, which.state), state_pill(which.state)),
            core::text_cell(procedure ? procedure->title : ""),
            core::text_cell(visit.language.ago(which.decided_at.value_or(which.created_at), visit.now))};
}

void fill_filters(Visit& visit, html::Values& page, const core::CaseFilter& filter) {
    namespace t = tpl::desk;
    for (const bool decided : {false, true}) {
        const std::string url = visit.url(desk_path) + (decided ? "?stand=entschieden" : "");
        page.add(t::TAB)
            .set(t::URL, url)
            .set(t::LABEL, visit.tr(decided ? tr_noop("Decided cases") : tr_noop("Open cases")))
            .show_if(filter.decided == decided, t::CURRENT);
    }
    page.set(t::ACTION, visit.url(desk_path));
    if (filter.decided) page.show(t::DECIDED);
    for (const auto& procedure : core::procedures(visit.tx, visit.tenant.id, {}, 200))
        page.add(t::PROCEDURE)
            .set(t::VALUE, std::to_string(procedure.id.value))
            .set(t::LABEL, procedure.title)
            .show_if(procedure.id == filter.procedure, t::CHOSEN);
    for (std::size_t i = 0; i < std::size(db::Names<CaseReason>::words); ++i)
        page.add(t::REASON)
            .set(t::VALUE, std::string(word(CaseReason(i))))
            .set(t::LABEL, visit.tr(reason_name(CaseReason(i))))
            .show_if(filter.reason == CaseReason(i), t::CHOSEN);
}

}  // namespace

std::string case_path(core::CaseId id) { return desk_path + "/" + std::to_string(id.value); }

std::string kind_name(const Visit& visit, const std::string& module, const std::string& kind) {
    if (kind == "comment") return visit.tr("Comment");
    return visit.tr(visit.house.module(module).title);
}

std::string title_of(const core::Contribution& c) { return c.title.empty() ? first_letters(c.body, 80) : c.title; }

http::Response desk_page(Visit& visit) {
    namespace t = tpl::desk;
    const auto filter = filter_of(visit);
    auto found = core::cases(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (found.size() > per_page) {
        found.pop_back();
        next = visit.with("nach", std::to_string(found.back().id.value));
    }
    const std::string title = visit.tr("Moderation");
    core::TableView view{.id = "cases",
                         .caption = filter.decided ? visit.tr("Decided cases") : visit.tr("Open cases"),
                         .empty = filter.decided ? visit.tr("Nothing has been decided here yet.")
                                                 : visit.tr("Nothing waits for you here.")};
    view.columns = {visit.tr("Contribution"), visit.tr("Kind"),      visit.tr("Reason"),
                    visit.tr("State"),        visit.tr("Procedure"), visit.tr("Since")};
    for (const auto& which : found) view.rows.push_back(row_of(visit, which));
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = title,
                                               .lead = visit.tr("Contributions that somebody has to look at. Who "
                                                                "waits longest is first."),
                                               .links = {{"/moderation", visit.tr("Published rules"), "eye"}}}));
    fill_filters(visit, page, filter);
    page.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, filter.after ? visit.with("nach", "") : "", next, ""));
    return visit.page({.title = title, .navigation = desk_path, .kind = "admin", .admin = true}, t::file, page);
}

}  // namespace mitwirken::moderation
